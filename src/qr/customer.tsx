import { eq } from 'drizzle-orm'
import { QrPage } from '../../views/qr/code'
import { businessZone } from '../accounts/account'
import { sayDate, today } from '../clock'
import { read } from '../database'
import { customerDoor } from '../doors'
import { found, idIn, leadTo, NotFound, show } from '../http'
import * as paths from '../paths'
import { students } from '../schema/students'
import { drawing, makeCode } from './codes'

/** The QR code of a child, which a reader at the door knows it by (MA8). */
export const qrDoor = customerDoor()

qrDoor.get('/account/students/:id/qr-codes', async c => {
  const account = c.get('account')
  const guardian = c.get('guardian')
  const id = idIn(c.req.param('id'))
  const child = guardian.students.find(each => each.id === id)
  if (!child || !account.settings['portal.show_qr']) throw new NotFound()
  const [rows] = await read(account, [
    account.db.select({ code: students.qrToken, madeAt: students.qrMadeAt }).from(students).where(eq(students.id, id)),
  ])
  const { code, madeAt } = found(rows)
  return show(
    c,
    <QrPage
      shell={c.get('shell')}
      student={{ id, name: `${child.firstName} ${child.lastName}` }}
      code={
        code
          ? { ...drawing(code), made: sayDate(today(madeAt ?? 0, businessZone(account)), { year: true }) }
          : undefined
      }
      formKey={guardian.access === 'full' ? crypto.randomUUID() : undefined}
    />,
  )
})

qrDoor.post('/account/students/:id/qr-codes', async c => {
  const id = idIn(c.req.param('id'))
  const location = paths.portal(c.get('account').slug).qrCodes(id)
  await makeCode(c.get('account'), c.get('guardian'), id, { location })
  return leadTo(c, location)
})
