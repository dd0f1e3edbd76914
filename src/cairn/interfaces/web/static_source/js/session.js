// Five minutes before a session ends the page says so, and one press keeps it. Drafts are safe in any case.
import { post, tellAlive } from "./post.js"

const WARN = 5 * 60
const MINUTE = 60000

export const watchSession = (body) => {
  const seconds = Number(body.dataset.sessionSeconds)
  if (!seconds) return
  // However much one works, a session ends at last: then only signing in anew helps.
  const last = Date.now() + Number(body.dataset.sessionLongest || seconds) * 1000
  let ends = Math.min(last, Date.now() + seconds * 1000)
  let box = null

  const hide = () => { box?.remove(); box = null }
  document.addEventListener("cairn:alive", () => { ends = Math.min(last, Date.now() + seconds * 1000); hide() })

  const stay = async () => {
    const answer = await post(body.dataset.stay, new URLSearchParams()).catch(() => null)
    if (answer?.ok) tellAlive()
    else say("Cairn could not be reached. Try again, or copy what you have not saved.")
  }

  const say = (text) => { const words = box?.querySelector("p"); if (words && words.textContent !== text) words.textContent = text }

  const show = () => {
    box = document.createElement("section")
    box.className = "c-session"
    box.setAttribute("aria-labelledby", "session-h")
    box.innerHTML = '<h2 id="session-h">You will be signed out soon</h2><p role="status"></p><button type="button" class="govuk-button">Stay signed in</button>'
    box.querySelector("button").addEventListener("click", stay)
    document.body.append(box)
  }

  const look = () => {
    const left = ends - Date.now()
    if (left > WARN * 1000) return hide()
    if (!box) show()
    const minutes = Math.ceil(left / MINUTE)
    const when = `In ${minutes} ${minutes === 1 ? "minute" : "minutes"}`
    const isLast = ends >= last
    box.querySelector("button").hidden = isLast
    if (minutes > 0) return say(isLast ? `${when}, for you have been signed in for as long as one can be. Save what you are writing, sign out and sign in again.` : `${when}, unless you go on working. Saved drafts are kept.`)
    box.querySelector("h2").textContent = "You have been signed out"
    say("Saved drafts are kept. Sign in in another tab to go on with what is on this page.")
    box.querySelector("button").hidden = true
  }
  setInterval(look, 15000)
  look()
}
