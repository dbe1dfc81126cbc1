import * as paths from '../../src/paths'
import type { MatrixPart } from '../../src/staff/rights'
import { count, Empty, Notice } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { type Errors, FormError, FormKey, TextField, TickField } from '../ui/form'
import { List } from '../ui/list'
import { RecordHead, Section } from '../ui/record'
import { Matrix } from './rights'

/** Groups of staff. */
export const GroupsPage = ({
  slug,
  groups,
  mayChange,
  done,
}: {
  slug: string
  groups: { id: number; name: string; members: number; says: string }[]
  mayChange: boolean
  done?: string
}) => {
  const at = paths.office(slug)
  return (
    <>
      <RecordHead trail={[{ label: 'Staff', href: at.staff() }]} title="Groups">
        {mayChange && <ButtonLink href={at.newStaffGroup}>Add Group</ButtonLink>}
      </RecordHead>
      {done && <Notice tone="green">{done}</Notice>}
      <section class="card" aria-label="Groups">
        {groups.length ? (
          <List
            caption="Groups"
            rows={groups}
            columns={[
              { head: 'Group', cell: group => <a href={at.staffGroup(group.id)}>{group.name}</a> },
              { head: 'Active staff', cell: group => group.members, label: true },
              { head: 'Permissions', cell: group => group.says, label: true },
            ]}
          />
        ) : (
          <Empty icon="staff">
            A group gives everybody in it the same permissions, such as the front desk or the coaches.
          </Empty>
        )}
      </section>
    </>
  )
}

/** A group and what it gives, or a new one. */
export const GroupPage = ({
  slug,
  group,
  keys,
  mayChange,
  why,
  name,
  admin,
  matrix,
  errors,
}: {
  slug: string
  /** Nothing for a new one. */
  group?: { id: number; name: string; members: number; was: string }
  keys: [save: string, end: string]
  mayChange: boolean
  /** Why it cannot be changed. */
  why?: string
  name: string
  /** Only where it is theirs to give or has been given. */
  admin?: boolean
  matrix: MatrixPart[]
  errors?: Errors
}) => {
  const at = paths.office(slug)
  return (
    <>
      <RecordHead
        trail={[
          { label: 'Staff', href: at.staff() },
          { label: 'Groups', href: at.staffGroups() },
        ]}
        title={group?.name ?? 'Add Group'}
        about={group && count(group.members, 'active person', 'active people')}
      />
      {why && <Notice tone="amber">{why}</Notice>}
      <div class="stack">
        <form
          class="stack"
          method="post"
          action={group ? at.staffGroup(group.id) : at.staffGroups()}
          aria-label={group ? 'Change group' : 'Add group'}
        >
          <FormKey value={keys[0]} />
          {group && <input type="hidden" name="was" value={group.was} />}
          <FormError>{errors?.form}</FormError>
          <Section title="Group">
            <fieldset class="stack" disabled={!mayChange || undefined}>
              <TextField
                label="Name"
                name="name"
                value={name}
                maxlength={60}
                error={errors?.name}
                focus={Boolean(errors?.name)}
                required
              />
              {admin !== undefined && (
                <TickField
                  label="Admin access"
                  name="admin"
                  checked={admin}
                  hint="Everything, whatever stands below."
                />
              )}
            </fieldset>
          </Section>
          <Matrix parts={matrix} locked={!mayChange} errors={errors} />
          <div class="rowed">
            {mayChange && <Button look="primary">Save</Button>}{' '}
            <ButtonLink look="plain" href={at.staffGroups()}>
              {mayChange ? 'Cancel' : 'Back'}
            </ButtonLink>
          </div>
        </form>
        {group && mayChange && (
          <form method="post" action={at.staffGroupDeletion(group.id)} aria-label="Delete group">
            <FormKey value={keys[1]} />
            <Button look="danger" about={group.name}>
              Delete
            </Button>{' '}
            <span class="quiet">Whoever is in it keeps what they have otherwise.</span>
          </form>
        )}
      </div>
    </>
  )
}
