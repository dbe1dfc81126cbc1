import { isNull } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { addDays, today } from '../clock'
import { commit } from '../database'
import { signUp } from '../families/sign-up'
import { logins } from '../schema/logins'
import { at } from './moments'
import { adults, boys, type Dice, girls, surnames } from './names'

const day = 86_400_000

/** Signs up some of the households of the demo business, most of them before the days that are lived through. */
export async function signUpSome(
  account: Account,
  luck: Dice,
  passwordHash: string,
  { from, to, of: count }: { from: number; to: number; of: number },
): Promise<void> {
  const { slug, now } = account
  for (let nth = from; nth < to; nth++) {
    const known = [
      { surname: 'Rivera', children: ['Mia', 'Leo'], adult: 'Carmen' },
      { surname: 'Okafor', children: ['Ada', 'Chidi'], adult: 'Ngozi' },
    ][nth]
    const surname = known?.surname ?? (surnames[nth % surnames.length] as string)
    const adult = known?.adult ?? luck.of(adults)
    const email = known ? `${surname.toLowerCase()}@${slug}.test` : `${surname.toLowerCase()}.${nth}@${slug}.test`
    const newest = nth > count - 12
    const since = now - (newest ? luck.below(30) * day + 3_600_000 : (91 + luck.below(400)) * day)
    const names =
      known?.children ?? Array.from({ length: 1 + luck.below(3) }, () => luck.of(luck.chance(0.5) ? girls : boys))
    await signUp(
      at(account, since, { name: email, madeIn: 'customer_portal' }),
      {
        guardian: {
          firstName: adult,
          lastName: surname,
          email,
          phone: `(555) 01${String(nth % 10)}-${String(1000 + nth)}`,
          address: null,
        },
        students: [...new Set(names)].map((firstName, child) => ({
          firstName,
          lastName: surname,
          birthDate: addDays(today(now, 'UTC'), -(365 * (known ? 6 + child * 2 : 2 + luck.below(9)) + luck.below(360))),
          gender: girls.includes(firstName) ? 'female' : 'male',
        })),
        passwordHash,
        language: nth % 5 === 3 ? 'es' : 'en',
        locationId: 1 + (nth % account.locations.length),
        referralId: 1 + luck.below(4),
        consent: luck.chance(0.8),
      },
      { location: '/' },
    )
  }
  // Nobody reads the mail of these addresses, so nobody could give the code of a first log-in.
  await commit(account, [account.db.update(logins).set({ verifiedAt: now }).where(isNull(logins.verifiedAt))])
}
