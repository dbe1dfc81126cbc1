/** Absences, transfers, drops and the waitlist, as families ask for them. */
export const requests: Record<string, string> = {
  Drop: 'Dar de baja',
  'Request Drop': 'Solicitar la baja',
  'Drop date': 'Fecha de la baja',
  'The last day in the class.': 'El último día en la clase.',
  Reason: 'Motivo',
  'Choose a reason from the list.': 'Elija un motivo de la lista.',
  'The place is given up at once. We look at what was paid and get in touch.':
    'El lugar se deja enseguida. Miramos lo que se pagó y nos comunicamos con usted.',
  'We look at it and write to you. Until then nothing changes, and you can withdraw it.':
    'Lo miramos y le escribimos. Hasta entonces nada cambia, y puede retirarlo.',
  Transfer: 'Cambiar',
  'Request Transfer': 'Solicitar el cambio',
  'New class': 'Nueva clase',
  'Transfer date': 'Fecha del cambio',
  'The first day in the new class.': 'El primer día en la nueva clase.',
  'The move happens at once. An enrollment can be transferred once.':
    'El cambio se hace enseguida. Una inscripción se puede cambiar una vez.',
  'We look at it and write to you. Until then the place stays yours. An enrollment can be transferred once.':
    'Lo miramos y le escribimos. Hasta entonces el lugar sigue siendo suyo. Una inscripción se puede cambiar una vez.',
  full: 'llena',
  '{count} open': '{count} libres',
  'Cancel Waitlist': 'Salir de la lista de espera',
  'The place in the line is given up.': 'Se deja el lugar en la fila.',
  'Create Future Absence By Date': 'Crear ausencia futura por fecha',
  'Create Future Absence By Enrollment': 'Crear ausencia futura por inscripción',
  'Create Absence': 'Crear ausencia',
  Until: 'Hasta',
  'Only for a few hours; leave both empty for whole days.':
    'Solo por unas horas; deje ambas vacías para días completos.',
  'None are planned.': 'No hay ninguna prevista.',
  '{count} absences': '{count} ausencias',
  'Done. It stands in the list.': 'Listo. Está en la lista.',
  'Tell us at least {hours} hours before the class. Later ones wait for somebody to look at them.':
    'Avise al menos {hours} horas antes de la clase. Las que lleguen más tarde esperan a que alguien las mire.',
  'Somebody looks at it and writes to you.': 'Alguien lo mira y le escribe.',
  'Fill in both times, or leave both empty.': 'Escriba las dos horas, o deje ambas vacías.',
  'This is before From.': 'Es anterior a Desde.',
  'Choose at least one class.': 'Elija al menos una clase.',
}
