import * as z from 'zod'
import { GuardianFormPage } from '../../views/families/edit'
import { OfficeLayout } from '../../views/layouts/office'
import { count } from '../../views/ui/bits'
import { demand } from '../auth/permissions'
import { phone } from '../contacts/forms'
import { handOfStaff } from '../contacts/keepers'
import { read } from '../database'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { email, type Form, line, optional, optionalLine, parse, typedIn } from '../forms'
import { found, idIn, leadTo, show } from '../http'
import { languages } from '../language'
import * as paths from '../paths'
import { mailPasswordByStaff, revokeByStaff } from './access'
import { addGuardian } from './add'
import { editGuardian, guardianForStaff, removeGuardian } from './by-staff'
import { householdQuery } from './household'

/** Guardians of a family, as staff keep the record (A3): full Families, as all that changes a family. */
export const guardiansOffice = officeDoor()

type Again = { form: Form; errors: Record<string, string>; status: 409 | 422 }

const key = () => crypto.randomUUID()
const famId = (c: OfficeContext) => idIn(c.req.param('id'))
const at = (c: OfficeContext) => paths.office(c.get('account').slug)
const done = (c: OfficeContext, what: string) => at(c).family(famId(c), { done: what })

const newGuardian = z.object({
  first: line('First name', 60),
  last: line('Last name', 60),
  relationship: optionalLine('Relationship', 60),
  email: optional(email('Email')),
  phone: optional(phone),
})

guardiansOffice.get('/families/:id/guardians/new', c => newPage(c))

guardiansOffice.post('/families/:id/guardians', async c => {
  demand(c.get('person'), 'Families', 2)
  const account = c.get('account')
  const form = c.get('form')
  const [heads] = await read(account, [householdQuery(account, famId(c))])
  const family = found(heads)
  const { data, bad } = parse(newGuardian, form)
  if (bad) return newPage(c, { form, errors: bad.errors, status: 422 })
  const { first, last, ...rest } = data
  const location = done(c, 'guardian-added')
  try {
    const who = { firstName: first, lastName: last, ...rest }
    await addGuardian(account, handOfStaff(account, family.id), who, { location })
  } catch (refusal) {
    return newPage(c, { form, errors: { form: sentenceOf(refusal) }, status: 409 })
  }
  return leadTo(c, location)
})

async function newPage(c: OfficeContext, again?: Again) {
  demand(c.get('person'), 'Families', 2)
  const account = c.get('account')
  const [heads] = await read(account, [householdQuery(account, famId(c))])
  const family = found(heads)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Add Guardian" current="families" more>
      <GuardianFormPage
        slug={account.slug}
        family={family}
        formKey={key()}
        values={again ? typedIn(again.form) : { last: family.name }}
        errors={again?.errors}
      />
    </OfficeLayout>,
    again?.status ?? 200,
  )
}

guardiansOffice.get('/families/:id/guardians/:guardian', c => editPage(c))

const changed = z.object({
  first: line('First name', 60),
  last: line('Last name', 60),
  relationship: optionalLine('Relationship', 60),
  language: z.enum(Object.keys(languages) as [keyof typeof languages], 'Choose a language.').optional(),
})

const standing = (c: OfficeContext) => guardianForStaff(c.get('account'), famId(c), idIn(c.req.param('guardian')))

guardiansOffice.post('/families/:id/guardians/:guardian', async c => {
  demand(c.get('person'), 'Families', 2)
  const form = c.get('form')
  const guardian = await standing(c)
  const { data, bad } = parse(changed, form)
  if (bad) return editPage(c, { form, errors: bad.errors, status: 422 })
  const { first, last, relationship, language } = data
  const wish = { firstName: first, lastName: last, relationship, language }
  const location = done(c, 'guardian-saved')
  try {
    await editGuardian(c.get('account'), famId(c), guardian, wish, typedIn(form).was ?? '', { location })
  } catch (refusal) {
    return editPage(c, { form, errors: { form: sentenceOf(refusal) }, status: 409 })
  }
  return leadTo(c, location)
})

async function editPage(c: OfficeContext, again?: Again) {
  demand(c.get('person'), 'Families', 2)
  const account = c.get('account')
  const familyId = famId(c)
  const guardian = await standing(c)
  const { id, firstName, lastName, relationship, language, role, access, methods } = guardian
  const stands: Record<string, string> = {
    first: firstName,
    last: lastName,
    relationship: relationship ?? '',
    ...(language && { language }),
  }
  const typed = again && typedIn(again.form)
  const logsIn = access === 'limited' || access === 'full'
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Edit Guardian" current="families" more>
      <GuardianFormPage
        slug={account.slug}
        family={{ id: familyId, name: guardian.family }}
        formKey={key()}
        was={guardian.was}
        values={typed ?? stands}
        // Somebody saved in between: what it says now stands beside what was typed.
        now={typed && typed.was !== guardian.was ? stands : undefined}
        errors={again?.errors}
        languages={language ? Object.entries(languages).map(([value, label]) => ({ value, label })) : undefined}
        guardian={{
          id,
          name: guardian.name,
          acts: [
            ...(logsIn
              ? [
                  {
                    action: at(c).familyGuardianAct(familyId, id, 'password-reset'),
                    key: key(),
                    label: 'Reset Password',
                    about: 'Mails the guardian a link. Nobody else sees it.',
                  },
                ]
              : []),
            ...(role === 'secondary'
              ? [
                  {
                    action: at(c).familyGuardianAct(familyId, id, 'removal'),
                    key: key(),
                    label: 'Remove guardian',
                    about: [
                      'Ends the access to this family, and nobody writes to them any more.',
                      ...(methods ? [`Takes ${count(methods, 'payment method')} off the file.`] : []),
                    ].join(' '),
                    danger: true,
                  },
                ]
              : []),
          ],
        }}
      />
    </OfficeLayout>,
    again?.status ?? 200,
  )
}

guardiansOffice.post('/families/:id/guardians/:guardian/removal', async c => {
  demand(c.get('person'), 'Families', 2)
  const location = done(c, 'guardian-removed')
  await removeGuardian(c.get('account'), famId(c), await standing(c), { location })
  return leadTo(c, location)
})

guardiansOffice.post('/families/:id/guardians/:guardian/password-reset', async c => {
  demand(c.get('person'), 'Families', 2)
  const location = done(c, 'password-link')
  await mailPasswordByStaff(c.get('account'), famId(c), idIn(c.req.param('guardian')), { location })
  return leadTo(c, location)
})

guardiansOffice.post('/families/:id/guardians/:guardian/revocation', async c => {
  demand(c.get('person'), 'Families', 2)
  const location = done(c, 'revoked')
  await revokeByStaff(c.get('account'), famId(c), idIn(c.req.param('guardian')), { location })
  return leadTo(c, location)
})
