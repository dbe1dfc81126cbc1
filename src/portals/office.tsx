import { anniversariesOffice } from '../anniversaries/office'
import { announcementsOffice } from '../announcements/office'
import { appointmentsOffice } from '../appointments/office'
import { auditOffice } from '../audit/office'
import { logInDoor } from '../auth/door'
import { logOut } from '../auth/log-in'
import { blankCookie } from '../auth/sessions'
import { blastsOffice } from '../blasts/office'
import { brandingOffice } from '../branding/office'
import { businessOffice } from '../business/office'
import { campsByStaff } from '../camps/by-staff-office'
import { campDropOffice } from '../camps/drop-office'
import { campsOffice } from '../camps/office'
import { campOffice } from '../camps/record-office'
import { cartOffice } from '../cart/office'
import { classesOffice } from '../classes/office'
import { officeDoor } from '../doors'
import { dropOffice } from '../enrollments/drop-office'
import { editOffice } from '../enrollments/edit-office'
import { enrollOffice } from '../enrollments/enroll-office'
import { enrollmentsOffice } from '../enrollments/office'
import { enrollmentOffice } from '../enrollments/record-office'
import { transferOffice } from '../enrollments/transfer-office'
import { familiesOffice } from '../families/office'
import { homeOffice } from '../home/office'
import { leadTo } from '../http'
import { importOffice } from '../import/office'
import { discountsOffice } from '../ledger/office'
import { makeupsOffice } from '../makeups/office'
import { localMailOffice } from '../messages/local'
import { messagesOffice } from '../messages/office'
import { onlineActivity } from '../online-activity/office'
import { partiesOffice } from '../parties/office'
import { passesOffice } from '../passes/office'
import * as paths from '../paths'
import { policiesOffice } from '../policies/office'
import { retentionOffice } from '../retention/office'
import { setupOffice } from '../setup/office'
import { shopOffice } from '../shop/office'
import { skillsOffice } from '../skills/office'
import { staffOffice } from '../staff/office'
import { studentsOffice } from '../students/office'
import { tasksOffice } from '../tasks/office'
import { templatesOffice } from '../templates/office'
import { websiteOffice } from '../website/office'
import { staffGuard } from './staff-guard'

/** The Office Portal: who may enter, then one line a feature. */
export const office = officeDoor()

office.route('/', logInDoor({ door: 'staff', title: 'Office Portal', home: slug => paths.office(slug).home }))
office.use('*', staffGuard({ title: 'Office Portal', login: slug => paths.office(slug).login, madeIn: 'office' }))
office.post('/logout', async c => {
  const account = c.get('account')
  await logOut(account, c.get('sessionId'))
  c.header('Set-Cookie', blankCookie('staff', account.slug), { append: true })
  c.header('Clear-Site-Data', '"cache", "storage"')
  return leadTo(c, paths.office(account.slug).login)
})

office.route('/', homeOffice)
office.route('/', onlineActivity)
office.route('/', familiesOffice)
office.route('/', anniversariesOffice)
office.route('/', studentsOffice)
office.route('/', makeupsOffice)
office.route('/', skillsOffice)
office.route('/', classesOffice)
office.route('/', enrollmentsOffice)
office.route('/', enrollOffice)
office.route('/', enrollmentOffice)
office.route('/', editOffice)
office.route('/', transferOffice)
office.route('/', dropOffice)
office.route('/', cartOffice)
office.route('/', auditOffice)
office.route('/', tasksOffice)
office.route('/', blastsOffice)
office.route('/', messagesOffice)
office.route('/', localMailOffice)
office.route('/', templatesOffice)
office.route('/', discountsOffice)
office.route('/', businessOffice)
office.route('/', announcementsOffice)
office.route('/', brandingOffice)
office.route('/', setupOffice)
office.route('/', staffOffice)
office.route('/', websiteOffice)
office.route('/', policiesOffice)
office.route('/', retentionOffice)
office.route('/', importOffice)
office.route('/', appointmentsOffice)
office.route('/', partiesOffice)
office.route('/', shopOffice)
office.route('/', campsOffice)
office.route('/', campsByStaff)
office.route('/', campDropOffice)
office.route('/', campOffice)
office.route('/', passesOffice)
