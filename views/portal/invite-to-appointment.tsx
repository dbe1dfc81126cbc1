import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Notice, Pill, type Tone } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { type Errors, FormError, FormKey, TextField } from '../ui/form'

type State = 'open' | 'used' | 'over'

export type InvitationsProps = {
  shell: PortalShell
  id: number
  keyOf: () => string
  what: string
  places: { all: number; taken: number; free: number }
  /** Why this family invites nobody to it. */
  cannot?: string
  /** What was done just now: a word of the address. */
  done?: string
  /** A link that was made just now; no later page has it. */
  link?: string
  email?: string
  errors?: Errors
  invitations: { id: number; address?: string; until: string; state: State }[]
}

/** The same whether anybody here knows the address or not. */
const doneWords = (done?: string) =>
  ({
    mail: t('The invitation is on its way.'),
    link: t('The link was made. It was shown once; if it is lost, take the invitation back and make another one.'),
    withdrawn: t('The invitation was taken back. Its link opens nothing any more.'),
  })[done ?? '']

const states = () =>
  ({
    open: { word: t('Open'), tone: 'amber' },
    used: { word: t('Accepted'), tone: 'green' },
    over: { word: t('Over') },
  }) satisfies Record<State, { word: string; tone?: Tone }>

const NewInvitation = ({ shell, id, keyOf, email, errors }: InvitationsProps) => {
  const action = paths.portal(shell.slug).bookingGuests(id)
  return (
    <>
      <form class="stack" method="post" action={action} aria-label={t('Invite by e-mail')}>
        <FormKey value={keyOf()} />
        <input type="hidden" name="way" value="mail" />
        <TextField
          label={t('Their e-mail')}
          name="email"
          type="email"
          value={email}
          maxlength={254}
          error={errors?.email}
          focus={Boolean(errors?.email)}
          required
        />
        <div class="rowed">
          <Button look="primary">{t('Send invitation')}</Button>
        </div>
      </form>
      <form class="stack" method="post" action={action} aria-label={t('Make a link')}>
        <FormKey value={keyOf()} />
        <input type="hidden" name="way" value="link" />
        <p class="quiet">{t('Or make a link, and hand it on as you like. Each link is for one student.')}</p>
        <div class="rowed">
          <Button>{t('Make a link')}</Button>
        </div>
      </form>
    </>
  )
}

/** Whom a family invites to a time that it booked. */
export const InvitationsPage = (props: InvitationsProps) => {
  const { shell, id, keyOf, what, places, cannot, done, link, errors, invitations } = props
  const at = paths.portal(shell.slug)
  const said = doneWords(done)
  return (
    <PortalLayout shell={shell} title={t('Invite others')} current="account" narrow>
      <p>
        <a href={at.myAppointments()}>{t('My appointments')}</a>
      </p>
      <h1>{t('Invite others')}</h1>
      <p class="quiet">{what}</p>
      {said && <Notice tone="green">{said}</Notice>}
      <FormError>{errors?.form}</FormError>
      {link && (
        <section class="card">
          <div class="body stack">
            <TextLink link={link} />
          </div>
        </section>
      )}
      <p>{t('{taken} of {all} places are taken.', { taken: places.taken, all: places.all })}</p>
      {cannot ? (
        <Notice tone="amber">{t(cannot)}</Notice>
      ) : places.free > 0 ? (
        <section class="card">
          <div class="body stack">
            <p>
              {t(
                'Nobody else can book this time. Whoever you invite chooses a student of their own and pays for that one. A place is kept for each invitation for seven days.',
              )}
            </p>
            <NewInvitation {...props} />
          </div>
        </section>
      ) : (
        <Notice>{t('Every place of this time is taken or kept for somebody who is invited.')}</Notice>
      )}
      {invitations.length > 0 && (
        <>
          <h2 class="day-head">{t('Invitations')}</h2>
          <ul class="card" role="list">
            {invitations.map(({ id: invitationId, address, until, state }) => {
              const { word, tone } = states()[state] as { word: string; tone?: Tone }
              const name = address ?? t('A link')
              return (
                <li class="line">
                  <span>
                    <b>{name}</b>
                    {state === 'open' && <small>{t('until {time}', { time: until })}</small>}
                  </span>
                  <span>
                    <Pill tone={tone}>{word}</Pill>
                  </span>
                  {state === 'open' && (
                    <form class="rowed" method="post" action={at.invitationEnd(id, invitationId)}>
                      <FormKey value={keyOf()} />
                      <Button look="plain" about={name}>
                        {t('Withdraw')}
                      </Button>
                    </form>
                  )}
                </li>
              )
            })}
          </ul>
        </>
      )}
      <p>
        <ButtonLink look="plain" href={at.myAppointments()}>
          {t('Back')}
        </ButtonLink>
      </p>
    </PortalLayout>
  )
}

const TextLink = ({ link }: { link: string }) => (
  <div class="field">
    <label for="link">{t('The link')}</label>
    <p class="hint" id="link-hint">
      {t('Copy it now: for your safety it is shown this once. It works once, for whoever has it.')}
    </p>
    <input id="link" value={link} readonly aria-describedby="link-hint" />
  </div>
)
