import { type Automatic, letter, spanishLetter } from './automatic'

/** The notices about drops, transfers, absences and makeups (A5, OA10 to OA14). */
export const aboutClasses = {
  'drop-requested': {
    title: 'Drop requested',
    when: 'A family asked to leave a class.',
    own: ['student_name', 'student_first', 'class_name', 'class_schedule', 'last_day'],
    subject: 'We have your request to leave [[class_name]]',
    body: letter(
      'We have your request: the last day of [[student_name]] in [[class_schedule]] would be [[last_day]]. You will hear from us when it is decided.',
    ),
    spanish: {
      subject: 'Recibimos su solicitud para dejar [[class_name]]',
      body: spanishLetter(
        'Recibimos su solicitud: el último día de [[student_name]] en [[class_schedule]] sería el [[last_day]]. Le avisaremos cuando tomemos una decisión.',
      ),
    },
  },
  'drop-approved': {
    title: 'Drop approved',
    when: 'A drop was approved, by staff or by itself.',
    own: ['student_name', 'student_first', 'class_name', 'class_schedule', 'last_day'],
    subject: '[[student_first]] leaves [[class_name]]',
    body: letter('The last day of [[student_name]] in [[class_schedule]] is [[last_day]].'),
    spanish: {
      subject: '[[student_first]] deja [[class_name]]',
      body: spanishLetter('El último día de [[student_name]] en [[class_schedule]] es el [[last_day]].'),
    },
  },
  'drop-denied': {
    title: 'Drop denied',
    when: 'A request to leave a class was denied.',
    own: ['student_name', 'student_first', 'class_name', 'class_schedule', 'last_day'],
    subject: 'About your request: [[class_name]]',
    body: letter(
      'We could not drop [[student_name]] from [[class_schedule]] on [[last_day]]. Talk to us about what else is possible.',
    ),
    spanish: {
      subject: 'Sobre su solicitud: [[class_name]]',
      body: spanishLetter(
        'No pudimos dar de baja a [[student_name]] de [[class_schedule]] el [[last_day]]. Comuníquese con nosotros para ver qué otra opción hay.',
      ),
    },
  },
  'transfer-requested': {
    title: 'Transfer requested',
    when: 'A family asked to move to another class.',
    own: ['student_name', 'student_first', 'from_class', 'to_class', 'to_schedule', 'transfer_date'],
    subject: 'We have your request: [[from_class]] to [[to_class]]',
    body: letter(
      'We have your request to move [[student_name]] from [[from_class]] to [[to_schedule]] on [[transfer_date]]. You will hear from us when it is decided.',
    ),
    spanish: {
      subject: 'Recibimos su solicitud: de [[from_class]] a [[to_class]]',
      body: spanishLetter(
        'Recibimos su solicitud para cambiar a [[student_name]] de [[from_class]] a [[to_schedule]] el [[transfer_date]]. Le avisaremos cuando tomemos una decisión.',
      ),
    },
  },
  'transfer-approved': {
    title: 'Transfer approved',
    when: 'A transfer was approved, by staff or by itself.',
    own: ['student_name', 'student_first', 'from_class', 'to_class', 'to_schedule', 'transfer_date'],
    subject: '[[student_first]] moves to [[to_class]]',
    body: letter('[[student_name]] moves from [[from_class]] to [[to_schedule]] on [[transfer_date]].'),
    spanish: {
      subject: '[[student_first]] pasa a [[to_class]]',
      body: spanishLetter('[[student_name]] pasa de [[from_class]] a [[to_schedule]] el [[transfer_date]].'),
    },
  },
  'transfer-waitlisted': {
    title: 'Transfer to a waitlist',
    when: 'A transfer was approved into the waitlist of a class that is full.',
    own: ['student_name', 'student_first', 'from_class', 'to_class', 'to_schedule'],
    subject: '[[student_first]] is on the waitlist: [[to_class]]',
    body: letter(
      '[[to_class]] is full, so [[student_name]] is on the waitlist of [[to_schedule]] and keeps the place in [[from_class]].',
    ),
    spanish: {
      subject: '[[student_first]] está en la lista de espera: [[to_class]]',
      body: spanishLetter(
        '[[to_class]] no tiene lugares libres, así que [[student_name]] está en la lista de espera de [[to_schedule]] y conserva su lugar en [[from_class]].',
      ),
    },
  },
  'transfer-denied': {
    title: 'Transfer denied',
    when: 'A request to move to another class was denied.',
    own: ['student_name', 'student_first', 'from_class', 'to_class'],
    subject: 'About your request: [[to_class]]',
    body: letter(
      'We could not move [[student_name]] from [[from_class]] to [[to_class]]. [[student_first]] keeps the place in [[from_class]].',
    ),
    spanish: {
      subject: 'Sobre su solicitud: [[to_class]]',
      body: spanishLetter(
        'No pudimos cambiar a [[student_name]] de [[from_class]] a [[to_class]]. [[student_first]] conserva su lugar en [[from_class]].',
      ),
    },
  },
  'absence-requested': {
    title: 'Absence told, to be approved',
    when: 'A family told of an absence that staff approve.',
    own: ['student_name', 'student_first', 'missed_classes'],
    subject: '[[student_first]] will not come',
    body: letter(
      'We know that [[student_name]] will not come: [[missed_classes]]. You will hear from us when it is approved.',
    ),
    spanish: {
      subject: '[[student_first]] no vendrá',
      body: spanishLetter(
        'Sabemos que [[student_name]] no vendrá: [[missed_classes]]. Le avisaremos cuando quede aprobado.',
      ),
    },
  },
  'class-canceled': {
    title: 'Class canceled',
    when: 'Staff canceled a class on one day and chose to tell the families.',
    own: ['class_name', 'class_day', 'reason'],
    subject: '[[class_name]] is canceled on [[class_day]]',
    body: letter('[[class_name]] does not take place on [[class_day]]: [[reason]]'),
    spanish: {
      subject: '[[class_name]] se cancela el [[class_day]]',
      body: spanishLetter('[[class_name]] no se dará el [[class_day]]: [[reason]]'),
    },
  },
  'class-held-after-all': {
    title: 'Class held after all',
    when: 'Staff brought a canceled class back and chose to tell the families.',
    own: ['class_name', 'class_day'],
    subject: '[[class_name]] takes place on [[class_day]] after all',
    body: letter('[[class_name]] was canceled on [[class_day]]. It takes place after all.'),
    spanish: {
      subject: '[[class_name]] sí se dará el [[class_day]]',
      body: spanishLetter('[[class_name]] se había cancelado el [[class_day]]. Sí se dará.'),
    },
  },
  'absence-noted': {
    title: 'Absence noted',
    when: 'A family told of an absence that needs no approval.',
    own: ['student_name', 'student_first', 'missed_classes'],
    subject: '[[student_first]] will not come',
    body: letter('We know that [[student_name]] will not come: [[missed_classes]].'),
    spanish: {
      subject: '[[student_first]] no vendrá',
      body: spanishLetter('Sabemos que [[student_name]] no vendrá: [[missed_classes]].'),
    },
  },
  'absence-approved': {
    title: 'Absence approved',
    when: 'Staff approved an absence.',
    own: ['student_name', 'missed_classes'],
    subject: 'The absence is noted',
    body: letter('We noted that [[student_name]] will not come: [[missed_classes]].'),
    spanish: {
      subject: 'La ausencia quedó anotada',
      body: spanishLetter('Anotamos que [[student_name]] no vendrá: [[missed_classes]].'),
    },
  },
  'absence-denied': {
    title: 'Absence denied',
    when: 'Staff denied an absence.',
    own: ['student_name', 'missed_classes'],
    subject: 'About the absence you told us',
    body: letter('We could not approve the absence of [[student_name]]: [[missed_classes]]. Talk to us about it.'),
    spanish: {
      subject: 'Sobre la ausencia que nos avisó',
      body: spanishLetter(
        'No pudimos aprobar la ausencia de [[student_name]]: [[missed_classes]]. Comuníquese con nosotros al respecto.',
      ),
    },
  },
  'makeup-booked': {
    title: 'Makeup booked',
    when: 'A family used a makeup token and the place was approved by itself.',
    own: ['student_name', 'student_first', 'class_name', 'class_schedule', 'start_date'],
    subject: 'Makeup booked: [[class_name]]',
    body: letter('[[student_name]] makes up in [[class_schedule]] on [[start_date]].'),
    spanish: {
      subject: 'Clase de recuperación reservada: [[class_name]]',
      body: spanishLetter('[[student_name]] recupera su clase en [[class_schedule]] el [[start_date]].'),
    },
  },
  'makeup-requested': {
    title: 'Makeup requested',
    when: 'A family asked for a makeup.',
    own: ['student_name', 'student_first', 'class_name', 'class_schedule', 'start_date'],
    subject: 'We have your request: makeup in [[class_name]]',
    body: letter(
      'We have your request: [[student_name]] would make up in [[class_schedule]] on [[start_date]]. The place is kept until it is decided.',
    ),
    spanish: {
      subject: 'Recibimos su solicitud: recuperación en [[class_name]]',
      body: spanishLetter(
        'Recibimos su solicitud: [[student_name]] recuperaría su clase en [[class_schedule]] el [[start_date]]. El lugar queda reservado hasta que tomemos una decisión.',
      ),
    },
  },
} as const satisfies Record<string, Automatic>
