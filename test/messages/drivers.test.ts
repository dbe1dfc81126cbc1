import { describe, expect, test } from 'vitest'
import { cloudflareDriver } from '../../src/messages/cloudflare-driver'
import type { Mail } from '../../src/messages/mail'
import { resendDriver, written } from '../../src/messages/resend-driver'

const mail = (nth = 1): Mail => ({
  key: `key-${nth}`,
  from: { name: 'Juniper Gym', address: 'news@gym.example' },
  to: { name: 'Rivera, "Ana"', address: `ana-${nth}@example.test` },
  replyTo: { name: null, address: 'desk@gym.example' },
  subject: 'Hello',
  text: 'Hello.',
  html: '<p>Hello.</p>',
  headers: { 'List-Unsubscribe': '<https://gym.example/out>' },
  files: [{ name: 'plan.txt', type: 'text/plain', bytes: new TextEncoder().encode('hi') }],
})

/** A provider that answers as told, by the number of the request. */
function provider(answer: (nth: number) => Response | Promise<Response>) {
  const asked: { key: string | null; body: Record<string, unknown> }[] = []
  const request = (async (_: RequestInfo | URL, init?: RequestInit) => {
    asked.push({ key: new Headers(init?.headers).get('Idempotency-Key'), body: JSON.parse(String(init?.body)) })
    return answer(asked.length)
  }) as typeof fetch
  return { request, asked }
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers })

describe('Resend', () => {
  test('is handed each mail under its own key, whole', async () => {
    const { request, asked } = provider(nth => json(200, { id: `re-${nth}` }))
    const handed = await resendDriver('secret', request).send([mail(1), mail(2)])
    expect(handed).toEqual([
      { state: 'sent', providerId: 're-1' },
      { state: 'sent', providerId: 're-2' },
    ])
    expect(asked.map(({ key }) => key)).toEqual(['key-1', 'key-2'])
    expect(asked[0]?.body).toMatchObject({
      from: '"Juniper Gym" <news@gym.example>',
      to: ['"Rivera, \\"Ana\\"" <ana-1@example.test>'],
      reply_to: 'desk@gym.example',
      headers: { 'List-Unsubscribe': '<https://gym.example/out>' },
      attachments: [{ filename: 'plan.txt', content: 'aGk=' }],
    })
  })

  test.each([
    [409, { name: 'invalid_idempotent_request' }, { state: 'sent', providerId: null }],
    [409, { name: 'concurrent_idempotent_requests' }, { state: 'later', reason: 'no-answer' }],
    [422, { name: 'validation_error' }, { state: 'failed', reason: 'refused' }],
    [401, { name: 'validation_error' }, { state: 'later', reason: 'not-allowed' }],
    [429, { name: 'daily_quota_exceeded' }, { state: 'later', reason: 'quota' }],
    [500, 'nonsense', { state: 'later', reason: 'no-answer' }],
  ])('%i %o', async (status, body, expected) => {
    const { request } = provider(() => json(status, body))
    expect(await resendDriver('secret', request).send([mail()])).toEqual([expected])
  })

  test('that says it was too fast is left alone for as long as it says', async () => {
    const { request, asked } = provider(() => json(429, { name: 'rate_limit_exceeded' }, { 'Retry-After': '7' }))
    const handed = await resendDriver('secret', request).send(Array.from({ length: 10 }, (_, nth) => mail(nth)))
    expect(new Set(handed.map(one => JSON.stringify(one)))).toEqual(
      new Set([JSON.stringify({ state: 'later', reason: 'too-fast', afterMs: 7000 })]),
    )
    expect(asked.length).toBeLessThanOrEqual(2)
  })

  test('that does not answer is asked again later', async () => {
    const { request } = provider(() => Promise.reject(new Error('lost')))
    expect(await resendDriver('secret', request).send([mail()])).toEqual([{ state: 'later', reason: 'no-answer' }])
  })

  test('never gets a second line out of a name', () => {
    expect(written({ name: 'A\r\nBcc: all@example.test', address: 'a@b.test' })).toBe(
      '"A Bcc: all@example.test" <a@b.test>',
    )
  })
})

describe('Cloudflare', () => {
  const binding = (fail?: { code?: string }) => ({
    send: async () => {
      if (fail) throw Object.assign(new Error('no'), fail)
      return { messageId: 'cf-1' }
    },
  })
  test.each([
    [undefined, { state: 'sent', providerId: 'cf-1' }],
    [{ code: 'E_RECIPIENT_NOT_ALLOWED' }, { state: 'failed', reason: 'refused' }],
    [{ code: 'E_RATE_LIMIT_EXCEEDED' }, { state: 'later', reason: 'not-allowed' }],
    // Perhaps it went: without keys it is not sent twice.
    [{}, { state: 'failed', reason: 'no-answer' }],
  ])('%o', async (fail, expected) => {
    expect(await cloudflareDriver(binding(fail)).send([mail()])).toEqual([expected])
  })
})
