import { eq } from 'drizzle-orm'
import * as z from 'zod'
import { OfficeLayout } from '../../views/layouts/office'
import { NewTokenPage, TokenPage } from '../../views/makeups/office'
import { demand, level } from '../auth/permissions'
import { worksAt } from '../auth/places'
import { Refusal, read } from '../database'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { type Form, id as idOf, isDay, note, parse, typedIn } from '../forms'
import { found, idIn, leadTo, NotFound, show } from '../http'
import * as paths from '../paths'
import { families } from '../schema/families'
import { makeupTokens } from '../schema/makeups'
import { familyStudents, students } from '../schema/students'
import { deleteToken, editToken, issueToken, programsQuery, type TokenTerms, tokenById } from './keep'
import { never, tokensQuery } from './tokens'

/** Makeup tokens for staff: issue, edit, delete (OP31). */
export const makeupsOffice = officeDoor()

const terms = z.object({
  program: idOf('a program'),
  expires: z
    .string()
    .optional()
    .transform(text => text?.trim() || null)
    .refine(text => text === null || isDay(text), 'Expires is not a date like 2026-11-30.'),
  comment: note('Comment', 500),
})
const newToken = terms.extend({ location: idOf('a location'), family: idOf('a family') })

const termsOf = ({ program, expires, comment }: z.output<typeof terms>): TokenTerms => ({
  programId: program,
  expiresOn: expires,
  comment,
})

/** The places this person works for. */
const placesOf = (c: OfficeContext) => c.get('shell').locations

makeupsOffice.get('/students/:id/makeup-tokens', c => newPage(c, {}))

makeupsOffice.post('/students/:id/makeup-tokens', async c => {
  demand(c.get('person'), 'Create Makeup Tokens', 2)
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  const form = c.get('form')
  const { data, bad } = parse(newToken, form)
  if (bad) return newPage(c, form, bad.errors, 422)
  if (!placesOf(c).some(place => place.id === data.location))
    return newPage(c, form, { location: 'Choose a location.' }, 422)
  const { student, homes } = await studentFor(c, id)
  if (!homes.some(home => home.id === data.family)) return newPage(c, form, { family: 'Choose a family.' }, 422)
  const location = paths.office(account.slug).student(id)
  const to = { studentId: id, familyId: data.family, locationId: data.location, studentName: student.name }
  try {
    await issueToken(account, to, termsOf(data), { location })
  } catch (refusal) {
    return newPage(c, form, { form: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
})

async function studentFor(c: OfficeContext, id: number) {
  const account = c.get('account')
  const [rows, homes, programs] = await read(account, [
    account.db
      .select({ id: students.id, firstName: students.firstName, lastName: students.lastName })
      .from(students)
      .where(eq(students.id, id)),
    account.db
      .select({ id: families.id, name: families.name })
      .from(familyStudents)
      .innerJoin(families, eq(families.id, familyStudents.familyId))
      .where(eq(familyStudents.studentId, id)),
    programsQuery(account),
  ])
  const { firstName, lastName } = found(rows)
  return { student: { id, name: `${firstName} ${lastName}` }, homes, programs }
}

async function newPage(c: OfficeContext, form: Form, errors?: Record<string, string>, status: 200 | 409 | 422 = 200) {
  demand(c.get('person'), 'Create Makeup Tokens', 2)
  const { student, homes, programs } = await studentFor(c, idIn(c.req.param('id')))
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Issue Makeup Token" current="students">
      <NewTokenPage
        slug={c.get('account').slug}
        formKey={crypto.randomUUID()}
        student={student}
        families={homes.map(({ id, name }) => ({ value: id, label: name }))}
        locations={placesOf(c).map(({ id, name }) => ({ value: id, label: name }))}
        programs={programs.map(({ id, name }) => ({ value: id, label: name }))}
        values={typedIn(form)}
        errors={errors}
      />
    </OfficeLayout>,
    status,
  )
}

makeupsOffice.get('/makeup-tokens/:id', c => tokenPage(c))

makeupsOffice.post('/makeup-tokens/:id', async c => {
  demand(c.get('person'), 'Create Makeup Tokens', 2)
  const account = c.get('account')
  const form = c.get('form')
  const { data, bad } = parse(terms, form)
  if (bad) return tokenPage(c, bad.typed, bad.errors, 422)
  const token = await tokenHere(c)
  const location = paths.office(account.slug).student(token.studentId)
  try {
    await editToken(account, token, termsOf(data), { location })
  } catch (refusal) {
    return tokenPage(c, typedIn(form), { form: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
})

makeupsOffice.post('/makeup-tokens/:id/deletion', async c => {
  demand(c.get('person'), 'Delete Makeup Tokens', 2)
  const account = c.get('account')
  const token = await tokenHere(c)
  const location = paths.office(account.slug).student(token.studentId)
  try {
    await deleteToken(account, token, { location })
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    return tokenPage(c, undefined, { form: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
})

/** A token of the address, at a place this person works for. */
async function tokenHere(c: OfficeContext) {
  const token = await tokenById(c.get('account'), idIn(c.req.param('id')))
  if (!worksAt(c.get('person'), token.locationId)) throw new NotFound()
  return token
}

async function tokenPage(
  c: OfficeContext,
  typed?: Partial<Record<string, string>>,
  errors?: Record<string, string>,
  status: 200 | 409 | 422 = 200,
) {
  const account = c.get('account')
  const person = c.get('person')
  if (!level(person, 'Delete Makeup Tokens')) demand(person, 'Create Makeup Tokens')
  const id = idIn(c.req.param('id'))
  const [tokens, programs] = await read(account, [
    tokensQuery(account, eq(makeupTokens.id, id)),
    programsQuery(account),
  ])
  const token = found(tokens)
  if (!worksAt(person, token.locationId)) throw new NotFound()
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Makeup Token" current="students">
      <TokenPage
        slug={account.slug}
        formKeys={[crypto.randomUUID(), crypto.randomUUID()]}
        token={{ id, studentId: token.studentId, locationName: token.locationName, used: token.usedBy !== null }}
        programs={programs.map(({ id, name }) => ({ value: id, label: name }))}
        mayEdit={level(person, 'Create Makeup Tokens') === 2}
        mayDelete={level(person, 'Delete Makeup Tokens') === 2 && token.usedBy === null}
        values={
          typed ?? {
            program: String(token.programId ?? ''),
            expires: token.expiresOn === never ? '' : token.expiresOn,
            comment: token.comment ?? '',
          }
        }
        errors={errors}
      />
    </OfficeLayout>,
    status,
  )
}
