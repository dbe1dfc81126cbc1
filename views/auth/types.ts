import type { StudentAsks } from '../portal/student-fields'
import type { Errors } from '../ui/form'

/** A new family, with what it typed so far. */
export type SignUpProps = {
  slug: string
  business: string
  formKey: string
  values: Partial<Record<string, string>>
  errors?: Errors
  /** How people heard of the business. */
  referrals: { value: string | number; label: string }[]
  /** Where the business is, when it is in several places. */
  locations: { value: string | number; label: string }[]
  /** Why nobody can sign up now. */
  closed?: string
  /** Which fields the business requires. */
  required: { phone: boolean; referral: boolean }
  /** Which it asks at all. */
  asked: { phone: boolean; address: boolean }
  /** What it requires of a student. */
  asks: StudentAsks
  /** How many children the form has room for. */
  students: number
  next?: string
}
