import { and, desc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must, newest, type Statement } from '../database'
import type { Language } from '../language'
import type { Wording } from '../messages/automatic'
import { type AutomaticName, automatic } from '../messages/templates'
import { templates, templateVersions } from '../schema/templates'

/**
 * A template as its address names it: a notice by its name and language, English where none is said, one for Email
 * Blasts by its number.
 */
export type Which = { kind: 'automatic'; name: AutomaticName; language?: Language } | { kind: 'blast'; id: number }

/** A notice keeps one row, in use or not, so that its versions are counted on when it is worded anew. */
const idOf = (which: Which): SQL<number> =>
  which.kind === 'blast'
    ? sql<number>`(select t.id from templates t where t.id = ${which.id} and t.kind = 'blast' and t.retired_at is null)`
    : sql<number>`(select max(t.id) from templates t where t.kind = 'automatic' and t.name = ${which.name} and t.language = ${which.language ?? 'en'})`

/** The version that goes out; 0 for the program's own words. */
const inUse = (which: Which) =>
  sql<number>`coalesce((select max(v.version) from template_versions v join templates t on t.id = v.template_id where t.id = ${idOf(which)} and t.retired_at is null), 0)`

const newestVersion = sql`${templateVersions.version} = (select max(v.version) from ${templateVersions} v where v.template_id = ${templates.id})`

/** Every template with its newest words; a notice that was never worded by the business has none. */
export const templatesQuery = ({ db }: Account) =>
  db
    .select({
      id: templates.id,
      kind: templates.kind,
      name: templates.name,
      language: templates.language,
      retiredAt: templates.retiredAt,
      versions: templateVersions.version,
      subject: templateVersions.subject,
      who: templateVersions.who,
      at: templateVersions.at,
    })
    .from(templates)
    .innerJoin(templateVersions, and(eq(templateVersions.templateId, templates.id), newestVersion))
    .where(sql`${templates.kind} = 'automatic' or ${templates.retiredAt} is null`)
    .orderBy(templates.name)
    .limit(500)

/** The templates that Email Blasts begin from, newest words, by name. */
export const blastTemplates = ({ db }: Account) =>
  db
    .select({
      id: templates.id,
      name: templates.name,
      subject: templateVersions.subject,
      body: templateVersions.body,
    })
    .from(templates)
    .innerJoin(templateVersions, and(eq(templateVersions.templateId, templates.id), newestVersion))
    .where(and(eq(templates.kind, 'blast'), isNull(templates.retiredAt)))
    .orderBy(templates.name)
    .limit(200)

/** One template and what it said, newest first; the row is missing for a notice in the program's words. */
export const templateQueries = ({ db }: Account, which: Which) =>
  [
    db
      .select({ id: templates.id, name: templates.name, retiredAt: templates.retiredAt })
      .from(templates)
      .where(eq(templates.id, idOf(which))),
    db
      .select({
        version: templateVersions.version,
        subject: templateVersions.subject,
        body: templateVersions.body,
        who: templateVersions.who,
        at: templateVersions.at,
      })
      .from(templateVersions)
      .where(eq(templateVersions.templateId, idOf(which)))
      .orderBy(desc(templateVersions.version))
      .limit(50),
  ] as const

/** What the audit log calls it: it can be read after the template is gone. */
const called = (which: Which) =>
  which.kind === 'automatic'
    ? `the notice “${automatic[which.name].title}”${which.language === 'es' ? ' in Spanish' : ''}`
    : sql`'the template “' || (select t.name from templates t where t.id = ${which.id}) || '”'`

/**
 * The statements that save words as a template for Email Blasts under a new name, as its first version.
 * Guards 'template-taken' when one in use has the name.
 */
export function savingTemplate(account: Account, { name, ...wording }: Wording & { name: string }): Statement[] {
  const { db, now } = account
  const id = newest(templates)
  return [
    must(
      account,
      sql`not exists (select 1 from ${templates} where ${templates.kind} = 'blast' and lower(${templates.name}) = lower(${name}) and ${templates.retiredAt} is null)`,
      'template-taken',
    ),
    db.insert(templates).values({ kind: 'blast', name, createdAt: now }),
    version(account, id, wording),
    ...audit(account, 'make template', `made the template “${name}”`, [['template', id]], {
      after: { subject: wording.subject },
    }),
  ]
}

