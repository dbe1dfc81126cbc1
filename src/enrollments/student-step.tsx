import { and, asc, eq, gt, or, sql } from 'drizzle-orm'
import { ChooseStudentPage } from '../../views/enrollments/choose'
import { OfficeLayout } from '../../views/layouts/office'
import { sayDate } from '../clock'
import { read, type Statement } from '../database'
import type { OfficeContext } from '../doors'
import { show } from '../http'
import type * as paths from '../paths'
import { students } from '../schema/students'
import { named } from '../students/listing'
import { chosenIn } from './choose-page'

const listed = 50

/** How a page that asks for a student is called, and what of the toolbar it is. */
interface Asking<Q extends Statement> {
  /** Read in the same trip, for the title. */
  beside?: Q
  title?: (beside: Q['_']['result']) => string
  current?: string
}

/** Who is enrolled: the children of a family, or whoever is found by the last name. */
export async function studentStep<Q extends Statement>(
  c: OfficeContext,
  lead: (chosen: paths.Query) => string,
  { beside, title: called = () => 'Enroll', current = 'enrollments' }: Asking<Q> = {},
) {
  const account = c.get('account')
  const { q = '', after = '', id = '' } = c.req.query()
  const { family, ...chosen } = chosenIn(c)
  const typed = q.slice(0, 80)
  const [rows, told] = await read(account, [
    account.db
      .select({
        id: students.id,
        name: sql<string>`${students.firstName} || ' ' || ${students.lastName}`.as('student_name'),
        sortName: students.sortName,
        birthDate: students.birthDate,
        families:
          sql`(select json_group_array(json_object('id', f.id, 'name', f.name)) from family_students h join families f on f.id = h.family_id where h.student_id = students.id)`
            .mapWith(text => JSON.parse(text) as { id: number; name: string }[])
            .as('households'),
      })
      .from(students)
      .where(
        and(
          family
            ? sql`students.state = 'open' and students.id in (select h.student_id from family_students h where h.family_id = ${family})`
            : and(eq(students.state, 'open'), typed.trim() ? named(typed) : undefined),
          /^[1-9]\d{0,14}$/.test(id)
            ? or(gt(students.sortName, after), and(eq(students.sortName, after), gt(students.id, Number(id))))
            : undefined,
        ),
      )
      .orderBy(asc(students.sortName), asc(students.id))
      .limit(listed + 1),
    ...(beside ? [beside] : []),
  ])
  const title = called(told as Q['_']['result'])
  const last = rows.length > listed ? rows[listed - 1] : undefined
  const kept: paths.Query = { ...chosen, family }
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={title} current={current}>
      <ChooseStudentPage
        slug={account.slug}
        title={title}
        q={typed}
        kept={kept}
        searches={!family}
        rows={rows.slice(0, listed).map(row => ({
          id: row.id,
          name: row.name,
          born: row.birthDate ? sayDate(row.birthDate, { year: true }) : '',
          families: row.families,
          href: lead({ ...kept, student: row.id }),
        }))}
        next={last && lead({ ...kept, q: typed, after: last.sortName, id: last.id })}
      />
    </OfficeLayout>,
  )
}
