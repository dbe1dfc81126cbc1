/** How a family is reached, and whether news may come. */
export const contacts: Record<string, string> = {
  Street: 'Calle',
  Apartment: 'Apartamento',
  City: 'Ciudad',
  State: 'Estado',
  'ZIP code': 'Código postal',
  'Edit Mailing Address': 'Editar dirección postal',
  'Delete Mailing Address': 'Eliminar dirección postal',
  'Edit Email': 'Editar correo',
  'Edit Phone': 'Editar teléfono',
  'Delete Email': 'Eliminar correo',
  'Delete Phone': 'Eliminar teléfono',
  'Email Blasts': 'Correos de novedades',
  'SMS/Text': 'SMS',
  'News and offers come to this address.': 'A esta dirección llegan novedades y ofertas.',
  'News and offers may come to this address': 'Pueden llegar novedades y ofertas a esta dirección',
  'What concerns your enrollments and payments comes either way.':
    'Lo que se refiere a sus inscripciones y pagos llega en todo caso.',
  'Opt in to Email Blasts': 'Recibir correos de novedades',
  'Opt out of Email Blasts': 'No recibir correos de novedades',
  'Text messages come to this number.': 'A este número llegan mensajes de texto.',
  'Text messages may come to this number': 'Pueden llegar mensajes de texto a este número',
  'Opt in to SMS/Text': 'Recibir SMS',
  'Opt out of SMS/Text': 'No recibir SMS',
  'Opted in to {what}.': 'Ahora recibe: {what}.',
  'Opted out of {what}.': 'Ya no recibe: {what}.',
  'Opted in.': 'Aceptado.',
  'Mail to this address came back, so no {what} go to it. If it works again, tell the front desk.':
    'El correo a esta dirección fue devuelto, por eso no se envía: {what}. Si vuelve a funcionar, avise en la recepción.',
  'Mail to this address was reported as unwanted, so no {what} go to it. If it works again, tell the front desk.':
    'El correo a esta dirección fue marcado como no deseado, por eso no se envía: {what}. Si vuelve a funcionar, avise en la recepción.',
  'A text to this number came back, so no {what} go to it. If it works again, tell the front desk.':
    'Un mensaje a este número fue devuelto, por eso no se envía: {what}. Si vuelve a funcionar, avise en la recepción.',
  'A text to this number was reported as unwanted, so no {what} go to it. If it works again, tell the front desk.':
    'Un mensaje a este número fue marcado como no deseado, por eso no se envía: {what}. Si vuelve a funcionar, avise en la recepción.',
  '{address} is a log-in address. Only {guardian} can change it.':
    '{address} es un correo de acceso. Solo {guardian} puede cambiarlo.',
  'You log in with this address. Changing it changes your log-in, and both addresses are told.':
    'Usted inicia sesión con esta dirección. Al cambiarla cambia su acceso, y se avisa a las dos direcciones.',
  'Choose whether it may come.': 'Elija si puede llegar.',
  Unsubscribed: 'Sin suscripción',
  Unsubscribe: 'Cancelar la suscripción',
  Subscribed: 'Suscripción activa',
  'Subscribe again': 'Suscribirse otra vez',
  '{address} gets e-mails with news from {business}.': '{address} recibe correos con novedades de {business}.',
  'You get e-mails with news from {business}.': 'Usted recibe correos con novedades de {business}.',
  'E-mails about your own account come in any case.': 'Los correos sobre su propia cuenta llegan en todo caso.',
  '{business} sends no more news to {address}.': '{business} ya no envía novedades a {address}.',
  '{business} sends no more news.': '{business} ya no envía novedades.',
  '{business} sends its news to {address} again.': '{business} vuelve a enviar sus novedades a {address}.',
  '{business} sends its news again.': '{business} vuelve a enviar sus novedades.',
  'Every e-mail has a link to unsubscribe.': 'Cada correo tiene un enlace para cancelar la suscripción.',
}
