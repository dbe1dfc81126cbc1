import { describe, expect, test } from 'vitest'
import { filled, variablesIn, written } from '../../src/messages/markup'
import { sayUnknown, unknownIn } from '../../src/messages/variables'

const html = (source: string, values: Record<string, string> = {}) => written(source).html(values).trim()
const text = (source: string, values: Record<string, string> = {}) => written(source).text(values)

describe('one text is read as HTML and as plain text', () => {
  test.each([
    ['**Big** and *small*', '<p><strong>Big</strong> and <em>small</em></p>', 'Big and small'],
    ['one\ntwo', '<p>one<br>two</p>', 'one\ntwo'],
    ['- a\n- b', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>', '- a\n- b'],
    ['- a\n  - b', '<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>', '- a\n  - b'],
    ['3. a\n4. b', '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>', '3. a\n4. b'],
    [
      '[Pay](https://x.test/?a=1&b=2)',
      '<p><a href="https://x.test/?a=1&amp;b=2">Pay</a></p>',
      'Pay (https://x.test/?a=1&b=2)',
    ],
    ['https://x.test', '<p><a href="https://x.test">https://x.test</a></p>', 'https://x.test'],
    ['> said', '<blockquote>\n<p>said</p>\n</blockquote>', '> said'],
    ['AT&amp;T &#39;s &lt;3', '<p>AT&amp;amp;T &amp;#39;s &amp;lt;3</p>', 'AT&amp;T &#39;s &lt;3'],
    ['AT&T "quoted" <3', '<p>AT&amp;T &quot;quoted&quot; &lt;3</p>', 'AT&T "quoted" <3'],
  ])('%j', (source, asHtml, asText) => {
    expect([html(source), text(source)]).toEqual([asHtml, asText])
  })
})

describe('nothing that is typed or filled in becomes code', () => {
  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt&#58;alert(1))',
    '[x](data:text/html,x)',
    '![x](https://x.test/p.png)',
    '<https://x.test/"onclick="alert(1)>',
    '`<b onclick=alert(1)>`',
    '[x]([[y]])',
  ])('%s', source => {
    const said = html(source, { y: 'javascript:alert(1)' })
    expect(said).not.toMatch(/<(script|img|iframe|b )|href="(javascript|data)|<a href="[^"]*"[^>]*\son\w+=/i)
  })

  test('a value is taken literally, in the words and in an address', () => {
    const values = { name: '**Mia** <i>&"[x](y)', q: 'a&b=c d/é', portal_url: 'https://gym.test/p' }
    expect(html('Hello [[name]].', values)).toBe('<p>Hello **Mia** &lt;i&gt;&amp;&quot;[x](y).</p>')
    expect(text('Hello [[name]].', values)).toBe('Hello **Mia** <i>&"[x](y).')
    expect(html('[go](https://x.test/?q=[[q]])', values)).toBe(
      '<p><a href="https://x.test/?q=a%26b%3Dc%20d%2F%C3%A9">go</a></p>',
    )
    expect(html('[go]([[portal_url]]/account)', values)).toBe('<p><a href="https://gym.test/p/account">go</a></p>')
  })

  test('a subject stays one line', () => {
    expect(filled('Hello [[name]]', { name: 'Mia\r\nBcc: all@x.test' })).toBe('Hello Mia Bcc: all@x.test')
  })
})

test('variables are known by their names, and what was meant is found', () => {
  expect(variablesIn('[[a]] [[ b_1 ]] [[A]] [c] [[]]')).toEqual(['a', 'b_1'])
  expect(sayUnknown(unknownIn(['[[famly_first]] [[date]]'], ['family_first', 'date']))).toBe(
    'There is no variable [[famly_first]]. Perhaps [[family_first]]?',
  )
  expect(sayUnknown(unknownIn(['[[xyz]]'], ['family_first']))).toBe('There is no variable [[xyz]].')
  expect(sayUnknown(unknownIn(['[[date]]'], ['date']))).toBeUndefined()
})
