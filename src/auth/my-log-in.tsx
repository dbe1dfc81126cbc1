import { eq } from 'drizzle-orm'
import * as z from 'zod'
import type { Devices } from '../../views/auth/devices'
import type { PasswordAsked } from '../../views/auth/password'
import { businessZone } from '../accounts/account'
import { sayWhen } from '../clock'
import { Refusal, read } from '../database'
import { type LoggedInContext, loggedInDoor, sentenceOf } from '../doors'
import { parse } from '../forms'
import { drawn, idIn, leadTo, NotFound } from '../http'
import { t } from '../language'
import type { Query } from '../paths'
import { because } from '../refusals'
import { logins } from '../schema/logins'
import { changePassword } from './change-password'
import { endSessions, sayDevice, sessionsOf } from './my-sessions'
import { keepPasskey, passkeysOf, readAnswer, registration, removePasskey } from './passkeys'
import { newPassword } from './password-rules'
import { setSecondStep } from './second-step'
import type { Door } from './sessions'

type Status = 200 | 422

interface MyLogIn {
  door: Door
  /** Where these pages stand in the portal, as routes: the password, the page of devices, and what is under it. */
  routes: { password: string; devices: string; base: string }
  at(slug: string): {
    password: string
    devices(query?: Query): string
    deviceEnding(id: string): string
    passkeys: string
    passkeyRemoval(id: number): string
    secondStep: string
  }
  /** Where a changed password leads, from the page of devices if nowhere else. */
  changed(slug: string): string
  who(c: LoggedInContext): { loginId: number; email: string; name: string }
  /** Whether the business asks everybody at this door for the second step. */
  required(c: LoggedInContext): boolean
  showDevices(c: LoggedInContext, page: Devices, status: Status): Response | Promise<Response>
  showPassword(c: LoggedInContext, page: PasswordAsked, status: Status): Response | Promise<Response>
}

const wanted = z.object({
  password: z.string('Password is missing.').min(1, 'Password is missing.').max(1000, 'The password does not fit.'),
  new_password: newPassword,
})

const made = z.object({
  challenge: z.string().max(100),
  response: z.string().max(20_000),
  name: z.string().max(60),
})

const told = new Map([
  ['ended', 'That device is logged out.'],
  ['ended-others', 'Every other device is logged out.'],
  ['added', 'The passkey was added.'],
  ['removed', 'The passkey was removed.'],
  ['second-step', 'The second step was changed.'],
  ['password', 'The password was changed. Every other device is logged out.'],
])

