import { Hono } from 'hono'
import { demoDoor } from '../demo/local'
import type { Env } from '../env'
import { importDoor } from '../import/local'
import { playDoor } from '../play/local'

/** Doors of a laptop, behind a secret that `npm start` makes up. A deployment is built with no-laptop.ts in this place. */
export const laptop = new Hono<{ Bindings: Env }>()

laptop.route('/', demoDoor)
laptop.route('/__import', importDoor)
laptop.route('/__play', playDoor)
