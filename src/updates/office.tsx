import { eq } from 'drizzle-orm'
import { OfficeLayout } from '../../views/layouts/office'
import { UpdatesPage } from '../../views/updates/page'
import { sayDate } from '../clock'
import { commit } from '../database'
import { officeDoor } from '../doors'
import { show } from '../http'
import { staff } from '../schema/staff'
import { unseen, updates } from './entries'

/** Updates: the change log of this product, with what is new since the last visit (OP29). */
export const updatesOffice = officeDoor()

updatesOffice.get('/updates', c => {
  const account = c.get('account')
  const person = c.get('person')
  const [newest] = updates
  const news = unseen(person.updatesSeenOn)
  // Whoever reads it has seen it; the page itself still marks what was new.
  if (news && newest)
    c.executionCtx.waitUntil(
      commit(account, [account.db.update(staff).set({ updatesSeenOn: newest.on }).where(eq(staff.id, person.id))]),
    )
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Updates" current="updates">
      <UpdatesPage
        entries={updates.map(({ on, ...entry }, nth) => ({
          ...entry,
          when: sayDate(on, { weekday: true, year: true }),
          isNew: nth < news,
        }))}
      />
    </OfficeLayout>,
  )
})
