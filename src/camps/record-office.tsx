import { demand } from '../auth/permissions'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { parse } from '../forms'
import { idIn, leadTo } from '../http'
import * as paths from '../paths'
import { blockForm, blockOf, campForm, termsOf } from './forms'
import { questionForm } from './question-form'
import { addQuestion, changeQuestion } from './question-setup'
import { campOf, campPage } from './record-page'
import { addBlock, changeCamp, removeBlock } from './setup'
import { givePlace } from './waitlist'

/** One camp in the Office: its page and what is done there. */
export const campOffice = officeDoor()

campOffice.get('/camps/:id', c => campPage(c))

campOffice.post('/camps/:id', async c => {
  demand(c.get('person'), 'Camps', 2)
  const camp = await campOf(c)
  const form = c.get('form')
  const { data, bad } = parse(campForm, form)
  if (bad) return campPage(c, { change: { typed: form, errors: bad.errors, status: 422 } })
  const { active } = data
  const location = `${paths.office(c.get('account').slug).camp(camp.id)}?saved=1`
  try {
    await changeCamp(c.get('account'), camp.id, { ...termsOf(data, camp.timeZone), active }, { location })
  } catch (refusal) {
    return campPage(c, { change: { typed: form, errors: { form: sentenceOf(refusal) }, status: 409 } })
  }
  return leadTo(c, location)
})

campOffice.post('/camps/:id/blocks', async c => {
  demand(c.get('person'), 'Camps', 2)
  const camp = await campOf(c)
  const form = c.get('form')
  const { data, bad } = parse(blockForm, form)
  if (bad) return campPage(c, { block: { typed: form, errors: bad.errors, status: 422 } })
  const location = `${paths.office(c.get('account').slug).camp(camp.id)}?saved=1`
  try {
    await addBlock(c.get('account'), camp.id, blockOf(data), { location })
  } catch (refusal) {
    return campPage(c, { block: { typed: form, errors: { form: sentenceOf(refusal) }, status: 409 } })
  }
  return leadTo(c, location)
})

campOffice.post('/camps/:id/blocks/:block/removal', async c => {
  demand(c.get('person'), 'Camps', 2)
  const camp = await campOf(c)
  const location = `${paths.office(c.get('account').slug).camp(camp.id)}?saved=1`
  try {
    await removeBlock(c.get('account'), camp.id, idIn(c.req.param('block')), { location })
  } catch (refusal) {
    return campPage(c, { removal: { errors: { form: sentenceOf(refusal) }, status: 409 } })
  }
  return leadTo(c, location)
})

campOffice.post('/camps/:id/questions', c => saveQuestion(c))

campOffice.post('/camps/:id/questions/:question', c => saveQuestion(c, idIn(c.req.param('question'))))

async function saveQuestion(c: OfficeContext, id?: number) {
  demand(c.get('person'), 'Camps', 2)
  const account = c.get('account')
  const camp = await campOf(c)
  const form = c.get('form')
  const { data, bad } = parse(questionForm, form)
  if (bad) return campPage(c, { question: { id, typed: form, errors: bad.errors, status: 422 } })
  const location = `${paths.office(account.slug).camp(camp.id)}?saved=1`
  const { retired: _, ...wish } = data
  try {
    if (id === undefined) await addQuestion(account, camp.id, wish, { location })
    else await changeQuestion(account, camp.id, id, data, { location })
  } catch (refusal) {
    return campPage(c, { question: { id, typed: form, errors: { form: sentenceOf(refusal) }, status: 409 } })
  }
  return leadTo(c, location)
}

campOffice.post('/camps/:id/waitlist/:wait/place', async c => {
  const person = c.get('person')
  demand(person, 'Camps')
  demand(person, 'Enrollments', 2)
  const camp = await campOf(c)
  const location = `${paths.office(c.get('account').slug).camp(camp.id)}?saved=1`
  const days = [c.get('form').day ?? []].flat()
  try {
    await givePlace(c.get('account'), camp.id, idIn(c.req.param('wait')), days, { location })
  } catch (refusal) {
    return campPage(c, { place: { errors: { form: sentenceOf(refusal) }, status: 409 } })
  }
  return leadTo(c, location)
})
