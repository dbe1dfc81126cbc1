import { type Automatic, letter, spanishLetter } from './automatic'

/** The notices about the account itself (CP2, MA10, MA16). */
export const aboutAccounts = {
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
