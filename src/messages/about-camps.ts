import { type Automatic, letter, spanishLetter } from './automatic'

/** The notices about days of a camp that are given back (A5, A8). What begins there is told as for a class. */
export const aboutCamps = {
  'camp-drop-requested': {
    title: 'Drop of camp days requested',
    when: 'A family asked to give back days of a camp.',
    own: ['student_name', 'student_first', 'class_name', 'days'],
    subject: 'We have your request: [[class_name]]',
    body: letter(
      'We have your request to give back days of [[student_name]] in [[class_name]]: [[days]]. You will hear from us when it is decided.',
    ),
    spanish: {
      subject: 'Recibimos su solicitud: [[class_name]]',
      body: spanishLetter(
        'Recibimos su solicitud para devolver días de [[student_name]] en [[class_name]]: [[days]]. Le avisaremos cuando tomemos una decisión.',
      ),
    },
  },
  'camp-drop-approved': {
    title: 'Drop of camp days approved',
    when: 'Days of a camp were given back, by staff or by itself.',
    own: ['student_name', 'student_first', 'class_name', 'days'],
    subject: 'Days given back: [[class_name]]',
    body: letter('These days of [[student_name]] in [[class_name]] are given back: [[days]].'),
    spanish: {
      subject: 'Días devueltos: [[class_name]]',
      body: spanishLetter('Estos días de [[student_name]] en [[class_name]] quedan devueltos: [[days]].'),
    },
  },
  'camp-drop-denied': {
    title: 'Drop of camp days denied',
    when: 'A request to give back days of a camp was denied.',
    own: ['student_name', 'student_first', 'class_name', 'days'],
    subject: 'About your request: [[class_name]]',
    body: letter(
      'We could not take back these days of [[student_name]] in [[class_name]]: [[days]]. Talk to us about what else is possible.',
    ),
    spanish: {
      subject: 'Sobre su solicitud: [[class_name]]',
      body: spanishLetter(
        'No pudimos aceptar la devolución de estos días de [[student_name]] en [[class_name]]: [[days]]. Hable con nosotros sobre qué más es posible.',
      ),
    },
  },
} as const satisfies Record<string, Automatic>
