// Passkeys, where the browser has them: the form shows itself, asks the device, and is sent with its answer.
for (const form of document.querySelectorAll('[data-passkey]')) {
  const { parseCreationOptionsFromJSON, parseRequestOptionsFromJSON } = window.PublicKeyCredential ?? {}
  if (!parseCreationOptionsFromJSON || !parseRequestOptionsFromJSON) continue
  form.hidden = false
  form.addEventListener('submit', async event => {
    if (form.elements.response.value) return
    event.preventDefault()
    const options = JSON.parse(form.dataset.options)
    try {
      const credential =
        form.dataset.passkey === 'create'
          ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
          : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })
      form.elements.response.value = JSON.stringify(credential.toJSON())
      form.requestSubmit()
    } catch {
      // Whoever closes the device's own window has said enough.
    }
  })
}
