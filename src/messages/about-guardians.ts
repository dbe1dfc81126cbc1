import { type Automatic, letter, letterTo, spanishLetter, spanishLetterTo } from './automatic'

/** The notices about who may log in to a family's account (MA14). */
export const aboutGuardians = {
  'guardian-invited': {
    title: 'Guardian invited',
    when: 'The primary guardian invited another one, to that guardian.',
    own: ['guardian_name', 'invited_name', 'link_url', 'valid_hours'],
    subject: '[[guardian_name]] invites you to [[account_name]]',
    body: letterTo(
      '[[invited_name]]',
      '[[guardian_name]] invites you to the account of the [[family_name]] family at [[account_name]].',
      '[Accept the invitation]([[link_url]]). The link works once, for [[valid_hours]] hours.',
    ),
    spanish: {
      subject: '[[guardian_name]] le invita a [[account_name]]',
      body: spanishLetterTo(
        '[[invited_name]]',
        '[[guardian_name]] le invita a la cuenta de la familia [[family_name]] en [[account_name]].',
        '[Aceptar la invitación]([[link_url]]). El enlace sirve una sola vez, durante [[valid_hours]] horas.',
      ),
    },
  },
  'invitation-sent': {
    title: 'Invitation sent',
    when: 'The primary guardian invited another one, to the primary.',
    own: ['guardian_name', 'invited_name', 'invited_address', 'valid_hours'],
    subject: 'You invited [[invited_name]] to your account',
    body: letter(
      '[[guardian_name]] invited [[invited_name]] at [[invited_address]] to your account. The invitation works once, for [[valid_hours]] hours. You can revoke it under My Account.',
    ),
    spanish: {
      subject: 'Usted invitó a [[invited_name]] a su cuenta',
      body: spanishLetter(
        '[[guardian_name]] invitó a [[invited_name]] ([[invited_address]]) a su cuenta. La invitación sirve una sola vez, durante [[valid_hours]] horas. Usted puede revocarla en Mi cuenta.',
      ),
    },
  },
  'guardian-joined': {
    title: 'Invitation accepted',
    when: 'A guardian accepted an invitation; both are told.',
    own: ['invited_name'],
    subject: '[[invited_name]] can log in',
    body: letterTo(
      'there',
      '[[invited_name]] accepted the invitation to the account of the [[family_name]] family at [[account_name]] and can log in, with a limited view.',
    ),
    spanish: {
      subject: '[[invited_name]] ya puede iniciar sesión',
      body: spanishLetterTo(
        null,
        '[[invited_name]] aceptó la invitación a la cuenta de la familia [[family_name]] en [[account_name]] y ya puede iniciar sesión, con vista limitada.',
      ),
    },
  },
  'access-revoked': {
    title: 'Access revoked',
    when: 'The primary guardian or staff revoked an invitation or access; both are told.',
    own: ['guardian_name', 'invited_name'],
    subject: 'The access of [[invited_name]] was revoked',
    body: letterTo(
      'there',
      '[[guardian_name]] revoked the access of [[invited_name]] to the account of the [[family_name]] family at [[account_name]].',
    ),
    spanish: {
      subject: 'Se revocó el acceso de [[invited_name]]',
      body: spanishLetterTo(
        null,
        '[[guardian_name]] revocó el acceso de [[invited_name]] a la cuenta de la familia [[family_name]] en [[account_name]].',
      ),
    },
  },
  'access-changed': {
    title: 'Access changed',
    when: 'The primary guardian changed what another one may do; both are told.',
    own: ['guardian_name', 'invited_name', 'change'],
    subject: 'The access of [[invited_name]] was changed',
    body: letterTo(
      'there',
      '[[guardian_name]] changed the access to the account of the [[family_name]] family at [[account_name]]: [[invited_name]] [[change]].',
    ),
    spanish: {
      subject: 'Se cambió el acceso de [[invited_name]]',
      body: spanishLetterTo(
        null,
        '[[guardian_name]] cambió el acceso a la cuenta de la familia [[family_name]] en [[account_name]]: [[invited_name]] [[change]].',
      ),
    },
  },
  'password-link': {
    title: 'Link to a new password',
    when: 'The primary guardian asked for another one’s password to be reset, to that guardian.',
    own: ['guardian_name', 'invited_name', 'link_url', 'valid_hours'],
    subject: 'Set a new password for [[account_name]]',
    body: letterTo(
      '[[invited_name]]',
      '[[guardian_name]] asked us to send you a link to a new password for [[account_name]]. Your password stays as it is until you use it.',
      '[Set a new password]([[link_url]]). The link works once, for [[valid_hours]] hours.',
    ),
    spanish: {
      subject: 'Elija una contraseña nueva para [[account_name]]',
      body: spanishLetterTo(
        '[[invited_name]]',
        '[[guardian_name]] nos pidió que le enviáramos un enlace para elegir una contraseña nueva en [[account_name]]. Su contraseña sigue igual hasta que usted lo use.',
        '[Elegir una contraseña nueva]([[link_url]]). El enlace sirve una sola vez, durante [[valid_hours]] horas.',
      ),
    },
  },
  'password-link-sent': {
    title: 'Link to a new password sent',
    when: 'The primary guardian asked for another one’s password to be reset, to the primary.',
    own: ['guardian_name', 'invited_name'],
    subject: 'A link to a new password went to [[invited_name]]',
    body: letter('[[guardian_name]] had a link to a new password sent to [[invited_name]].'),
    spanish: {
      subject: 'Enviamos a [[invited_name]] un enlace para una contraseña nueva',
      body: spanishLetter(
        '[[guardian_name]] pidió que se enviara a [[invited_name]] un enlace para elegir una contraseña nueva.',
      ),
    },
  },
  'password-set': {
    title: 'Password set',
    when: 'A guardian set a new password by a link, to that guardian.',
    own: ['invited_name'],
    subject: 'Your password at [[account_name]] was changed',
    body: letterTo(
      '[[invited_name]]',
      'You set a new password at [[account_name]]. Every device was logged out. If that was not you, talk to the front desk.',
    ),
    spanish: {
      subject: 'Se cambió su contraseña en [[account_name]]',
      body: spanishLetterTo(
        '[[invited_name]]',
        'Usted eligió una contraseña nueva en [[account_name]]. Se cerró la sesión en todos los dispositivos. Si no fue usted, comuníquese con la recepción.',
      ),
    },
  },
  'password-forgotten': {
    title: 'Forgotten password',
    when: 'A guardian asked for a link to a new password, to that guardian.',
    own: ['invited_name', 'link_url', 'valid_hours'],
    subject: 'Set a new password for [[account_name]]',
    body: letterTo(
      '[[invited_name]]',
      'Somebody, you most likely, asked for a new password at [[account_name]]. Your password stays as it is until you use the link.',
      '[Set a new password]([[link_url]]). The link works once, for [[valid_hours]] hours.',
    ),
    spanish: {
      subject: 'Elija una contraseña nueva para [[account_name]]',
      body: spanishLetterTo(
        '[[invited_name]]',
        'Alguien, probablemente usted, pidió una contraseña nueva en [[account_name]]. Su contraseña sigue igual hasta que usted use el enlace.',
        '[Elegir una contraseña nueva]([[link_url]]). El enlace sirve una sola vez, durante [[valid_hours]] horas.',
      ),
    },
  },
  'address-code': {
    title: 'Code for a new address',
    when: 'Somebody logged in for the first time with an address, to that address.',
    own: ['code'],
    subject: '[[code]] is your code for [[account_name]]',
    body: letterTo(
      'there',
      'Your code is **[[code]]**. It opens for ten minutes and shows that this address is yours. If you have no account at [[account_name]], somebody mistook your address for theirs: leave this mail, and nothing opens.',
    ),
    spanish: {
      subject: '[[code]] es su código para [[account_name]]',
      body: spanishLetterTo(
        null,
        'Su código es **[[code]]**. Vale durante diez minutos y demuestra que esta dirección es suya. Si usted no tiene una cuenta en [[account_name]], alguien confundió su dirección con la propia: no haga nada con este mensaje y no se abrirá nada.',
      ),
    },
  },
  'log-in-code': {
    title: 'Code of the second step',
    when: 'A guardian with the second step gave the right password.',
    own: ['code'],
    subject: '[[code]] is your code for [[account_name]]',
    body: letterTo(
      'there',
      'Your code is **[[code]]**. It opens for ten minutes. If you did not just log in, somebody knows your password: change it.',
    ),
    spanish: {
      subject: '[[code]] es su código para [[account_name]]',
      body: spanishLetterTo(
        null,
        'Su código es **[[code]]**. Vale durante diez minutos. Si usted no acaba de iniciar sesión, alguien conoce su contraseña: cámbiela.',
      ),
    },
  },
} as const satisfies Record<string, Automatic>
