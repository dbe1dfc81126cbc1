import { anniversariesOffice } from '../anniversaries/office'
import { announcementsOffice } from '../announcements/office'
import { bookOffice } from '../appointments/book-office'
import { appointmentOffice } from '../appointments/offer-office'
import { appointmentsOffice } from '../appointments/office'
import { appointmentPricingOffice } from '../appointments/pricing-office'
import { appointmentSetupOffice } from '../appointments/setup-office'
import { auditOffice } from '../audit/office'
import { logInDoor } from '../auth/door'
import { logOut } from '../auth/log-in'
import { blankCookie } from '../auth/sessions'
import { blastsOffice } from '../blasts/office'
import { brandingOffice } from '../branding/office'
import { businessOffice } from '../business/office'
import { calendarOffice } from '../calendar/office'
import { campsByStaff } from '../camps/by-staff-office'
import { campDropOffice } from '../camps/drop-office'
import { campsOffice } from '../camps/office'
import { campOffice } from '../camps/record-office'
import { cartOffice } from '../cart/office'
import { classesOffice } from '../classes/office'
import { quickOffice } from '../classes/quick-office'
import { contactsOffice } from '../contacts/office'
import { dashboardOffice } from '../dashboard/office'
import { officeDoor } from '../doors'
import { dropOffice } from '../enrollments/drop-office'
import { editOffice } from '../enrollments/edit-office'
import { enrollOffice } from '../enrollments/enroll-office'
import { enrollmentsOffice } from '../enrollments/office'
import { enrollmentOffice } from '../enrollments/record-office'
import { transferOffice } from '../enrollments/transfer-office'
import { mergeOffice } from '../families/merge-office'
import { studentMergeOffice } from '../families/merge-student-office'
import { familiesOffice } from '../families/office'
import { familyRecordOffice } from '../families/record-office'
import { familyTabsOffice } from '../families/tabs-office'
import { featureRequestsOffice } from '../feature-requests/office'
import { guardiansOffice } from '../guardians/office'
import { homeOffice } from '../home/office'
import { leadTo } from '../http'
import { importOffice } from '../import/office'
import { discountsOffice } from '../ledger/office'
import { locationsOffice } from '../locations/office'
import { makeupsOffice } from '../makeups/office'
import { dayCancelOffice } from '../meetings/day-office'
import { meetingsOffice } from '../meetings/office'
import { localMailOffice } from '../messages/local'
import { messagesOffice } from '../messages/office'
import { newsOffice } from '../news/office'
import { onlineActivity } from '../online-activity/office'
import { firstOwnerDoor } from '../opening/first-owner-door'
import { firstStepsOffice } from '../opening/first-steps-office'
import { healthOffice } from '../opening/health-office'
import { partiesOffice } from '../parties/office'
import { passesOffice } from '../passes/office'
import * as paths from '../paths'
import { policiesOffice } from '../policies/office'
import { policyRecordsOffice } from '../policies/record-office'
import { retentionOffice } from '../retention/office'
import { searchOffice } from '../search/office'
import { setupOffice } from '../setup/office'
import { shopOffice } from '../shop/office'
import { evaluationsOffice } from '../skills/evaluate-office'
import { skillsOffice } from '../skills/office'
import { staffGroupsOffice } from '../staff/groups-office'
import { staffLinksDoor } from '../staff/links-door'
import { staffLogInOffice } from '../staff/log-in-office'
import { officeLogIn } from '../staff/my-log-in'
import { peopleOffice } from '../staff/office'
import { profilesOffice } from '../staff/profiles-office'
import { staffRightsOffice } from '../staff/rights-office'
import { officeWaysIn } from '../staff/ways-in'
import { studentsOffice } from '../students/office'
import { supportOffice } from '../support/office'
import { tasksOffice } from '../tasks/office'
import { templatesOffice } from '../templates/office'
import { updatesOffice } from '../updates/office'
import { websiteOffice } from '../website/office'
import { staffGuard } from './staff-guard'
import { behindSwitch } from './switches'
import { beforeTheGuard, threshold } from './threshold'

