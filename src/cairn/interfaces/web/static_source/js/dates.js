// "Today" and "Yesterday" beside a date that is mostly one of them; "Today" and "Tomorrow" where it is to come.

const OFFERED = { back: [["Today", 0], ["Yesterday", 1]], ahead: [["Today", 0], ["Tomorrow", -1]] }

const london = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", day: "numeric", month: "numeric", year: "numeric" })

const parts = (daysAgo) => {
  const noon = new Date(Date.now() - daysAgo * 86400000)
  return Object.fromEntries(london.formatToParts(noon).map(({ type, value }) => [type, value]))
}

const fill = (group, daysAgo) => {
  const day = parts(daysAgo)
  for (const part of ["day", "month", "year"]) {
    const input = group.querySelector(`input[name$="-${part}"]`)
    if (!input) continue
    input.value = day[part]
    input.dispatchEvent(new Event("input", { bubbles: true }))
  }
}

export const offerDates = (root) => {
  for (const group of root.querySelectorAll("[data-date-buttons]")) {
    const legend = group.closest("fieldset")?.querySelector("legend")?.textContent.trim() ?? ""
    const row = Object.assign(document.createElement("div"), { className: "c-datebuttons" })
    for (const [word, daysAgo] of OFFERED[group.dataset.dateButtons] ?? OFFERED.back) {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: word })
      const hidden = Object.assign(document.createElement("span"), { className: "govuk-visually-hidden", textContent: `: ${legend}` })
      button.append(hidden)
      button.addEventListener("click", () => fill(group, daysAgo))
      row.append(button)
    }
    group.after(row)
  }
}
