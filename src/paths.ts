import { fingerprint } from './fingerprints'

/** Anything that may stand in a query string; what is empty is left out, so that a URL says only what is chosen. */
export type Query = Record<string, string | number | boolean | null | undefined>

type Id = number | string

/** One set of addresses an account, made once: a page asks for them in every row. */
const bySlug = <T>(make: (slug: string) => T) => {
  const made = new Map<string, T>()
  return (slug: string): T => {
    const known = made.get(slug)
    if (known) return known
    const at = make(slug)
    // An address that somebody made up is not kept.
    if (made.size < 100) made.set(slug, at)
    return at
  }
}

const withQuery = (path: string, query?: Query) => {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '' && value !== false) search.set(name, String(value))
  }
  return search.size > 0 ? `${path}?${search}` : path
}

/** What is done to somebody on the staff by a button of the record. */
export type PersonAct =
  | 'inactivation'
  | 'activation'
  | 'invitation'
  | 'revocation'
  | 'log-out'
  | 'second-step-removal'
  | 'passkey-removal'

/** What is done to a class on a day by a form of its page. */
export type MeetingAct = 'attendance' | 'substitute' | 'cancellation' | 'return'

/** Logging in to a portal of staff, and one's own log-in there. */
const atStaffDoor = (at: (path?: string) => string) => ({
  login: (query?: Query) => withQuery(at('/login'), query),
  logout: at('/logout'),
  logInCode: at('/login/code'),
  logInPasskey: at('/login/passkey'),
  forgotten: (query?: Query) => withQuery(at('/forgotten-password'), query),
  password: at('/my-log-in/password'),
  devices: (query?: Query) => withQuery(at('/my-log-in'), query),
  deviceEnding: (id: string) => at(`/my-log-in/devices/${id}/ending`),
  passkeys: at('/my-log-in/passkeys'),
  passkeyRemoval: (id: Id) => at(`/my-log-in/passkeys/${id}/removal`),
  secondStep: at('/my-log-in/second-step'),
})

