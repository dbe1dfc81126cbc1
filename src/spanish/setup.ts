/** Times that change, and how a family heard of the business. */
export const setup: Record<string, string> = {
  '{time} from {day}': '{time} desde el {day}',
  '{time} until {day}': '{time} hasta el {day}',
  'Choose how you heard of us.': 'Elija cómo supo de nosotros.',
}
