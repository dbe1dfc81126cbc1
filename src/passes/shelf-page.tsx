import { PassShelfPage } from '../../views/passes/shelf'
import { Refusal, read } from '../database'
import type { PublicContext } from '../doors'
import { drawn, show } from '../http'
import { t } from '../language'
import { price } from '../money'
import { services } from '../schema/appointments'
import { programs } from '../schema/programs'
import { forSale, productsQuery, type Uses } from './passes'

interface Again {
  productId?: number
  error?: string
  status?: 409 | 422
}

/** The punch passes that are for sale, with what was wrong with the one that was chosen. */
export const passesPage = drawn(async (c: PublicContext, again: Again = {}) => {
  const account = c.get('account')
  if (!account.settings['pass.show']) throw new Refusal('switched-off')
  const [products, names, lessons] = await read(account, [
    productsQuery(account, forSale),
    account.db.select({ id: programs.id, name: programs.name }).from(programs).limit(200),
    account.db.select({ id: services.id, name: services.name }).from(services).limit(200),
  ])
  return show(
    c,
    <PassShelfPage
      shell={c.get('shell')}
      students={c.get('guardian')?.students.map(({ id, firstName }) => ({ value: id, label: firstName })) ?? []}
      mayBuy={c.get('guardian')?.access === 'full'}
      products={products.map(product => ({
        id: product.id,
        key: crypto.randomUUID(),
        title: product.title,
        description: product.description ?? undefined,
        price: price(product.cents),
        forStudent: product.holder === 'student',
        facts: [
          { label: t('Punches'), value: String(product.punches) },
          {
            label: t('For'),
            value: product.holder === 'student' ? t('One student') : t('Every student of the family'),
          },
          {
            label: t('Valid'),
            value:
              product.validDays === null
                ? t('does not expire')
                : t('{days} days from its purchase', { days: product.validDays }),
          },
          { label: t('Good for'), value: sayUses(product.allowed.uses) },
          ...(product.allowed.services.length
            ? [
                {
                  label: t('Appointments'),
                  value: lessons
                    .filter(({ id }) => product.allowed.services.includes(id))
                    .map(({ name }) => name)
                    .join(', '),
                },
              ]
            : []),
          {
            label: t('Programs'),
            value: product.allowed.programs.length
              ? names
                  .filter(({ id }) => product.allowed.programs.includes(id))
                  .map(({ name }) => name)
                  .join(', ')
              : t('All'),
          },
        ],
        error: again.productId === product.id ? again.error : undefined,
      }))}
    />,
    again.status ?? 200,
  )
})

function sayUses(uses: Uses): string {
  if (uses === 'both') return t('Days of classes and appointments')
  return uses === 'appointments' ? t('Appointments') : t('Days of classes')
}
