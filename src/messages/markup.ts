import { Marked, type Token, type Tokens } from 'marked'

/**
 * What staff type as an e-mail, as HTML and as plain text from one source: Markdown, whose source reads well by itself
 * (marked: kept, small, no dependencies). Raw HTML and pictures stay the words they are. `[[name]]` is a variable; what
 * fills it is always taken literally, never as markup.
 */
export interface Written {
  /** Names in the order in which they first appear. */
  variables: string[]
  html(values: Values): string
  text(values: Values): string
}

export type Values = Readonly<Record<string, string>>

export const variable = /\[\[\s*([a-z][a-z0-9_]*)\s*\]\]/g

// While Markdown is read a variable is a private character before its number and one behind it, which no rule of Markdown
// knows. One of its own is for variables that are whole addresses: only ours are, and they are called …_url.
const [open, openUrl, openInAddress, close] = ['\uE000', '\uE003', '\uE002', '\uE001']
const place = new RegExp(`([${open}${openUrl}${openInAddress}])(\\d+)${close}`)

/** Reads a text once, so that filling it for each of many people is only joining. */
export function written(source: string): Written {
  const names: string[] = []
  const marked = source
    .replace(/[\uE000-\uE003]/g, '')
    .replaceAll('\r\n', '\n')
    .replace(variable, (_, name: string) => {
      if (!names.includes(name)) names.push(name)
      return `${name.endsWith('_url') ? openUrl : open}${names.indexOf(name)}${close}`
    })
  const tokens = parser.lexer(marked)
  const html = split(parser.parser(tokens))
  const text = split(plain(tokens).trim())
  const fill = (parts: string[], values: Values, safely: (value: string) => string) => {
    let said = ''
    for (let at = 0; at < parts.length; at += 3) {
      said += parts[at]
      const sign = parts[at + 1]
      if (!sign) break
      const value = values[names[Number(parts[at + 2])] as string] ?? ''
      said += sign === openInAddress ? encodeURIComponent(value) : safely(value)
    }
    return said
  }
  return {
    variables: names,
    html: values => fill(html, values, value => escaped(value).replaceAll('\n', '<br>')),
    text: values => fill(text, values, value => value),
  }
}

/** One line with variables: a subject. Line breaks cannot get in, whatever a value holds. */
export function filled(line: string, values: Values): string {
  return line
    .replace(variable, (_, name: string) => values[name] ?? '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The names of the variables in a text. */
export const variablesIn = (text: string) => [
  ...new Set([...text.matchAll(variable)].map(([, name]) => name as string)),
]

/** Text, sign, number, text, sign, number, text … */
const split = (text: string) => text.split(place)

export const escaped = (text: string) =>
  text.replace(
    /[&<>"']/g,
    sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign] ?? '',
  )

/**
 * Where a link may lead: the web, a mail, a telephone, or a variable that is an address (…_url). A variable further on in
 * an address is one part of it.
 */
function address(href: string): string | undefined {
  const plainly = decode(href)
  const whole = plainly.match(new RegExp(`^${openUrl}\\d+${close}`))?.[0] ?? ''
  if (!whole && !/^(https?:\/\/|mailto:|tel:)/i.test(plainly)) return
  return whole + plainly.slice(whole.length).replace(new RegExp(`[${open}${openUrl}]`, 'g'), openInAddress)
}

function decode(href: string): string {
  try {
    return href.replace(/(%EE%80%8[013])/gi, sign => decodeURIComponent(sign))
  } catch {
    return href
  }
}

const parser = new Marked({ gfm: true, breaks: true, async: false }) as Marked & {
  parser(tokens: Token[]): string
}
parser.use({
  renderer: {
    html: ({ text }) => escaped(text),
    image: ({ text }) => escaped(text),
    text(token) {
      return 'tokens' in token && token.tokens ? this.parser.parseInline(token.tokens) : escaped(words(token))
    },
    link({ href, tokens }) {
      const to = address(href)
      const said = this.parser.parseInline(tokens)
      return to ? `<a href="${escaped(to)}">${said}</a>` : said
    },
  },
})

/** The same as plain text: lines, lists with dashes, a link's address behind its words. */
function plain(tokens: Token[]): string {
  return tokens.map(block).filter(Boolean).join('\n\n')
}

function block(token: Token): string {
  switch (token.type) {
    case 'space':
      return ''
    case 'hr':
      return '---'
    case 'code':
      return (token as Tokens.Code).text
    case 'blockquote':
      return plain((token as Tokens.Blockquote).tokens).replace(/^/gm, '> ')
    case 'list': {
      const { items, ordered, start } = token as Tokens.List
      return items
        .map((item, nth) => {
          const mark = ordered ? `${Number(start || 1) + nth}. ` : '- '
          const said = item.tokens
            .map(block)
            .filter(Boolean)
            .join(item.loose ? '\n\n' : '\n')
          return mark + said.replaceAll('\n', `\n${' '.repeat(mark.length)}`)
        })
        .join('\n')
    }
    case 'table': {
      const { header, rows } = token as Tokens.Table
      return [header, ...rows].map(cells => cells.map(cell => inline(cell.tokens)).join(' | ')).join('\n')
    }
    default:
      return inline([token])
  }
}

function inline(tokens: Token[]): string {
  return tokens
    .map(token => {
      if (token.type === 'br') return '\n'
      if (token.type === 'link') {
        const { href, tokens: words } = token as Tokens.Link
        const said = inline(words)
        const to = address(href)
        if (!to) return said
        const bare = to.replace(/^mailto:|^tel:/, '')
        return said === bare || said === to ? said : `${said} (${bare})`
      }
      if ('tokens' in token && token.tokens?.length) return inline(token.tokens)
      return words(token)
    })
    .join('')
}

/** What was typed, to the letter: marked would take what looks like an entity for the sign it stands for. */
const words = (token: Token): string =>
  token.type !== 'text' && 'text' in token && typeof token.text === 'string' ? token.text : token.raw
