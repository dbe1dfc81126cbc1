import { asc, isNull } from 'drizzle-orm'
import { FamiliesPage } from '../../views/families/list'
import { OfficeLayout } from '../../views/layouts/office'
import { demand, level } from '../auth/permissions'
import { sayCounted } from '../counting'
import { read } from '../database'
import type { OfficeContext } from '../doors'
import { numbersIn } from '../forms'
import { show } from '../http'
import * as paths from '../paths'
import { keywords } from '../schema/keywords'
import { countQuery, familyFilter, listed, pageQuery } from './listing'

/** All families, narrowed as the address says. They are the whole business's: a family may come to any of its places (OP4). */
export async function listPage(c: OfficeContext) {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Families')
  const filter = familyFilter.parse(c.req.query())
  const after = numbersIn(c.req.query('after'))[0] ?? 0
  const [rows, [counted], words] = await read(account, [
    pageQuery(account, filter, after),
    countQuery(account, filter),
    account.db
      .select({ value: keywords.id, label: keywords.name })
      .from(keywords)
      .where(isNull(keywords.retiredAt))
      .orderBy(asc(keywords.name))
      .limit(200),
  ])
  const at = paths.office(account.slug)
  const last = rows.length > listed ? rows[listed - 1] : undefined
  const currency = account.locations[0]?.currency ?? 'USD'
  const mayEnroll = level(person, 'Enrollments') === 2
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Families" current="families">
      <FamiliesPage
        slug={account.slug}
        mayWrite={level(person, 'Email Blasts') === 2}
        mayEdit={level(person, 'Families') === 2}
        filter={filter}
        narrowed={Object.values(filter).some(value => value !== '')}
        keywords={words}
        locations={account.locations.map(({ id, name }) => ({ value: id, label: name }))}
        total={sayCounted(counted?.count ?? 0)}
        rows={rows
          .slice(0, listed)
          .map(row => ({ ...row, currency, enrolls: mayEnroll && row.state === 'open' && row.students !== '' }))}
        emailAll={at.emailBlast({ list: 'families', ...filter })}
        next={last && at.families({ ...filter, after: last.id })}
      />
    </OfficeLayout>,
  )
}
