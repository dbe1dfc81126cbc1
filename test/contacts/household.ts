import { sql } from 'drizzle-orm'
import { hashPassword } from '../../src/auth/passwords'
import { type Cast, cast, pick } from '../cast'
import { loggedIn, type Visitor } from '../visit'

export const at = '/p/demo/account'
export const password = 'a password of Ana'

/** A made-up address nobody else has. */
export const address = (name = 'ana') => `${name}-${crypto.randomUUID().slice(0, 8)}@example.test`

interface Kept {
  guardianId: number | null
  kind: 'email' | 'phone'
  value: string
  isLogin?: number
  consent?: 'unasked' | 'in' | 'out'
}

/** A way to reach somebody, as it stands in the table; its id. */
export async function contact(familyId: number, { guardianId, kind, value, isLogin = 0, consent = 'in' }: Kept) {
  const folded = kind === 'email' ? value : value.replace(/\D/g, '')
  const [row] = await pick(
    sql`insert into contacts (family_id, guardian_id, kind, value, folded, is_login, blast_consent, created_at) values (${familyId}, ${guardianId}, ${kind}, ${value}, ${folded}, ${isLogin}, ${consent}, 0) returning id`,
  )
  return row?.id ?? 0
}

export async function place(familyId: number, guardianId: number | null, line1: string) {
  const [row] = await pick(
    sql`insert into addresses (family_id, guardian_id, line1, city, created_at) values (${familyId}, ${guardianId}, ${line1}, 'Springfield', 0) returning id`,
  )
  return row?.id ?? 0
}

/** Ana, who logs in with a password, and Joe, the other parent. */
export interface Home {
  c: Cast
  familyId: number
  ana: Visitor
  /** The ids of Ana's log-in address, of her phone and of Joe's e-mail. */
  logIn: number
  phone: number
  joeId: number
  joes: number
}

export async function home(access: 'none' | 'invited' | 'limited' | 'full' = 'none'): Promise<Home> {
  const c = await cast()
  const familyId = c.family.id
  const hash = await hashPassword(password)
  await pick(sql`update logins set password_hash = ${hash} where id = ${c.guardian.loginId} returning id`)
  const own = { guardianId: c.guardian.id }
  const logIn = await contact(familyId, { ...own, kind: 'email', value: c.guardian.email, isLogin: 1 })
  const phone = await contact(familyId, { ...own, kind: 'phone', value: '(555) 010-2200' })
  const joe = address('joe')
  const [row] = await pick(
    sql`insert into guardians (family_id, first_name, last_name, role, access, created_at) values (${familyId}, 'Joe', 'Other', 'secondary', ${access}, 0) returning id`,
  )
  const joeId = row?.id ?? 0
  const joes = await contact(familyId, { guardianId: joeId, kind: 'email', value: joe })
  return { c, familyId, ana: await loggedIn(c), logIn, phone, joeId, joes }
}

/** Joe gets a log-in with an address of his own and comes in with it. */
export async function joe({ c, joeId, joes }: Home, access: 'limited' | 'full'): Promise<Visitor> {
  const email = address('joe')
  const [login] = await pick(
    sql`insert into logins (door, email, created_at) values ('guardian', ${email}, 0) returning id`,
  )
  const loginId = login?.id ?? 0
  await pick(sql`update guardians set login_id = ${loginId}, access = ${access} where id = ${joeId} returning id`)
  await pick(sql`update contacts set value = ${email}, folded = ${email}, is_login = 1 where id = ${joes} returning id`)
  return loggedIn({ account: c.account, guardian: { ...c.guardian, id: joeId, loginId } })
}

export const contactRow = async (id: number) =>
  (
    await pick<{ value: string; folded: string; blast_consent: string; guardian_id: number | null; is_login: number }>(
      sql`select value, folded, blast_consent, guardian_id, is_login from contacts where id = ${id}`,
    )
  )[0]

/** What the audit log has of a household, newest last. */
export const audited = async (familyId: number) =>
  (
    await pick<{ action: string }>(
      sql`select a.action from audit a join audit_subjects s on s.audit_id = a.id where s.subject = 'family' and s.subject_id = ${familyId} order by a.id`,
    )
  ).map(({ action }) => action)

/** The mails that wait for an address. */
export const mailTo = (email: string) =>
  pick<{ data: string }>(sql`select data from messages where address = ${email} and state = 'queued'`)
