import * as paths from '../../src/paths'
import { Empty, Notice, Pill } from '../ui/bits'
import { Button } from '../ui/button'
import {
  AreaField,
  asking,
  type Errors,
  FormError,
  FormKey,
  type Option,
  SelectField,
  TextField,
  TickField,
} from '../ui/form'
import { List } from '../ui/list'
import { ListPage, Section } from '../ui/record'

type Asked = { key: string; values: Record<string, string | string[] | undefined>; errors?: Errors }

export type PunchPassesProps = {
  slug: string
  mayAct: boolean
  saved?: string
  status: 'active' | 'inactive'
  programs: Option[]
  /** Of appointments. */
  services: Option[]
  products: (Asked & { id: number; title: string; about: string; retired: boolean })[]
  newProduct: Asked
  sold: (Sold & { key: string })[]
  next?: string
}

/** A pass that was sold, as its row says it. */
export type Sold = {
  id: number
  title: string
  familyId: number
  holder: string
  used: string
  bought: string
  expires: string
  paid: string
  standing: string
  suspended: boolean
}

type Offered = { programs: Option[]; services: Option[] }

const Ticks = ({
  legend,
  name,
  options,
  chosen,
}: {
  legend: string
  name: string
  options: Option[]
  chosen: string[]
}) => (
  <fieldset class="field">
    <legend>{legend}</legend>
    {options.map(({ value, label }) => (
      <label class="tickline">
        <input type="checkbox" name={name} value={value} checked={chosen.includes(String(value)) || undefined} />
        {label}
      </label>
    ))}
    <p class="hint">None means all of them.</p>
  </fieldset>
)

const names = ['title', 'description', 'holder', 'price', 'punches', 'valid_days', 'uses']

const Fields = ({ values, errors, programs, services, prefix }: Asked & Offered & { prefix: string }) => {
  const of = asking({ values, errors, prefix }, ...names)
  return (
    <>
      <FormError>{errors?.form}</FormError>
      <TextField label="Title" maxlength={80} required {...of('title')} />
      <AreaField label="Description" maxlength={1000} {...of('description')} />
      <SelectField
        label="Holder"
        options={[
          { value: 'family', label: 'Family: any of its students' },
          { value: 'student', label: 'Student' },
        ]}
        {...of('holder')}
      />
      <TextField label="Price" inputmode="decimal" required {...of('price')} />
      <TextField label="Punches" type="number" min={1} max={500} required {...of('punches')} />
      <TextField
        label="Valid days"
        type="number"
        min={1}
        max={3650}
        hint="From its purchase; empty does not expire."
        {...of('valid_days')}
      />
      <SelectField
        label="Good for"
        options={[
          { value: 'classes', label: 'Days of classes' },
          { value: 'appointments', label: 'Appointments' },
          { value: 'both', label: 'Days of classes and appointments' },
        ]}
        {...of('uses')}
      />
      <Ticks legend="Allowed programs" name="program" options={programs} chosen={[values.program ?? []].flat()} />
      {services.length > 0 && (
        <Ticks
          legend="Allowed services of appointments"
          name="service"
          options={services}
          chosen={[values.service ?? []].flat()}
        />
      )}
      <TickField label="Show in the Customer Portal" name="show" id={`${prefix}-show`} checked={Boolean(values.show)} />
    </>
  )
}

/** Punch passes: those that were sold, and what can be sold. */
export const PunchPassesPage = (props: PunchPassesProps) => {
  const { slug, mayAct, saved, status, programs, services, products, newProduct, sold, next } = props
  const at = paths.office(slug)
  return (
    <div class="stack">
      {saved && <Notice tone="green">{saved}</Notice>}
      <ListPage
        title="Punch Passes"
        filter={
          <SelectField
            label="Status"
            name="status"
            options={[
              { value: 'active', label: 'Active' },
              { value: 'inactive', label: 'Inactive' },
            ]}
            value={status}
          />
        }
        next={next}
      >
        {sold.length ? (
          <List
            caption="Punch passes that were sold"
            rows={sold}
            columns={[
              { head: 'Punch pass', cell: row => <a href={at.punchPass(row.id)}>{row.title}</a> },
              { head: 'Holder', cell: row => <a href={at.family(row.familyId)}>{row.holder}</a>, label: true },
              { head: 'Used', cell: row => row.used, label: true },
              { head: 'Purchased', cell: row => row.bought, label: true },
              { head: 'Expires', cell: row => row.expires, label: true },
              { head: 'Paid', cell: row => row.paid, label: true, num: true },
              {
                head: 'Status',
                cell: row =>
                  row.standing === 'active' ? <Pill tone="green">Active</Pill> : <Pill>{row.standing}</Pill>,
              },
              {
                head: 'Change',
                cell: row =>
                  mayAct ? (
                    <form method="post" action={at.passSuspension(row.id)}>
                      <FormKey value={row.key} />
                      <Button
                        name="act"
                        value={row.suspended ? 'resume' : 'suspend'}
                        about={`${row.title}, ${row.holder}`}
                      >
                        {row.suspended ? 'Resume' : 'Suspend'}
                      </Button>
                    </form>
                  ) : null,
              },
            ]}
          />
        ) : (
          <Empty icon="pass">No punch pass here.</Empty>
        )}
      </ListPage>
      <Section title="For sale">
        <div class="stack">
          {products.map(product => (
            <details open={Boolean(product.errors)}>
              <summary>
                <b>{product.title}</b>, {product.about} {product.retired && <Pill>Not for sale any more</Pill>}
              </summary>
              {mayAct && (
                <form class="stack" method="post" action={at.passProduct(product.id)} aria-label={product.title}>
                  <FormKey value={product.key} />
                  <Fields {...product} programs={programs} services={services} prefix={`product-${product.id}`} />
                  <TickField
                    label="Not for sale any more"
                    name="retired"
                    id={`product-${product.id}-retired`}
                    checked={Boolean(product.values.retired)}
                  />
                  <p>
                    <Button about={product.title}>Save</Button>
                  </p>
                </form>
              )}
            </details>
          ))}
          {!products.length && <p class="quiet">No punch pass has been made.</p>}
        </div>
      </Section>
      {mayAct && (
        <Section title="New punch pass">
          <form class="stack" method="post" action={at.passProducts} aria-label="New punch pass">
            <FormKey value={newProduct.key} />
            <Fields {...newProduct} programs={programs} services={services} prefix="new-product" />
            <p>
              <Button look="primary">Add punch pass</Button>
            </p>
          </form>
        </Section>
      )}
    </div>
  )
}
