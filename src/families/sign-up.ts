import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { log } from '../activity/log'
import { audit } from '../audit/audit'
import { readingIn } from '../auth/reads'
import { type Answer, commit, must, newest, Refusal, read, type Statement } from '../database'
import type { Language } from '../language'
import { notify } from '../messages/notices'
import { addresses, contacts, families, guardians, referralSources } from '../schema/families'
import { logins } from '../schema/logins'
import { students } from '../schema/students'
import { beginStudent, type NewStudent } from './students'

export interface SignUp {
  guardian: {
    firstName: string
    lastName: string
    /** Folded; it becomes the log-in. */
    email: string
    phone: string | null
    address: { line1: string; city: string | null; region: string | null; postalCode: string | null } | null
  }
  students: NewStudent[]
  passwordHash: string
  locationId: number
  referralId: number | null
  /** Email Blasts may be sent to the address. */
  consent: boolean
  /** What they read when they signed up. */
  language: Language
}

/** How people heard of the business. */
export function referralSourcesQuery({ db }: Pick<Account, 'db'>) {
  return db
    .select({ id: referralSources.id, name: referralSources.name })
    .from(referralSources)
    .where(isNull(referralSources.retiredAt))
    .orderBy(asc(referralSources.sort), asc(referralSources.id))
}

/**
 * Makes a family with its log-in, or, when the address has one already, only writes to whoever owns it: whoever asks
 * learns nothing about who is a customer (CP2). The answer is the same either way.
 * @throws Refusal 'switched-off' where the business takes no new accounts
 */
export async function signUp(account: Account, wish: SignUp, answer: Answer): Promise<void> {
  if (!account.settings['portal.allow_new_accounts']) throw new Refusal('switched-off')
  const { email } = wish.guardian
  const known = eq(logins.email, email)
  const [[owner]] = await read(account, [
    account.db
      .select({ familyId: sql<number | null>`min(${guardians.familyId})`.as('family_id') })
      .from(logins)
      .leftJoin(guardians, and(eq(guardians.loginId, logins.id), isNull(guardians.removedAt)))
      .where(and(eq(logins.door, 'guardian'), known))
      .groupBy(logins.id),
  ])
  if (owner) return tellOwner(account, owner.familyId, answer)
  try {
    await commit(account, beginFamily(account, wish), answer)
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code !== 'email-taken') throw refusal
    // Somebody took the address in this very moment: the next look finds the owner.
    await signUp(account, wish, answer)
  }
}

async function tellOwner(account: Account, familyId: number | null, answer: Answer) {
  await commit(
    account,
    [
      ...(familyId === null ? [] : [notify(account, { familyId, template: 'account-exists', values: {} })]),
      ...audit(account, 'sign up again', 'asked for an account that exists already', [['family', familyId]]),
    ],
    answer,
  )
}

function beginFamily(account: Account, wish: SignUp): Statement[] {
  const { db, now } = account
  const { firstName, lastName, email, phone, address } = wish.guardian
  const familyId = newest(families) as unknown as number
  const guardianId = newest(guardians) as unknown as number
  const contact = { familyId, guardianId, isPrimary: 1, createdAt: now }
  const children = wish.students.map(({ firstName, lastName }) => `${firstName} ${lastName}`)
  return [
    must(
      account,
      sql`not exists (select 1 from ${logins} where ${logins.door} = 'guardian' and ${logins.email} = ${email})`,
      'email-taken',
    ),
    db.insert(logins).values({
      door: 'guardian',
      email,
      passwordHash: wish.passwordHash,
      passwordSetAt: now,
      ...readingIn(account, wish.language),
      createdAt: now,
    }),
    db.insert(families).values({
      name: lastName,
      sortName: `${lastName}, ${firstName}`.toLowerCase(),
      locationId: wish.locationId,
      referralSourceId: wish.referralId,
      publicCode: crypto.randomUUID(),
      createdAt: now,
      updatedAt: now,
    }),
    db.insert(guardians).values({
      familyId,
      firstName,
      lastName,
      role: 'primary',
      loginId: newest(logins) as unknown as number,
      access: 'full',
      mayPay: 1,
      createdAt: now,
    }),
    db.insert(contacts).values({
      ...contact,
      kind: 'email',
      value: email,
      folded: email,
      isLogin: 1,
      blastConsent: wish.consent ? 'in' : 'out',
      consentAt: now,
    }),
    ...(phone
      ? [db.insert(contacts).values({ ...contact, kind: 'phone', value: phone, folded: phone.replace(/\D/g, '') })]
      : []),
    ...(address ? [db.insert(addresses).values({ familyId, guardianId, ...address, createdAt: now })] : []),
    ...wish.students.flatMap(student => beginStudent(account, newest(families), student)),
    log(account, {
      kind: 'new_account',
      status: 'notification',
      familyId: newest(families),
      subject: 'family',
      subjectId: newest(families),
      particulars: { guardian: `${firstName} ${lastName}`, email, students: children },
    }),
    ...audit(
      account,
      'sign up',
      `${firstName} ${lastName} made an account${children.length ? ` with ${children.join(', ')}` : ''}`,
      [['family', newest(families)], ...(children.length === 1 ? [['student', newest(students)] as const] : [])].map(
        ([subject, id]) => [subject, id] as [string, ReturnType<typeof newest>],
      ),
    ),
    notify(account, {
      familyId: newest(families),
      template: children.length ? 'welcome-students' : 'welcome',
      values: {},
    }),
  ]
}
