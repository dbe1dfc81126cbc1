import { eq } from 'drizzle-orm'
import * as z from 'zod'
import { DevicesPage } from '../../views/auth/devices'
import { PasswordPage } from '../../views/portal/security'
import { businessZone } from '../accounts/account'
import { sayWhen } from '../clock'
import { Refusal, read } from '../database'
import { type CustomerContext, customerDoor, sentenceOf } from '../doors'
import { parse } from '../forms'
import { drawn, idIn, leadTo, NotFound, show } from '../http'
import { t } from '../language'
import * as paths from '../paths'
import { because } from '../refusals'
import { logins } from '../schema/logins'
import { changePassword } from './change-password'
import { endSessions, sayDevice, sessionsOf } from './my-sessions'
import { keepPasskey, passkeysOf, readAnswer, registration, removePasskey } from './passkeys'
import { newPassword } from './password-rules'
import { setSecondStep } from './second-step'

const wanted = z.object({
  password: z.string('Password is missing.').min(1, 'Password is missing.').max(1000, 'The password does not fit.'),
  new_password: newPassword,
})

/** Change Password, and the rest of Login/Security, in the Customer Portal (MA15). */
export const passwordDoor = customerDoor()

passwordDoor.get('/password', c => show(c, <PasswordPage shell={c.get('shell')} formKey={crypto.randomUUID()} />))

passwordDoor.post('/password', async c => {
  const account = c.get('account')
  const { data, bad } = parse(wanted, c.get('form'))
  const again = (errors: Record<string, string>) =>
    show(c, <PasswordPage shell={c.get('shell')} formKey={crypto.randomUUID()} errors={errors} />, 422)
  if (bad) return again(bad.errors)
  const location = paths.portal(account.slug).account({ done: 'password-changed' })
  const change = { current: data.password, next: data.new_password }
  try {
    const { loginId } = c.get('guardian')
    await changePassword(account, { loginId, sessionId: c.get('sessionId'), ...change }, { location })
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code === 'repeated') throw refusal
    return again(refusal.code === 'no-password' ? { password: because(refusal.code) } : { form: because(refusal.code) })
  }
  return leadTo(c, location)
})

const security = (c: CustomerContext, done?: string) => paths.portal(c.get('account').slug).devices({ done })

const told = new Map([
  ['ended', 'That device is logged out.'],
  ['ended-others', 'Every other device is logged out.'],
  ['added', 'The passkey was added.'],
  ['removed', 'The passkey was removed.'],
  ['second-step', 'The second step was changed.'],
])

passwordDoor.get('/account/devices', c => devicesPage(c))

const devicesPage = drawn(async (c: CustomerContext, errors: { form?: string; password?: string } = {}) => {
  const account = c.get('account')
  const { loginId, email, name } = c.get('guardian')
  const at = paths.portal(account.slug)
  const zone = businessZone(account)
  const [sessions, keys, [login]] = await read(account, [
    sessionsOf(account, loginId),
    passkeysOf(account, loginId),
    account.db.select({ secondFactor: logins.secondFactor }).from(logins).where(eq(logins.id, loginId)),
  ])
  const day = (ms: number) => sayWhen(ms, account.now, zone)
  const agent = sayDevice(c.req.header('User-Agent') ?? null)
  const done = told.get(c.req.query('done') ?? '')
  return show(
    c,
    <DevicesPage
      shell={c.get('shell')}
      done={done && t(done)}
      error={errors.form}
      sessions={sessions.map(({ id, short, createdAt, seenAt, agent: own }) => ({
        device: sayDevice(own),
        about: t('Last seen {when}, since {since}', { when: day(seenAt), since: day(createdAt) }),
        here: id === c.get('sessionId'),
        endAction: id === c.get('sessionId') ? undefined : at.deviceEnding(short),
        formKey: crypto.randomUUID(),
      }))}
      endOthers={sessions.length > 1 ? { action: at.deviceEnding('others'), formKey: crypto.randomUUID() } : undefined}
      passkeys={keys.map(({ id, name: called, createdAt, usedAt }) => ({
        name: called,
        about: usedAt
          ? t('Added {when}, last used {used}', { when: day(createdAt), used: day(usedAt) })
          : t('Added {when}', { when: day(createdAt) }),
        action: at.passkeyRemoval(id),
        formKey: crypto.randomUUID(),
      }))}
      addPasskey={{
        action: at.passkeys,
        formKey: crypto.randomUUID(),
        name: agent,
        ...registration(account, { loginId, email, name }),
      }}
      secondStep={{
        on: login?.secondFactor !== null,
        action: at.secondStep,
        formKey: crypto.randomUUID(),
        error: errors.password,
      }}
    />,
    errors.form || errors.password ? 422 : 200,
  )
})

passwordDoor.post('/account/devices/:id/ending', async c => {
  const which = c.req.param('id')
  if (which !== 'others' && !/^[\da-f]{16}$/.test(which)) throw new NotFound()
  const location = security(c, which === 'others' ? 'ended-others' : 'ended')
  const { loginId } = c.get('guardian')
  await endSessions(c.get('account'), { loginId, sessionId: c.get('sessionId'), which }, { location })
  return leadTo(c, location)
})

const made = z.object({
  challenge: z.string().max(100),
  response: z.string().max(20_000),
  name: z.string().max(60),
})

passwordDoor.post('/account/passkeys', async c => {
  const { data } = parse(made, c.get('form'))
  if (!data) return devicesPage(c, { form: because('passkey-unknown') })
  const location = security(c, 'added')
  const wish = { challenge: data.challenge, response: readAnswer(data.response), name: data.name.trim() || '—' }
  try {
    await keepPasskey(c.get('account'), c.get('guardian'), wish, { location })
  } catch (refusal) {
    return devicesPage(c, { form: sentenceOf(refusal) })
  }
  return leadTo(c, location)
})

passwordDoor.post('/account/passkeys/:id/removal', async c => {
  const location = security(c, 'removed')
  await removePasskey(c.get('account'), c.get('guardian').loginId, idIn(c.req.param('id')), { location })
  return leadTo(c, location)
})

passwordDoor.post('/account/second-step', async c => {
  const form = c.get('form')
  const location = security(c, 'second-step')
  const { loginId } = c.get('guardian')
  const wish = { loginId, sessionId: c.get('sessionId'), password: String(form.password ?? ''), on: form.on === '1' }
  try {
    await setSecondStep(c.get('account'), wish, { location })
  } catch (refusal) {
    return devicesPage(c, { password: sentenceOf(refusal) })
  }
  return leadTo(c, location)
})
