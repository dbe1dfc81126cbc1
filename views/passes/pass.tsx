import * as paths from '../../src/paths'
import { Pill } from '../ui/bits'
import { List, Pairs } from '../ui/list'
import { RecordHead, Section } from '../ui/record'
import type { Sold } from './office'

/** One pass that was sold, and what its punches were spent on. */
export const PunchPassPage = ({
  slug,
  pass,
  spent,
}: {
  slug: string
  pass: Sold
  spent: { when: string; what: string; student: string; waits: boolean }[]
}) => {
  const at = paths.office(slug)
  return (
    <>
      <RecordHead trail={[{ label: 'Punch Passes', href: at.punchPasses() }]} title={pass.title} about={pass.holder} />
      <div class="stack">
        <Section title="Pass">
          <Pairs
            pairs={[
              { label: 'Holder', value: pass.holder, href: at.family(pass.familyId) },
              { label: 'Used', value: pass.used },
              { label: 'Purchased', value: pass.bought },
              { label: 'Expires', value: pass.expires },
              { label: 'Paid', value: pass.paid },
              { label: 'Status', value: pass.standing },
            ]}
          />
        </Section>
        <Section title="Spent on">
          {spent.length ? (
            <List
              caption="Spent on"
              rows={spent}
              columns={[
                { head: 'When', cell: row => row.when },
                { head: 'What', cell: row => row.what, label: true },
                { head: 'Student', cell: row => row.student, label: true },
                { head: 'State', cell: row => row.waits && <Pill tone="amber">Pending</Pill> },
              ]}
            />
          ) : (
            <p class="quiet">No punch of it is spent.</p>
          )}
        </Section>
      </div>
    </>
  )
}
