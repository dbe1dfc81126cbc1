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
  Options,
  SelectField,
  TextField,
  TickField,
} from '../ui/form'
import { List } from '../ui/list'
import { ListPage, RecordHead, Section } from '../ui/record'

type Asked = { key: string; values: Partial<Record<string, string>>; errors?: Errors }

const choose = { value: '', label: 'Choose' }

const ProductFields = ({
  asked: { values, errors },
  programs,
  mayHide,
}: {
  asked: Asked
  programs: Option[]
  /** A new one is active. */
  mayHide: boolean
}) => {
  const text = asking({ values, errors }, 'title', 'description', 'category', 'program')
  return (
    <>
      <FormError>{errors?.form}</FormError>
      <TextField label="Title" {...text('title')} maxlength={80} required />
      <AreaField label="Description" {...text('description')} maxlength={1000} />
      <TextField
        label="Category"
        {...text('category')}
        hint="What it is listed under; a new name makes one."
        maxlength={60}
      />
      <SelectField label="Program" {...text('program')} options={[choose, ...programs]} required />
      <TickField label="Show on web" name="web" checked={Boolean(values.web)} />
      {mayHide && <TickField label="Active" name="active" checked={Boolean(values.active)} />}
    </>
  )
}

/** What is for sale; the active ones unless asked otherwise. */
export const ProductsPage = ({
  slug,
  q,
  status,
  saved,
  mayAct,
  rows,
  next,
  adding,
  programs,
}: {
  slug: string
  q: string
  status: string
  saved?: string
  mayAct: boolean
  rows: {
    id: number
    title: string
    category: string
    variations: number
    onHand: number
    active: boolean
    web: boolean
  }[]
  next?: string
  adding: Asked
  programs: Option[]
}) => {
  const at = paths.office(slug)
  return (
    <>
      {saved && <Notice tone="green">{saved}</Notice>}
      <ListPage
        title="Products"
        links={[{ label: 'Gift Certificates', href: at.gifts() }]}
        next={next}
        filter={
          <>
            <label>
              Search <input type="search" name="q" value={q} size={22} maxlength={80} />
            </label>
            <label>
              Status{' '}
              <select name="status">
                <option value="">Active</option>
                <option value="inactive" selected={status === 'inactive'}>
                  Inactive
                </option>
              </select>
            </label>
          </>
        }
      >
        {rows.length ? (
          <List
            caption="Products"
            rows={rows}
            columns={[
              { head: 'Product', cell: row => <a href={at.product(row.id)}>{row.title}</a> },
              { head: 'Category', cell: row => row.category, label: true },
              { head: 'Variations', cell: row => row.variations, num: true, label: true },
              { head: 'In stock', cell: row => row.onHand, num: true, label: true },
              { head: 'Web', cell: row => (row.web ? <Pill tone="green">Shown</Pill> : <Pill>Hidden</Pill>) },
            ]}
          />
        ) : (
          <Empty icon="shop">No product fits these filters.</Empty>
        )}
      </ListPage>
      {mayAct && (
        <Section title="New product">
          <form class="stack" method="post" action={at.products()}>
            <FormKey value={adding.key} />
            <ProductFields asked={adding} programs={programs} mayHide={false} />
            <p>
              <Button look="primary">Add product</Button>
            </p>
          </form>
        </Section>
      )}
    </>
  )
}

const VariationFields = ({ asked: { values, errors }, prefix }: { asked: Asked; prefix: string }) => {
  const text = asking({ values, errors, prefix }, 'name', 'price', 'sale', 'sku')
  return (
    <>
      <FormError>{errors?.form}</FormError>
      <TextField label="Name" {...text('name')} hint="Such as “Size S”." maxlength={80} required />
      <TextField label="Price" {...text('price')} inputmode="decimal" required />
      <TextField label="Sale price" {...text('sale')} inputmode="decimal" hint="Empty while there is no sale." />
      <TextField label="SKU" {...text('sku')} maxlength={40} />
      <TickField label="Count its stock" name="stocked" id={`${prefix}-stocked`} checked={Boolean(values.stocked)} />
    </>
  )
}

type Variation = {
  id: number
  name: string
  price: string
  retired: boolean
  stocked: boolean
  shelves: { place: string; onHand: number }[]
  edit: Asked
  stock: Asked
}

