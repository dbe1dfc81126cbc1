import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { cloudflareDriver } from '../../src/messages/cloudflare-driver'
import { compose, type Letter } from '../../src/messages/compose'
import { emlOf } from '../../src/messages/eml'
import { written as read } from '../../src/messages/markup'
import { resendDriver } from '../../src/messages/resend-driver'
import { cast } from '../cast'

const letter = (more: Partial<Letter> = {}): Letter => ({
  key: 'key-1',
  to: { name: 'Ana Rivera', address: 'ana@example.test' },
  subject: 'Hello [[family_last]]',
  body: read('Dear [[family_first]], **come**.'),
  values: { family_first: 'Ana', family_last: 'Rivera' },
  kind: 'blast',
  origin: 'https://gym.test',
  ...more,
})

/** What each service is handed, as text. */
async function handedOver(mail: Parameters<typeof emlOf>[0]) {
  const handed: Record<string, unknown>[] = []
  await resendDriver('secret', (async (_: unknown, init?: RequestInit) => {
    handed.push(JSON.parse(String(init?.body)))
    return new Response('{"id":"1"}')
  }) as typeof fetch).send([mail])
  await cloudflareDriver({
    send: async sent => {
      handed.push(sent)
      return {}
    },
  }).send([mail])
  return handed
}

describe('a composed mail', () => {
  test('says the same as text and as HTML, and how to get out of Email Blasts', async () => {
    const { account } = await cast({
      settings: { 'mail.from_name': 'Juniper, “Gym”', 'mail.reply_to': 'desk@gym.example' },
    })
    const mail = await PostalMime.parse(emlOf(compose(account, letter()), 0))
    expect(mail.from).toEqual({ name: 'Juniper, “Gym”', address: 'no-reply@mail.example' })
    expect(mail.replyTo).toEqual([{ name: '', address: 'desk@gym.example' }])
    expect(mail.subject).toBe('Hello Rivera')
    expect(mail.text).toContain('Dear Ana, come.')
    expect(mail.html).toContain('Dear Ana, <strong>come</strong>.')
    const header = (name: string) => mail.headers.find(({ key }) => key === name)?.value
    expect(header('list-unsubscribe')).toBe('<https://gym.test/p/demo/unsubscribe/key-1>')
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
    for (const part of [mail.text, mail.html]) expect(part).toContain('https://gym.test/p/demo/unsubscribe/key-1')
  })

  const breaks = ['\r\n', '\n', '\r', '\u0085', '\u2028', '\v', '\0']
  test.each(breaks)(
    'is one line wherever a header is, though a family, a business or a setting has %j in it',
    async end => {
      const evil = `A${end}Bcc: eve@example.test${end}${end}<script>`
      const { account } = await cast({
        settings: { 'mail.from_name': evil, 'mail.from_address': `news@gym.example${end}Bcc: eve@example.test` },
      })
      account.business = evil
      const mail = compose(
        account,
        letter({
          to: { name: evil, address: `ana@example.test${end}Bcc: eve@example.test` },
          subject: `Hello${end}Bcc: x [[family_last]]`,
          values: { family_first: evil, family_last: evil },
        }),
      )
      for (const one of [mail.subject, mail.from.name, mail.from.address, mail.to.name, mail.to.address])
        expect(one).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
      const eml = emlOf(mail, 0)
      expect(eml.slice(0, eml.indexOf('\r\n\r\n'))).not.toMatch(/^Bcc/im)
      const back = await PostalMime.parse(eml)
      expect(back.bcc ?? []).toEqual([])
      expect(back.to).toHaveLength(1)
      expect(back.html).not.toContain('<script>')
      for (const { html, text, headers, ...head } of await handedOver(mail))
        expect(JSON.stringify([head, headers])).not.toMatch(/\\[rn]|\\u00|\u0085|\u2028/)
    },
  )

  test('keeps emoji, right-to-left names and very long lines', async () => {
    const { account } = await cast()
    const name = `אנה 🤸‍♀️ ${'Ünsal-Größe '.repeat(12).trim()}`
    const words = `${'long '.repeat(400)}end`
    const mail = compose(
      account,
      letter({ to: { name, address: 'ana@example.test' }, body: read(words), values: { family_last: name } }),
    )
    const back = await PostalMime.parse(emlOf(mail, 0))
    expect(back.to).toEqual([{ name, address: 'ana@example.test' }])
    expect(back.subject).toBe(`Hello ${name}`)
    expect(back.text).toContain(words)
    expect(back.html).toContain(words)
  })
})
