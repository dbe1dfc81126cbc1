import { Pairs } from '../ui/list'
import { RecordHead, Section } from '../ui/record'

/** One mail: to whom, what became of it, what it said. */
export const MailRecordPage = ({
  trail,
  subject,
  when,
  pairs,
  text,
}: {
  trail: { label: string; href: string }[]
  subject: string
  when: string
  pairs: { label: string; value: string; href?: string }[]
  text: string | null
}) => (
  <>
    <RecordHead trail={trail} title={subject} about={when} />
    <div class="stack">
      <Section title="E-mail">
        <Pairs pairs={pairs} />
      </Section>
      <Section title="What it said">
        {text === null ? (
          <p class="quiet">There is no text: it has not been sent yet, or its text is not kept any more.</p>
        ) : (
          <p class="letter">{text}</p>
        )}
      </Section>
    </div>
  </>
)