/** The Office Portal: who may enter, then one line a feature. */
export const office = officeDoor()

office.route(
  '/',
  logInDoor({
    door: 'staff',
    title: 'Office Portal',
    home: slug => paths.office(slug).home,
    forgotten: slug => paths.office(slug).forgotten(),
    passkey: slug => paths.office(slug).logInPasskey,
  }),
)
for (const path of beforeTheGuard) office.use(path, threshold('office'))
office.route('/', officeWaysIn)
office.route('/', staffLinksDoor)
office.route('/', firstOwnerDoor)
office.use('*', staffGuard({ title: 'Office Portal', login: slug => paths.office(slug).login(), madeIn: 'office' }))
office.post('/logout', async c => {
  const account = c.get('account')
  await logOut(account, c.get('sessionId'))
  c.header('Set-Cookie', blankCookie('staff', account.slug), { append: true })
  c.header('Clear-Site-Data', '"cache", "storage"')
  return leadTo(c, paths.office(account.slug).login())
})

for (const path of ['/appointments/*', '/bookings/*']) office.use(path, behindSwitch('feature.appointments'))
office.use('/parties/*', behindSwitch('feature.parties'))

office.route('/', homeOffice)
office.route('/', dashboardOffice)
office.route('/', onlineActivity)
office.route('/', searchOffice)
office.route('/', mergeOffice)
office.route('/', studentMergeOffice)
office.route('/', familiesOffice)
office.route('/', familyTabsOffice)
office.route('/', familyRecordOffice)
office.route('/', guardiansOffice)
office.route('/', contactsOffice)
office.route('/', anniversariesOffice)
office.route('/', studentsOffice)
office.route('/', makeupsOffice)
office.route('/', skillsOffice)
office.route('/', evaluationsOffice)
office.route('/', quickOffice)
office.route('/', classesOffice)
office.route('/', calendarOffice)
office.route('/', meetingsOffice)
office.route('/', dayCancelOffice)
office.route('/', enrollmentsOffice)
office.route('/', enrollOffice)
office.route('/', enrollmentOffice)
office.route('/', editOffice)
office.route('/', transferOffice)
office.route('/', dropOffice)
office.route('/', cartOffice)
office.route('/', auditOffice)
office.route('/', supportOffice)
office.route('/', featureRequestsOffice)
office.route('/', newsOffice)
office.route('/', updatesOffice)
office.route('/', tasksOffice)
office.route('/', blastsOffice)
office.route('/', messagesOffice)
office.route('/', localMailOffice)
office.route('/', templatesOffice)
office.route('/', discountsOffice)
office.route('/', businessOffice)
office.route('/', firstStepsOffice)
office.route('/', healthOffice)
office.route('/', announcementsOffice)
office.route('/', brandingOffice)
office.route('/', locationsOffice)
office.route('/', setupOffice)
office.route('/', profilesOffice)
office.route('/', staffGroupsOffice)
office.route('/', peopleOffice)
office.route('/', staffRightsOffice)
office.route('/', staffLogInOffice)
office.route('/', officeLogIn)
office.route('/', websiteOffice)
office.route('/', policiesOffice)
office.route('/', policyRecordsOffice)
office.route('/', retentionOffice)
office.route('/', importOffice)
office.route('/', appointmentsOffice)
office.route('/', bookOffice)
office.route('/', appointmentSetupOffice)
office.route('/', appointmentPricingOffice)
office.route('/', appointmentOffice)
office.route('/', partiesOffice)
office.route('/', shopOffice)
office.route('/', campsOffice)
office.route('/', campsByStaff)
office.route('/', campDropOffice)
office.route('/', campOffice)
office.route('/', passesOffice)
