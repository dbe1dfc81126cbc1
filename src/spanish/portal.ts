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
  Alert: 'Aviso',
  Announcement: 'Anuncio',
  'Put away': 'Cerrar aviso',
}
