import type { StaffShell } from '../../views/layouts/staff'
import { level } from '../auth/permissions'
import type { OfficeContext } from '../doors'
import * as paths from '../paths'

/** The frame of the Staff Portal for whoever is logged in. */
export function staffShell(c: OfficeContext): StaffShell {
  const { slug, business } = c.get('account')
  const person = c.get('person')
  return {
    slug,
    business,
    person: { name: person.name },
    officeHref: level(person, 'Office Portal') ? paths.office(slug).home : undefined,
  }
}
