import type { Child } from 'hono/jsx'
import * as paths from '../../src/paths'
import { safeHref } from '../ui/href'
import { RecordHead } from '../ui/record'

export type FamilyTab =
  | 'details'
  | 'students'
  | 'billing'
  | 'policies'
  | 'notes'
  | 'keywords'
  | 'communication'
  | 'logs'

/** The parts of a family's record, each with an address of its own. */
export const FamilyTabs = ({ slug, id, current }: { slug: string; id: number; current: FamilyTab }) => {
  const at = paths.office(slug)
  const tabs: [FamilyTab, string, string][] = [
    ['details', 'Details', at.family(id)],
    ['students', 'Students', at.familyTab(id, 'students')],
    ['billing', 'Billing', at.familyTab(id, 'billing')],
    ['policies', 'Policies', at.familyPolicies(id)],
    ['notes', 'Notes', at.familyTab(id, 'notes')],
    ['keywords', 'Keywords', at.familyTab(id, 'keywords')],
    ['communication', 'Communication', at.familyTab(id, 'communication')],
    ['logs', 'Logs', at.familyTab(id, 'logs')],
  ]
  return (
    <nav class="tabs" aria-label="Parts of the record">
      <ul role="list">
        {tabs.map(([tab, label, href]) => (
          <li>
            <a href={safeHref(href)} aria-current={tab === current ? 'page' : undefined}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** A tab of a family's record beneath the family's name. */
export const FamilyFrame = ({
  slug,
  family,
  current,
  children,
}: {
  slug: string
  family: { id: number; name: string; state: string }
  current: FamilyTab
  children: Child
}) => (
  <>
    <RecordHead
      trail={[{ label: 'Families', href: paths.office(slug).families() }]}
      title={family.name}
      pills={
        family.state === 'suspended' || family.state === 'merged'
          ? [{ word: family.state === 'merged' ? 'Merged' : 'Suspended', tone: 'amber' as const }]
          : undefined
      }
    />
    <FamilyTabs slug={slug} id={family.id} current={current} />
    {children}
  </>
)
