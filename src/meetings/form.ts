import * as z from 'zod'
import { note, tick } from '../forms'

/** Why, and what it brings; families read the reason, so there has to be one. */
export const cancelForm = z.object({
  reason: note('Reason', 300).refine(text => text !== null, 'Say why: the families read it.'),
  tell: tick,
  tokens: tick,
})
