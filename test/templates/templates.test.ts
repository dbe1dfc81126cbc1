import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Account } from '../../src/accounts/account'
import { commit, read } from '../../src/database'
import { localDriver } from '../../src/messages/local-driver'
import { notify } from '../../src/messages/notices'
import { sendStep } from '../../src/messages/send'
import { blastTemplates, publish, retire, saveAsTemplate, useAgain } from '../../src/templates/templates'
import { answer, asStaff, type Cast, cast, pick } from '../cast'
import { noticesTo } from '../mail'

const added = { kind: 'automatic', name: 'student-added' } as const
let c: Cast
let staff: Account

beforeEach(async () => {
  await pick(sql`delete from templates`)
  c = await cast()
  staff = asStaff(c.account)
})

const owe = () =>
  commit(c.account, [
    notify(c.account, {
      familyId: c.family.id,
      template: 'student-added',
      values: { student_name: 'Mia Rivera', student_first: 'Mia' },
    }),
  ])
const lastSaid = async () => (await noticesTo(c.account, c.family.id)).at(-1)
const say = (text: string, seen: number) =>
  publish(asStaff(staff), added, { subject: 'Hi [[student_first]]', body: text }, seen, answer)
const versions = () =>
  pick<{ version: number; body: string }>(sql`select version, body from template_versions order by 1`)

describe('a notice', () => {
  test('says the business’s words from the moment they are saved, and the program’s again after', async () => {
    await owe()
    expect((await lastSaid())?.subject).toBe('Mia was added to your account')
    await say('[[student_name]] is in.', 0)
    // What waits is worded when it goes.
    expect(await lastSaid()).toMatchObject({ subject: 'Hi Mia', text: 'Mia Rivera is in.' })
    await retire(asStaff(staff), added, 1, answer)
    expect((await lastSaid())?.subject).toBe('Mia was added to your account')
  })

  test('goes out in the business’s words', async () => {
    await say('[[student_name]] is in.', 0)
    await commit(c.account, [
      notify(c.account, {
        familyId: c.family.id,
        address: 'ana@example.test',
        template: 'student-added',
        values: { student_name: 'Mia *Rivera*', student_first: 'Mia' },
      }),
    ])
    await sendStep(c.account, localDriver(c.account))
    const [mail] = await pick<{ subject: string; body: string }>(
      sql`select subject, body from messages where family_id = ${c.family.id} and state = 'sent'`,
    )
    expect(mail).toEqual({ subject: 'Hi Mia', body: 'Mia *Rivera* is in.' })
  })

  test('keeps every version, counts on after it was given up, and takes an older one again as the newest', async () => {
    await say('One.', 0)
    await say('Two.', 1)
    await retire(asStaff(staff), added, 2, answer)
    await say('Three.', 0)
    await useAgain(asStaff(staff), added, 1, 3, answer)
    expect((await versions()).map(({ version, body }) => `${version} ${body}`)).toEqual([
      '1 One.',
      '2 Two.',
      '3 Three.',
      '4 One.',
    ])
    await owe()
    expect((await lastSaid())?.text).toBe('One.')
    await expect(useAgain(asStaff(staff), added, 9, 4, answer)).rejects.toMatchObject({ code: 'already-handled' })
    const lines = await pick<{ summary: string }>(
      sql`select a.summary from audit a join audit_subjects s on s.audit_id = a.id where s.subject = 'template' order by a.id`,
    )
    expect(lines.slice(-5).map(({ summary }) => summary)).toEqual([
      'worded the notice “Student added”',
      'worded the notice “Student added”',
      'went back to the program’s words for the notice “Student added”',
      'worded the notice “Student added”',
      'took version 1 again for the notice “Student added”',
    ])
  })

  test('is worded by one of two people; the other has not seen it', async () => {
    const both = await Promise.allSettled([say('One.', 0), say('Two.', 0)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await versions()).toHaveLength(1)
    await expect(say('Three.', 0)).rejects.toMatchObject({ code: 'changed-meanwhile' })
    await expect(retire(asStaff(staff), added, 0, answer)).rejects.toMatchObject({ code: 'changed-meanwhile' })
    await retire(asStaff(staff), added, 1, answer)
    // Who had version 1 before them did not see that it was given up.
    await expect(say('Four.', 1)).rejects.toMatchObject({ code: 'changed-meanwhile' })
  })

  test('no version is ever changed', async () => {
    await say('One.', 0)
    await expect(pick(sql`update template_versions set body = 'Else.'`)).rejects.toThrow('template-version-immutable')
  })
})

describe('a template for Email Blasts', () => {
  const make = (name: string) =>
    saveAsTemplate(asStaff(staff), { name, subject: 'News', body: 'Hello [[family_first]].' }, () => sql`'/done'`)
  const listed = async () => (await read(c.account, [blastTemplates(c.account)]))[0]

  test('has a name that is in use once, and says its newest version', async () => {
    await make('Monthly')
    await expect(make('monthly')).rejects.toMatchObject({ code: 'template-taken' })
    const [one] = await listed()
    expect(one).toMatchObject({ name: 'Monthly', subject: 'News', body: 'Hello [[family_first]].' })
    const which = { kind: 'blast', id: one?.id ?? 0 } as const
    await publish(asStaff(staff), which, { subject: 'More news', body: 'Bye.' }, 1, answer)
    expect(await listed()).toEqual([{ id: which.id, name: 'Monthly', subject: 'More news', body: 'Bye.' }])
    await retire(asStaff(staff), which, 2, answer)
    expect(await listed()).toEqual([])
    await expect(publish(asStaff(staff), which, { subject: 'a', body: 'b' }, 2, answer)).rejects.toMatchObject({
      code: 'changed-meanwhile',
    })
    await make('Monthly')
    expect(await listed()).toHaveLength(1)
    const [line] = await pick<{ summary: string }>(
      sql`select summary from audit where action = 'retire template' order by id desc limit 1`,
    )
    expect(line?.summary).toBe('retired the template “Monthly”')
  })
})
