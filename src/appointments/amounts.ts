import * as z from 'zod'

/** The cents that were on the page: whatever else stands there is none. */
export const shown = z
  .string()
  .optional()
  .transform(text => (/^\d{1,9}$/.test(text ?? '') ? Number(text) : undefined))
