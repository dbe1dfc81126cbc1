import * as paths from '../../src/paths'
import { Notice, Pill } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { FormError, FormKey, type Option, TickField } from '../ui/form'
import { List, Pairs } from '../ui/list'
import { RecordHead, Section } from '../ui/record'
import { Questions, type QuestionsProps } from './asked'
import { type Asked, BlockFields, CampFields } from './fields'
import { Waiting, type WaitingProps } from './waiting'

export type CampRecordProps = {
  slug: string
  id: number
  name: string
  active: boolean
  facts: { label: string; value: string }[]
  portalHref: string
  mayAct: boolean
  /** Gives somebody days of it, for those who may. */
  enrollHref?: string
  saved?: string
  change: Asked
  block: Asked
  removalError?: string
  options: { types: Option[]; pricings: Option[] }
  /** Nothing where nobody can wait. */
  waiting?: Pick<WaitingProps, 'mayAct' | 'error' | 'rows'>
  asks: Pick<QuestionsProps, 'kinds' | 'questions' | 'newQuestion' | 'answers'>
  blocks: {
    id: number
    key: string
    name: string
    days: {
      date: string
      hours: string
      taken: number
      places: number
      students: { id: number; name: string; asked: boolean }[]
    }[]
  }[]
}

/** One camp: its days with who comes, and what can be changed. */
export const CampRecordPage = (props: CampRecordProps) => {
  const { slug, id, name, active, facts, portalHref, mayAct, saved, change, block, removalError, options, blocks } =
    props
  const at = paths.office(slug)
  return (
    <>
      <RecordHead
        trail={[{ label: 'Camps', href: at.camps() }]}
        title={name}
        pills={[active ? { word: 'Active', tone: 'green' } : { word: 'Inactive' }]}
      >
        {props.enrollHref && (
          <ButtonLink icon="plus" href={props.enrollHref}>
            Enroll
          </ButtonLink>
        )}
        <a href={portalHref}>Customer Portal</a>
      </RecordHead>
      {saved && <Notice tone="green">{saved}</Notice>}
      <FormError>{removalError}</FormError>
      <div class="stack">
        <Section title="Details">
          <Pairs pairs={facts} />
        </Section>
        {blocks.map(one => (
          <Section title={one.name} id={`block-${one.id}`}>
            <List
              caption={one.name}
              rows={one.days}
              columns={[
                { head: 'Day', cell: row => row.date },
                { head: 'Time', cell: row => row.hours, label: true },
                { head: 'Taken', cell: row => `${row.taken} of ${row.places}`, label: true },
                {
                  head: 'Students',
                  label: true,
                  cell: row =>
                    row.students.map((student, nth) => (
                      <>
                        {nth > 0 && ', '}
                        <a href={at.student(student.id)}>{student.name}</a>
                        {student.asked && (
                          <>
                            {' '}
                            <Pill tone="red">Pending</Pill>
                          </>
                        )}
                      </>
                    )),
                },
              ]}
            />
            {mayAct && (
              <form method="post" action={at.campBlockRemoval(id, one.id)}>
                <FormKey value={one.key} />
                <Button look="plain" about={one.name}>
                  Remove block
                </Button>
              </form>
            )}
          </Section>
        ))}
        {props.waiting && <Waiting slug={slug} campId={id} {...props.waiting} />}
        <Questions slug={slug} campId={id} mayAct={mayAct} {...props.asks} />
        {mayAct && (
          <>
            <Section title="Add days">
              <form class="stack" method="post" action={at.campBlocks(id)} aria-label="Add days">
                <FormKey value={block.key} />
                <FormError>{block.errors?.form}</FormError>
                <BlockFields {...block} />
                <p class="hint">The name of a block that is there adds days to it.</p>
                <p>
                  <Button look="primary">Add days</Button>
                </p>
              </form>
            </Section>
            <Section title="Change camp">
              <form class="stack" method="post" action={at.camp(id)} aria-label="Change camp">
                <FormKey value={change.key} />
                <CampFields {...change} types={options.types} pricings={options.pricings} />
                <TickField label="Active" name="active" checked={Boolean(change.values.active)} />
                <p>
                  <Button>Save</Button>
                </p>
              </form>
            </Section>
          </>
        )}
      </div>
    </>
  )
}
