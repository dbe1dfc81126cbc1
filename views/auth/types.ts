import type { Errors } from '../ui/form'

/** A log-in page: one sentence for every failure, never which half was wrong. */
export type LogInProps = {
  slug: string
  business: string
  email?: string
  error?: string
  /** Where to go afterwards: what a person was about to do survives the log-in. */
  next?: string
  /** Told beside it, such as "You were logged out after 30 minutes." */
  notice?: string
}

export type SignUpProps = {
  slug: string
  business: string
  formKey: string
  values: Partial<Record<string, string>>
  errors?: Errors
  /** How people heard of the business. */
  referrals: { value: string | number; label: string }[]
  /** Which fields the business requires. */
  required: { phone?: boolean; address?: boolean; referral?: boolean; gender?: boolean }
  /** How many children the form has room for. */
  students: number
  next?: string
}
