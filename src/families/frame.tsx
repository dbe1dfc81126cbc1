import { and, eq, inArray } from 'drizzle-orm'
import { FamilyFrame, type FamilyTab } from '../../views/families/frame'
import { OfficeLayout } from '../../views/layouts/office'
import type { Account } from '../accounts/account'
import type { OfficeContext } from '../doors'
import { show } from '../http'
import { families } from '../schema/families'

/** What stands above every tab of a family's record. */
export const headQuery = ({ db }: Pick<Account, 'db'>, id: number) =>
  db
    .select({ id: families.id, name: families.name, state: families.state })
    .from(families)
    .where(and(eq(families.id, id), inArray(families.state, ['open', 'suspended', 'merged'])))

/** One tab of a family's record; `body` is the tab's own. */
export const showTab = (
  c: OfficeContext,
  family: { id: number; name: string; state: string },
  current: FamilyTab,
  body: Parameters<typeof FamilyFrame>[0]['children'],
  status: 200 | 409 | 422 = 200,
) =>
  show(
    c,
    <OfficeLayout shell={c.get('shell')} title={family.name} current="families" more>
      <FamilyFrame slug={c.get('account').slug} family={family} current={current}>
        {body}
      </FamilyFrame>
    </OfficeLayout>,
    status,
  )
