/** Logging in, and what keeps a log-in safe. */
export const auth: Record<string, string> = {
  'Forgotten password': 'Contraseña olvidada',
  'If the address has a log-in here, an e-mail with a link to a new password is on its way to it.':
    'Si la dirección tiene acceso aquí, le llegará un correo con un enlace para una contraseña nueva.',
  'Send a link': 'Enviar un enlace',
  Password: 'Contraseña',
  Code: 'Código',
  'The first time, we mail you a code as well: it shows that the address is yours.':
    'La primera vez también le enviamos un código por correo: muestra que la dirección es suya.',
  'It shows that the address is yours, and is asked for this once.':
    'Muestra que la dirección es suya y solo se pide esta vez.',
  'We sent a code of six digits to your e-mail address. It opens for ten minutes.':
    'Enviamos un código de seis dígitos a su correo. Sirve durante diez minutos.',
  'Send another code': 'Enviar otro código',
  'Another code is on its way.': 'Otro código va en camino.',
  'Use a passkey': 'Entrar con una llave de acceso',
  'Add a passkey': 'Añadir una llave de acceso',
  'Devices and passkeys': 'Dispositivos y llaves de acceso',
  'Logged in on': 'Sesiones abiertas en',
  'this device': 'este dispositivo',
  'Log out': 'Cerrar sesión',
  'Log out every other device': 'Cerrar sesión en los demás dispositivos',
  Passkeys: 'Llaves de acceso',
  'A passkey logs you in with your fingerprint, your face or the code of your device, without a password.':
    'Una llave de acceso le permite entrar con su huella, su cara o el código de su dispositivo, sin contraseña.',
  Remove: 'Quitar',
  'Second step': 'Segundo paso',
  'It is on: after the password we ask for a code that we send to your e-mail address.':
    'Está activado: después de la contraseña pedimos un código que enviamos a su correo.',
  'It is off. When it is on, we ask for a code that we send to your e-mail address, after the password.':
    'Está desactivado. Si lo activa, después de la contraseña pedimos un código que enviamos a su correo.',
  'It is asked of everybody: after the password we send a code to your e-mail address.':
    'Se pide a todas las personas: después de la contraseña enviamos un código a su correo.',
  'The password was changed. Every other device is logged out.':
    'Se cambió la contraseña. Se cerró la sesión en los demás dispositivos.',
  'Switch it off': 'Desactivarlo',
  'Switch it on': 'Activarlo',
  'That device is logged out.': 'Se cerró la sesión en ese dispositivo.',
  'The passkey was added.': 'Se añadió la llave de acceso.',
  'The passkey was removed.': 'Se quitó la llave de acceso.',
  'The second step was changed.': 'Se cambió el segundo paso.',
  'Last seen {when}, since {since}': 'Última vez {when}, desde {since}',
  'Added {when}': 'Añadida {when}',
  'Added {when}, last used {used}': 'Añadida {when}, usada {used}',
}
