import * as paths from '../../src/paths'
import { Pill } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { AreaField, type Errors, FormError, FormKey, firstError, type Option, SelectField, TextField } from '../ui/form'
import { List } from '../ui/list'
import { RecordHead, Section } from '../ui/record'

export type TokenRow = {
  id: number
  program: string
  location: string
  /** "Nov 30, 2026 by owner@demo.test" */
  issued: string
  expires: string
  comment: string | null
  state: 'available' | 'pending' | 'expired' | 'spent'
  /** The class that it was used for, and when. */
  used?: { text: string; href: string }
}

const states = {
  available: { word: 'Available', tone: 'green' },
  pending: { word: 'Pending', tone: 'blue' },
  expired: { word: 'Expired', tone: 'amber' },
  spent: { word: 'Spent', tone: undefined },
} as const

/** The Makeup Tokens of a student's record: how each stands, and who spent which. */
export const TokensSection = ({
  slug,
  studentId,
  tokens,
  mayCreate,
  mayOpen,
}: {
  slug: string
  studentId: number
  tokens: TokenRow[]
  mayCreate: boolean
  mayOpen: boolean
}) => (
  <Section title="Makeup Tokens">
    {tokens.length ? (
      <List
        caption="Makeup Tokens"
        rows={tokens}
        columns={[
          {
            head: 'Token',
            cell: ({ id, program, location, comment }) => (
              <>
                {mayOpen ? <a href={paths.office(slug).token(id)}>{program}</a> : program}, {location}
                {comment && <span class="sub">{comment}</span>}
              </>
            ),
          },
          { head: 'Issued', cell: ({ issued }) => issued, label: true },
          { head: 'Expires', cell: ({ expires }) => expires, label: true },
          {
            head: 'State',
            cell: ({ state, used }) => (
              <>
                <Pill tone={states[state].tone}>{states[state].word}</Pill>{' '}
                {used && <a href={used.href}>{used.text}</a>}
              </>
            ),
          },
        ]}
      />
    ) : (
      <p class="quiet">No makeup tokens.</p>
    )}
    {mayCreate && <ButtonLink href={paths.office(slug).studentTokens(studentId)}>Issue Makeup Token</ButtonLink>}
  </Section>
)

type TermsProps = {
  slug: string
  programs: Option[]
  values: Partial<Record<string, string>>
  errors?: Errors
}

const Terms = ({ programs, values, errors, first }: Omit<TermsProps, 'slug'> & { first?: string }) => (
  <>
    <SelectField
      label="Program"
      name="program"
      options={[{ value: '', label: 'Choose' }, ...programs]}
      value={values.program}
      error={errors?.program}
      focus={first === 'program'}
      required
    />
    <TextField
      label="Expires"
      name="expires"
      type="date"
      hint="The last day of use. Empty means that it does not expire."
      value={values.expires}
      error={errors?.expires}
      focus={first === 'expires'}
    />
    <AreaField
      label="Comment"
      name="comment"
      hint="The family reads it."
      value={values.comment}
      maxlength={500}
      error={errors?.comment}
    />
  </>
)

/** Issue Makeup Token. */
export const NewTokenPage = ({
  slug,
  formKey,
  student,
  families,
  locations,
  ...terms
}: TermsProps & {
  formKey: string
  student: { id: number; name: string }
  families: Option[]
  locations: Option[]
}) => {
  const at = paths.office(slug)
  const { values, errors } = terms
  const first = firstError(errors, 'family', 'location', 'program', 'expires')
  return (
    <>
      <RecordHead
        trail={[
          { label: 'Students', href: at.students() },
          { label: student.name, href: at.student(student.id) },
        ]}
        title="Issue Makeup Token"
      />
      <form class="card" method="post" action={at.studentTokens(student.id)}>
        <div class="body stack">
          <FormKey value={formKey} />
          <FormError>{errors?.form}</FormError>
          <SelectField
            label="Family"
            name="family"
            options={families}
            value={values.family}
            error={errors?.family}
            focus={first === 'family'}
          />
          <SelectField
            label="Location"
            name="location"
            options={locations}
            value={values.location}
            error={errors?.location}
            focus={first === 'location'}
          />
          <Terms {...terms} first={first} />
          <div>
            <Button look="primary">Issue Makeup Token</Button>
          </div>
        </div>
      </form>
    </>
  )
}

/** One token: what staff can change, and taking it away. */
export const TokenPage = ({
  slug,
  formKeys,
  token,
  mayEdit,
  mayDelete,
  ...terms
}: TermsProps & {
  formKeys: [string, string]
  token: { id: number; studentId: number; locationName: string; used: boolean }
  mayEdit: boolean
  mayDelete: boolean
}) => {
  const at = paths.office(slug)
  const { errors } = terms
  return (
    <>
      <RecordHead
        trail={[
          { label: 'Students', href: at.students() },
          { label: 'Student', href: at.student(token.studentId) },
        ]}
        title={`Makeup Token ${token.id}`}
        about={token.locationName}
      />
      <div class="stack">
        <FormError>{errors?.form}</FormError>
        {mayEdit && (
          <form class="card" method="post" action={at.token(token.id)}>
            <div class="body stack">
              <FormKey value={formKeys[0]} />
              <Terms {...terms} first={firstError(errors, 'program', 'expires')} />
              <div>
                <Button look="primary">Save</Button>
              </div>
            </div>
          </form>
        )}
        {token.used && <p class="quiet">A makeup holds this token, so it cannot be deleted.</p>}
        {mayDelete && (
          <form method="post" action={at.tokenDeletion(token.id)}>
            <FormKey value={formKeys[1]} />
            <Button look="danger">Delete Makeup Token</Button>
          </form>
        )}
      </div>
    </>
  )
}
