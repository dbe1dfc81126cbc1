import type { Account } from '../accounts/account'
import { level, type Staffer } from '../auth/permissions'
import * as paths from '../paths'
import type { SubjectKind } from './lines'

/** The way from a record to its lines in the audit log, in the footer of its page, for those who may read it (OP22). */
export const auditOf = ({ slug }: Account, person: Staffer, subject: SubjectKind, id: number) =>
  level(person, 'Audit Log') > 0
    ? [{ label: 'Audit Log', href: paths.office(slug).auditLog({ subject, of: id }), icon: 'note' }]
    : []
