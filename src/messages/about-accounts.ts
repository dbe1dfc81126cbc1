import { type Automatic, letter } from './automatic'

/** The notices about money, orders and the account itself (A15, A20, CP2, MA10, MA16). */
export const aboutAccounts = {
  'payment-received': {
    title: 'Payment received',
    when: 'A family paid with a card or bank account.',
    own: ['amount', 'paid_with', 'charges'],
    subject: 'We have your payment of [[amount]]',
    body: letter('[[amount]] were paid with [[paid_with]] for [[charges]]. Thank you.'),
  },
  'payment-kept': {
    title: 'Payment kept as credit',
    when: 'A payment came through, but what it was for had changed meanwhile.',
    own: ['amount', 'paid_with'],
    subject: 'We have your payment of [[amount]]',
    body: letter(
      '[[amount]] were paid with [[paid_with]]. What it was meant for had changed meanwhile, so it is kept as your credit.',
    ),
  },
  'gift-used': {
    title: 'Gift certificate used',
    when: 'A family paid with a gift certificate.',
    own: ['amount', 'paid_with', 'charges'],
    subject: 'We have your payment of [[amount]]',
    body: letter('[[amount]] were paid with your [[paid_with]] for [[charges]].'),
  },
  'credit-added': {
    title: 'Credit added',
    when: 'Staff gave a family credit.',
    own: ['amount', 'reason'],
    subject: 'You have [[amount]] of credit',
    body: letter('We have put [[amount]] of credit on your account: [[reason]].'),
  },
  'payment-methods-changed': {
    title: 'Payment methods changed',
    when: 'A card or bank account was stored, deleted, made the default, or authorized for recurring billing or not.',
    own: ['change'],
    subject: 'Your payment methods were changed',
    body: letter('Somebody who is logged in to your account [[change]]. If that was not you, tell us.'),
  },
  'order-received': {
    title: 'Order received',
    when: 'A family ordered in the shop.',
    own: ['items', 'amount', 'paid_with'],
    subject: 'We have your order',
    body: letter(
      'You ordered [[items]]. [[amount]] were paid with [[paid_with]]. You can pick it up when we have got it ready.',
    ),
  },
  'gift-bought': {
    title: 'Gift certificate bought',
    when: 'A family bought a gift certificate.',
    own: ['amount', 'gift_code'],
    subject: 'Your gift certificate of [[amount]]',
    body: letter('The code is [[gift_code]]. Whoever has it can spend it, so keep it safe.'),
  },
  'gift-bought-for': {
    title: 'Gift certificate bought for somebody',
    when: 'A family bought a gift certificate and said whom it is for.',
    own: ['amount', 'gift_code', 'gift_receiver'],
    subject: 'Your gift certificate of [[amount]]',
    body: letter('For [[gift_receiver]]. The code is [[gift_code]]. Whoever has it can spend it, so keep it safe.'),
  },
  'gift-sent': {
    title: 'Gift certificate sent to somebody',
    when: 'A family bought a gift certificate and its code went to another address.',
    own: ['amount', 'gift_receiver'],
    subject: 'Your gift certificate of [[amount]]',
    body: letter('The gift certificate of [[amount]] for [[gift_receiver]] is on its way by e-mail.'),
  },
  'gift-received': {
    title: 'Gift certificate received',
    when: 'Somebody is given a gift certificate.',
    own: ['amount', 'gift_code', 'guardian_name'],
    subject: 'A gift certificate of [[amount]] for you',
    body: letter(
      '[[guardian_name]] gives you a gift certificate of [[amount]] for [[account_name]]. The code is [[gift_code]]. Whoever has it can spend it, so keep it safe: [log in or make an account]([[portal_url]]), then use it in My Account.',
    ),
  },
  welcome: {
    title: 'Welcome',
    when: 'A family made an account without students.',
    own: [],
    subject: 'Welcome to [[account_name]]',
    body: letter('Your account is ready. [Log in]([[portal_url]]/login) to find a class.'),
  },
  'welcome-students': {
    title: 'Welcome, with students',
    when: 'A family made an account with its students.',
    own: [],
    subject: 'Welcome to [[account_name]]',
    body: letter('Your account is ready, with [[student_names]]. [Log in]([[portal_url]]/login) to find a class.'),
  },
  'account-exists': {
    title: 'Account exists already',
    when: 'Somebody wanted to make an account with an address that has one.',
    own: [],
    subject: 'You already have an account with [[account_name]]',
    body: letter(
      'Somebody, perhaps you, wanted to create an account with this address at [[account_name]]. There is one already, and nothing was changed. [Log in]([[portal_url]]/login) with the password you have. If it was not you, there is nothing to do.',
    ),
  },
  'deletion-requested': {
    title: 'Deletion requested',
    when: 'A family asked for its account to be deleted.',
    own: ['guardian_name'],
    subject: 'We have your request to delete your account',
    body: letter(
      '[[guardian_name]] asked [[account_name]] to delete your account. Nothing is removed by itself; we get in touch first. Until then you can withdraw the request under My Account.',
    ),
  },
  'student-added': {
    title: 'Student added',
    when: 'A family added a student.',
    own: ['student_name', 'student_first'],
    subject: '[[student_first]] was added to your account',
    body: letter('[[student_name]] was added to your account at [[account_name]].'),
  },
  'log-in-changed': {
    title: 'Log-in address changed',
    when: 'A guardian logs in with another address; both are told.',
    own: ['guardian_name', 'old_address', 'new_address'],
    subject: 'Your log-in address at [[account_name]] was changed',
    body: letter(
      '[[guardian_name]] now logs in with [[new_address]], no longer with [[old_address]]. If that was not you, talk to the front desk.',
    ),
  },
  'blasts-resumed': {
    title: 'Subscribed to Email Blasts',
    when: 'A guardian opted in under My Account, to the address.',
    own: ['guardian_name'],
    subject: 'You get our news again',
    body: letter(
      '[[guardian_name]] said under My Account that news may come from [[account_name]] to this address. You can change it there at any time.',
    ),
  },
  'blasts-stopped': {
    title: 'Unsubscribed from Email Blasts',
    when: 'A guardian opted out under My Account, to the address.',
    own: ['guardian_name'],
    subject: 'You get no more news from us',
    body: letter(
      '[[guardian_name]] said under My Account that no news shall come from [[account_name]] to this address. You can change it there at any time.',
    ),
  },
} as const satisfies Record<string, Automatic>