/** The Office Portal of one account. */
export const office = bySlug((slug: string) => {
  const at = (path = '') => `/a/${slug}${path}`
  const list = (path: string) => (query?: Query) => withQuery(at(path), query)
  const one = (path: string) => (id: Id) => at(`${path}/${id}`)
  const activity = (id: Id, verb: string) => at(`/online-activity/${id}/${verb}`)
  return {
    home: at(),
    ...atStaffDoor(at),
    invitation: (token: string, query?: Query) => withQuery(at(`/invitations/${token}`), query),
    newPassword: (token: string, query?: Query) => withQuery(at(`/new-password/${token}`), query),
    location: at('/location'),
    welcome: at('/welcome'),
    landing: at('/landing'),
    search: list('/search'),
    dashboard: list('/dashboard'),
    arrangement: at('/dashboard/arrangement'),
    widgets: at('/dashboard/widgets'),
    widget: one('/dashboard/widgets'),
    widgetMove: (id: Id) => at(`/dashboard/widgets/${id}/move`),
    widgetRemoval: (id: Id) => at(`/dashboard/widgets/${id}/removal`),

    onlineActivity: list('/online-activity'),
    badge: at('/online-activity/badge'),
    activityTotal: list('/online-activity/total'),
    approvals: at('/online-activity/approvals'),
    dismissals: at('/online-activity/dismissals'),
    returns: at('/online-activity/returns'),
    activityRecipients: at('/online-activity/recipients'),
    entry: one('/online-activity'),
    approval: (id: Id) => activity(id, 'approval'),
    denial: (id: Id) => activity(id, 'denial'),
    dismissal: (id: Id) => activity(id, 'dismissal'),
    suspension: (id: Id) => activity(id, 'suspension'),
    picks: (id: Id) => activity(id, 'picks'),
    /** Leads to the Email Blast; in fifty rows an address like its neighbours weighs almost nothing. */
    entryEmail: (id: Id) => activity(id, 'e-mail'),
    entryNotes: (id: Id) => activity(id, 'notes'),

    families: list('/families'),
    family: (id: Id, query?: Query) => withQuery(at(`/families/${id}`), query),
    newFamily: at('/families/new'),
    familyTab: (id: Id, tab: 'students' | 'billing' | 'notes' | 'keywords' | 'communication' | 'logs', query?: Query) =>
      withQuery(at(`/families/${id}/${tab}`), query),
    familyForm: (id: Id) => at(`/families/${id}/edit`),
    familyGuardians: (id: Id) => at(`/families/${id}/guardians`),
    newFamilyGuardian: (id: Id) => at(`/families/${id}/guardians/new`),
    familyGuardian: (id: Id, guardianId: Id) => at(`/families/${id}/guardians/${guardianId}`),
    familyGuardianAct: (id: Id, guardianId: Id, act: 'revocation' | 'removal' | 'password-reset') =>
      at(`/families/${id}/guardians/${guardianId}/${act}`),
    familyReach: (id: Id, guardianId: Id, kind: 'emails' | 'phones' | 'addresses') =>
      at(`/families/${id}/guardians/${guardianId}/${kind}`),
    newFamilyReach: (id: Id, guardianId: Id, kind: 'emails' | 'phones' | 'addresses') =>
      at(`/families/${id}/guardians/${guardianId}/${kind}/new`),
    familyContact: (id: Id, contactId: Id) => at(`/families/${id}/contacts/${contactId}`),
    familyPlace: (id: Id, placeId: Id) => at(`/families/${id}/addresses/${placeId}`),
    familyReachAct: (id: Id, kind: 'contacts' | 'addresses', thingId: Id, act: 'deletion' | 'guardian') =>
      at(`/families/${id}/${kind}/${thingId}/${act}`),
    familyMerge: (query?: Query) => withQuery(at('/families/merge'), query),
    mergedFamily: (id: Id, mergeId: Id, query?: Query) => withQuery(at(`/families/${id}/merges/${mergeId}`), query),
    mergeUndo: (id: Id, mergeId: Id) => at(`/families/${id}/merges/${mergeId}/undo`),
    familyInvitation: (id: Id) => at(`/families/${id}/invitation`),
    familySuspension: (id: Id) => at(`/families/${id}/suspension`),
    familyNote: (id: Id, noteId: Id, act: 'pin' | 'removal') => at(`/families/${id}/notes/${noteId}/${act}`),
    newFamilyStudent: (id: Id) => at(`/families/${id}/students/new`),
    familyStudents: (id: Id) => at(`/families/${id}/students`),
    reinstatement: (id: Id) => at(`/families/${id}/reinstatement`),
    familyLedger: (id: Id) => at(`/families/${id}/ledger`),
    addressReset: (id: Id) => at(`/families/${id}/address-reset`),
    familyFee: (id: Id, fee: Id, query?: { student: number | null }) =>
      withQuery(at(`/families/${id}/anniversary-fees/${fee}`), query),
    familyPolicies: (id: Id) => at(`/families/${id}/policies`),
    students: list('/students'),
    student: (id: Id, query?: Query) => withQuery(at(`/students/${id}`), query),
    studentForm: (id: Id) => at(`/students/${id}/edit`),
    studentMerge: (id: Id, query?: Query) => withQuery(at(`/students/${id}/merge`), query),
    mergedStudent: (id: Id, mergeId: Id) => at(`/students/${id}/merges/${mergeId}`),
    studentMergeUndo: (id: Id, mergeId: Id) => at(`/students/${id}/merges/${mergeId}/undo`),
    studentDeletion: (id: Id) => at(`/students/${id}/deletion`),
    studentPolicies: (id: Id) => at(`/students/${id}/policies`),
    studentTokens: (id: Id) => at(`/students/${id}/makeup-tokens`),
    token: one('/makeup-tokens'),
    tokenDeletion: (id: Id) => at(`/makeup-tokens/${id}/deletion`),
    classes: list('/classes'),
    class: one('/classes'),
    newClass: list('/classes/new'),
    quickEdit: list('/classes/quick-edit'),
    quickUndo: at('/classes/quick-edit/undo'),
    classForm: (id: Id) => at(`/classes/${id}/edit`),
    classState: (id: Id, state: 'inactivation' | 'activation') => at(`/classes/${id}/${state}`),
    appointments: list('/appointments'),
    appointment: one('/appointments'),
    appointmentSetup: list('/appointments/setup'),
    appointmentTimes: (id: Id) => at(`/appointments/${id}/times`),
    appointmentPricings: list('/appointments/pricing'),
    appointmentPricing: one('/appointments/pricing'),
    services: at('/appointments/services'),
    service: one('/appointments/services'),
    slotState: (id: Id) => at(`/appointments/times/${id}`),
    slotBooking: (id: Id, query?: Query) => withQuery(at(`/appointments/times/${id}/booking`), query),
    bookingEnd: (id: Id) => at(`/bookings/${id}/cancellation`),
    bookingMissed: (id: Id) => at(`/bookings/${id}/no-show`),
    camps: list('/camps'),
    camp: one('/camps'),
    newCamp: at('/camps/new'),
    campSetup: list('/camps/setup'),
    campTypes: at('/camps/types'),
    campType: one('/camps/types'),
    campPricings: at('/camps/pricing'),
    campPricing: one('/camps/pricing'),
    campBlocks: (id: Id) => at(`/camps/${id}/blocks`),
    campBlockRemoval: (id: Id, blockId: Id) => at(`/camps/${id}/blocks/${blockId}/removal`),
    campQuestions: (id: Id) => at(`/camps/${id}/questions`),
    campPlace: (id: Id, waitId: Id) => at(`/camps/${id}/waitlist/${waitId}/place`),
    campQuestion: (id: Id, questionId: Id) => at(`/camps/${id}/questions/${questionId}`),
    enrollments: list('/enrollments'),
    enrollmentRequests: list('/enrollments/requests'),
    /** The wizard, wherever it stands: what is chosen so far is in its address. */
    enroll: list('/enrollments/new'),
    enrollment: (id: Id, query?: Query) => withQuery(at(`/enrollments/${id}`), query),
    enrollmentForm: (id: Id, query?: Query) => withQuery(at(`/enrollments/${id}/edit`), query),
    enrollmentNotes: (id: Id) => at(`/enrollments/${id}/notes`),
    enrollmentTransfer: (id: Id, query?: Query) => withQuery(at(`/enrollments/${id}/transfer`), query),
    enrollmentDrop: (id: Id, query?: Query) => withQuery(at(`/enrollments/${id}/drop`), query),
    enrollmentReturn: (id: Id) => at(`/enrollments/${id}/return`),
    enrollmentDeletion: (id: Id) => at(`/enrollments/${id}/deletion`),
    enrollmentAttendance: (id: Id, query?: Query) => withQuery(at(`/enrollments/${id}/attendance`), query),
    campPlaceReturn: (enrollmentId: Id) => at(`/camp-places/${enrollmentId}/return`),
    campPlaceDrop: (enrollmentId: Id) => at(`/camp-places/${enrollmentId}/drop`),
    campEnroll: (id: Id, query?: Query) => withQuery(at(`/camps/${id}/enroll`), query),
    reservations: list('/enrollment-reservations'),
    reservationDeletion: (itemId: Id) => at(`/enrollment-reservations/${itemId}/deletion`),
    evaluation: (classId: Id, studentId: Id, query?: Query) =>
      withQuery(at(`/classes/${classId}/students/${studentId}/evaluation`), query),
    skills: list('/skills'),
    skillTree: one('/skills'),
    skillPart: (id: Id, part: 'levels' | 'events' | 'skills' | 'programs') => at(`/skills/${id}/${part}`),
    parties: list('/parties'),
    party: one('/parties'),
    partySetup: list('/parties/setup'),
    partyParts: (kind: 'stations' | 'slots' | 'packages' | 'add-ons') => at(`/parties/${kind}`),
    partyPartRetirement: (kind: 'stations' | 'slots' | 'packages' | 'add-ons', id: Id) =>
      at(`/parties/${kind}/${id}/retirement`),
    partyConfirmation: (id: Id) => at(`/parties/${id}/confirmation`),
    partyMove: (id: Id, query?: Query) => withQuery(at(`/parties/${id}/move`), query),
    partyEnd: (id: Id) => at(`/parties/${id}/cancellation`),
    products: list('/products'),
    product: one('/products'),
    productVariants: (id: Id) => at(`/products/${id}/variations`),
    variant: one('/products/variations'),
    stock: (variantId: Id) => at(`/products/variations/${variantId}/stock`),
    gifts: list('/gift-certificates'),
    giftVoiding: (id: Id) => at(`/gift-certificates/${id}/voiding`),
    calendar: list('/calendar'),
    /** A class on a day; `time` where it meets twice. */
    meeting: (id: Id, date: string, query?: Query) => withQuery(at(`/calendar/classes/${id}/${date}`), query),
    meetingAct: (id: Id, date: string, act: MeetingAct) => at(`/calendar/classes/${id}/${date}/${act}`),
    dayCancellation: list('/calendar/cancellation'),
    staff: list('/staff'),
    person: (id: Id, query?: Query) => withQuery(at(`/staff/${id}`), query),
    newPerson: at('/staff/new'),
    personForm: (id: Id) => at(`/staff/${id}/edit`),
    personRights: (id: Id) => at(`/staff/${id}/permissions`),
    personAct: (id: Id, act: PersonAct) => at(`/staff/${id}/${act}`),
    staffEmail: list('/staff/e-mail'),
    staffGroups: list('/staff/groups'),
    newStaffGroup: at('/staff/groups/new'),
    staffGroup: one('/staff/groups'),
    staffGroupDeletion: (id: Id) => at(`/staff/groups/${id}/deletion`),
    timeClock: list('/time-clock'),
    reports: list('/reports'),
    report: one('/reports'),
    transactions: list('/transactions'),
    autopilot: list('/autopilot'),

    firstOwner: (token: string) => at(`/first-owner/${token}`),
    firstSteps: list('/first-steps'),
    firstStep: (step: string, act: 'keeping' | 'skip' | 'test') => at(`/first-steps/${step}/${act}`),
    health: list('/settings/health'),
    settings: at('/settings'),
    setting: one('/settings'),
    announcements: list('/settings/announcements'),
    announcement: one('/settings/announcements'),
    announcementDeletion: (id: Id) => at(`/settings/announcements/${id}/deletion`),
    branding: list('/settings/branding'),
    staffPage: list('/settings/staff-page'),
    staffProfile: one('/settings/staff-page'),
    website: at('/settings/website-integration'),
    setup: at('/set-up'),
    setupList: (noun: string, query?: Query) => withQuery(at(`/set-up/${noun}`), query),
    newSetupThing: (noun: string) => at(`/set-up/${noun}/new`),
    setupThing: (noun: string, id: Id) => at(`/set-up/${noun}/${id}`),
    setupEnd: (noun: string, id: Id, end: 'retirement' | 'return' | 'closing') => at(`/set-up/${noun}/${id}/${end}`),
    retention: list('/settings/retention'),
    retentionRuns: at('/settings/retention/runs'),
    policies: list('/policies'),
    policy: one('/policies'),
    policyReport: list('/policy-report'),
    discountSchedules: list('/discount-schedules'),
    discountRemoval: (holder: 'classes' | 'programs', id: Id) => at(`/discount-schedules/${holder}/${id}/removal`),
    discountDeletion: (id: Id) => at(`/discount-schedules/${id}/deletion`),
    billingSchedules: list('/billing-schedules'),
    support: at('/support'),
    supportPage: one('/support'),
    featureRequests: list('/feature-requests'),
    featureRequest: (id: Id, part: 'vote' | 'answer') => at(`/feature-requests/${id}/${part}`),
    news: list('/news'),
    newsPost: one('/news'),
    newsDeletion: (id: Id) => at(`/news/${id}/deletion`),
    auditLog: list('/audit-log'),
    auditFile: list('/audit-log/lines.csv'),
    pointOfSale: at('/point-of-sale'),
    punchPasses: list('/punch-passes'),
    passProducts: at('/punch-passes/products'),
    passProduct: one('/punch-passes/products'),
    punchPass: one('/punch-passes'),
    passSuspension: (id: Id) => at(`/punch-passes/${id}/suspension`),
    updates: at('/updates'),

    backgroundTasks: list('/background-tasks'),
    task: one('/background-tasks'),
    scheduledEmails: list('/scheduled-emails'),
    scheduledEmail: one('/scheduled-emails'),
    messengerCenter: list('/messenger-center'),
    emailBlast: list('/email-blast'),
    blast: (id: Id, query?: Query) => withQuery(at(`/email-blast/${id}`), query),
    templates: list('/templates'),
    newTemplate: list('/templates/new'),
    template: (id: Id, query?: Query) => withQuery(at(`/templates/${id}`), query),
    templatePreview: (id: Id) => at(`/templates/${id}/preview`),
    templateRetirement: (id: Id) => at(`/templates/${id}/retirement`),
    templateReturn: (id: Id, version: number) => at(`/templates/${id}/versions/${version}/return`),
    mail: one('/mail'),
    undelivered: list('/undelivered-mail'),
    localMail: list('/local-mail'),
    localMailOne: one('/local-mail'),
    localMailPage: (id: Id) => at(`/local-mail/${id}/page`),
    localMailFile: (id: Id) => at(`/local-mail/${id}/mail.eml`),
    imports: list('/imports'),
    import: one('/imports'),
    publication: (id: Id) => at(`/imports/${id}/publication`),
    exports: list('/exports'),
  }
})

