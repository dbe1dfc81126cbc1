import { BuyGiftPage } from '../../views/portal/gifts'
import type { Errors } from '../../views/ui/form'
import type { Account } from '../accounts/account'
import { Refusal, read } from '../database'
import type { PublicContext } from '../doors'
import { drawn, show } from '../http'
import { cents, price } from '../money'
import { keyAgain, meansOptions, whyNotPay } from '../payments/lines'
import { methodsOf } from '../payments/methods'

/** @throws Refusal while gift certificates are switched off */
export function mustHaveGifts({ settings }: Account) {
  if (!settings['gift.enabled']) throw new Refusal('switched-off')
}

/** The amounts that the business offers, in cents, in its order. */
export const amountsOf = ({ settings }: Account) =>
  settings['gift.amounts']
    .split(',')
    .map(text => cents(text.trim()) ?? 0)
    .filter(sum => sum > 0 && sum >= settings['gift.min_cents'] && sum <= settings['gift.max_cents'])

interface Typed {
  values?: Partial<Record<string, string>>
  errors?: Errors
  status?: 409 | 422
  uncertain?: boolean
}

/** The form that buys a gift certificate, before and after the log-in. */
export const giftPage = drawn(async (c: PublicContext, typed: Typed = {}) => {
  const account = c.get('account')
  mustHaveGifts(account)
  const guardian = c.get('guardian')
  const { settings } = account
  const [methods] = await read(account, [methodsOf(account, guardian?.family.id ?? 0)])
  return show(
    c,
    <BuyGiftPage
      shell={c.get('shell')}
      formKey={keyAgain(c.get('form'), typed.uncertain)}
      amounts={amountsOf(account).map(sum => ({ value: String(sum), label: price(sum) }))}
      anyAmount={
        settings['gift.any_amount']
          ? { least: price(settings['gift.min_cents']), most: price(settings['gift.max_cents']) }
          : undefined
      }
      methods={meansOptions(account, methods)}
      refused={whyNotPay(account, guardian)}
      guests={settings['gift.guests']}
      locations={account.locations.map(({ id, name }) => ({ value: String(id), label: name }))}
      values={typed.values ?? {}}
      errors={typed.errors}
    />,
    typed.status ?? 200,
  )
})
