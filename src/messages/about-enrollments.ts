import { type Automatic, letter, spanishLetter } from './automatic'

/** The notices about enrollments, waitlists and the cart (A5, OA7, OA8). */
export const aboutEnrollments = {
  'enrollment-requested': {
    title: 'Enrollment requested',
    when: 'A family asked for a place in a class.',
    own: ['student_name', 'student_first', 'class_name', 'class_schedule', 'start_date'],
    subject: 'We have your request: [[class_name]]',
    body: letter(
      'We have your request to enroll [[student_name]] in [[class_schedule]] from [[start_date]]. You will hear from us when it is decided.',
    ),
    spanish: {
      subject: 'Recibimos su solicitud: [[class_name]]',
      body: spanishLetter(
        'Recibimos su solicitud para inscribir a [[student_name]] en [[class_schedule]] a partir del [[start_date]]. Le avisaremos cuando tomemos una decisión.',
      ),
    },
  },
  'enrollment-approved': {
    title: 'Enrollment approved',
    when: 'An enrollment was approved, by staff or by itself, and nothing was charged.',
    own: ['student_name', 'student_first', 'class_name', 'class_schedule', 'start_date'],
    subject: '[[student_first]] is enrolled: [[class_name]]',
    body: letter('[[student_name]] is enrolled in [[class_schedule]] from [[start_date]].'),
    spanish: {
      subject: 'Inscripción de [[student_first]]: [[class_name]]',
      body: spanishLetter('[[student_name]] tiene su lugar en [[class_schedule]] a partir del [[start_date]].'),
    },
  },
  'enrollment-charged': {
    title: 'Enrollment approved and charged',
    when: 'An enrollment was approved, by staff or by itself, and its tuition was charged.',
    own: ['student_name', 'student_first', 'class_name', 'class_schedule', 'start_date', 'amount'],
    subject: '[[student_first]] is enrolled: [[class_name]]',
    body: letter(
      '[[student_name]] is enrolled in [[class_schedule]] from [[start_date]]. [[amount]] were added to your account.',
    ),
    spanish: {
      subject: 'Inscripción de [[student_first]]: [[class_name]]',
      body: spanishLetter(
        '[[student_name]] tiene su lugar en [[class_schedule]] a partir del [[start_date]]. Se cargaron [[amount]] a su cuenta.',
      ),
    },
  },
  'enrollment-denied': {
    title: 'Enrollment denied',
    when: 'A request for a place in a class, or on its waitlist, was denied.',
    own: ['student_name', 'student_first', 'class_name', 'class_schedule'],
    subject: 'About your request: [[class_name]]',
    body: letter('We could not enroll [[student_name]] in [[class_schedule]]. Talk to us about what else fits.'),
    spanish: {
      subject: 'Sobre su solicitud: [[class_name]]',
      body: spanishLetter(
        'No pudimos inscribir a [[student_name]] en [[class_schedule]]. Comuníquese con nosotros para ver qué otra opción le conviene.',
      ),
    },
  },
  'waitlist-requested': {
    title: 'Waitlist requested',
    when: 'A family asked for a place on a waitlist.',
    own: ['student_name', 'student_first', 'class_name', 'class_schedule'],
    subject: 'We have your request: waitlist of [[class_name]]',
    body: letter(
      'We have your request to put [[student_name]] on the waitlist of [[class_schedule]]. You will hear from us when it is decided.',
    ),
    spanish: {
      subject: 'Recibimos su solicitud: lista de espera de [[class_name]]',
      body: spanishLetter(
        'Recibimos su solicitud para poner a [[student_name]] en la lista de espera de [[class_schedule]]. Le avisaremos cuando tomemos una decisión.',
      ),
    },
  },
  'waitlist-joined': {
    title: 'Waitlist joined',
    when: 'A place on a waitlist was approved.',
    own: ['student_name', 'student_first', 'class_name', 'class_schedule'],
    subject: '[[student_first]] is on the waitlist: [[class_name]]',
    body: letter('[[student_name]] is on the waitlist of [[class_schedule]].'),
    spanish: {
      subject: '[[student_first]] está en la lista de espera: [[class_name]]',
      body: spanishLetter('[[student_name]] está en la lista de espera de [[class_schedule]].'),
    },
  },
  'checkout-submitted': {
    title: 'Cart checked out',
    when: 'A family checked out its cart, and nothing was charged.',
    own: ['items'],
    subject: 'We have your cart',
    body: letter('We have what you asked for: [[items]]. You will hear from us about everything that is requested.'),
    spanish: {
      subject: 'Recibimos su carrito',
      body: spanishLetter('Recibimos lo que usted pidió: [[items]]. Le avisaremos de todo lo que queda solicitado.'),
    },
  },
  'checkout-charged': {
    title: 'Cart checked out and charged',
    when: 'A family checked out its cart, and what it holds was added to the account.',
    own: ['items', 'amount'],
    subject: 'We have your cart',
    body: letter('We have what you asked for: [[items]]. [[amount]] were added to your account.'),
    spanish: {
      subject: 'Recibimos su carrito',
      body: spanishLetter('Recibimos lo que usted pidió: [[items]]. Se cargaron [[amount]] a su cuenta.'),
    },
  },
  'checkout-paid': {
    title: 'Cart checked out and paid',
    when: 'A family checked out its cart and paid in it.',
    own: ['items', 'amount', 'paid_with'],
    subject: 'We have your cart and your payment of [[amount]]',
    body: letter('We have what you asked for: [[items]]. [[amount]] were paid with [[paid_with]]. Thank you.'),
    spanish: {
      subject: 'Recibimos su carrito y su pago de [[amount]]',
      body: spanishLetter('Recibimos lo que usted pidió: [[items]]. Se pagaron [[amount]] con [[paid_with]]. Gracias.'),
    },
  },
} as const satisfies Record<string, Automatic>
