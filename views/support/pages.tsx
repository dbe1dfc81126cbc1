import { safeHref } from '../ui/href'
import { RecordHead, Section } from '../ui/record'

/** The pages of help, and whom to ask. */
export const SupportPage = ({
  contact,
  wishesHref,
  pages,
}: {
  /** In the words of the business. */
  contact: string
  wishesHref: string
  pages: { title: string; about: string; href: string }[]
}) => (
  <>
    <div class="head">
      <h1>Support</h1>
    </div>
    <div class="stack">
      <Section title="Whom to ask">
        <p>{contact || 'Ask the owner of the business, or whoever gave you your log-in.'}</p>
        <p>
          What you miss can be wished for under <a href={wishesHref}>Feature Requests</a>.
        </p>
      </Section>
      <Section title="Help by area">
        <dl class="stack">
          {pages.map(({ title, about, href }) => (
            <div>
              <dt>
                <a href={safeHref(href)}>{title}</a>
              </dt>
              <dd>{about}</dd>
            </div>
          ))}
        </dl>
      </Section>
    </div>
  </>
)

/** Help about one area. */
export const HelpPage = ({
  back,
  title,
  paragraphs,
  contact,
}: {
  back: string
  title: string
  paragraphs: string[]
  contact: string
}) => (
  <>
    <RecordHead trail={[{ label: 'Support', href: back }]} title={title} />
    <section class="card" aria-label={title}>
      <div class="body stack">
        {paragraphs.map(text => (
          <p>{text}</p>
        ))}
        {contact && <p class="quiet">{contact}</p>}
      </div>
    </section>
  </>
)
