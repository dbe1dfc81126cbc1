import { publicDoor } from '../doors'
import { idIn } from '../http'
import { classPage } from './class-page'

/** A class of its own, before and after the log-in. */
export const classDoor = publicDoor()

classDoor.get('/classes/:id', c =>
  classPage(c, idIn(c.req.param('id')), { student: Number(c.req.query('child')) || undefined }),
)
