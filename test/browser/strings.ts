import { existsSync, readFileSync } from 'node:fs'

/** The Big List of Naughty Strings where it lies beside the repository, else a dozen of our own. */
const list = new URL('../../../shared/data/blns.json', import.meta.url)

export const strings: string[] = existsSync(list)
  ? JSON.parse(readFileSync(list, 'utf8'))
  : [
      '',
      '  ',
      'null',
      "'; drop table students; --",
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      'javascript:alert(1)',
      '{{7*7}}%s%n<%= 7*7 %>',
      '../../etc/passwd\u0000.png',
      '\u202egnirts desrever\u202c \u200b\ufeff',
      'Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮ 👩‍👩‍👧 田中さん',
      '999999999999999999999999999999e99',
    ]
