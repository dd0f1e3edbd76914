// A passkey or a security key, where the browser has them: the answer goes into a hidden field, and the form is sent.
//
// <form data-passkey="/address"> asks there what to ask the key; with data-passkey-new one is made. The answer stands in the
// field `passkey`, or in the one that data-passkey-field names.
import { post } from "./post.js"

const text = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
const bytes = (written) => Uint8Array.from(atob(written.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0))
const listed = (keys) => (keys ?? []).map((key) => ({ ...key, id: bytes(key.id) }))

const made = async ({ publicKey: asked }) => {
  const publicKey = { ...asked, challenge: bytes(asked.challenge), user: { ...asked.user, id: bytes(asked.user.id) }, excludeCredentials: listed(asked.excludeCredentials) }
  const key = await navigator.credentials.create({ publicKey })
  return written(key, { attestationObject: text(key.response.attestationObject), transports: key.response.getTransports?.() ?? [] })
}

const used = async ({ publicKey: asked }) => {
  const publicKey = { ...asked, challenge: bytes(asked.challenge), allowCredentials: listed(asked.allowCredentials) }
  const key = await navigator.credentials.get({ publicKey })
  const whose = key.response.userHandle ? text(key.response.userHandle) : null
  return written(key, { authenticatorData: text(key.response.authenticatorData), signature: text(key.response.signature), userHandle: whose })
}

const written = (key, response) => JSON.stringify({
  id: key.id,
  rawId: text(key.rawId),
  type: key.type,
  clientExtensionResults: key.getClientExtensionResults(),
  response: { ...response, clientDataJSON: text(key.response.clientDataJSON) },
})

const offer = (form) => {
  const box = form.querySelector("[data-passkey-offer]")
  const field = form.elements.namedItem(form.dataset.passkeyField ?? "passkey")
  if (!box || !field) return
  const said = box.querySelector("[role=status]")
  box.hidden = false
  box.querySelector("button").addEventListener("click", async () => {
    said.textContent = "Follow what your browser or your key asks."
    try {
      const asked = await post(form.dataset.passkey, new URLSearchParams())
      if (!asked.ok) throw new Error("nothing to ask")
      field.value = await (form.dataset.passkeyNew ? made : used)(await asked.json())
      form.submit()
    } catch {
      said.textContent = "The passkey was not used. Try again, or use a code."
    }
  })
}

export const offerPasskeys = (root) => {
  if (!window.PublicKeyCredential) return
  for (const form of root.querySelectorAll("form[data-passkey]")) offer(form)
}
