import { type Automatic, letter, letterTo, spanishLetter, spanishLetterTo } from './automatic'

/** The notices about appointments and parties (A9, A11, OA15). */
export const aboutBookings = {
  'appointment-requested': {
    title: 'Appointment requested',
    when: 'A family asked for an appointment.',
    own: ['student_name', 'appointment', 'service'],
    subject: 'We have your request: [[appointment]]',
    body: letter(
      'We have your request for [[appointment]] for [[student_name]]. The time is kept until it is decided.',
    ),
    spanish: {
      subject: 'Recibimos su solicitud: [[appointment]]',
      body: spanishLetter(
        'Recibimos su solicitud de [[appointment]] para [[student_name]]. El horario queda reservado hasta que tomemos una decisión.',
      ),
    },
  },
  'appointment-booked': {
    title: 'Appointment booked',
    when: 'An appointment was approved, by staff or by itself.',
    own: ['student_name', 'appointment', 'service'],
    subject: 'Booked: [[appointment]]',
    body: letter('[[student_name]] has [[appointment]].'),
    spanish: {
      subject: 'Reservado: [[appointment]]',
      body: spanishLetter('[[student_name]] tiene [[appointment]].'),
    },
  },
  'appointment-denied': {
    title: 'Appointment denied',
    when: 'A request for an appointment was denied.',
    own: ['student_name', 'appointment', 'service'],
    subject: 'About your request: [[service]]',
    body: letter('We could not book [[appointment]] for [[student_name]]. Choose another time, or talk to us.'),
    spanish: {
      subject: 'Sobre su solicitud: [[service]]',
      body: spanishLetter(
        'No pudimos reservar [[appointment]] para [[student_name]]. Elija otro horario o comuníquese con nosotros.',
      ),
    },
  },
  'appointment-canceled': {
    title: 'Appointment canceled',
    when: 'A family gave an appointment, or a request for one, back.',
    own: ['student_name', 'appointment', 'service'],
    subject: 'Canceled: [[appointment]]',
    body: letter('[[appointment]] for [[student_name]] is canceled.'),
    spanish: {
      subject: 'Cancelado: [[appointment]]',
      body: spanishLetter('Se canceló [[appointment]] para [[student_name]].'),
    },
  },
  'appointment-invitation': {
    title: 'Invitation to an appointment',
    when: 'A family invited somebody to a time that it booked, to the address that it gave. The link works once.',
    own: ['guardian_name', 'appointment', 'last_day', 'link_url'],
    subject: '[[guardian_name]] invites you: [[appointment]]',
    body: letterTo(
      'there',
      '[[guardian_name]] invites you to [[appointment]] at [[account_name]].',
      '[See the invitation]([[link_url]]), what it costs, and choose who it is for. A place is kept for you until [[last_day]]; the link works once.',
      'If you know nobody of that name, leave this mail, and nothing happens.',
    ),
    spanish: {
      subject: '[[guardian_name]] le invita: [[appointment]]',
      body: spanishLetterTo(
        null,
        '[[guardian_name]] le invita a [[appointment]] en [[account_name]].',
        '[Ver la invitación]([[link_url]]), cuánto cuesta, y elegir para quién es. Le guardamos un lugar hasta [[last_day]]; el enlace sirve una sola vez.',
        'Si usted no conoce a nadie con ese nombre, no haga nada con este mensaje y no pasará nada.',
      ),
    },
  },
  'appointment-guest': {
    title: 'Invitation to an appointment used',
    when: 'Somebody whom a family invited booked at its time, to the family that invited.',
    own: ['appointment'],
    subject: 'Somebody joins you: [[appointment]]',
    body: letter('One of those you invited chose a place in [[appointment]].'),
    spanish: {
      subject: 'Alguien se une a usted: [[appointment]]',
      body: spanishLetter('Una de las personas que usted invitó eligió un lugar en [[appointment]].'),
    },
  },
  'appointment-host-left': {
    title: 'Family that invited left',
    when: 'The family that invited others to its time does not come, to those who do.',
    own: ['student_name', 'appointment'],
    subject: 'You keep your place: [[appointment]]',
    body: letter(
      'The family that invited you does not come to [[appointment]]. [[student_name]] keeps the place, and what you pay does not go up.',
    ),
    spanish: {
      subject: 'Usted conserva su lugar: [[appointment]]',
      body: spanishLetter(
        'La familia que le invitó no viene a [[appointment]]. [[student_name]] conserva el lugar, y lo que usted paga no sube.',
      ),
    },
  },
  'appointment-cheaper': {
    title: 'Appointment costs less',
    when: 'Another student was booked at the same time, and each of them pays less.',
    own: ['student_name', 'appointment', 'amount'],
    subject: 'You pay less: [[appointment]]',
    body: letter(
      'One more student comes to [[appointment]]. It costs [[student_name]] [[amount]] now, also if somebody leaves again. What you paid beyond that is your credit.',
    ),
    spanish: {
      subject: 'Usted paga menos: [[appointment]]',
      body: spanishLetter(
        'Viene un alumno más a [[appointment]]. Ahora cuesta [[amount]] para [[student_name]], también si alguien se retira después. Lo que usted pagó de más queda como crédito suyo.',
      ),
    },
  },
  'appointment-move-requested': {
    title: 'Move of an appointment requested',
    when: 'A family asked for another time.',
    own: ['student_name', 'service', 'old_time', 'new_time'],
    subject: 'We have your request to move: [[service]]',
    body: letter(
      'We have your request to move [[service]] of [[student_name]] from [[old_time]] to [[new_time]]. Both times are kept until it is decided.',
    ),
    spanish: {
      subject: 'Recibimos su solicitud de cambio: [[service]]',
      body: spanishLetter(
        'Recibimos su solicitud para cambiar [[service]] de [[student_name]]: antes [[old_time]], ahora [[new_time]]. Los dos horarios quedan reservados hasta que tomemos una decisión.',
      ),
    },
  },
  'appointment-moved': {
    title: 'Appointment moved',
    when: 'A move was approved, by staff or by itself.',
    own: ['student_name', 'appointment', 'service', 'old_time'],
    subject: 'Moved: [[appointment]]',
    body: letter('[[student_name]] has [[appointment]] now, instead of [[old_time]].'),
    spanish: {
      subject: 'Nuevo horario: [[appointment]]',
      body: spanishLetter('[[student_name]] tiene ahora [[appointment]], en lugar de [[old_time]].'),
    },
  },
  'appointment-move-denied': {
    title: 'Move of an appointment denied',
    when: 'A request for another time was denied.',
    own: ['student_name', 'service', 'old_time', 'new_time'],
    subject: 'About your request to move: [[service]]',
    body: letter('We could not move [[service]] of [[student_name]] to [[new_time]]. It stays at [[old_time]].'),
    spanish: {
      subject: 'Sobre su solicitud de cambio: [[service]]',
      body: spanishLetter(
        'No pudimos cambiar [[service]] de [[student_name]] a este horario: [[new_time]]. Sigue como estaba: [[old_time]].',
      ),
    },
  },
  'appointment-move-withdrawn': {
    title: 'Move of an appointment withdrawn',
    when: 'A family took back its request for another time.',
    own: ['student_name', 'service'],
    subject: 'Your request to move was withdrawn',
    body: letter('[[service]] of [[student_name]] stays at the time it had before.'),
    spanish: {
      subject: 'Se retiró su solicitud de cambio',
      body: spanishLetter('[[service]] de [[student_name]] sigue en el horario que tenía antes.'),
    },
  },
  'party-requested': {
    title: 'Party requested',
    when: 'A family chose a party that is not paid yet.',
    own: ['party', 'package', 'guests', 'amount'],
    subject: 'We have your party: [[party]]',
    body: letter('[[party]]: [[package]] for [[guests]] guests, [[amount]]. The time is yours; we confirm it soon.'),
    spanish: {
      subject: 'Recibimos su fiesta: [[party]]',
      body: spanishLetter(
        '[[party]]: [[package]] para [[guests]] invitados, [[amount]]. El horario es suyo; lo confirmaremos pronto.',
      ),
    },
  },
  'party-paid': {
    title: 'Party requested and paid',
    when: 'A family chose a party and paid for it.',
    own: ['party', 'package', 'guests', 'amount', 'paid_with'],
    subject: 'We have your party: [[party]]',
    body: letter(
      '[[party]]: [[package]] for [[guests]] guests, [[amount]], paid with [[paid_with]]. The time is yours; we confirm it soon.',
    ),
    spanish: {
      subject: 'Recibimos su fiesta: [[party]]',
      body: spanishLetter(
        '[[party]]: [[package]] para [[guests]] invitados, [[amount]], pagado con [[paid_with]]. El horario es suyo; lo confirmaremos pronto.',
      ),
    },
  },
  'party-confirmed': {
    title: 'Party confirmed',
    when: 'Staff confirmed a party.',
    own: ['party'],
    subject: 'Your party is confirmed: [[party]]',
    body: letter('[[party]] is confirmed.'),
    spanish: {
      subject: 'Su fiesta está confirmada: [[party]]',
      body: spanishLetter('La fiesta está confirmada: [[party]].'),
    },
  },
  'party-moved': {
    title: 'Party moved',
    when: 'Staff moved a party to another time.',
    own: ['party', 'old_time'],
    subject: 'Your party has another time: [[party]]',
    body: letter('[[party]] is the new time, instead of [[old_time]].'),
    spanish: {
      subject: 'Su fiesta tiene otro horario: [[party]]',
      body: spanishLetter('El nuevo horario es [[party]], en lugar de [[old_time]].'),
    },
  },
  'party-canceled': {
    title: 'Party canceled',
    when: 'A party was canceled, by staff or by the family.',
    own: ['party'],
    subject: 'Your party is canceled: [[party]]',
    body: letter('[[party]] is canceled. Talk to us about another day.'),
    spanish: {
      subject: 'Se canceló su fiesta: [[party]]',
      body: spanishLetter('Se canceló la fiesta: [[party]]. Comuníquese con nosotros para elegir otro día.'),
    },
  },
} as const satisfies Record<string, Automatic>
