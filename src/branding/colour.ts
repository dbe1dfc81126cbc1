/** What text in the accent stands on: the portal's paper, by day. */
const paper = '#f7f6f3'

/** WCAG 2.2, 1.4.3: text of any size. */
const enough = 4.5

const channels = (hex: string) => [1, 3, 5].map(at => Number.parseInt(hex.slice(at, at + 2), 16))

function light(hex: string): number {
  const [red = 0, green = 0, blue = 0] = channels(hex).map(channel => {
    const part = channel / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** From 1 to 21, as WCAG counts it. */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [light(one), light(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

/** A colour as people type one, "E4002B" or "#e40" too, in six digits; nothing when it is none. */
export function colourIn(text: string): string | undefined {
  const [, digits = ''] = text.trim().match(/^#?([\da-f]{6}|[\da-f]{3})$/i) ?? []
  if (!digits) return
  const six = digits.length === 3 ? [...digits].map(digit => digit + digit).join('') : digits
  return `#${six.toLowerCase()}`
}

/** Whether it can be read on the portal's paper (BY15). */
export const isReadable = (hex: string) => contrast(hex, paper) >= enough

/** The nearest colour of the same hue that can be read: darkened step by step. */
export function nearest(hex: string): string {
  for (let part = 100; part > 0; part--) {
    const darker = `#${channels(hex)
      .map(channel =>
        Math.round((channel * part) / 100)
          .toString(16)
          .padStart(2, '0'),
      )
      .join('')}`
    if (isReadable(darker)) return darker
  }
  return '#000000'
}
