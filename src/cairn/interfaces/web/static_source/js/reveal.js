// A field that belongs to one answer shows with it. GOV.UK's own module marks radios aria-expanded, which a radio may not be.

const show = (group) => {
  const inputs = [...group.querySelectorAll("input[data-aria-controls]")]
  for (const id of new Set(inputs.map((input) => input.dataset.ariaControls))) {
    // One field may be asked with several answers, and may stand elsewhere on the page.
    const asked = inputs.some((input) => input.dataset.ariaControls === id && input.checked)
    const hidden = [...document.getElementById(id).classList].find((name) => name.endsWith("__conditional"))
    document.getElementById(id).classList.toggle(`${hidden}--hidden`, !asked)
  }
}

export const revealFields = (root) => {
  for (const group of root.querySelectorAll('[data-module="govuk-radios"], [data-module="govuk-checkboxes"]')) {
    group.addEventListener("change", () => show(group))
    show(group)
  }
}
