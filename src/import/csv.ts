/** A record of a CSV file by its column names, and the line of the file on which it begins. */
export interface CsvRecord {
  line: number
  /** Nothing when the record has not as many columns as the header; `columns` says how many it has. */
  values?: Record<string, string>
  columns: number
}

/** A CSV file as it was read. */
export interface Csv {
  header: string[]
  records: CsvRecord[]
  /** Why the file looks cut off: one sentence. Such a file is shown, and nothing of it is published. */
  problem: string | null
}

/**
 * Reads comma-separated values (RFC 4180): quotes, doubled quotes, line breaks within quotes, CRLF or LF, a byte order
 * mark. Values stay as they are, without blanks trimmed, and nothing in them is run or believed.
 * @param announced how many records somebody says there are. It is the only way to notice a file that was cut between
 * two lines, and it vouches for a last line without its line break.
 */
export function readCsv(text: string, announced?: number): Csv {
  const { rows, openQuote, ended } = rowsOf(text)
  const [head, ...body] = rows.filter(({ values }) => values.length > 1 || values[0] !== '')
  const header = head?.values.map(name => name.trim()) ?? []
  const records = body.map(({ line, values }): CsvRecord => {
    if (values.length !== header.length) return { line, columns: values.length }
    return {
      line,
      columns: values.length,
      values: Object.fromEntries(header.map((name, at) => [name, values[at] ?? ''])),
    }
  })
  const last = records.at(-1)
  let problem: string | null = null
  if (openQuote) problem = `The file ends inside a quoted value that began in line ${last?.line ?? 1}.`
  else if (last && last.columns < header.length)
    problem = `The last line has ${last.columns} of ${header.length} columns.`
  else if (announced !== undefined && records.length !== announced)
    problem = `The file has ${records.length} lines where ${announced} were announced.`
  else if (!ended && announced === undefined)
    problem = 'The last line does not end with a line break, so it may have been cut off in its last value.'
  return { header, records, problem }
}

interface Row {
  line: number
  values: string[]
}

function rowsOf(text: string): { rows: Row[]; openQuote: boolean; ended: boolean } {
  const rows: Row[] = []
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  let line = 1
  let row: Row = { line, values: [] }
  let openQuote = false
  const stop = /[,\r\n]/g
  while (at < text.length) {
    let value = ''
    if (text[at] === '"') {
      openQuote = true
      at += 1
      while (openQuote) {
        const quote = text.indexOf('"', at)
        const part = text.slice(at, quote < 0 ? undefined : quote)
        for (let i = part.indexOf('\n'); i >= 0; i = part.indexOf('\n', i + 1)) line += 1
        value += part
        if (quote < 0) {
          row.values.push(value)
          rows.push(row)
          return { rows, openQuote, ended: false }
        }
        at = quote + 1
        if (text[at] === '"') {
          value += '"'
          at += 1
        } else openQuote = false
      }
    }
    stop.lastIndex = at
    const end = stop.exec(text)?.index ?? text.length
    row.values.push(value + text.slice(at, end))
    at = end
    if (text[at] === ',') {
      at += 1
      // A comma at the very end still has an empty value behind it.
      if (at === text.length) row.values.push('')
      continue
    }
    if (at === text.length) break
    at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1
    line += 1
    rows.push(row)
    row = { line, values: [] }
  }
  if (row.values.length) rows.push(row)
  return { rows, openQuote, ended: row.values.length === 0 }
}
