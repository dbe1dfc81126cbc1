import { Refusal } from './database'

/** Why an act did not happen, as people read it: the closed list. Codes are spelled in guards; a test finds each of them here. */
const sentences: Record<string, string> = {
  'already-handled': 'This was already handled.',
  'changed-meanwhile': 'Somebody changed this at the same moment. Look again, then decide.',
  'class-full': 'The class is full on those dates.',
  'already-enrolled': 'This student already has an enrollment in that class on those dates.',
  'already-waiting': 'This student is already on that waitlist.',
  'class-closed': 'This class takes no enrollments online.',
  'not-in-season': 'The class does not meet on those dates.',
  'too-young': 'The student is too young for this class on that date.',
  'too-old': 'The student is too old for this class on that date.',
  'wrong-gender': 'This class is for another group.',
  'wrong-day': 'The class does not meet on that day.',
  'policy-open': 'A required policy has not been accepted yet.',
  'date-past': 'That date has passed.',
  'date-too-far': 'That date is further ahead than we take enrollments.',
  'notice-too-short': 'That date is sooner than the notice we need.',
  'drop-open': 'A drop is already asked for.',
  'transfer-once': 'An enrollment can be transferred once, and this one was or is about to be.',
  'transfer-open': 'A transfer is already asked for.',
  'transfer-past': 'Only current and future enrollments can be transferred.',
  'transfer-dates': 'These dates would end an enrollment before it begins.',
  'same-class': 'Choose another class than the one the student is in.',
  'absence-span': 'Tell at most two months at once, the first day first.',
  'absence-known': 'That absence was already told.',
  'nothing-meets': 'No class of this student meets then.',
  'switched-off': 'The business has switched this off.',
  'family-suspended': 'This account is suspended. Talk to the front desk.',
  'nothing-due': 'There is nothing to pay.',
  'pay-too-much': 'That is more than is owed.',
  'payment-declined': 'The payment was declined. Nothing was charged.',
  'payment-uncertain':
    'We have no answer from the bank yet. Send this again in a moment: you will not be charged twice.',
  'payment-running': 'A payment of this account is just under way. Look again in a moment.',
  'no-gateway': 'This account is not configured to accept online payments.',
  'may-not-pay': 'Only guardians who are allowed to pay can do this. Ask the primary guardian.',
  'card-unknown': 'That card or bank account was not understood. Nothing was charged.',
  'no-credit': 'There is no credit to apply.',
  'nothing-chosen': 'Choose something first.',
  'not-for-sale': 'That is not for sale any more.',
  'amount-out-of-range': 'That amount cannot be used here.',
  'too-soon': 'That is sooner than the notice we need.',
  'already-booked': 'This student already has that time.',
  'same-time': 'Choose another time than the one that is booked.',
  'move-open': 'Another time is already asked for.',
  'gift-unknown': 'No gift certificate has that code.',
  'schedule-deleted': 'That discount schedule is deleted, so it cannot be attached.',
  'slot-taken': 'Somebody else has just taken that time.',
  'slot-past': 'That time has passed.',
  'out-of-stock': 'There are not enough of these left.',
  'three-methods': 'A guardian can keep three payment methods. Delete one first.',
  'recurring-required': 'A saved payment method for recurring billing is required, so this one has to stay.',
  'cannot-reject': 'This policy can only be accepted.',
  'primary-only': 'Only the primary guardian can do this.',
  'required-hidden': 'A required policy has to be shown on the web, or nobody could accept it.',
  'no-password': 'The password does not fit.',
  'deletion-open': 'You have already asked for this. The office was told.',
  'log-in':
    'That did not open. Check that the address has the right account name, and check the e-mail and the password.',
  'email-taken': 'Check the details and try again.',
  'cannot-dismiss': 'This needs a decision, so it cannot be dismissed.',
  'not-picked': 'Not everything on the pick list is ticked yet.',
  'cannot-approve': 'There is nothing to approve here.',
  'cannot-deny': 'There is nothing to deny here.',
  'needs-a-choice': 'This one needs a choice: open it first.',
  'hold-lapsed': 'The place was kept for a while and is free again. Choose it once more.',
  'already-published': 'This file was already imported.',
  'import-incomplete': 'The file ends in the middle, so nothing of it was imported.',
  'import-no-location': 'Families need a location to belong to, and this business has none yet.',
  'import-settings': 'Those settings do not fit. Choose a location of this business and from 1 to 999 places.',
  'gift-spent': 'This gift certificate has nothing left.',
  wait: 'Too many tries. Wait a little, then try again.',
  repeated: 'This was already sent.',
  'bill-dates-fixed': 'The bill dates of a class cannot change between sessions and rolling sessions.',
  'wait-needs-transfer': 'A waitlist place becomes an enrollment by transfer.',
  'enrollment-moves-by-transfer': 'An enrollment moves by transfer.',
  'policy-version-immutable': 'A published policy stays as it is. Publish a new version.',
  unbalanced: 'The books would not balance, so nothing was written.',
  'entry-closed': 'That ledger entry is closed.',
  'ledger-append-only': 'The books are only added to.',
  'charge-lines-append-only': 'The books are only added to.',
  'audit-append-only': 'The audit log is only added to.',
}

/** The sentence for a refusal's code. An unknown code is a fault of ours and says only that nothing happened. */
export function because(code: string): string {
  return sentences[code] ?? 'That did not happen. Look again, then try once more.'
}

/**
 * The sentence of a refusal that a door caught, for showing its form again.
 * @throws whatever else it was: what is no refusal, and what was sent before and has its answer already
 */
export function sentenceOf(refusal: unknown): string {
  if (!(refusal instanceof Refusal) || refusal.code === 'repeated') throw refusal
  return because(refusal.code)
}

/** All codes, for the test that reads the guards. */
export const codes = Object.keys(sentences)
