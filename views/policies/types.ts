import type { Errors } from '../ui/form'

export interface PolicyGroup {
  title: string
  about: string
  rows: {
    href: string
    name: string
    active: boolean
    required: boolean
    showWeb: boolean
    version: number
    /** "Nov 12, 2026" */
    published: string
  }[]
}

/** A policy as its form shows it. */
export interface PolicyTyped {
  name: string
  kind: string
  body: string
  active: boolean
  required: boolean
  showWeb: boolean
}

export interface PolicyFormProps {
  policiesHref: string
  title: string
  /** Where the form goes; nothing for who only looks. */
  action?: string
  formKey: string
  /** The version that was open when the form was drawn; none for a new policy. */
  version?: number
  kinds: { value: string; label: string }[]
  typed: PolicyTyped
  errors?: Errors
  said?: string
  /** Leads to an Email Blast to the families, after a publication. */
  tellHref?: string
  versions: { number: number; by: string; body: string }[]
  /** What somebody else published while this was being written. */
  meanwhile?: { number: number; by: string; body: string }
}
