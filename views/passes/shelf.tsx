import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Empty } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { FormError, FormKey, type Option, SelectField } from '../ui/form'
import { Pairs } from '../ui/list'

export type PassShelfProps = {
  shell: PortalShell
  students: Option[]
  /** Not for a guardian with the limited view. */
  mayBuy: boolean
  products: {
    id: number
    key: string
    title: string
    description?: string
    price: string
    /** It belongs to one student, who has to be chosen. */
    forStudent: boolean
    facts: { label: string; value: string }[]
    error?: string
  }[]
}

const Buy = ({
  shell,
  students,
  mayBuy,
  product,
}: PassShelfProps & { product: PassShelfProps['products'][number] }) => {
  const at = paths.portal(shell.slug)
  if (!shell.guardian)
    return (
      <ButtonLink look="soft" href={at.login({ next: at.punchPasses })} about={product.title}>
        {t('Log In')}
      </ButtonLink>
    )
  if (!mayBuy) return null
  return (
    <form class="stack" method="post" action={at.passToCart(product.id)} aria-label={product.title}>
      <FormKey value={product.key} />
      <FormError>{product.error}</FormError>
      {product.forStudent && (
        <SelectField
          label={t('Who is it for?')}
          name="student"
          id={`student-${product.id}`}
          options={students.length === 1 ? students : [{ value: '', label: t('Choose') }, ...students]}
          required
        />
      )}
      <div>
        <Button look="soft" icon="cart" about={product.title}>
          {t('Add to cart')}
        </Button>
      </div>
    </form>
  )
}

/** Punch passes to buy; each is one form. */
export const PassShelfPage = (props: PassShelfProps) => {
  const { shell, products } = props
  return (
    <PortalLayout shell={shell} title={t('Punch passes')} current="passes">
      <div class="hero">
        <div>
          <h1>{t('Punch passes')}</h1>
          <p class="quiet">{t('Each punch is one day of a class, or one appointment.')}</p>
        </div>
      </div>
      {products.length ? (
        <div class="goods">
          {products.map(product => (
            <section class="card">
              <header>
                <h2>{product.title}</h2>
                <b>{product.price}</b>
              </header>
              <div class="body stack">
                {product.description && <p>{product.description}</p>}
                <Pairs pairs={product.facts} />
                <Buy {...props} product={product} />
              </div>
            </section>
          ))}
        </div>
      ) : (
        <div class="card">
          <Empty icon="pass">{t('No punch pass is for sale now.')}</Empty>
        </div>
      )}
    </PortalLayout>
  )
}
