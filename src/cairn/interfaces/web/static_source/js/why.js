// "Why?" opens its panel in place, under its row. Where that fails, the link leads to the page of its own.

let number = 0

const panelFrom = async (address) => {
  const response = await fetch(address, { credentials: "same-origin", headers: { Accept: "text/html" } })
  if (!response.ok) return null
  const page = new DOMParser().parseFromString(await response.text(), "text/html")
  return page.querySelector(".c-whypanel")
}

const place = (link, panel) => {
  const row = link.closest("tr")
  if (!row) {
    const block = link.closest("p, dl, li, div")
    block.after(panel)
    return panel
  }
  const added = document.createElement("tr")
  added.className = "c-whyrow"
  const cell = added.insertCell()
  cell.colSpan = row.cells.length
  cell.append(panel)
  row.after(added)
  return added
}

const rename = (panel) => {
  number += 1
  const heading = panel.querySelector(".c-whypanel__h")
  panel.id = `why-${number}`
  heading.id = `why-${number}-h`
  panel.setAttribute("aria-labelledby", heading.id)
}

const words = (link, open) => { link.firstChild.textContent = open ? "Hide why" : "Why?" }

const toggle = async (link, opened) => {
  const shown = opened.get(link)
  if (shown) {
    shown.remove()
    opened.delete(link)
    link.setAttribute("aria-expanded", "false")
    return words(link, false)
  }
  const panel = await panelFrom(link.href).catch(() => null)
  if (!panel) return void (window.location.href = link.href)
  rename(panel)
  opened.set(link, place(link, panel))
  link.setAttribute("aria-expanded", "true")
  link.setAttribute("aria-controls", panel.id)
  words(link, true)
}

export const openWhyInPlace = (root) => {
  const opened = new Map()
  for (const link of root.querySelectorAll("a[data-why]")) {
    link.setAttribute("role", "button")
    link.setAttribute("aria-expanded", "false")
  }
  root.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-why]")
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    toggle(link, opened)
  })
  // A link that has become a button answers to Space as buttons do.
  root.addEventListener("keydown", (event) => {
    const link = event.key === " " && event.target.closest?.("a[data-why]")
    if (!link) return
    event.preventDefault()
    toggle(link, opened)
  })
}
