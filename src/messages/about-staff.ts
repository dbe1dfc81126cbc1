import type { Automatic } from './automatic'

const letter = (...paragraphs: string[]) => ['Hello [[staff_name]],', ...paragraphs].join('\n\n')
const spanishLetter = (...paragraphs: string[]) => ['Hola, [[staff_name]]:', ...paragraphs].join('\n\n')

/** The notices to whoever works here, about their log-in (OP13, BY17). */
export const aboutStaff = {
  'staff-invited': {
    title: 'Staff invited',
    when: 'Somebody on the staff is to have a log-in, or another address for it.',
    own: ['staff_name', 'by_name', 'link_url', 'valid_hours'],
    subject: '[[by_name]] invites you to log in to [[account_name]]',
    body: letter(
      '[[by_name]] invites you to work with [[account_name]]. You log in with this address and a password that you choose now.',
      '[Choose a password]([[link_url]]). The link works once, for [[valid_hours]] hours.',
    ),
    spanish: {
      subject: '[[by_name]] le invita a entrar en [[account_name]]',
      body: spanishLetter(
        '[[by_name]] le invita a trabajar con [[account_name]]. Usted entra con esta dirección y con una contraseña que elige ahora.',
        '[Elegir una contraseña]([[link_url]]). El enlace sirve una sola vez, durante [[valid_hours]] horas.',
      ),
    },
  },
  'mail-test': {
    title: 'Test of e-mail delivery',
    when: 'Somebody on the staff tries whether mail goes out.',
    own: ['staff_name'],
    subject: 'E-mail of [[account_name]] works',
    body: letter('Somebody, you most likely, tried whether [[account_name]] can send mail. It can: this is it.'),
    spanish: {
      subject: 'El correo de [[account_name]] funciona',
      body: spanishLetter(
        'Alguien, probablemente usted, quiso saber si [[account_name]] puede enviar correo. Puede: aquí está.',
      ),
    },
  },
  'staff-password-link': {
    title: 'Link to a new password, staff',
    when: 'Somebody on the staff forgot the password, or another one asked for them.',
    own: ['staff_name', 'link_url', 'valid_hours'],
    subject: 'Set a new password for [[account_name]]',
    body: letter(
      'Somebody, you most likely, asked for a new password at [[account_name]]. Your password stays as it is until you use the link.',
      '[Set a new password]([[link_url]]). The link works once, for [[valid_hours]] hours.',
    ),
    spanish: {
      subject: 'Elija una contraseña nueva para [[account_name]]',
      body: spanishLetter(
        'Alguien, probablemente usted, pidió una contraseña nueva en [[account_name]]. Su contraseña sigue igual hasta que usted use el enlace.',
        '[Elegir una contraseña nueva]([[link_url]]). El enlace sirve una sola vez, durante [[valid_hours]] horas.',
      ),
    },
  },
  'staff-password-set': {
    title: 'Password set, staff',
    when: 'Somebody on the staff set a new password by a link, to them.',
    own: ['staff_name'],
    subject: 'Your password at [[account_name]] was changed',
    body: letter(
      'You set a new password at [[account_name]]. Every device was logged out. If that was not you, talk to an owner of the account at once.',
    ),
    spanish: {
      subject: 'Se cambió su contraseña en [[account_name]]',
      body: spanishLetter(
        'Usted eligió una contraseña nueva en [[account_name]]. Se cerró la sesión en todos los dispositivos. Si no fue usted, hable enseguida con la dirección.',
      ),
    },
  },
  'staff-address-asked': {
    title: 'Another log-in address, staff',
    when: 'Somebody on the staff is to log in with another address, to the one before.',
    own: ['staff_name', 'by_name', 'new_address'],
    subject: 'Your log-in address at [[account_name]] is to change',
    body: letter(
      '[[by_name]] sent a link to [[new_address]]. Once it is opened you log in with that address, and with this one no more. If that is not right, talk to an owner of the account.',
    ),
    spanish: {
      subject: 'Su dirección de acceso a [[account_name]] va a cambiar',
      body: spanishLetter(
        '[[by_name]] envió un enlace a [[new_address]]. Cuando se abra, usted entrará con esa dirección y ya no con esta. Si no es correcto, hable con la dirección.',
      ),
    },
  },
  'staff-address-changed': {
    title: 'Log-in address changed, staff',
    when: 'Somebody on the staff logs in with another address, to the one before.',
    own: ['staff_name', 'old_address', 'new_address'],
    subject: 'Your log-in address at [[account_name]] was changed',
    body: letter(
      'You now log in with [[new_address]], no longer with [[old_address]]. Every device was logged out. If that was not you, talk to an owner of the account at once.',
    ),
    spanish: {
      subject: 'Se cambió su dirección de acceso a [[account_name]]',
      body: spanishLetter(
        'Usted ahora entra con [[new_address]], ya no con [[old_address]]. Se cerró la sesión en todos los dispositivos. Si no fue usted, hable enseguida con la dirección.',
      ),
    },
  },
  'staff-log-in-ended': {
    title: 'Log-in of staff ended by somebody else',
    when: 'Another person logged somebody on the staff out, or took the second step or the passkeys away, to them.',
    own: ['staff_name', 'by_name', 'change'],
    subject: 'Your log-in at [[account_name]] was changed',
    body: letter(
      '[[by_name]] [[change]]. Log in once more. If you did not ask for that, talk to an owner of the account.',
    ),
    spanish: {
      subject: 'Se cambió su acceso a [[account_name]]',
      body: spanishLetter(
        '[[by_name]]: [[change]]. Inicie sesión otra vez. Si usted no lo pidió, hable con la dirección.',
      ),
    },
  },
  'staff-code': {
    title: 'Code of the second step, staff',
    when: 'Somebody on the staff with the second step gave the right password.',
    own: ['code'],
    subject: '[[code]] is your code for [[account_name]]',
    body: [
      'Hello there,',
      'Your code is **[[code]]**. It opens for ten minutes. If you did not just log in, somebody knows your password: change it.',
    ].join('\n\n'),
    spanish: {
      subject: '[[code]] es su código para [[account_name]]',
      body: [
        'Hola:',
        'Su código es **[[code]]**. Vale durante diez minutos. Si usted no acaba de iniciar sesión, alguien conoce su contraseña: cámbiela.',
      ].join('\n\n'),
    },
  },
} as const satisfies Record<string, Automatic>
