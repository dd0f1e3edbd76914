// One way of posting: with the page's token, never following a redirect unseen.

export const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? ""

export const post = (address, body, more = {}) =>
  fetch(address, {
    method: "POST",
    body,
    credentials: "same-origin",
    redirect: "manual",
    headers: { "X-CSRFToken": token(), Accept: "application/json" },
    ...more,
  })

// Tabs of one browser share a session: a request in one keeps it alive for all.
const heard = typeof BroadcastChannel === "function" ? new BroadcastChannel("cairn-session") : null

export const tellAlive = () => {
  document.dispatchEvent(new CustomEvent("cairn:alive"))
  heard?.postMessage("alive")
}
heard?.addEventListener("message", () => document.dispatchEvent(new CustomEvent("cairn:alive")))
