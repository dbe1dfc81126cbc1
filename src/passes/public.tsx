import { publicDoor } from '../doors'
import { passesPage } from './shelf-page'

/** Punch passes that are for sale, before and after the log-in (CP4). */
export const passShelfDoor = publicDoor()

passShelfDoor.get('/punch-passes', c => passesPage(c))
