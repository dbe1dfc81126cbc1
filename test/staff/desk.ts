import { sql } from 'drizzle-orm'
import type { Account } from '../../src/accounts/account'
import type { Level, Permission } from '../../src/auth/permissions'
import { parts } from '../../src/staff/rights'
import { now, pick } from '../cast'
import { ask, clockAt, employ, words } from '../knock'

export type Rights = Partial<Record<Permission, Level>>

/** Somebody on the staff, logged in to the Office, with the pages as a browser without a script has them. */
export async function atDesk(account: Account, who: { rights?: Rights; isOwner?: boolean; locationIds?: number[] }) {
  // What is granted here is counted, so nobody is given a first page beside it.
  const rights = who.rights && { 'Welcome Page': 0 as const, Dashboard: 0 as const, ...who.rights }
  const { email, cookie } = await employ(account, { ...who, rights })
  const [row] = await pick<{ id: number; login: number }>(
    sql`select s.id, l.id as login from staff s join logins l on l.id = s.login_id where l.email = ${email}`,
  )
  const send = async (path: string, form?: Record<string, string | string[]>) => {
    const answer = await ask(`/a/demo${path}`, {
      cookie,
      form: form && { key: crypto.randomUUID(), ...form },
      bindings: clockAt(now),
    })
    const text = await answer.text()
    return { status: answer.status, location: answer.headers.get('Location'), text, says: words(text), answer }
  }
  return {
    id: row?.id ?? 0,
    loginId: row?.login ?? 0,
    email,
    cookie,
    get: (path: string) => send(path),
    post: (path: string, form: Record<string, string | string[]> = {}) => send(path, form),
    /** A form as its page has it: what is hidden in it, what stands in its fields, what is ticked or chosen. */
    async form(path: string, action = `/a/demo${path}`): Promise<Record<string, string | string[]>> {
      const { text } = await send(path)
      const form = text.match(new RegExp(`<form[^>]*action="${action}".*?</form>`, 's'))?.[0] ?? ''
      const fields: Record<string, string[]> = {}
      for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
        const of = (name: string) => tag.match(new RegExp(` ${name}="([^"]*)"`))?.[1]
        const name = of('name')
        if (!name || name === 'key' || /disabled/.test(tag)) continue
        if (/type="(radio|checkbox)"/.test(tag) && !/ checked/.test(tag)) continue
        fields[name] = [...(fields[name] ?? []), unescaped(of('value') ?? '')]
      }
      return fields
    },
  }
}

const unescaped = (text: string) =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

export type Desk = Awaited<ReturnType<typeof atDesk>>

/** Everything there is, but for the two that make an owner. */
export const everything: Rights = Object.fromEntries(
  parts.flatMap(({ names }) => names.map(name => [name, 2] as const)),
)

/** What somebody on the staff has by groups and for themselves, as the database has it. */
export const grantsOf = (id: number) =>
  pick<{ name: string; level: number }>(sql`select name, level from permissions where staff_id = ${id} order by name`)

/** What the audit log says of somebody on the staff, the newest first. */
export const logOf = (id: number) =>
  pick<{ who: string; action: string; summary: string; before: string | null; after: string | null }>(
    sql`select a.who, a.action, a.summary, a.before, a.after from audit_subjects x join audit a on a.id = x.audit_id where x.subject = 'staff' and x.subject_id = ${id} order by a.id desc`,
  )

/** The link that was last written down to be mailed to an address. */
export async function linkTo(address: string): Promise<string> {
  const [mail] = await pick<{ data: string }>(
    sql`select data from messages where address = ${address} and data like '%link_url%' order by id desc limit 1`,
  )
  return new URL(JSON.parse(mail?.data ?? '{}').link_url ?? 'https://none.test').pathname
}
