import { asc, isNull } from 'drizzle-orm'
import { OfficeLayout } from '../../views/layouts/office'
import { StudentsPage } from '../../views/students/list'
import { demand, level } from '../auth/permissions'
import { sayCounted } from '../counting'
import { read } from '../database'
import type { OfficeContext } from '../doors'
import { listed } from '../families/listing'
import { numbersIn } from '../forms'
import { show } from '../http'
import * as paths from '../paths'
import { programs } from '../schema/programs'
import { grades } from '../schema/students'
import { countQuery, pageQuery, studentFilter } from './listing'

const doneWords: Record<string, string> = {
  deleted: 'The student is deleted.',
  anonymised: 'The student is anonymised. The books keep their sums.',
}

/** All students, narrowed as the address says; like families, they are the whole business's (OP5). */
export async function listPage(c: OfficeContext) {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Students')
  const filter = studentFilter.parse(c.req.query())
  const after = numbersIn(c.req.query('after'))[0] ?? 0
  const { db } = account
  const [rows, [counted], taught, years] = await read(account, [
    pageQuery(account, filter, after),
    countQuery(account, filter),
    db
      .select({ value: programs.id, label: programs.name })
      .from(programs)
      .where(isNull(programs.retiredAt))
      .orderBy(asc(programs.name))
      .limit(200),
    db
      .select({ value: grades.id, label: grades.name })
      .from(grades)
      .where(isNull(grades.retiredAt))
      .orderBy(asc(grades.sort), asc(grades.id))
      .limit(100),
  ])
  const at = paths.office(account.slug)
  const last = rows.length > listed ? rows[listed - 1] : undefined
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Students" current="students">
      <StudentsPage
        slug={account.slug}
        mayWrite={level(person, 'Email Blasts') === 2}
        mayEdit={level(person, 'Students') === 2}
        mayEnroll={level(person, 'Enrollments') === 2}
        filter={filter}
        narrowed={Object.values(filter).some(value => value !== '')}
        programs={taught}
        grades={years}
        locations={account.locations.map(({ id, name }) => ({ value: id, label: name }))}
        total={sayCounted(counted?.count ?? 0)}
        done={doneWords[c.req.query('done') ?? '']}
        rows={rows.slice(0, listed).map(row => ({ ...row, name: `${row.firstName} ${row.lastName}` }))}
        emailAll={at.emailBlast({ list: 'students', ...filter })}
        next={last && at.students({ ...filter, after: last.id })}
      />
    </OfficeLayout>,
  )
}
