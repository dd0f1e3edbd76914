// Drafts are on the server within two seconds of a pause in typing, and within ten in any case.
//
// <form data-draft="/address" data-version="3"> posts its fields with `version`. The answer is JSON:
// 200 {"version": 4, "saved_at": "2:14pm", "more": "..."}; 409 {"merge": "/address"} where another editor was first, with
// "apart": an id where this text is kept beside theirs: what is typed from then on is kept there too.
// A version is sent only as long as nothing was lost; a conflict is shown, never written over. The form itself is sent
// only when no save is under way: else it would come with the version before, and look like somebody else's text.
import { post, tellAlive } from "./post.js"

const PAUSE = 1500
const LONGEST = 9000
const RETRY_AT_MOST = 30000
const ANSWER_AT_MOST = 5000

const TICK = '<circle cx="9" cy="9" r="8" fill="#1d5f3b"/><path d="M5 9.4l2.7 2.7L13 6.6" stroke="#fff" stroke-width="2.2" fill="none" stroke-linecap="round" stroke-linejoin="round"/>'
const WAITING = '<circle cx="9" cy="9" r="7.6" fill="#fdf2d8" stroke="#6b4500" stroke-width="2"/><path d="M9 4.6V9l3 2" stroke="#6b4500" stroke-width="2" fill="none" stroke-linecap="round"/>'

class Draft {
  constructor(form) {
    this.form = form
    this.status = document.querySelector("[data-saved]")
    this.changed = false
    this.firstChange = 0
    this.sending = null
    this.stopped = false
    this.failures = 0
    if (this.status?.classList.contains("c-saved--not")) this.status.querySelector("[data-saved-more]").textContent = "What you write is saved as you go."
    form.addEventListener("input", () => this.note())
    form.addEventListener("change", () => this.note())
    form.addEventListener("submit", (event) => this.leave(event))
    window.addEventListener("beforeunload", (event) => { if ((this.changed || this.sending) && !this.leaving) event.preventDefault() })
    window.addEventListener("pageshow", () => { this.leaving = this.waited = false })
    window.addEventListener("online", () => { if (this.changed) this.send() })
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.changed && !this.leaving) this.send({ keepalive: true })
    })
  }

  note() {
    if (this.stopped) return
    if (!this.changed) this.firstChange = Date.now()
    this.changed = true
    const longest = Math.max(0, this.firstChange + LONGEST - Date.now())
    this.wait(Math.min(PAUSE, longest))
  }

  leave(event) {
    this.leaving = true
    clearTimeout(this.timer)
    if (!this.sending || this.waited) return
    event.preventDefault()
    if (this.waiting) return
    const { submitter } = event
    const enough = new Promise((done) => setTimeout(done, ANSWER_AT_MOST))
    this.waiting = Promise.race([this.sending, enough]).then(() => {
      this.waiting = null
      this.waited = true
      this.form.requestSubmit(submitter)
    })
  }

  wait(milliseconds) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.send(), milliseconds)
  }

  fields() {
    const fields = new URLSearchParams()
    for (const [name, value] of new FormData(this.form)) if (typeof value === "string") fields.append(name, value)
    fields.set("version", this.form.dataset.version ?? "")
    return fields
  }

  send(more = {}) {
    if (this.sending || this.stopped) return
    clearTimeout(this.timer)
    this.changed = false
    this.sending = this.save(more)
  }

  async save(more) {
    try {
      await this.hear(await post(this.form.dataset.draft, this.fields(), more))
    } catch {
      this.failed("Not saved yet, trying again", "What you have written is still on this page.")
    } finally {
      this.sending = null
      // Typed meanwhile, or not saved: it goes again.
      if (this.changed && !this.stopped && !this.leaving) this.wait(this.failures ? Math.min(RETRY_AT_MOST, 2000 * 2 ** (this.failures - 1)) : PAUSE)
    }
  }

  async hear(response) {
    if (response.ok) return this.saved(await response.json())
    if (response.status === 409) return this.conflict(await response.json())
    if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) {
      return this.failed("Not saved yet: you are signed out", "Sign in again in another tab. What you have written stays on this page and is saved then.")
    }
    this.failed("Not saved yet, trying again", "What you have written is still on this page.")
  }

  saved({ version, saved_at: at, more }) {
    this.failures = 0
    this.form.dataset.version = version
    const hidden = this.form.elements.namedItem("version")
    if (hidden) hidden.value = version
    if (this.changed) this.firstChange = Date.now()
    tellAlive()
    this.show(`Saved at ${at}`, more ?? "On Cairn’s server. Safe if you close this page or sign out.", "saved")
  }

  conflict({ merge, apart, text }) {
    const hidden = this.form.elements.namedItem("apart")
    if (apart && hidden) {
      hidden.value = apart
      this.failures = 0
      tellAlive()
    } else {
      this.stopped = true
      this.changed = true
    }
    this.show(text ?? "Not saved: somebody else has changed this", "", "trouble")
    const link = Object.assign(document.createElement("a"), { href: merge, className: "govuk-link", textContent: "See both and put them together" })
    link.addEventListener("click", () => { this.leaving = true })
    this.status?.querySelector("[data-saved-more]")?.replaceChildren(link)
  }

  failed(text, more) {
    this.failures += 1
    if (!this.changed) this.firstChange = Date.now()
    this.changed = true
    this.show(text, more, "trouble")
  }

  // The words change only when there is something new to say, so that a screen reader is not made to repeat them.
  show(text, more, state) {
    const words = this.status?.querySelector("[data-saved-text]")
    const small = this.status?.querySelector("[data-saved-more]")
    if (!words || (words.textContent === text && small.textContent === more)) return
    if (words.textContent !== text) words.textContent = text
    small.textContent = more
    this.status.classList.toggle("c-saved--not", false)
    this.status.classList.toggle("c-saved--trouble", state === "trouble")
    const icon = this.status.querySelector("svg")
    if (icon) icon.innerHTML = state === "saved" ? TICK : WAITING
  }
}

export const keepDrafts = (root) => {
  for (const form of root.querySelectorAll("form[data-draft]")) new Draft(form)
}
