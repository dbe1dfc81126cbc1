import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { emlOf } from '../../src/messages/eml'
import type { Mail } from '../../src/messages/mail'

const plain: Mail = {
  key: 'key-1',
  from: { name: 'Juniper Gym', address: 'news@gym.example' },
  to: { name: 'Ana Rivera', address: 'ana@example.test' },
  replyTo: { name: null, address: 'desk@gym.example' },
  subject: 'Hello',
  text: 'Hello.\nTwice.',
  html: '<p>Hello.</p>',
  headers: { 'List-Unsubscribe': '<https://gym.example/out>', 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  files: [],
}
const made = (more: Partial<Mail>) => emlOf({ ...plain, ...more }, Date.parse('2026-11-02T16:00:00Z'))
const readBack = (eml: string) => PostalMime.parse(eml)
const headersOf = (eml: string) => eml.slice(0, eml.indexOf('\r\n\r\n'))

const long = 'Wir üben den Radschlag '.repeat(20).trim()
const names = [
  ['a comma and quotes', 'Rivera, "Ana" \\ Co'],
  ['emoji', 'Ana 🤸‍♀️👩‍👩‍👧 Rivera'],
  ['right-to-left', 'אנה ריברה'],
  ['what looks encoded', '=?utf-8?B?eA==?='],
  ['more than a line', long],
  ['an angle', 'Ana <eve@example.test>'],
] as const

describe('a mail as a file', () => {
  test('says when it came, from whom, to whom, and both texts', async () => {
    const mail = await readBack(made({}))
    expect(mail).toMatchObject({
      from: { name: 'Juniper Gym', address: 'news@gym.example' },
      to: [{ name: 'Ana Rivera', address: 'ana@example.test' }],
      replyTo: [{ address: 'desk@gym.example' }],
      subject: 'Hello',
      date: '2026-11-02T16:00:00.000Z',
    })
    expect(mail.text?.trim().replaceAll('\r\n', '\n')).toBe('Hello.\nTwice.')
    expect(mail.html?.trim()).toBe('<p>Hello.</p>')
    expect(mail.headers.find(({ key }) => key === 'list-unsubscribe')?.value).toBe('<https://gym.example/out>')
  })

  test.each(names)('keeps %s in names and subjects', async (_, name) => {
    const eml = made({ subject: name, to: { name, address: 'ana@example.test' } })
    const mail = await readBack(eml)
    expect(mail.subject).toBe(name)
    expect(mail.to).toEqual([{ name, address: 'ana@example.test' }])
    for (const line of eml.split('\r\n')) expect(line.length).toBeLessThanOrEqual(76)
    expect(eml).toMatch(/^[\r\n\x20-\x7e]*$/)
  })

  test('keeps texts with long lines, lone dots and any character', async () => {
    const text = `${'x'.repeat(5000)}\n.\nFrom here\n${long} שלום 🤸`
    const mail = await readBack(made({ text, html: `<p>${text}</p>` }))
    expect(mail.text?.trim().replaceAll('\r\n', '\n')).toBe(text)
    expect(mail.html?.trim().replaceAll('\r\n', '\n')).toBe(`<p>${text}</p>`)
  })

  test('keeps attachments, whatever they are called', async () => {
    const name = 'Größe "1"; plan.exe\r\nBcc: eve@example.test 🤸.txt'
    const bytes = Uint8Array.from({ length: 1000 }, (_, at) => at % 256)
    const eml = made({ files: [{ name, type: 'text/plain\r\nX-Evil: 1', bytes }] })
    const mail = await readBack(eml)
    expect(mail.attachments).toHaveLength(1)
    const [file] = mail.attachments
    expect(file?.filename).toBe('Größe "1"; plan.exe Bcc: eve@example.test 🤸.txt')
    expect(file?.mimeType).toBe('application/octet-stream')
    expect(new Uint8Array(file?.content as ArrayBuffer)).toEqual(bytes)
    expect(eml).not.toMatch(/^(X-Evil|Bcc)/m)
    expect(mail.text?.trim().replaceAll('\r\n', '\n')).toBe('Hello.\nTwice.')
  })

  const breaks = ['\r\n', '\n', '\r', '\u2028', '\u0000\n', '\r\n\r\n']
  test.each(breaks)('a line break (%j) in a subject, name, address or header is never a header', async end => {
    const evil = `Hello${end}Bcc: eve@example.test${end}X-Evil: 1`
    const eml = made({
      subject: evil,
      from: { name: evil, address: `news@gym.example${end}X-Evil: 1` },
      to: { name: evil, address: `ana@example.test>${end}X-Evil: 1` },
      replyTo: { name: evil, address: `desk@gym.example${end}X-Evil: 1` },
      headers: { 'List-Unsubscribe': evil, [`X-Evil: 1${end}Bcc`]: 'eve@example.test' },
    })
    expect(headersOf(eml)).not.toMatch(/^(X-Evil|Bcc)/im)
    expect(eml.replaceAll('\r\n', '')).not.toMatch(/[\r\n\u2028]/)
    const mail = await readBack(eml)
    expect(mail.headers.map(({ key }) => key)).toEqual(
      [
        'date',
        'message-id',
        'from',
        'to',
        'reply-to',
        'subject',
        'list-unsubscribe',
        'mime-version',
        'content-type',
      ].sort(
        (one, other) =>
          mail.headers.findIndex(({ key }) => key === one) - mail.headers.findIndex(({ key }) => key === other),
      ),
    )
    expect(mail.bcc ?? []).toEqual([])
    expect(mail.to).toHaveLength(1)
  })
})
