import { expect, test } from 'vitest'
import { readCsv } from '../../src/import/csv'

test('quotes, doubled quotes, commas, line breaks and a byte order mark are read as RFC 4180 says', () => {
  const { header, records, problem } = readCsv('\ufeffa,b\r\n"x, ""y""","two\r\nlines"\r\n,last\r\n')
  expect(header).toEqual(['a', 'b'])
  expect(records).toEqual([
    { line: 2, columns: 2, values: { a: 'x, "y"', b: 'two\r\nlines' } },
    { line: 4, columns: 2, values: { a: '', b: 'last' } },
  ])
  expect(problem).toBeNull()
})

test('a line in the middle with other columns than the header is that line’s fault alone', () => {
  const { records, problem } = readCsv('a,b\n1\n2,3\n')
  expect(records[0]).toEqual({ line: 2, columns: 1 })
  expect(problem).toBeNull()
})

test('a file cut off at any character but a line’s end is noticed', () => {
  const whole = 'a,b,c\n1,"two, or ""more""",3\n4,5,66\n'
  const unnoticed = []
  for (let length = 1; length < whole.length; length += 1)
    if (!readCsv(whole.slice(0, length)).problem) unnoticed.push(whole.slice(0, length).split('\n').length - 1)
  // What ends with a line is a whole file of fewer lines: only their number tells.
  expect(unnoticed).toEqual([1, 2])
})

test('a file with fewer lines than announced is noticed, and the number vouches for a last line without its break', () => {
  expect(readCsv('a,b\n1,2\n', 2).problem).toBe('The file has 1 lines where 2 were announced.')
  expect(readCsv('a,b\n1,2').problem).toContain('does not end with a line break')
  expect(readCsv('a,b\n1,2', 1).problem).toBeNull()
})
