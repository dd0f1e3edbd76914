// A field that belongs to one answer shows with it. GOV.UK's own module marks radios aria-expanded, which a radio may not be.

const show = (group) => {
  for (const input of group.querySelectorAll("input[data-aria-controls]")) {
    const hidden = [...document.getElementById(input.dataset.ariaControls).classList].find((name) => name.endsWith("__conditional"))
    document.getElementById(input.dataset.ariaControls).classList.toggle(`${hidden}--hidden`, !input.checked)
  }
}

export const revealFields = (root) => {
  for (const group of root.querySelectorAll('[data-module="govuk-radios"], [data-module="govuk-checkboxes"]')) {
    group.addEventListener("change", () => show(group))
    show(group)
  }
}
