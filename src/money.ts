const formatters = new Map<string, Intl.NumberFormat>()

const formatter = (currency: string) => {
  let found = formatters.get(currency)
  if (!found) {
    found = new Intl.NumberFormat('en-US', { style: 'currency', currency })
    formatters.set(currency, found)
  }
  return found
}

/** "$1,204.50"; a minus is a real minus sign, so that columns of figures line up. */
export const money = (cents: number, currency = 'USD') =>
  formatter(currency)
    .format(cents / 100)
    .replace('-', '−')

/** "$92" where the cents are none, "$92.50" where they are some: for prices that are read, not added up. */
export const price = (cents: number, currency = 'USD') => {
  const said = money(cents, currency)
  return cents % 100 === 0 ? said.replace(/\.00$/, '') : said
}

/**
 * What a person typed, in cents: "92", "$1,204.50", "-3.5", "−3.50". Null when it is not an amount,
 * or is more exact than a cent: a wrong guess about money is worse than asking again.
 */
export const cents = (typed: string): number | null => {
  const text = typed.replace(/[\s\u00a0\u202f]/g, '').replace('−', '-')
  const match = /^(-?)\$?(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{0,2}))?$/.exec(text)
  if (!match?.[2]) return null
  const whole = Number(match[2].replaceAll(',', ''))
  const amount = whole * 100 + Number((match[3] ?? '').padEnd(2, '0'))
  return match[1] && amount > 0 ? -amount : amount
}

/** "92.00": what stands in a text box, ready to be typed over. */
export const typed = (amount: number) => (amount / 100).toFixed(2)

/** Whether money is counted in it, like USD. */
export const isCurrency = (code: string): boolean => Intl.supportedValuesOf('currency').includes(code)
