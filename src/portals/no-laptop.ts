import { Hono } from 'hono'
import type { Env } from '../env'

/** What a deployment has instead of laptop.ts: nothing, so that no demo can ever be made there. */
export const laptop = new Hono<{ Bindings: Env }>()