/** One's own log-in: the password, where one is logged in, and by what (MA15, BY17). The same behind every door. */
export function myLogIn({ door, routes: route, at, changed, who, required, showDevices, showPassword }: MyLogIn) {
  const mine = loggedInDoor()

  const passwordPage = (c: LoggedInContext, errors: Record<string, string> = {}) =>
    showPassword(
      c,
      { action: at(c.get('account').slug).password, formKey: crypto.randomUUID(), errors },
      Object.keys(errors).length ? 422 : 200,
    )

  mine.get(route.password, c => passwordPage(c))

  mine.post(route.password, async c => {
    const account = c.get('account')
    const { data, bad } = parse(wanted, c.get('form'))
    if (bad) return passwordPage(c, bad.errors)
    const location = changed(account.slug)
    const change = { current: data.password, next: data.new_password }
    try {
      await changePassword(account, { loginId: who(c).loginId, sessionId: c.get('sessionId'), ...change }, { location })
    } catch (refusal) {
      if (!(refusal instanceof Refusal) || refusal.code === 'repeated') throw refusal
      return passwordPage(c, { [refusal.code === 'no-password' ? 'password' : 'form']: because(refusal.code) })
    }
    return leadTo(c, location)
  })

  mine.get(route.devices, c => devicesPage(c))

  const devicesPage = drawn(async (c: LoggedInContext, errors: { form?: string; password?: string } = {}) => {
    const account = c.get('account')
    const { loginId, email, name } = who(c)
    const its = at(account.slug)
    const zone = businessZone(account)
    const [sessions, keys, [login]] = await read(account, [
      sessionsOf(account, door, loginId),
      passkeysOf(account, loginId),
      account.db.select({ secondFactor: logins.secondFactor }).from(logins).where(eq(logins.id, loginId)),
    ])
    const day = (ms: number) => sayWhen(ms, account.now, zone)
    const agent = sayDevice(c.req.header('User-Agent') ?? null)
    const done = told.get(c.req.query('done') ?? '')
    return showDevices(
      c,
      {
        done: done && t(done),
        error: errors.form,
        sessions: sessions.map(({ id, short, createdAt, seenAt, agent: own }) => ({
          device: sayDevice(own),
          about: t('Last seen {when}, since {since}', { when: day(seenAt), since: day(createdAt) }),
          here: id === c.get('sessionId'),
          endAction: id === c.get('sessionId') ? undefined : its.deviceEnding(short),
          formKey: crypto.randomUUID(),
        })),
        endOthers:
          sessions.length > 1 ? { action: its.deviceEnding('others'), formKey: crypto.randomUUID() } : undefined,
        passkeys: keys.map(({ id, name: called, createdAt, usedAt }) => ({
          name: called,
          about: usedAt
            ? t('Added {when}, last used {used}', { when: day(createdAt), used: day(usedAt) })
            : t('Added {when}', { when: day(createdAt) }),
          action: its.passkeyRemoval(id),
          formKey: crypto.randomUUID(),
        })),
        addPasskey: {
          action: its.passkeys,
          formKey: crypto.randomUUID(),
          name: agent,
          ...registration(account, door, { loginId, email, name }),
        },
        secondStep: {
          on: login?.secondFactor !== null,
          required: required(c),
          action: its.secondStep,
          formKey: crypto.randomUUID(),
          error: errors.password,
        },
      },
      errors.form || errors.password ? 422 : 200,
    )
  })

  const back = (c: LoggedInContext, done: string) => at(c.get('account').slug).devices({ done })

  mine.post(`${route.base}/devices/:id/ending`, async c => {
    const which = c.req.param('id') ?? ''
    if (which !== 'others' && !/^[\da-f]{16}$/.test(which)) throw new NotFound()
    const location = back(c, which === 'others' ? 'ended-others' : 'ended')
    const { loginId } = who(c)
    await endSessions(c.get('account'), { loginId, sessionId: c.get('sessionId'), which }, { location })
    return leadTo(c, location)
  })

  mine.post(`${route.base}/passkeys`, async c => {
    const { data } = parse(made, c.get('form'))
    if (!data) return devicesPage(c, { form: because('passkey-unknown') })
    const location = back(c, 'added')
    const wish = { challenge: data.challenge, response: readAnswer(data.response), name: data.name.trim() || '—' }
    try {
      await keepPasskey(c.get('account'), who(c), wish, { location })
    } catch (refusal) {
      return devicesPage(c, { form: sentenceOf(refusal) })
    }
    return leadTo(c, location)
  })

  mine.post(`${route.base}/passkeys/:id/removal`, async c => {
    const location = back(c, 'removed')
    await removePasskey(c.get('account'), who(c).loginId, idIn(c.req.param('id')), { location })
    return leadTo(c, location)
  })

  mine.post(`${route.base}/second-step`, async c => {
    const form = c.get('form')
    const location = back(c, 'second-step')
    const { loginId } = who(c)
    const wish = { loginId, sessionId: c.get('sessionId'), password: String(form.password ?? ''), on: form.on === '1' }
    try {
      await setSecondStep(c.get('account'), wish, { location })
    } catch (refusal) {
      return devicesPage(c, { password: sentenceOf(refusal) })
    }
    return leadTo(c, location)
  })

  return mine
}
