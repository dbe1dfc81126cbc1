/** Why an act did not happen: every sentence of src/refusals.ts (a test compares). */
export const refusals: Record<string, string> = {
  'A dashboard holds 24 widgets. Remove one first.': 'Un panel admite 24 elementos. Quite uno primero.',
  'This person does not work here any more.': 'Esta persona ya no trabaja aquí.',
  'This announcement was deleted.': 'Este anuncio fue eliminado.',
  'This was deleted, or somebody else wrote it.': 'Esto fue eliminado, o lo escribió otra persona.',
  'This request is not there any more.': 'Esta solicitud ya no existe.',
  'This has permissions or locations that you do not have, so somebody who has them must change it.':
    'Esto tiene permisos o sedes que usted no tiene, así que debe cambiarlo quien los tenga.',
  'Nobody can give more than they have.': 'Nadie puede dar más de lo que tiene.',
  'Somebody else has to change your own permissions.': 'Sus propios permisos los tiene que cambiar otra persona.',
  'The account needs an owner who can log in. Make somebody else an owner first.':
    'La cuenta necesita un propietario que pueda entrar. Primero haga propietaria a otra persona.',
  'Choose locations at which you work too.': 'Elija sedes en las que usted también trabaja.',
  'Groups count at every location, so somebody who works at all of them must change them.':
    'Los grupos valen en todas las sedes, así que debe cambiarlos quien trabaje en todas.',
  'Somebody else on the staff logs in with this address.': 'Otra persona del personal entra con esta dirección.',
  'This was already handled.': 'Esto ya se resolvió.',
  'There is a template of that name already.': 'Ya hay una plantilla con ese nombre.',
  'Somebody changed this at the same moment. Look again, then decide.':
    'Alguien cambió esto en el mismo momento. Mírelo otra vez y decida.',
  'Somebody still comes to this location. Look at what runs there, then close it.':
    'Todavía viene alguien a esta sede. Mire lo que hay allí y luego ciérrela.',
  'The business needs a location. Open another one before this one closes.':
    'El negocio necesita una sede. Abra otra antes de cerrar esta.',
  'This location is closed. Open it again first, or choose another one.':
    'Esta sede está cerrada. Ábrala otra vez primero, o elija otra.',
  'This class is inactive. Activate it first.': 'Esta clase está inactiva. Actívela primero.',
  'Say that it may happen all the same, then send it again.':
    'Indique que puede hacerse de todos modos y envíelo otra vez.',
  'Something hangs on this enrollment, so it cannot be deleted. Drop it instead.':
    'Algo depende de esta inscripción, así que no se puede borrar. Dela de baja.',
  'The first of those days has come. Enroll the student for days that are left instead.':
    'El primero de esos días ya ha llegado. Inscriba mejor al alumno en los días que quedan.',
  'The billing period of that drop is over. Enroll the student again instead.':
    'El período de cobro de esa baja terminó. Inscriba al alumno otra vez.',
  'The class is full on those dates.': 'La clase está llena en esas fechas.',
  'This student already has an enrollment in that class on those dates.':
    'Este alumno ya está inscrito en esa clase en esas fechas.',
  'This student is already on that waitlist.': 'Este alumno ya está en esa lista de espera.',
  'This class takes no enrollments online.': 'Esta clase no admite inscripciones en línea.',
  'Registration for this class has not opened yet.': 'La inscripción a esta clase aún no ha abierto.',
  'Registration for this class is over.': 'La inscripción a esta clase terminó.',
  'Only families with priority can enroll in this class for now.':
    'Por ahora solo pueden inscribirse en esta clase las familias con prioridad.',
  'Only families who are new here can enroll online now.':
    'Ahora solo pueden inscribirse en línea las familias nuevas.',
  'Only families who were enrolled here before can enroll online now.':
    'Ahora solo pueden inscribirse en línea las familias que ya estuvieron inscritas aquí.',
  'There is a balance past its due date. Pay it first.': 'Hay un saldo vencido. Páguelo primero.',
  'That date is sooner than we take enrollments.': 'Esa fecha es antes de lo que admitimos inscripciones.',
  'The class does not meet on those dates.': 'La clase no se da en esas fechas.',
  'The student is too young for this on that date.': 'El alumno es muy pequeño para esto en esa fecha.',
  'The student is too old for this on that date.': 'El alumno es muy mayor para esto en esa fecha.',
  'This is for another group.': 'Esto es para otro grupo.',
  'The class does not meet on that day.': 'La clase no se da ese día.',
  'A required policy has not been accepted yet.': 'Falta aceptar una política obligatoria.',
  'Start date is missing.': 'Falta: fecha de inicio.',
  'A move into a higher level is for our staff to give: ask us.':
    'El paso a un nivel más alto lo decide nuestro personal: pregúntenos.',
  'That date has passed.': 'Esa fecha ya pasó.',
  'That date is further ahead than we take enrollments.': 'Esa fecha está más lejos de lo que admitimos inscripciones.',
  'That date is sooner than the notice we need.': 'Esa fecha es antes del aviso que necesitamos.',
  'This student is enrolled, waits or is booked from tomorrow on. Drop and cancel that first: places and money are settled there.':
    'Este estudiante está inscrito, en espera o tiene una cita a partir de mañana. Dé de baja y cancele eso primero: ahí se arreglan los lugares y el dinero.',
  'Type the name as it stands here, so that nobody is deleted by mistake.':
    'Escriba el nombre tal como aparece aquí, para que no se borre a nadie por error.',
  'The enrollment ends before that day already.': 'La inscripción ya termina antes de ese día.',
  'A drop is already asked for.': 'Ya se pidió una baja.',
  'An enrollment can be transferred once, and this one was or is about to be.':
    'Una inscripción se puede cambiar una vez, y esta ya se cambió o está por cambiarse.',
  'A transfer is already asked for.': 'Ya se pidió un cambio.',
  'Only current and future enrollments can be transferred.': 'Solo se pueden cambiar inscripciones actuales y futuras.',
  'These dates would end an enrollment before it begins.':
    'Con estas fechas una inscripción terminaría antes de empezar.',
  'Choose another class than the one the student is in.': 'Elija otra clase que la del alumno.',
  'Tell at most two months at once, the first day first.': 'Avise de dos meses como máximo, con el primer día primero.',
  'That absence was already told.': 'Esa ausencia ya está avisada.',
  'No class of this student meets then.': 'Este alumno no tiene clases entonces.',
  'Your access is a limited view. Ask the primary guardian to do this.':
    'Su acceso es limitado. Pida al tutor principal que lo haga.',
  'The profile of this student is not complete.': 'El perfil de este alumno no está completo.',
  'Only the other household of this student can enroll here.':
    'Solo el otro hogar de este alumno puede inscribirlo aquí.',
  'The business has switched this off.': 'El negocio tiene esto desactivado.',
  'There is nothing to pay.': 'No hay nada que pagar.',
  'That is more than is owed.': 'Eso es más de lo que se debe.',
  'The payment was declined. Nothing was charged.': 'El pago fue rechazado. No se cobró nada.',
  'We have no answer from the bank yet. Send this again in a moment: you will not be charged twice.':
    'El banco aún no responde. Envíelo otra vez en un momento: no se le cobrará dos veces.',
  'A payment of this account is just under way. Look again in a moment.':
    'Un pago de esta cuenta está en curso. Mire otra vez en un momento.',
  'The payment page did not open. Nothing was charged. Try again in a moment.':
    'La página de pago no se abrió. No se cobró nada. Inténtelo otra vez en un momento.',
  'This account is not configured to accept online payments.':
    'Esta cuenta no está configurada para aceptar pagos en línea.',
  'Only guardians who are allowed to pay can do this. Ask the primary guardian.':
    'Solo pueden hacerlo los tutores con permiso para pagar. Pregunte al tutor principal.',
  'That card or bank account was not understood. Nothing was charged.':
    'No se reconoció esa tarjeta o cuenta. No se cobró nada.',
  'There is no credit to apply.': 'No hay crédito que aplicar.',
  'Choose something first.': 'Primero elija algo.',
  'That is not for sale any more.': 'Eso ya no está a la venta.',
  'That amount cannot be used here.': 'Esa cantidad no se puede usar aquí.',
  'That is sooner than the notice we need.': 'Eso es antes del aviso que necesitamos.',
  'This student already has that time.': 'Este alumno ya tiene esa hora.',
  'Choose another time than the one that is booked.': 'Elija otra hora que la reservada.',
  'Another time is already asked for.': 'Ya se pidió otra hora.',
  'No gift certificate has that code.': 'Ningún certificado de regalo tiene ese código.',
  'That discount schedule is deleted, so it cannot be attached.':
    'Esa tabla de descuentos está borrada y no se puede usar.',
  'Somebody else has just taken that time.': 'Otra persona acaba de tomar esa hora.',
  'That time has passed.': 'Esa hora ya pasó.',
  'This time belongs to another family. Only those whom it invites can book it.':
    'Esta hora es de otra familia. Solo pueden reservarla las personas que ella invita.',
  'The places that are left are kept for those who are invited. Take an invitation back first.':
    'Los lugares que quedan se guardan para las personas invitadas. Retire antes una invitación.',
  'Only the family that booked this time first can invite others to it.':
    'Solo la familia que reservó primero esta hora puede invitar a otras.',
  'Every place of this time is taken or kept for somebody who is invited.':
    'Todos los lugares de esta hora están ocupados o guardados para alguien invitado.',
  'The price has changed. Look at it again, then decide.': 'El precio ha cambiado. Mírelo de nuevo y decida.',
  'We are closed on that day.': 'Ese día estamos cerrados.',
  'There are not enough of these left.': 'No quedan suficientes.',
  'A guardian can keep three payment methods. Delete one first.':
    'Un tutor puede guardar tres métodos de pago. Borre uno primero.',
  'A saved payment method for recurring billing is required, so this one has to stay.':
    'Se exige un método guardado para cobros recurrentes, así que este debe quedarse.',
  'This policy can only be accepted.': 'Esta política solo se puede aceptar.',
  'Only the primary guardian can do this.': 'Solo el tutor principal puede hacerlo.',
  'A required policy has to be shown on the web, or nobody could accept it.':
    'Una política obligatoria debe mostrarse en la web, o nadie podría aceptarla.',
  'This guardian has that already.': 'Este tutor ya lo tiene.',
  'A guardian can keep ten of these. Delete one first.': 'Un tutor puede guardar diez. Borre uno primero.',
  'A guardian can keep five addresses. Delete one first.':
    'Un tutor puede guardar cinco direcciones. Borre una primero.',
  'This is a log-in address: only the guardian who logs in with it can change it, and it has to stay.':
    'Es una dirección de acceso: solo la cambia el tutor que entra con ella, y debe quedarse.',
  'The password does not fit.': 'La contraseña no es correcta.',
  'You have already asked for this. The office was told.': 'Ya lo pidió. La oficina está avisada.',
  'That did not open. Check that the address has the right account name, and check the e-mail and the password.':
    'No se abrió. Revise que la dirección tenga el nombre de cuenta correcto, y el correo y la contraseña.',
  'Check the details and try again.': 'Revise los datos e inténtelo otra vez.',
  'This needs a decision, so it cannot be dismissed.': 'Esto necesita una decisión y no se puede descartar.',
  'Not everything on the pick list is ticked yet.': 'Aún no está todo marcado en la lista.',
  'There is nothing to approve here.': 'No hay nada que aprobar aquí.',
  'There is nothing to deny here.': 'No hay nada que negar aquí.',
  'This one needs a choice: open it first.': 'Esto necesita una elección: ábralo primero.',
  'The place was kept for a while and is free again. Choose it once more.':
    'El lugar se guardó un tiempo y quedó libre. Elíjalo otra vez.',
  'This student already has a place in that class in the cart.':
    'Este alumno ya tiene un lugar en esa clase en el carrito.',
  'There is nothing in the cart.': 'No hay nada en el carrito.',
  'The cart or a price in it has changed. Look at it again, then send it.':
    'El carrito o un precio cambió. Mírelo otra vez y envíelo.',
  'A payment method for recurring billing has to be on file first. Nothing is charged for storing it.':
    'Primero debe haber un método de pago guardado para cobros recurrentes. Guardarlo no cuesta nada.',
  'No promo code is spelled like that.': 'Ningún código promocional se escribe así.',
  'That code is not valid yet.': 'Ese código aún no vale.',
  'That code is over. Check for a newer one.': 'Ese código terminó. Busque uno más nuevo.',
  'That code has been used as often as it can be.': 'Ese código ya se usó todas las veces posibles.',
  'Your family has used that code already.': 'Su familia ya usó ese código.',
  'A fee in it was charged or changed at the same moment. Look again.':
    'Una cuota se cobró o cambió en el mismo momento. Mírelo otra vez.',
  'That code is not for anything in the cart.': 'Ese código no sirve para nada de lo que hay en el carrito.',
  'This file was already imported.': 'Este archivo ya se importó.',
  'The file ends in the middle, so nothing of it was imported.':
    'El archivo termina a la mitad, así que no se importó nada.',
  'Families need a location to belong to, and this business has none yet.':
    'Las familias necesitan una sede, y este negocio aún no tiene ninguna.',
  'Those settings do not fit. Choose a location of this business and from 1 to 999 places.':
    'Esos valores no sirven. Elija una sede de este negocio y de 1 a 999 lugares.',
  'An e-mail can carry three files. Take one off first.': 'Un correo puede llevar tres archivos. Quite uno primero.',
  'This e-mail has gone already, or was called off, so it cannot be changed.':
    'Este correo ya salió o se canceló, así que no se puede cambiar.',
  'A version of a template stays as it is. Save a new one.':
    'Una versión de una plantilla queda como está. Guarde una nueva.',
  'That can be noted once the time has begun.': 'Eso se puede anotar cuando haya empezado la hora.',
  'Another variation has that SKU.': 'Otra variación tiene ese SKU.',
  'There is something of that name already.': 'Ya hay algo con ese nombre.',
  'This zone is at another location.': 'Esta zona está en otra sede.',
  'The instructor has something at one of these times already.': 'El instructor ya tiene algo a una de esas horas.',
  'This gift certificate has nothing left.': 'A este certificado de regalo no le queda nada.',
  'That did not happen: something broke on our side and was noted.':
    'No se hizo: algo falló de nuestro lado y quedó anotado.',
  'This form has lost its key, so nothing was done. Open its page again and send it once more.':
    'Este formulario perdió su clave y no se hizo nada. Abra su página y envíelo otra vez.',
  'That is not the code.': 'Ese no es el código.',
  'That code does not open any more. Log in once more.': 'Ese código ya no sirve. Inicie sesión otra vez.',
  'That passkey did not open. Log in with your password, or try again.':
    'Esa llave de acceso no abrió. Entre con su contraseña o inténtelo otra vez.',
  'A log-in can have ten passkeys. Remove one first.': 'Un acceso puede tener diez llaves. Quite una primero.',
  'Too many tries. Wait a little, then try again.': 'Demasiados intentos. Espere un poco e inténtelo otra vez.',
  'This was already sent.': 'Esto ya se envió.',
  'The bill dates of a class cannot change between sessions and rolling sessions.':
    'Las fechas de cobro de una clase no pueden cambiar entre sesiones y sesiones continuas.',
  'A waitlist place becomes an enrollment by transfer.':
    'Un lugar en lista de espera pasa a inscripción mediante un cambio.',
  'An enrollment moves by transfer.': 'Una inscripción se mueve mediante un cambio.',
  'A published policy stays as it is. Publish a new version.':
    'Una política publicada queda como está. Publique una nueva versión.',
  'The books would not balance, so nothing was written.': 'Las cuentas no cuadrarían, así que no se escribió nada.',
  'That ledger entry is closed.': 'Ese asiento está cerrado.',
  'The books are only added to.': 'A los libros solo se añade.',
  'The audit log is only added to.': 'Al registro de auditoría solo se añade.',
  'That did not happen. Look again, then try once more.': 'No se hizo. Mire otra vez e inténtelo de nuevo.',
  'This link was used already, has run out or was taken back. Ask for a new one.':
    'Este enlace ya se usó, venció o fue retirado. Pida uno nuevo.',
  'A family can have ten guardians.': 'Una familia puede tener diez tutores.',
  'A family needs its primary guardian. Only other guardians can be removed.':
    'Una familia necesita su tutor principal. Solo se puede quitar a los demás.',
  'One of these families changed since you looked. Look again, then merge.':
    'Una de estas familias cambió mientras usted la miraba. Vuelva a mirar y únalas después.',
  'Choose another record of the same family.': 'Elija otra ficha de la misma familia.',
  'One of these records changed since you looked. Look again, then merge.':
    'Una de estas fichas cambió desde que usted la miró. Vuelva a mirar y luego una.',
  'Both are in the same class, or wait for it, at the same time. Drop one of them there first.':
    'Ambos están en la misma clase, o en su lista de espera, al mismo tiempo. Dé de baja primero a uno de ellos.',
  'Choose two to five families to merge.': 'Elija de dos a cinco familias para unirlas.',
  'Two of the guardians you keep log in with the same address. Keep one of them.':
    'Dos de los tutores que quedan inician sesión con la misma dirección. Deje solo uno.',
  'The primary guardian has to be one of those you keep.': 'El tutor principal tiene que ser uno de los que quedan.',
  'A payment of one of these families is just under way. Look again in a moment.':
    'Un pago de una de estas familias está en curso. Vuelva a mirar en un momento.',
  'The time to undo this merge is over.': 'Ya pasó el plazo para deshacer esta unión.',
  'Another merge came after this one. Undo that one first.':
    'Después de esta hubo otra unión. Deshaga primero aquella.',
  'Add an e-mail address first.': 'Primero agregue una dirección de correo.',
  'This address already logs in to this family.': 'Esta dirección ya inicia sesión en esta familia.',
  'Attendance is taken on the day of the class or later.': 'La asistencia se toma el día de la clase o después.',
  'The class is canceled on that day.': 'La clase está cancelada ese día.',
  'Attendance was taken on that day already, so the class cannot be canceled.':
    'La asistencia de ese día ya se tomó, así que la clase no se puede cancelar.',
  'That day is over, so the class cannot be brought back.': 'Ese día ya pasó, así que la clase no se puede recuperar.',
  'This makeup token cannot be used for that: it was used already, has run out, or is for other classes.':
    'Este vale de reposición no sirve para eso: ya se usó, venció o es para otras clases.',
  'The makeup token of this absence is used already. Take that makeup back first.':
    'El vale de reposición de esta ausencia ya se usó. Primero retire esa reposición.',
  'That stands here already.': 'Eso ya está aquí.',
  'This camp takes no enrollments online.': 'Este campamento no admite inscripciones en línea.',
  'This camp is over.': 'Este campamento ha terminado.',
  'One of those days is full. Choose other days.': 'Uno de esos días está completo. Elija otros días.',
  'There is a place left on one of those days. Choose it instead of the waitlist.':
    'En uno de esos días queda un lugar. Elíjalo en vez de la lista de espera.',
  'One of those days cannot be chosen any more. Look again, then choose.':
    'Uno de esos días ya no se puede elegir. Mire otra vez y elija.',
  'This camp asks something that is not answered yet. Choose its days once more.':
    'Este campamento pregunta algo que aún no tiene respuesta. Elija los días otra vez.',
  'The camp meets on one of these days already.': 'El campamento ya tiene uno de estos días.',
  'Somebody has a day of this block, so it has to stay.': 'Alguien tiene un día de este bloque, así que debe quedarse.',
  'A camp needs a block. Add another one first.': 'Un campamento necesita un bloque. Añada otro primero.',
  'Days of a camp are changed by the office. Call us, we will find a way.':
    'Los días de un campamento los cambia la oficina. Llámenos, encontraremos la manera.',
  'This punch pass cannot be used for that: it has no punch left, has run out, or is for something else.':
    'Este pase no sirve para eso: no le quedan usos, ha caducado o es para otra cosa.',
  'Choose the student whom this punch pass is for.': 'Elija el alumno para quien es este pase.',
}
