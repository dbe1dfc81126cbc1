/** Paying, and what is kept on file to pay with. */
export const payments: Record<string, string> = {
  'A new card': 'Una tarjeta nueva',
  'A new card or bank account': 'Una tarjeta o cuenta bancaria nueva',
  'Nothing was paid': 'No se pagó nada',
  'The payment page was left before anything was paid. Nothing was charged.':
    'Se salió de la página de pago antes de pagar. No se cobró nada.',
  'No card or bank account was added.': 'No se añadió ninguna tarjeta ni cuenta bancaria.',
  'The bank has not answered yet': 'El banco aún no responde',
  'This page looks again by itself. You can leave it: we send an e-mail when the payment has arrived.':
    'Esta página vuelve a mirar sola. Puede salir: le enviaremos un correo cuando llegue el pago.',
  'Go to My Account': 'Ir a Mi cuenta',
  'Try again': 'Intentarlo otra vez',
  'Test payment': 'Pago de prueba',
  'This page belongs to the test gateway. It moves no money.':
    'Esta página es de la pasarela de prueba. No mueve dinero.',
  Card: 'Tarjeta',
  Pay: 'Pagar',
  Save: 'Guardar',
  Cancel: 'Cancelar',
  'The bank answers': 'El banco responde',
  'At once': 'Enseguida',
  'After a minute': 'Después de un minuto',
}
