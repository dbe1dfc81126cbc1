/** The frame of every page. */
export const portal: Record<string, string> = {
  Booking: 'Reservas',
  'My Account': 'Mi cuenta',
  'Log In': 'Iniciar sesión',
  'Log Out': 'Cerrar sesión',
  Cart: 'Carrito',
  ' in the cart': ' en el carrito',
  Family: 'Familia',
  Go: 'Ir',
  Policies: 'Políticas',
  'Skip to the content': 'Ir al contenido',
  Main: 'Principal',
  Language: 'Idioma',
  'No network': 'Sin conexión',
  'This page needs the network. Try again when it is back.': 'Esta página necesita conexión. Inténtelo cuando vuelva.',
  'Once you have looked at your schedule here, it can be read without one.':
    'Después de ver aquí su horario, podrá leerlo sin conexión.',
  Alert: 'Aviso',
  Announcement: 'Anuncio',
  'Put away': 'Cerrar aviso',
}
