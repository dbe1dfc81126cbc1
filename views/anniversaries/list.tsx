import { List } from '../ui/list'
import { Section } from '../ui/record'

export type FamilyFees = { name: string; whose: string; next: string; amount: string; href?: string }[]

/** The anniversary fees of a family: for whom, when next, how much. */
export const FamilyFeesSection = ({ fees }: { fees: FamilyFees }) => (
  <Section title="Anniversary Fees">
    <List
      caption="Anniversary Fees"
      rows={fees}
      columns={[
        {
          head: 'Fee',
          cell: ({ name, whose, href }) => {
            const said = `${name} of ${whose}`
            return href ? <a href={href}>{said}</a> : said
          },
        },
        { head: 'Next due', cell: ({ next }) => next, label: true },
        { head: 'Amount', cell: ({ amount }) => amount, num: true, label: true },
      ]}
    />
  </Section>
)
