/** Coming in: logging in, signing up, and what is said when something cannot be shown. */
export const doors: Record<string, string> = {
  'Customer Portal': 'Portal de clientes',
  'Office Portal': 'Portal de oficina',
  'Staff Portal': 'Portal del personal',
  'You were logged out. Log in, and what you sent goes on from there.':
    'Se cerró su sesión. Inicie sesión, y lo que envió sigue desde ahí.',
  'E-mail': 'Correo electrónico',
  'Stay logged in on this device': 'Mantener la sesión en este dispositivo',
  'New here?': '¿Es su primera vez?',
  'Welcome back': 'Bienvenido de nuevo',
  'What you sent is still here. Continue to send it now.': 'Lo que envió sigue aquí. Continúe para enviarlo ahora.',
  'Password is missing.': 'Falta la contraseña.',
  'A password has at least 8 characters.': 'Una contraseña tiene al menos 8 caracteres.',
  'That is too long for a password.': 'Es demasiado larga para una contraseña.',
  'Too many people use this password. Choose another one.': 'Demasiadas personas usan esta contraseña. Elija otra.',
  You: 'Usted',
  'Your student': 'Su alumno',
  'Student {number}, if there is one': 'Alumno {number}, si lo hay',
  'If it differs from yours.': 'Si es distinto del suyo.',
  'Your location': 'Su sede',
  'How did you hear of us?': '¿Cómo supo de nosotros?',
  'You may send me news and offers by e-mail': 'Pueden enviarme novedades y ofertas por correo',
  'Log in now': 'Inicie sesión ahora',
  'Your account is there. Log in with your email and password. We have also written you a mail.':
    'Su cuenta está lista. Inicie sesión con su correo y su contraseña. También le hemos escrito un correo.',
  'New accounts are made at the front desk.': 'Las cuentas nuevas se crean en la recepción.',
  'The Customer Portal is currently unavailable.': 'El portal de clientes no está disponible por el momento.',
  'Not allowed': 'No permitido',
  'Your log-in does not have the permission for this page.': 'Su acceso no tiene permiso para esta página.',
  'Not found': 'No encontrado',
  'There is nothing at this address. It may have moved, or the address has a typo.':
    'No hay nada en esta dirección. Puede haberse movido, o la dirección tiene un error.',
  'Already done': 'Ya está hecho',
  'This was sent before and is still under way. Look again in a moment.':
    'Esto ya se envió y sigue en curso. Vuelva a mirar en un momento.',
  'Too large': 'Demasiado grande',
  'What was sent is larger than we accept.': 'Lo enviado es más grande de lo que aceptamos.',
  'That did not fit': 'Algo no encajó',
  'Something in the form was not filled in as expected. Go back, nothing was changed.':
    'Algo en el formulario no se llenó como se esperaba. Vuelva atrás; no se cambió nada.',
  'What was sent could not be read, so nothing was changed. Go back and send it once more.':
    'Lo enviado no se pudo leer, así que no se cambió nada. Vuelva atrás y envíelo otra vez.',
  'Too many tries': 'Demasiados intentos',
  'Too many tries in a short time. Wait a minute, then try again.':
    'Demasiados intentos en poco tiempo. Espere un minuto e inténtelo otra vez.',
  'Our mistake': 'Error nuestro',
  'Something broke on our side and has been noted. Nothing you sent was half done.':
    'Algo falló de nuestro lado y quedó anotado. Nada de lo que envió quedó a medias.',
  'Not available': 'No disponible',
  'This is not available right now. Try again in a moment.':
    'Esto no está disponible ahora. Inténtelo de nuevo en un momento.',
  Breadcrumb: 'Ruta',
}
