import * as z from 'zod'
import { sharings } from './sharing'

/** How places are shared; a form that says nothing of it leaves that to the number of places. */
export const sharing = z.enum(sharings, 'Choose how the places are shared.').optional()

/** Sharing with others needs a place for one of them. */
export function enoughPlaces(form: { sharing?: string; places?: number }, context: z.RefinementCtx) {
  if (form.sharing && form.sharing !== 'private' && (form.places ?? 2) < 2)
    context.addIssue({ code: 'custom', path: ['places'], message: 'Sharing needs two places or more.' })
}
