import { Empty, Notice } from '../ui/bits'
import { Button } from '../ui/button'
import { FormKey } from '../ui/form'
import { List } from '../ui/list'
import { RecordHead } from '../ui/record'

export type UndeliveredProps = {
  listHref: string
  /** Where ticked mails are sent again; nothing for those who may only look. */
  action?: string
  formKey: string
  said?: string
  /** Why mail waits as a whole. */
  waits?: string
  rows: {
    id: number
    href?: string
    subject: string
    family?: string
    address: string
    reason: string
    tries: number
    when: string
  }[]
  next?: string
}

/** Mails that were given up, with the way to try them once more. */
export const UndeliveredPage = ({ listHref, action, formKey, said, waits, rows, next }: UndeliveredProps) => (
  <>
    <RecordHead trail={[{ label: 'Background Tasks', href: listHref }]} title="Undelivered Mail" />
    <div class="stack">
      {waits && <Notice tone="amber">{waits}</Notice>}
      {said && <Notice tone="green">{said}</Notice>}
      <section class="card" aria-label="Undelivered Mail">
        {rows.length ? (
          <>
            <List
              caption="Undelivered Mail"
              rows={rows}
              tick={
                action
                  ? { name: 'mail', value: row => row.id, label: row => `${row.subject}, ${row.address}` }
                  : undefined
              }
              columns={[
                { head: 'Subject', cell: row => (row.href ? <a href={row.href}>{row.subject}</a> : row.subject) },
                {
                  head: 'To',
                  cell: row => (
                    <>
                      {row.family}
                      <span class="sub">{row.address}</span>
                    </>
                  ),
                },
                { head: 'Why', cell: row => row.reason },
                { head: 'Tries', cell: row => row.tries, label: true },
                { head: 'When', cell: row => row.when, label: true },
                ...(action
                  ? [
                      {
                        head: 'Again',
                        cell: (row: UndeliveredProps['rows'][number]) => (
                          <Button
                            form="chosen"
                            name="only"
                            value={String(row.id)}
                            about={`${row.subject}, ${row.address}`}
                          >
                            Send again
                          </Button>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
            {action && (
              <form id="chosen" class="mass" method="post" action={action} aria-label="Actions on the selected rows">
                <FormKey value={formKey} />
                <Button look="primary">Send selected again</Button>
                <span class="picked"></span>
              </form>
            )}
            {next && (
              <p class="body">
                <a class="button" href={next} rel="next">
                  Next
                </a>
              </p>
            )}
          </>
        ) : (
          <Empty icon="check">Every e-mail found its way.</Empty>
        )}
      </section>
    </div>
  </>
)