/** The Customer Portal of one account. */
export const portal = bySlug((slug: string) => {
  const at = (path = '') => `/p/${slug}${path}`
  const list = (path: string) => (query?: Query) => withQuery(at(path), query)
  const one = (path: string) => (id: Id) => at(`${path}/${id}`)
  return {
    home: at(),
    login: list('/login'),
    logout: at('/logout'),
    signUp: list('/sign-up'),
    signedUp: list('/sign-up/done'),
    forgotten: list('/forgotten-password'),
    logInCode: at('/login/code'),
    logInPasskey: at('/login/passkey'),
    devices: list('/account/devices'),
    deviceEnding: (id: string) => at(`/account/devices/${id}/ending`),
    passkeys: at('/account/passkeys'),
    passkeyRemoval: (id: Id) => at(`/account/passkeys/${id}/removal`),
    secondStep: at('/account/second-step'),
    password: at('/password'),

    classes: list('/classes'),
    class: (id: Id, query?: Query) => withQuery(at(`/classes/${id}`), query),
    enroll: (classId: Id) => at(`/classes/${classId}/enrollments`),
    camps: list('/camps'),
    camp: (id: Id, query?: Query) => withQuery(at(`/camps/${id}`), query),
    campToCart: (id: Id) => at(`/cart/camps/${id}`),
    campDrop: (enrollmentId: Id) => at(`/account/camps/${enrollmentId}/drop`),
    campWaitlist: (id: Id) => at(`/camps/${id}/waitlist`),
    punchPasses: at('/punch-passes'),
    passToCart: (id: Id) => at(`/cart/passes/${id}`),
    appointments: list('/appointments'),
    appointment: (slotId: Id, query?: Query) => withQuery(at(`/appointments/${slotId}`), query),
    bookings: (slotId: Id) => at(`/appointments/${slotId}/bookings`),
    invited: (token: string) => at(`/appointments/invitations/${token}`),
    invitedBooking: (token: string) => at(`/appointments/invitations/${token}/bookings`),
    myAppointments: list('/account/appointments'),
    bookingEnd: (id: Id) => at(`/account/appointments/${id}/cancellation`),
    bookingGuests: (id: Id, query?: Query) => withQuery(at(`/account/appointments/${id}/invitations`), query),
    invitationEnd: (id: Id, invitationId: Id) =>
      at(`/account/appointments/${id}/invitations/${invitationId}/withdrawal`),
    bookingMove: (id: Id) => at(`/account/appointments/${id}/reschedule`),
    parties: list('/parties'),
    partyPackage: list('/parties/package'),
    partyDetails: list('/parties/details'),
    partyAccount: at('/parties/account'),
    partyPreview: at('/parties/preview'),
    myParties: list('/account/parties'),
    partyEnd: (id: Id) => at(`/account/parties/${id}/cancellation`),
    news: at('/news'),
    shop: list('/shop'),
    basket: list('/shop/basket'),
    placeOrder: at('/shop/orders'),
    basketPreview: at('/shop/preview'),
    orders: list('/account/orders'),
    order: one('/account/orders'),
    buyGift: list('/gift-certificates'),
    guestGift: at('/gift-certificates/guests'),
    guestGiftReturn: (attemptId: Id, query?: Query) => withQuery(at(`/gift-certificates/guests/${attemptId}`), query),
    gifts: list('/account/gift-certificates'),
    giftUse: at('/account/gift-certificates/use'),
    staff: at('/staff'),
    cart: at('/cart'),
    addToCart: (classId: Id) => at(`/cart/classes/${classId}`),
    cartRemoval: (itemId: Id) => at(`/cart/items/${itemId}/removal`),
    cartHold: (itemId: Id) => at(`/cart/items/${itemId}/hold`),
    cartPromo: at('/cart/promo'),
    checkout: at('/cart/checkout'),
    confirmation: one('/cart/confirmations'),
    /** Leads a visitor to the log-in, or to a new account, and back to the class with what was chosen. */
    classEntry: (id: Id) => at(`/classes/${id}/entry`),

    account: list('/account'),
    students: at('/account/students'),
    newStudent: at('/account/students/new'),
    student: (id: Id, query?: Query) => withQuery(at(`/account/students/${id}`), query),
    absences: (studentId: Id) => at(`/account/students/${studentId}/absences`),
    absencesByDate: (studentId: Id) => at(`/account/students/${studentId}/absences/by-date`),
    absencesByEnrollment: (studentId: Id, query?: Query) =>
      withQuery(at(`/account/students/${studentId}/absences/by-enrollment`), query),
    attendance: (studentId: Id) => at(`/account/students/${studentId}/attendance`),
    evaluations: (studentId: Id) => at(`/account/students/${studentId}/evaluations`),
    certificate: (studentId: Id, levelId: Id) =>
      at(`/account/students/${studentId}/evaluations/${levelId}/certificate`),
    makeups: (studentId: Id) => at(`/account/students/${studentId}/makeups`),
    makeup: (studentId: Id, token: Id) => at(`/account/students/${studentId}/makeups/${token}`),
    qrCodes: (studentId: Id) => at(`/account/students/${studentId}/qr-codes`),
    passes: (studentId: Id, query?: Query) => withQuery(at(`/account/students/${studentId}/passes`), query),
    pass: (studentId: Id, passId: Id) => at(`/account/students/${studentId}/passes/${passId}`),
    drop: (enrollmentId: Id) => at(`/account/enrollments/${enrollmentId}/drop`),
    transfer: (enrollmentId: Id, query?: Query) =>
      withQuery(at(`/account/enrollments/${enrollmentId}/transfer`), query),
    waitlistCancellation: (enrollmentId: Id) => at(`/account/enrollments/${enrollmentId}/waitlist-cancellation`),
    withdrawal: (kind: 'enrollments' | 'drops' | 'transfers' | 'absences', requestId: Id) =>
      at(`/account/${kind}/${requestId}/withdrawal`),
    policies: at('/account/policies'),
    nextPolicy: list('/account/policies/next'),
    policy: (id: Id, query?: Query) => withQuery(at(`/account/policies/${id}`), query),
    payments: list('/account/payments'),
    paymentReturn: (attemptId: Id, query?: Query) => withQuery(at(`/account/payments/returns/${attemptId}`), query),
    testGateway: one('/test-gateway'),
    credit: at('/account/credit'),
    paymentMethods: at('/account/payment-methods'),
    newPaymentMethod: list('/account/payment-methods/new'),
    paymentMethod: one('/account/payment-methods'),
    paymentMethodDeletion: (id: Id) => at(`/account/payment-methods/${id}/deletion`),
    schedule: at('/account/schedule'),
    feed: at('/account/schedule/feed'),
    feedRevocation: at('/account/schedule/feed/revocation'),
    statement: at('/account/statement'),
    ledger: list('/account/ledger'),
    guardians: at('/account/guardians'),
    guardian: one('/account/guardians'),
    newGuardian: at('/account/guardians/new'),
    guardianAct: (id: Id, act: 'invitation' | 'revocation' | 'password-reset' | 'access') =>
      at(`/account/guardians/${id}/${act}`),
    invitation: (token: string, query?: Query) => withQuery(at(`/invitations/${token}`), query),
    newPassword: (token: string, query?: Query) => withQuery(at(`/new-password/${token}`), query),
    guardianContacts: (guardianId: Id, kind: 'addresses' | 'emails' | 'phones') =>
      at(`/account/guardians/${guardianId}/${kind}`),
    newContact: (guardianId: Id, kind: 'addresses' | 'emails' | 'phones') =>
      at(`/account/guardians/${guardianId}/${kind}/new`),
    contact: (id: Id, query?: Query) => withQuery(at(`/account/contacts/${id}`), query),
    contactConsent: (id: Id) => at(`/account/contacts/${id}/consent`),
    address: one('/account/addresses'),
    deletionOf: (kind: 'contacts' | 'addresses', id: Id) => at(`/account/${kind}/${id}/deletion`),
    assignmentOf: (kind: 'contacts' | 'addresses', id: Id) => at(`/account/${kind}/${id}/guardian`),
    unsubscribe: one('/unsubscribe'),
    household: at('/household'),
    alertHiding: (id: Id) => at(`/alerts/${id}/hiding`),
    picture: one('/pictures'),
    manifest: list('/manifest.webmanifest'),
    offline: at('/offline'),
    deletion: at('/account/deletion'),
    deletionWithdrawal: at('/account/deletion/withdrawal'),
  }
})

