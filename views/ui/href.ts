/**
 * An address that may stand in a link: a path of ours, a secure page, a mail, a phone number. Anything else, such as
 * `javascript:` or `//elsewhere`, leads nowhere, because escaping alone does not stop it.
 */
export const safeHref = (address: string | null | undefined) => {
  const text = (address ?? '').trim()
  if (/^\/(?![/\\])/.test(text) || /^(https:\/\/|mailto:|tel:|#)/i.test(text)) return text
  return '#'
}
