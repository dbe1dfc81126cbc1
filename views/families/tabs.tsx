import { money } from '../../src/money'
import { Pill } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { AreaField, type Errors, FormKey, TickField } from '../ui/form'
import { safeHref } from '../ui/href'
import { List } from '../ui/list'
import { Section } from '../ui/record'

/** What a family owes and pays with: of its methods no more than what names them. */
export const FamilyBilling = ({
  cents,
  currency,
  ledgerHref,
  methods,
}: {
  cents: number
  currency: string
  ledgerHref: string
  methods: {
    kind: string
    brand: string | null
    lastFour: string
    expires: string | null
    holder: string
    recurring: boolean
    isDefault: boolean
    invalid: boolean
  }[]
}) => (
  <div class="stack">
    <Section title="Balance">
      <p>
        <b>{money(Math.abs(cents), currency)}</b>{' '}
        {cents > 0 ? 'owed' : cents < 0 ? 'of credit' : 'owed: all is settled'}
      </p>
      <ButtonLink icon="money" href={ledgerHref}>
        Ledger
      </ButtonLink>
    </Section>
    <Section title="Payment methods">
      {methods.length ? (
        <List
          caption="Payment methods"
          rows={methods}
          columns={[
            {
              head: 'Method',
              cell: ({ kind, brand, lastFour }) => `${[kind, brand].filter(Boolean).join(', ')} ending in ${lastFour}`,
            },
            { head: 'Whose', cell: ({ holder }) => holder, label: true },
            { head: 'Expires', cell: ({ expires }) => expires, label: true },
            {
              head: 'State',
              cell: ({ recurring, isDefault, invalid }) => (
                <>
                  {isDefault && <Pill>Default</Pill>} {recurring && <Pill tone="green">Autopay</Pill>}{' '}
                  {invalid && <Pill tone="red">Declined</Pill>}
                </>
              ),
            },
          ]}
        />
      ) : (
        <p class="quiet">None on file. Guardians store them in the Customer Portal.</p>
      )}
    </Section>
  </div>
)

/** What staff wrote down about a family; families never see it. */
export const FamilyNotes = ({
  action,
  formKey,
  typed,
  errors,
  notes,
}: {
  action: string
  /** For those who may write. */
  formKey?: string
  typed: Partial<Record<string, string>>
  errors?: Errors
  notes: {
    body: string
    pinned: boolean
    who: string
    when: string
    pinAction: string
    removalAction: string
    keys?: readonly [string, string]
  }[]
}) => (
  <div class="stack">
    {formKey && (
      <form class="stack" method="post" action={action} aria-label="Add note">
        <FormKey value={formKey} />
        <AreaField
          label="Note"
          name="body"
          hint="Only staff read it."
          value={typed.body}
          error={errors?.body}
          focus={Boolean(errors?.body)}
          maxlength={4000}
          required
        />
        <TickField label="Pin it to the top" name="pinned" checked={typed.pinned !== undefined} />
        <div>
          <Button look="primary">Add note</Button>
        </div>
      </form>
    )}
    <Section title="Notes">
      {notes.length ? (
        <ul class="history" role="list">
          {notes.map(({ body, pinned, who, when, pinAction, removalAction, keys }) => (
            <li>
              {pinned && <Pill tone="amber">Pinned</Pill>} {body}{' '}
              <small>
                {who}, {when}
              </small>
              {keys && (
                <div class="rowacts">
                  <form method="post" action={pinAction}>
                    <FormKey value={keys[0]} />
                    <Button name="to" value={pinned ? 'off' : 'on'} about={`the note of ${when}`}>
                      {pinned ? 'Unpin' : 'Pin'}
                    </Button>
                  </form>
                  <form method="post" action={removalAction}>
                    <FormKey value={keys[1]} />
                    <Button about={`the note of ${when}`}>Remove</Button>
                  </form>
                </div>
              )}
            </li>
          ))}
        </ul>
      ) : (
        <p class="quiet">No notes yet.</p>
      )}
    </Section>
  </div>
)

/** What was done about a family, by whom, with what stood there before and after. */
export const FamilyLogs = ({
  rows,
  next,
}: {
  rows: { when: string; who: string; summary: string; before: string | null; after: string | null }[]
  next?: string
}) => (
  <Section title="Audit Log">
    {rows.length ? (
      <List
        caption="Audit Log"
        rows={rows}
        columns={[
          { head: 'When', cell: row => row.when },
          { head: 'Who', cell: row => row.who, label: true },
          {
            head: 'What',
            cell: row => (
              <>
                {row.summary}
                {(row.before || row.after) && (
                  <details>
                    <summary>Before and after</summary>
                    {row.before && <span class="sub">Before: {row.before}</span>}
                    {row.after && <span class="sub">After: {row.after}</span>}
                  </details>
                )}
              </>
            ),
          },
        ]}
      />
    ) : (
      <p class="quiet">Nothing yet.</p>
    )}
    {next && (
      <a class="button" href={safeHref(next)} rel="next">
        Next
      </a>
    )}
  </Section>
)
