import type { KeptForm } from '../../views/auth/log-in'
import type { Form } from '../forms'

/** Where a log-in may lead: only into the same portal. */
export const inside = (home: string, path: unknown) =>
  typeof path === 'string' && (path === home || path.startsWith(`${home}/`)) && !path.includes('\\') ? path : undefined

/** A form that waits behind the log-in, as the pages on the way carry it. */
export function keptIn(home: string, form: Form): KeptForm | undefined {
  const path = inside(home, form.kept_path)
  return path && typeof form.kept_body === 'string' ? { path, body: form.kept_body } : undefined
}
