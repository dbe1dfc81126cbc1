import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { commit } from '../../src/database'
import { localDriver } from '../../src/messages/local-driver'
import type { Driver, Handed } from '../../src/messages/mail'
import { notify } from '../../src/messages/notices'
import { sendStep } from '../../src/messages/send'
import { contacts } from '../../src/schema/families'
import { type Cast, cast, later, pick } from '../cast'

const minute = 60_000

/** A family with an address, and one mail that it is owed. */
async function owed(c: Cast, reason = 'for you') {
  const address = `${crypto.randomUUID()}@example.test`
  await commit(c.account, [
    c.account.db.insert(contacts).values({
      familyId: c.family.id,
      guardianId: c.guardian.id,
      kind: 'email',
      value: address,
      folded: address,
      isLogin: 1,
      createdAt: c.account.now,
    }),
    notify(c.account, { familyId: c.family.id, template: 'credit-added', values: { amount: '$5.00', reason } }),
  ])
  return address
}

const stateOf = (c: Cast) =>
  pick<{ state: string; tries: number; due_at: number; reason: string | null; address: string; subject: string }>(
    sql`select state, tries, due_at, reason, address, subject from messages where family_id = ${c.family.id} order by id`,
  )

const arrived = (address: string) =>
  pick<{ mail: string }>(sql`select mail from local_mail where recipient = ${address}`)

/** A driver that answers as it is told, and counts what it was handed. */
function scripted(answer: (key: string, nth: number) => Handed | 'die', knowsKeys = true) {
  const keys: string[] = []
  const driver: Driver = {
    name: 'local',
    knowsKeys,
    atOnce: 100,
    send: async mails =>
      mails.map(({ key }) => {
        keys.push(key)
        const said = answer(key, keys.filter(one => one === key).length)
        if (said === 'die') throw new Error('The connection was lost.')
        return said
      }),
  }
  return { driver, keys }
}

const sent: Handed = { state: 'sent', providerId: null }

describe('mail that is owed', () => {
  test('goes to whoever answers first, once, with its words and a footer', async () => {
    const c = await cast()
    const address = await owed(c)
    await sendStep(c.account, localDriver(c.account))
    await sendStep(c.account, localDriver(c.account))
    const [first, ...more] = await arrived(address)
    expect(more).toEqual([])
    const mail = JSON.parse(first?.mail ?? '{}')
    const subject = 'You have $5.00 of credit'
    expect(mail).toMatchObject({ subject, to: { address }, headers: { 'Auto-Submitted': 'auto-generated' } })
    expect(mail.text).toContain('Hello Ana,\n\nWe have put $5.00 of credit on your account: for you.')
    expect(mail.html).toContain('<p>We have put $5.00 of credit on your account: for you.</p>')
    expect(await stateOf(c)).toMatchObject([{ state: 'sent', address, subject }])
  })

  test('without an address it is skipped, and says why', async () => {
    const c = await cast()
    await commit(c.account, [notify(c.account, { familyId: c.family.id, template: 'welcome', values: {} })])
    await sendStep(c.account, localDriver(c.account))
    expect(await stateOf(c)).toMatchObject([{ state: 'skipped', reason: 'no-address' }])
  })

  test('what the provider cannot take now is tried later, longer each time, and given up after eight tries', async () => {
    const c = await cast()
    await owed(c)
    const { driver } = scripted(() => ({ state: 'later', reason: 'busy' }))
    let at = c.account
    const waits: number[] = []
    for (let tried = 1; tried <= 8; tried++) {
      await sendStep(at, driver)
      const [row] = await stateOf(c)
      if (tried < 8) {
        expect(row).toMatchObject({ state: 'queued', tries: tried, reason: 'busy' })
        waits.push((row?.due_at ?? 0) - at.now)
        at = { ...later(at, (row?.due_at ?? 0) - at.now) }
      } else expect(row).toMatchObject({ state: 'failed', tries: 8, reason: 'busy' })
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64].map(minutes => minutes * minute))
    expect(await sendStep(later(at, 100 * 60 * minute), driver)).toBe(0)
  })

  test('two senders at once hand each mail over once', async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => cast()))
    for (const c of all) await owed(c)
    const { driver, keys } = scripted(() => sent)
    const account = (all[0] as Cast).account
    await Promise.all(Array.from({ length: 6 }, () => sendStep({ ...account }, driver)))
    expect(keys).toHaveLength(5)
    expect(new Set(keys).size).toBe(5)
  })

  test('a sender that dies after handing over is followed by one that hands the same key over again', async () => {
    const c = await cast()
    const address = await owed(c)
    const local = localDriver(c.account)
    // The provider has it, but the sender's last word is lost: the claim stays, and nobody else takes it.
    await expect(
      sendStep(
        {
          ...c.account,
          metered: async statements => {
            const text = JSON.stringify(statements)
            if (text.includes('json_each') && (await arrived(address)).length) throw new Error('gone')
            return c.account.metered(statements)
          },
        },
        local,
      ),
    ).rejects.toThrow()
    expect(await arrived(address)).toHaveLength(1)
    expect(await stateOf(c)).toMatchObject([{ state: 'sending' }])
    expect(await sendStep(later(c.account, minute), local)).toBe(0)
    await sendStep(later(c.account, 30 * minute), local)
    expect(await arrived(address)).toHaveLength(1)
    expect(await stateOf(c)).toMatchObject([{ state: 'sent' }])
  })

  test('a driver that fails as a whole puts everything off', async () => {
    const c = await cast()
    await owed(c)
    const { driver } = scripted(() => 'die')
    await sendStep(c.account, driver)
    expect(await stateOf(c)).toMatchObject([{ state: 'queued', tries: 1, reason: 'no-answer' }])
  })
})
