import * as z from 'zod'
import { FeePage } from '../../views/anniversaries/fee'
import { OfficeLayout } from '../../views/layouts/office'
import { demand } from '../auth/permissions'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { amount, day, optional, parse, typedIn } from '../forms'
import { idIn, leadTo, show } from '../http'
import { typed } from '../money'
import * as paths from '../paths'
import { changeFee, familyFee, sayAmount, sayNext, standingText } from './family'
import { atFirst, never } from './fees'

/** An anniversary fee of one family: when it is due next, and what this customer pays. */
export const anniversariesOffice = officeDoor()

const feeForm = z
  .object({
    next: z.enum(['enrollment', 'day', 'never'], 'Choose when it is due.'),
    day: optional(day('The day')),
    amount: optional(amount('Amount for this customer')),
    was: z.string('Look at it again.').max(60),
  })
  .superRefine(({ next, day: on }, context) => {
    if (next === 'day' && !on) context.addIssue({ code: 'custom', path: ['day'], message: 'The day is missing.' })
  })

const whichIn = (c: OfficeContext, student: string | undefined) => ({
  familyId: idIn(c.req.param('id')),
  feeId: idIn(c.req.param('fee')),
  studentId: student ? idIn(student) : null,
})

anniversariesOffice.get('/families/:id/anniversary-fees/:fee', c => {
  demand(c.get('person'), 'Families')
  demand(c.get('person'), 'Transactions', 2)
  return feePage(c, c.req.query('student'))
})

anniversariesOffice.post('/families/:id/anniversary-fees/:fee', async c => {
  demand(c.get('person'), 'Families')
  demand(c.get('person'), 'Transactions', 2)
  const { student } = typedIn(c.get('form'))
  const { data, bad } = parse(feeForm, c.get('form'))
  if (bad) return feePage(c, student, bad.errors, 422)
  const which = whichIn(c, student)
  const location = paths.office(c.get('account').slug).family(which.familyId)
  const nextOn = data.next === 'enrollment' ? atFirst : data.next === 'never' ? never : (data.day ?? atFirst)
  try {
    await changeFee(c.get('account'), which, { nextOn, customCents: data.amount, was: data.was }, { location })
  } catch (refusal) {
    return feePage(c, student, { form: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
})

async function feePage(
  c: OfficeContext,
  student: string | undefined,
  errors?: Record<string, string>,
  status: 200 | 409 | 422 = 200,
) {
  const account = c.get('account')
  const which = whichIn(c, student)
  const one = await familyFee(account, which)
  const { fee, standing, whose, familyName } = one
  const { nextOn, customCents } = standing
  const at = paths.office(account.slug)
  const again = errors ? typedIn(c.get('form')) : undefined
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={fee.name} current="families">
      <FeePage
        families={at.families()}
        family={{ name: familyName, href: at.family(which.familyId) }}
        action={at.familyFee(which.familyId, fee.id)}
        formKey={crypto.randomUUID()}
        name={fee.name}
        whose={whose}
        student={student}
        stands={`${sayNext(standing)}. ${sayAmount(one)}.`}
        usual={typed(fee.cents)}
        was={standingText(standing)}
        typed={{
          next: again?.next ?? (nextOn === atFirst ? 'enrollment' : nextOn === never ? 'never' : 'day'),
          day: again?.day ?? (nextOn === atFirst || nextOn === never ? '' : nextOn),
          amount: again?.amount ?? (customCents === null ? '' : typed(customCents)),
        }}
        errors={errors}
      />
    </OfficeLayout>,
    status,
  )
}
