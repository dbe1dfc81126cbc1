import * as paths from '../../src/paths'
import { Empty, Notice, Pill, type Tone } from '../ui/bits'
import { Button } from '../ui/button'
import { FormKey } from '../ui/form'
import { List } from '../ui/list'
import { ListPage } from '../ui/record'

/** Gift certificates, the newest first, with what is left of each. Codes are never shown: only their hash is kept. */
export const GiftsOfficePage = ({
  slug,
  state,
  done,
  error,
  mayAct,
  mayFamilies,
  rows,
  next,
}: {
  slug: string
  state: string
  done?: string
  error?: string
  mayAct: boolean
  mayFamilies: boolean
  rows: {
    id: number
    key: string
    when: string
    lastFour: string
    worth: string
    left: string
    family: string
    familyId: number | null
    receiver: string
    state: { word: string; tone?: Tone }
    mayVoid: boolean
  }[]
  next?: string
}) => {
  const at = paths.office(slug)
  return (
    <>
      {done && <Notice tone="green">{done}</Notice>}
      {error && <Notice tone="red">{error}</Notice>}
      <ListPage
        title="Gift Certificates"
        links={[{ label: 'Products', href: at.products() }]}
        next={next}
        filter={
          <label>
            Show{' '}
            <select name="state">
              <option value="">All</option>
              <option value="left" selected={state === 'left'}>
                With something left
              </option>
            </select>
          </label>
        }
      >
        {rows.length ? (
          <List
            caption="Gift certificates"
            rows={rows}
            columns={[
              { head: 'Code', cell: row => `ending ${row.lastFour}` },
              { head: 'Bought', cell: row => row.when, label: true },
              {
                head: 'By',
                cell: row =>
                  mayFamilies && row.familyId ? <a href={at.family(row.familyId)}>{row.family}</a> : row.family,
                label: true,
              },
              { head: 'For', cell: row => row.receiver, label: true },
              { head: 'Worth', cell: row => row.worth, num: true, label: true },
              { head: 'Left', cell: row => row.left, num: true, label: true },
              { head: 'State', cell: row => <Pill tone={row.state.tone}>{row.state.word}</Pill> },
              {
                head: 'Void',
                cell: row =>
                  mayAct && row.mayVoid ? (
                    <details>
                      <summary>Void</summary>
                      <form method="post" action={at.giftVoiding(row.id)}>
                        <FormKey value={row.key} />
                        <p>{row.left} are lost for whoever has the code.</p>
                        <Button look="danger" about={`ending ${row.lastFour}`}>
                          Void it
                        </Button>
                      </form>
                    </details>
                  ) : null,
              },
            ]}
          />
        ) : (
          <Empty icon="gift">No gift certificate has been bought.</Empty>
        )}
      </ListPage>
    </>
  )
}
