/**
 * Comma-separated values (RFC 4180) for spreadsheets: a byte order mark so that they read it as UTF-8, and an apostrophe
 * before whatever they would take for a formula, because much of a file was typed by strangers.
 */
export function csv(header: string[], rows: string[][]): string {
  return `\ufeff${[header, ...rows].map(row => `${row.map(cell).join(',')}\r\n`).join('')}`
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
