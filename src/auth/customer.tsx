import * as z from 'zod'
import { PasswordPage } from '../../views/portal/security'
import { Refusal } from '../database'
import { customerDoor } from '../doors'
import { parse } from '../forms'
import { leadTo, show } from '../http'
import * as paths from '../paths'
import { because } from '../refusals'
import { changePassword } from './change-password'
import { newPassword } from './password-rules'

const wanted = z.object({
  password: z.string('Password is missing.').min(1, 'Password is missing.').max(1000, 'The password does not fit.'),
  new_password: newPassword,
})

/** Change Password in the Customer Portal (MA15). */
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
