import { type Automatic, letter, letterTo, spanishLetter, spanishLetterTo } from './automatic'

/** The notices about money, orders and gift certificates (A15, A20). */
export const aboutPayments = {
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
    body: letterTo(
      'there',
      '[[guardian_name]] gives you a gift certificate of [[amount]] for [[account_name]]. The code is [[gift_code]]. Whoever has it can spend it, so keep it safe: [log in or make an account]([[portal_url]]), then use it in My Account.',
    ),
    spanish: {
      subject: 'Un certificado de regalo de [[amount]] para usted',
      body: spanishLetterTo(
        null,
        '[[guardian_name]] le regala un certificado de [[amount]] para [[account_name]]. El código es [[gift_code]]. Quien lo tenga puede gastarlo, así que guárdelo bien: [inicie sesión o cree una cuenta]([[portal_url]]) y después úselo en Mi cuenta.',
      ),
    },
  },
  'gift-guest-bought': {
    title: 'Gift certificate bought by a guest',
    when: 'A guest bought a gift certificate without a log-in.',
    own: ['amount', 'gift_code', 'gift_receiver', 'buyer_name'],
    subject: 'Your gift certificate of [[amount]]',
    body: letterTo(
      '[[buyer_name]]',
      'Thank you for the gift certificate for [[account_name]]. It is for [[gift_receiver]]. The code is [[gift_code]]. Whoever has it can spend it, so keep it safe.',
    ),
    spanish: {
      subject: 'Su certificado de regalo de [[amount]]',
      body: spanishLetterTo(
        '[[buyer_name]]',
        'Gracias por el certificado de regalo para [[account_name]]. Es para [[gift_receiver]]. El código es [[gift_code]]. Quien lo tenga puede gastarlo, así que guárdelo bien.',
      ),
    },
  },
  'gift-guest-sent': {
    title: 'Gift certificate of a guest sent',
    when: 'A guest bought a gift certificate and its code went to another address.',
    own: ['amount', 'gift_receiver', 'buyer_name'],
    subject: 'Your gift certificate of [[amount]]',
    body: letterTo(
      '[[buyer_name]]',
      'Thank you. The gift certificate of [[amount]] for [[gift_receiver]] is on its way by e-mail.',
    ),
    spanish: {
      subject: 'Su certificado de regalo de [[amount]]',
      body: spanishLetterTo(
        '[[buyer_name]]',
        'Gracias. El certificado de regalo de [[amount]] para [[gift_receiver]] va en camino por correo electrónico.',
      ),
    },
  },
} as const satisfies Record<string, Automatic>
