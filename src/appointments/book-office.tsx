import * as z from 'zod'
import { BookForStudentPage } from '../../views/appointments/book'
import { OfficeLayout } from '../../views/layouts/office'
import { zoneAt } from '../accounts/account'
import { demand } from '../auth/permissions'
import { worksAt } from '../auth/places'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { chosenIn } from '../enrollments/choose-page'
import { sayReason } from '../enrollments/eligibility'
import { studentStep } from '../enrollments/student-step'
import { id, note, optional, parse, tick, typedIn } from '../forms'
import { found, idIn, leadTo, show } from '../http'
import { money } from '../money'
import * as paths from '../paths'
import { because } from '../refusals'
import { shown } from './amounts'
import { type BookingConsent, bookByStaff, bookingPlan, type StaffBooking, slotQuery } from './book-by-staff'
import { isForAnybody, sayForWhom } from './criteria'
import { saySlot } from './slots'

/** Staff book a time for a student: a student, then what it will do. What is chosen so far is in the address. */
export const bookOffice = officeDoor()

const bookForm = z
  .object({
    student: id('a student'),
    family: optional(id('a household')),
    pay: z.union([z.enum(['charge', 'nothing']), id('how it is paid')], 'Choose how it is paid.'),
    cents: shown,
    lowered: shown,
    agreed: tick,
    doubts: z.string().optional(),
    mail: tick,
    note: note('Notes', 1000),
  })
  .transform(({ student, family, pay, cents, lowered, agreed, doubts, mail, note: notes }) => ({
    who: { studentId: student, familyId: family ?? undefined },
    consent: {
      despite: agreed ? (doubts ?? '').split(' ').filter(Boolean) : [],
      pay,
      cents: cents ?? 0,
      lowered: lowered ?? 0,
      mail,
      notes,
    } satisfies BookingConsent,
  }))

bookOffice.get('/appointments/times/:id/booking', async c => {
  const person = c.get('person')
  demand(person, 'Appointments', 2)
  const slotId = idIn(c.req.param('id'))
  const { student, family } = chosenIn(c)
  if (student) return bookPage(c, { slotId, studentId: student, familyId: family })
  const { slug } = c.get('account')
  return studentStep(c, chosen => paths.office(slug).slotBooking(slotId, chosen), {
    current: 'appointments',
    beside: slotQuery(c.get('account'), slotId),
    title: slots => `Book ${saySlot(found(slots.filter(({ locationId }) => worksAt(person, locationId))))}`,
  })
})

bookOffice.post('/appointments/times/:id/booking', async c => {
  const person = c.get('person')
  demand(person, 'Appointments', 2)
  const account = c.get('account')
  const at = paths.office(account.slug)
  const slotId = idIn(c.req.param('id'))
  const form = typedIn(c.get('form'))
  const { data, bad } = parse(bookForm, c.get('form'))
  if (bad) {
    // Who it is for stands in hidden fields: damaged ones begin anew.
    const studentId = Number(form.student)
    if (bad.errors.student || bad.errors.family) return leadTo(c, at.slotBooking(slotId))
    const familyId = Number(form.family) || undefined
    return bookPage(c, { slotId, studentId, familyId }, { form, errors: bad.errors, status: 422 })
  }
  const wish = { slotId, ...data.who }
  const location = at.appointments({ done: 'booked' })
  try {
    await bookByStaff(account, person, wish, data.consent, { location })
  } catch (refusal) {
    return bookPage(c, wish, { form, errors: { form: sentenceOf(refusal) }, status: 409 })
  }
  return leadTo(c, location)
})

interface Again {
  form: Partial<Record<string, string>>
  errors: Record<string, string>
  status: 409 | 422
}

async function bookPage(c: OfficeContext, wish: StaffBooking, again?: Again) {
  const account = c.get('account')
  const plan = await bookingPlan(account, c.get('person'), wish)
  const { slot, who, price, doubts, passes, lowered } = plan
  const at = paths.office(account.slug)
  const { child, family, households } = who
  const name = `${child.firstName} ${child.lastName}`
  const zone = zoneAt(account, slot.locationId)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Book" current="appointments" more>
      <BookForStudentPage
        slug={account.slug}
        action={at.slotBooking(slot.id)}
        formKey={crypto.randomUUID()}
        otherHref={at.slotBooking(slot.id)}
        who={name}
        kept={{ student: child.id, family: family.id }}
        households={households
          .filter(home => home.id !== family.id)
          .map(home => ({
            name: home.name,
            href: at.slotBooking(slot.id, { student: child.id, family: home.id }),
          }))}
        facts={[
          { label: 'Student', value: name, href: at.student(child.id) },
          { label: 'Family that pays', value: family.name, href: at.family(family.id) },
          { label: 'Appointment', value: saySlot(slot), href: at.appointment(slot.appointmentId) },
          ...(isForAnybody(slot.criteria) ? [] : [{ label: 'For', value: sayForWhom(slot.criteria) }]),
          { label: 'Places', value: `${slot.taken} of ${slot.places} taken` },
        ]}
        never={plan.never && because(plan.never)}
        doubts={doubts.map(reason => ({ code: reason.code, sentence: sayReason(reason, zone) }))}
        price={{ cents: price.cents, text: money(price.cents), why: slot.schedule ? price.steps : [] }}
        lowered={{ cents: lowered, text: money(lowered) }}
        pays={[
          { value: 'charge', label: price.cents ? `A charge of ${money(price.cents)}, due on the day` : 'It is free' },
          ...passes.map(({ id, title, left }) => ({ value: id, label: `A punch of ${title}, ${left} left` })),
          ...(price.cents ? [{ value: 'nothing', label: 'Nothing: it is booked without a charge' }] : []),
        ]}
        pay={again?.form.pay}
        note={again?.form.note ?? ''}
        mail={again ? again.form.mail !== undefined : true}
        errors={again?.errors}
      />
    </OfficeLayout>,
    again?.status ?? 200,
  )
}
