import { type Automatic, letter, spanishLetter } from './automatic'

/** The notices about money, orders and the account itself (A15, A20, CP2, MA10, MA16). */
export const aboutAccounts = {
  'payment-received': {
    title: 'Payment received',
    when: 'A family paid with a card or bank account.',
    own: ['amount', 'paid_with', 'charges'],
    subject: 'We have your payment of [[amount]]',
    body: letter('[[amount]] were paid with [[paid_with]] for [[charges]]. Thank you.'),
    spanish: {
      subject: 'Recibimos su pago de [[amount]]',
      body: spanishLetter('Se pagaron [[amount]] con [[paid_with]] por [[charges]]. Gracias.'),
    },
  },
  'payment-kept': {
    title: 'Payment kept as credit',
    when: 'A payment came through, but what it was for had changed meanwhile.',
    own: ['amount', 'paid_with'],
    subject: 'We have your payment of [[amount]]',
    body: letter(
      '[[amount]] were paid with [[paid_with]]. What it was meant for had changed meanwhile, so it is kept as your credit.',
    ),
    spanish: {
      subject: 'Recibimos su pago de [[amount]]',
      body: spanishLetter(
        'Se pagaron [[amount]] con [[paid_with]]. Lo que se iba a pagar cambió entretanto, así que el importe queda como crédito suyo.',
      ),
    },
  },
  'gift-used': {
    title: 'Gift certificate used',
    when: 'A family paid with a gift certificate.',
    own: ['amount', 'paid_with', 'charges'],
    subject: 'We have your payment of [[amount]]',
    body: letter('[[amount]] were paid with your [[paid_with]] for [[charges]].'),
    spanish: {
      subject: 'Recibimos su pago de [[amount]]',
      body: spanishLetter('Se pagaron [[amount]] con su [[paid_with]] por [[charges]].'),
    },
  },
  'credit-added': {
    title: 'Credit added',
    when: 'Staff gave a family credit.',
    own: ['amount', 'reason'],
    subject: 'You have [[amount]] of credit',
    body: letter('We have put [[amount]] of credit on your account: [[reason]].'),
    spanish: {
      subject: 'Usted tiene [[amount]] de crédito',
      body: spanishLetter('Pusimos [[amount]] de crédito en su cuenta: [[reason]].'),
    },
  },
  'payment-methods-changed': {
    title: 'Payment methods changed',
    when: 'A card or bank account was stored, deleted, made the default, or authorized for recurring billing or not.',
    own: ['change'],
    subject: 'Your payment methods were changed',
    body: letter('Somebody who is logged in to your account [[change]]. If that was not you, tell us.'),
    spanish: {
      subject: 'Cambiaron sus métodos de pago',
      body: spanishLetter('Alguien con una sesión abierta en su cuenta [[change]]. Si no fue usted, avísenos.'),
    },
  },
  'order-received': {
    title: 'Order received',
    when: 'A family ordered in the shop.',
    own: ['items', 'amount', 'paid_with'],
    subject: 'We have your order',
    body: letter(
      'You ordered [[items]]. [[amount]] were paid with [[paid_with]]. You can pick it up when we have got it ready.',
    ),
    spanish: {
      subject: 'Recibimos su pedido',
      body: spanishLetter(
        'Usted pidió [[items]]. Se pagaron [[amount]] con [[paid_with]]. Podrá recogerlo cuando lo tengamos listo.',
      ),
    },
  },
  'gift-bought': {
    title: 'Gift certificate bought',
    when: 'A family bought a gift certificate.',
    own: ['amount', 'gift_code'],
    subject: 'Your gift certificate of [[amount]]',
    body: letter('The code is [[gift_code]]. Whoever has it can spend it, so keep it safe.'),
    spanish: {
      subject: 'Su certificado de regalo de [[amount]]',
      body: spanishLetter('El código es [[gift_code]]. Quien lo tenga puede gastarlo, así que guárdelo bien.'),
    },
  },
  'gift-bought-for': {
    title: 'Gift certificate bought for somebody',
    when: 'A family bought a gift certificate and said whom it is for.',
    own: ['amount', 'gift_code', 'gift_receiver'],
    subject: 'Your gift certificate of [[amount]]',
    body: letter('For [[gift_receiver]]. The code is [[gift_code]]. Whoever has it can spend it, so keep it safe.'),
    spanish: {
      subject: 'Su certificado de regalo de [[amount]]',
      body: spanishLetter(
        'Para [[gift_receiver]]. El código es [[gift_code]]. Quien lo tenga puede gastarlo, así que guárdelo bien.',
      ),
    },
  },
  'gift-sent': {
    title: 'Gift certificate sent to somebody',
    when: 'A family bought a gift certificate and its code went to another address.',
    own: ['amount', 'gift_receiver'],
    subject: 'Your gift certificate of [[amount]]',
    body: letter('The gift certificate of [[amount]] for [[gift_receiver]] is on its way by e-mail.'),
    spanish: {
      subject: 'Su certificado de regalo de [[amount]]',
      body: spanishLetter(
        'El certificado de regalo de [[amount]] para [[gift_receiver]] va en camino por correo electrónico.',
      ),
    },
  },
  'gift-received': {
    title: 'Gift certificate received',
    when: 'Somebody is given a gift certificate.',
    own: ['amount', 'gift_code', 'guardian_name'],
    subject: 'A gift certificate of [[amount]] for you',
    body: letter(
      '[[guardian_name]] gives you a gift certificate of [[amount]] for [[account_name]]. The code is [[gift_code]]. Whoever has it can spend it, so keep it safe: [log in or make an account]([[portal_url]]), then use it in My Account.',
    ),
    spanish: {
      subject: 'Un certificado de regalo de [[amount]] para usted',
      body: spanishLetter(
        '[[guardian_name]] le regala un certificado de [[amount]] para [[account_name]]. El código es [[gift_code]]. Quien lo tenga puede gastarlo, así que guárdelo bien: [inicie sesión o cree una cuenta]([[portal_url]]) y después úselo en Mi cuenta.',
      ),
    },
  },
  welcome: {
    title: 'Welcome',
    when: 'A family made an account without students.',
    own: [],
    subject: 'Welcome to [[account_name]]',
    body: letter('Your account is ready. [Log in]([[portal_url]]/login) to find a class.'),
    spanish: {
      subject: 'Le damos la bienvenida a [[account_name]]',
      body: spanishLetter('Su cuenta está lista. [Inicie sesión]([[portal_url]]/login) para encontrar una clase.'),
    },
  },
  'welcome-students': {
    title: 'Welcome, with students',
    when: 'A family made an account with its students.',
    own: [],
    subject: 'Welcome to [[account_name]]',
    body: letter('Your account is ready, with [[student_names]]. [Log in]([[portal_url]]/login) to find a class.'),
    spanish: {
      subject: 'Le damos la bienvenida a [[account_name]]',
      body: spanishLetter(
        'Su cuenta está lista, con [[student_names]]. [Inicie sesión]([[portal_url]]/login) para encontrar una clase.',
      ),
    },
  },
  'account-exists': {
    title: 'Account exists already',
    when: 'Somebody wanted to make an account with an address that has one.',
    own: [],
    subject: 'You already have an account with [[account_name]]',
    body: letter(
      'Somebody, perhaps you, wanted to create an account with this address at [[account_name]]. There is one already, and nothing was changed. [Log in]([[portal_url]]/login) with the password you have. If it was not you, there is nothing to do.',
    ),
    spanish: {
      subject: 'Usted ya tiene una cuenta en [[account_name]]',
      body: spanishLetter(
        'Alguien, quizás usted, quiso crear una cuenta con esta dirección en [[account_name]]. Ya existe una y no se cambió nada. [Inicie sesión]([[portal_url]]/login) con la contraseña que tiene. Si no fue usted, no tiene que hacer nada.',
      ),
    },
  },
  'deletion-requested': {
    title: 'Deletion requested',
    when: 'A family asked for its account to be deleted.',
    own: ['guardian_name'],
    subject: 'We have your request to delete your account',
    body: letter(
      '[[guardian_name]] asked [[account_name]] to delete your account. Nothing is removed by itself; we get in touch first. Until then you can withdraw the request under My Account.',
    ),
    spanish: {
      subject: 'Recibimos su solicitud para eliminar su cuenta',
      body: spanishLetter(
        '[[guardian_name]] pidió a [[account_name]] que elimine su cuenta. Nada se borra por sí solo; antes nos comunicaremos con usted. Hasta entonces puede retirar la solicitud en Mi cuenta.',
      ),
    },
  },
  'student-added': {
    title: 'Student added',
    when: 'A family added a student.',
    own: ['student_name', 'student_first'],
    subject: '[[student_first]] was added to your account',
    body: letter('[[student_name]] was added to your account at [[account_name]].'),
    spanish: {
      subject: 'Se agregó a [[student_first]] a su cuenta',
      body: spanishLetter('Se agregó a [[student_name]] a su cuenta en [[account_name]].'),
    },
  },
  'log-in-changed': {
    title: 'Log-in address changed',
    when: 'A guardian logs in with another address; both are told.',
    own: ['guardian_name', 'old_address', 'new_address'],
    subject: 'Your log-in address at [[account_name]] was changed',
    body: letter(
      '[[guardian_name]] now logs in with [[new_address]], no longer with [[old_address]]. If that was not you, talk to the front desk.',
    ),
    spanish: {
      subject: 'Se cambió su dirección de acceso a [[account_name]]',
      body: spanishLetter(
        '[[guardian_name]] ahora inicia sesión con [[new_address]], ya no con [[old_address]]. Si no fue usted, comuníquese con la recepción.',
      ),
    },
  },
  'blasts-resumed': {
    title: 'Subscribed to Email Blasts',
    when: 'A guardian opted in under My Account, to the address.',
    own: ['guardian_name'],
    subject: 'You get our news again',
    body: letter(
      '[[guardian_name]] said under My Account that news may come from [[account_name]] to this address. You can change it there at any time.',
    ),
    spanish: {
      subject: 'Usted vuelve a recibir nuestras novedades',
      body: spanishLetter(
        '[[guardian_name]] indicó en Mi cuenta que [[account_name]] puede enviar novedades a esta dirección. Puede cambiarlo allí en cualquier momento.',
      ),
    },
  },
  'blasts-stopped': {
    title: 'Unsubscribed from Email Blasts',
    when: 'A guardian opted out under My Account, to the address.',
    own: ['guardian_name'],
    subject: 'You get no more news from us',
    body: letter(
      '[[guardian_name]] said under My Account that no news shall come from [[account_name]] to this address. You can change it there at any time.',
    ),
    spanish: {
      subject: 'Usted ya no recibe nuestras novedades',
      body: spanishLetter(
        '[[guardian_name]] indicó en Mi cuenta que [[account_name]] no debe enviar novedades a esta dirección. Puede cambiarlo allí en cualquier momento.',
      ),
    },
  },
} as const satisfies Record<string, Automatic>