const StockForm = ({ slug, item, locations }: { slug: string; item: Variation; locations: Option[] }) => {
  const { key, values, errors } = item.stock
  const id = (name: string) => `stock-${item.id}-${name}`
  return (
    <form class="stack" method="post" action={paths.office(slug).stock(item.id)}>
      <FormKey value={key} />
      <FormError>{errors?.form}</FormError>
      <div class="when">
        <SelectField
          label="Location"
          name="location"
          id={id('location')}
          options={locations}
          value={values.location}
          error={errors?.location}
        />
        <TextField
          label="Quantity"
          name="quantity"
          id={id('quantity')}
          type="number"
          min={0}
          max={99999}
          value={values.quantity}
          error={errors?.quantity}
          focus={Boolean(errors?.quantity)}
          required
        />
        <div class="field">
          <label for={id('how')}>How</label>
          <select id={id('how')} name="how">
            <Options
              options={[
                { value: 'received', label: 'Received: add these' },
                { value: 'counted', label: 'Counted: there are so many' },
              ]}
              value={values.how}
            />
          </select>
          {errors?.how && <p class="error">{errors.how}</p>}
        </div>
        <Button about={item.name}>Save stock</Button>
      </div>
    </form>
  )
}

/** One product: its words, its variations with their prices, and what lies on the shelves. */
export const ProductPage = ({
  slug,
  id,
  title,
  mayAct,
  saved,
  product,
  variations,
  adding,
  locations,
  programs,
}: {
  slug: string
  id: number
  title: string
  mayAct: boolean
  saved?: string
  product: Asked
  variations: Variation[]
  adding: Asked
  locations: Option[]
  programs: Option[]
}) => {
  const at = paths.office(slug)
  return (
    <>
      <RecordHead trail={[{ label: 'Products', href: at.products() }]} title={title} />
      {saved && <Notice tone="green">{saved}</Notice>}
      <div class="stack">
        <Section title="Variations">
          {variations.length ? (
            <List
              caption="Variations"
              rows={variations}
              columns={[
                {
                  head: 'Name',
                  cell: row => (
                    <>
                      {row.name} {row.retired && <Pill>Not for sale</Pill>}
                    </>
                  ),
                },
                { head: 'Price', cell: row => row.price, label: true },
                {
                  head: 'In stock',
                  cell: row =>
                    row.stocked
                      ? row.shelves.map(({ place, onHand }) => `${place}: ${onHand}`).join(', ')
                      : 'not counted',
                  label: true,
                },
                {
                  head: 'Change',
                  cell: row =>
                    mayAct ? (
                      <>
                        <details open={Boolean(row.edit.errors)}>
                          <summary>
                            Edit <span class="away">{row.name}</span>
                          </summary>
                          <form class="stack" method="post" action={at.variant(row.id)}>
                            <FormKey value={row.edit.key} />
                            <VariationFields asked={row.edit} prefix={`variant-${row.id}`} />
                            <TickField
                              label="Not for sale any more"
                              name="retired"
                              id={`variant-${row.id}-retired`}
                              checked={Boolean(row.edit.values.retired)}
                            />
                            <p>
                              <Button about={row.name}>Save</Button>
                            </p>
                          </form>
                        </details>
                        {row.stocked && (
                          <details open={Boolean(row.stock.errors)}>
                            <summary>
                              Stock <span class="away">{row.name}</span>
                            </summary>
                            <StockForm slug={slug} item={row} locations={locations} />
                          </details>
                        )}
                      </>
                    ) : null,
                },
              ]}
            />
          ) : (
            <p class="quiet">Nothing can be bought before there is a variation with its price.</p>
          )}
        </Section>
        {mayAct && (
          <Section title="New variation">
            <form class="stack" method="post" action={at.productVariants(id)}>
              <FormKey value={adding.key} />
              <VariationFields asked={adding} prefix="new" />
              <p>
                <Button look="primary">Add variation</Button>
              </p>
            </form>
          </Section>
        )}
        {mayAct && (
          <Section title="Product">
            <form class="stack" method="post" action={at.product(id)}>
              <FormKey value={product.key} />
              <ProductFields asked={product} programs={programs} mayHide />
              <p>
                <Button>Save product</Button>
              </p>
            </form>
          </Section>
        )}
      </div>
    </>
  )
}
