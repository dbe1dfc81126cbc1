import { leftOut } from './people'

/** What became of a mail, in words. */
export const stateWords: Record<string, string> = {
  queued: 'Waiting',
  sending: 'On its way',
  sent: 'Sent',
  delivered: 'Delivered',
  bounced: 'Came back',
  complained: 'Reported as unwanted',
  skipped: 'Left out',
  failed: 'Not delivered',
  local: 'Not sent',
}

const reasons: Record<string, string> = {
  ...leftOut,
  'no-template': 'There was no text for it.',
  'no-answer': 'The mail service did not answer.',
  'too-fast': 'The mail service takes no more at the moment.',
  quota: 'The quota of the mail service is used up.',
  'not-allowed': 'The mail service takes no mail from us: look at its key and at the Sender Address.',
  refused: 'The mail service refused it.',
}

/** Why a mail did not go, or what the mail service told of it. */
export const sayReason = (reason: string | null) => (reason ? (reasons[reason] ?? reason) : '')