/** Saves words as a template for Email Blasts. @throws Refusal 'template-taken' */
export async function saveAsTemplate(
  account: Account,
  wish: Wording & { name: string },
  /** Where it leads, by the number that the commit hands out. */
  location: (id: SQL<number>) => SQL<string>,
): Promise<void> {
  await commit(account, savingTemplate(account, wish), { location: location(newest(templates)) })
}

/** One more version, by whoever acts. */
const version = (account: Account, id: SQL<number>, { subject, body }: Wording | { subject: SQL; body: SQL }) =>
  account.db.insert(templateVersions).values({
    templateId: id as unknown as number,
    version:
      sql`(select coalesce(max(v.version), 0) + 1 from template_versions v where v.template_id = ${id})` as unknown as number,
    subject: subject as string,
    body: body as string,
    who: account.actor.name,
    at: account.now,
  })

/** Brings a notice's own row about, or back into use. */
function inUseAgain({ db, now }: Account, which: Which): Statement[] {
  if (which.kind === 'blast') return []
  return [
    db
      .insert(templates)
      .select(
        sql`select null, 'automatic', ${which.name}, ${which.language ?? 'en'}, cast(${now} as integer), null where ${idOf(which)} is null`,
      ),
    db
      .update(templates)
      .set({ retiredAt: null })
      .where(eq(templates.id, idOf(which))),
  ]
}

const unchanged = (account: Account, which: Which, seen: number) =>
  must(account, sql`${inUse(which)} = ${seen}`, 'changed-meanwhile')

/**
 * Puts new words into use, as one more version; those before stay.
 * @param seen the version that whoever writes had before them, 0 for the program's own words
 * @throws Refusal 'changed-meanwhile' when another one is in use by now
 */
export async function publish(
  account: Account,
  which: Which,
  wording: Wording,
  seen: number,
  answer: Answer,
): Promise<void> {
  await commit(
    account,
    [
      unchanged(account, which, seen),
      ...inUseAgain(account, which),
      version(account, idOf(which), wording),
      ...noted(account, 'word template', which, 'worded', { before: seen, after: wording.subject }),
    ],
    answer,
  )
}

/** Puts an older version into use again, as the newest. @throws Refusal 'changed-meanwhile', 'already-handled' when there is none */
export async function useAgain(
  account: Account,
  which: Which,
  older: number,
  seen: number,
  answer: Answer,
): Promise<void> {
  const id = idOf(which)
  const its = sql`from template_versions o where o.template_id = ${id} and o.version = ${older}`
  await commit(
    account,
    [
      must(account, sql`exists (select 1 ${its})`, 'already-handled'),
      unchanged(account, which, seen),
      ...inUseAgain(account, which),
      version(account, id, { subject: sql`(select o.subject ${its})`, body: sql`(select o.body ${its})` }),
      ...noted(account, 'word template', which, `took version ${older} again for`, { before: seen }),
    ],
    answer,
  )
}

/**
 * Takes a template out of use: a notice then says the program's own words, one for Email Blasts is gone from the lists.
 * @throws Refusal 'changed-meanwhile' when other words are in use by now, or none of the business's own
 */
export async function retire(account: Account, which: Which, seen: number, answer: Answer): Promise<void> {
  const { db, now } = account
  const id = idOf(which)
  const did = which.kind === 'automatic' ? 'went back to the program’s words for' : 'retired'
  await commit(
    account,
    [
      must(account, sql`${inUse(which)} = ${seen} and ${seen} > 0`, 'changed-meanwhile'),
      ...noted(account, 'retire template', which, did, { before: seen }),
      db.update(templates).set({ retiredAt: now }).where(eq(templates.id, id)),
    ],
    answer,
  )
}

function noted(
  account: Account,
  action: string,
  which: Which,
  did: string,
  { before, after }: { before: number; after?: string },
) {
  const what = called(which)
  const summary = typeof what === 'string' ? `${did} ${what}` : (sql`${`${did} `} || ${what}` as unknown as string)
  return audit(account, action, summary, [['template', idOf(which)]], {
    before: { version: before },
    after: after === undefined ? undefined : { subject: after },
  })
}