/** The page a family was going to, as a form or an address tells it: only inside its own portal. */
export function onwardIn(slug: string, next: unknown): string | undefined {
  const { home } = portal(slug)
  if (typeof next !== 'string' || !next.startsWith(home) || !/^[!-[\]-~]*$/.test(next)) return
  return /^($|[/?])/.test(next.slice(home.length)) ? next : undefined
}

/** The Staff Portal of one account. */
export const staff = bySlug((slug: string) => {
  const at = (path = '') => `/s/${slug}${path}`
  return {
    home: at(),
    ...atStaffDoor(at),
    myClasses: (query?: Query) => withQuery(at('/my-classes'), query),
    class: (id: Id, query?: Query) => withQuery(at(`/classes/${id}`), query),
    attendance: (classId: Id) => at(`/classes/${classId}/attendance`),
    evaluation: (classId: Id, studentId: Id, query?: Query) =>
      withQuery(at(`/classes/${classId}/students/${studentId}/evaluation`), query),
  }
})

/** The colour of a business that chose none. */
export const plainAccent = '#0b6b67'

/** The sheet of a colour, by its six digits. */
export const brandSheet = (colour: string) => `/brand/${colour}.css`

/** A letter on a colour. */
export const brandIcon = (colour: string, letter: string) => `/brand/${colour}/${encodeURIComponent(letter)}`

/** The list of classes inside other websites. */
export const embed = (slug: string) => `/embed/${slug}/classes`

/** All classes, for programs and for calendars. */
export const classListing = (slug: string) => `/feeds/${slug}/classes.json`
export const classCalendar = (slug: string) => `/feeds/${slug}/classes.ics`

/** A guardian's calendar, by its secret. */
export const feed = (slug: string, token: string) => `/feeds/${slug}/${token}.ics`

/** The places that belong to no account. */
export const front = { home: '/', health: '/health' }

/** The tablets at the door; they belong to an account, not to a person. */
export const kiosk = (slug: string) => ({ checkIn: `/k/${slug}`, timeClock: `/t/${slug}` })

/** A static file under the name that changes when its content does, so that browsers may keep it for ever. */
export const asset = (path: string) => (fingerprint[path] ? `${path}?v=${fingerprint[path]}` : path)

/** The one picture that holds every icon. */
export const icon = (name: string) => `${asset('/img/icons.svg')}#${name}`
