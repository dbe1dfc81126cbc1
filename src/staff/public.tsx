import { StaffPage } from '../../views/portal/staff'
import { read } from '../database'
import { publicDoor } from '../doors'
import { NotFound, show } from '../http'
import { profilesQuery, publicProfiles } from './profiles'

/** Who works here, for families (CP8). */
export const staffPageDoor = publicDoor()

staffPageDoor.get('/staff', async c => {
  const account = c.get('account')
  if (!account.settings['staff_page.enabled']) throw new NotFound()
  const [rows] = await read(account, [profilesQuery(account)])
  return show(c, <StaffPage shell={c.get('shell')} people={publicProfiles(rows, account.settings)} />)
})
