// The list of parts beside a form says how far each part is, as the server worked it out. A part written in since says so:
// <ul data-parts> with a link to each part, a [data-as-saved] and a [data-written] that is hidden until then.

export const tellParts = (root) => {
  for (const list of root.querySelectorAll("[data-parts]")) {
    list.closest("form").addEventListener("input", (event) => {
      const part = event.target.closest(".c-part")
      const line = part && [...list.querySelectorAll("a")].find((link) => link.hash === `#${part.id}`)?.closest("li")
      if (!line) return
      line.querySelector("[data-as-saved]").hidden = true
      line.querySelector("[data-written]").hidden = false
    })
  }
}
