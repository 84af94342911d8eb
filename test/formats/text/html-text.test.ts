import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isHtmlLike, plainText, sanitizeHtml } from '../../../node/formats/text/html-text.ts'
import {
  htmlToMarkdown,
  renderMarkdown,
  textToMarkdown,
} from '../../../node/formats/text/markdown.ts'
import { cpuTimeOf } from '../../support/cpu-time.ts'
import { times } from '../../support/full.ts'
import { MEASURED } from '../../support/measured.ts'

const TAGS = 'p|br|strong|em|a|ul|ol|li|h3|h4|blockquote|code'

describe('HTML from elsewhere', () => {
  test.each([
    ['<p>Venez<script>alert(1)</script></p>', '<p>Venez</p>'],
    ['<img src=x onerror=alert(1)>Venez', 'Venez'],
    ['<svg onload=alert(1)><p>dessin</p></svg>Venez', 'Venez'],
    ['<math><mtext></p><style><img src=x onerror=alert(1)></style></mtext></math>', ''],
    ['<p onclick="alert(1)" style="color:red" class=x>Venez</p>', '<p>Venez</p>'],
    ['<iframe src="https://evil.example"></iframe><form><input></form>Venez', 'Venez'],
    [
      '<h1>Titre</h1><b>gras</b> <i>penché</i>',
      '<h3>Titre</h3><strong>gras</strong> <em>penché</em>',
    ],
    ['<div>a<div>b</div></div><div>c</div>', '<p>a</p><p>b</p><p>c</p>'],
    ['<p><ul><li>a</ul>', '<ul><li>a</li></ul>'],
    ['&lt;script&gt;', '&lt;script&gt;'],
    ['<p>Ca\u202efé\u200b</p>', '<p>Café</p>'],
    ['Ca&#8238;fé&#x200b;&#1;', 'Café'],
    ['<p>\u0338 onclick=alert(1)</p>', '<p> onclick=alert(1)</p>'],
    ['<a>sans lien</a>', 'sans lien'],
    ['<a href="/ici">ici</a>', 'ici'],
    ['<a href="//evil.example">là</a>', 'là'],
  ])('%s becomes %s', (html, safe) => {
    expect(sanitizeHtml(html)).toBe(safe)
  })

  test.each([
    'javascript:alert(1)',
    'JaVa\tscript:alert(1)',
    ' javascript:alert(1)',
    '&#106;avascript:alert(1)',
    'java&#10;script:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
  ])('a link to %s is no link', (href) => {
    expect(sanitizeHtml(`<a href="${href}">x</a>`)).toBe('x')
  })

  test('a link to the web or a mail says that it is someone else’s', () => {
    expect(sanitizeHtml('<a href="https://a.example/?a=1&amp;b=2" target=_blank>a</a>')).toBe(
      '<a href="https://a.example/?a=1&amp;b=2" rel="ugc nofollow noopener">a</a>',
    )
    expect(sanitizeHtml('<a href="mailto:a@b.example">a</a>')).toContain('href="mailto:')
  })

  test('whatever it is, what comes out is balanced, allowed, and the same when sanitised again', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...'<p> </p> <div> </div> <b> </b> <a> </a> <ul> <li> </ul> </li> <br> <h1> </h1> <script> </script> <style> <svg> <math> <!-- --> <![CDATA[ ]]> < > " \' & &lt; </ <x <a/href=x> <textarea> <title> <noscript> <template> <select> <option>'.split(
          ' ',
        ),
        '<a href="javascript:x">',
        "<a href='https://a.example/\"><script>'>",
        '<img src=x onerror=alert(1)>',
        '\u0338 onclick=alert(1) ',
        '&#824; onclick=alert(1) ',
        '&#8203;&#803;',
        '&#8238;',
        '&#1;',
      ),
      fc.string({ maxLength: 5 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const safe = sanitizeHtml(pieces.join(''))
        const open: string[] = []
        for (const [, end, name, attributes] of safe.matchAll(/<(\/?)([^\s>/]+)([^>]*)>/g)) {
          expect(name).toMatch(new RegExp(`^(?:${TAGS})$`))
          expect(attributes).toMatch(
            /^(?: \/| href="(?:https?|mailto):[^"]*" rel="ugc nofollow noopener")?$/,
          )
          if (end) expect(open.pop()).toBe(name)
          else if (name !== 'br') open.push(name ?? '')
        }
        expect(open).toEqual([])
        expect(sanitizeHtml(safe)).toBe(safe)
        const composed = safe.normalize('NFC')
        expect(composed.match(/<[^>]*>/g)).toEqual(safe.match(/<[^>]*>/g))
        for (const unseen of '\u0001\u200b\u202e') expect(safe).not.toContain(unseen)
      }),
      { numRuns: times(200, 1000) },
    )
  })

  test('paragraphs of plain words, which are not parsed, become what parsing makes of them', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...'<p> </p> </p><p> <br> & > " \' é ’ … 😀 \u0301 \u0344 \u0149 \u00ad \u202f \u2028 \u0000 \r \t'.split(
          ' ',
        ),
        ' ',
        '\n',
        '\u00a0',
      ),
      fc.string({ maxLength: 3 }),
      fc.string({ maxLength: 2, unit: 'binary' }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.boolean(), (pieces, isOne) => {
        const words = pieces.join('')
        const html = isOne ? `<p>${words}</p>` : words
        // With a comment, which is removed, all of it is parsed.
        expect(sanitizeHtml(html)).toBe(sanitizeHtml(`<!---->${html}`))
      }),
      { numRuns: times(400, 2000) },
    )
    for (const paragraphs of [498, 499, 500, 501]) {
      const html = '<p>a</p>'.repeat(paragraphs)
      expect(sanitizeHtml(html)).toBe(html.slice(0, 499 * 8) + (paragraphs > 499 ? '<p>a</p>' : ''))
    }
  })
})

describe('plain text of HTML', () => {
  const plainTextOf = (html: string) => plainText(sanitizeHtml(html))

  test('has a line per block, a dash per item, links written out and no entity', () => {
    expect(
      plainTextOf(
        '<h3>Titre</h3><p>Un <strong>café</strong> &lt;3 &amp; «\u00a0vous\u00a0»<br>ici</p><ul><li>a</li><li>b</li></ul><p><a href="https://a.example/x">là</a> <a href="https://a.example/">https://a.example/</a></p>',
      ),
    ).toBe(
      'Titre\n\nUn café <3 & «\u00a0vous\u00a0»\nici\n- a\n- b\n\nlà (https://a.example/x) https://a.example/',
    )
  })
  test('of nothing is nothing', () => {
    expect(plainTextOf('<p> </p>')).toBe('')
  })
  test('a text with a sign is not taken for HTML, one with tags is', () => {
    expect(isHtmlLike('a < b et c > d')).toBe(false)
    expect(isHtmlLike('<3 <cœur>')).toBe(false)
    expect(isHtmlLike('a<br>b')).toBe(true)
    expect(isHtmlLike('<p class="x">a</p>')).toBe(true)
  })
})

describe('four megabytes of HTML or of Markdown', () => {
  const FOUR_MEGABYTES = 4 * 1024 ** 2
  const units = [
    ...[
      '<b>',
      '<p>',
      '<div>',
      '<ul><li>',
      '<svg>',
      '<x>',
      '<script>',
      '<textarea>',
      '<a href="http://a">',
    ],
    ...[
      '<b a="<">',
      '<b></x>',
      '<b><i></b>',
      '<b>x</b>',
      '</b>',
      '</p>',
      '<p><br>',
      '<br>',
      '<b/>',
      '<B>',
    ],
    ...[
      '<',
      '<b',
      '<a href="',
      '<!--',
      '<![CDATA[',
      '<?',
      '>',
      '"',
      ' ',
      '\n',
      ' \n',
      '- ',
      '\n\n- ',
    ],
    ...['&', '&amp;', '&#x41', '&lt;b&gt;', '\u0301\u0316', '>\u0301', '\u200b'],
    ...['*', '**a *b ', '_a', '[', '[a](', '[a](<', '`', 'a``b`', '> ', '1. ', '# ', '~', '\\\\'],
    ...['"a\' ', '(c)', '--', 'http://a', '<http://a', 'www.', 'a@a', 'a.b', '[a]: b\n', '....'],
  ]
  const texts = [
    ...units.map((unit): [string, string] => [
      JSON.stringify(unit),
      unit.repeat(FOUR_MEGABYTES / unit.length),
    ]),
    ['attributes', `<a ${'a=1 '.repeat(FOUR_MEGABYTES / 4)}>x</a>`] as const,
    ['breaks in a paragraph', `<p>${'<br>'.repeat(FOUR_MEGABYTES / 4)}x`] as const,
    ['spaces in a paragraph', `<p>${' '.repeat(FOUR_MEGABYTES)}x`] as const,
    [
      'what is opened and never closed',
      `${'<b>'.repeat(2 ** 19)}${'</i>'.repeat(2 ** 19)}`,
    ] as const,
    // Each text has 64 kB, which is the most that is read, and as many end tags as start tags.
    ['names with a dash', `${'<p-x>'.repeat(6553)}${'</p-y>'.repeat(5461)}`] as const,
    ['a sign in a tag', `${'<b <>'.repeat(6553)}${'</i <>'.repeat(5461)}`] as const,
  ]

  test.each(texts)('costs little: %s', MEASURED, (_, text) => {
    expect(cpuTimeOf(() => plainText(sanitizeHtml(text)))).toBeLessThan(500)
    expect(cpuTimeOf(() => isHtmlLike(text))).toBeLessThan(500)
    expect(cpuTimeOf(() => htmlToMarkdown(text))).toBeLessThan(500)
    expect(cpuTimeOf(() => renderMarkdown(text))).toBeLessThan(500)
    expect(cpuTimeOf(() => textToMarkdown(text))).toBeLessThan(500)
  })

  test('keep at most forty tags inside one another, and all their words', () => {
    const deep = sanitizeHtml(
      `${'<blockquote>'.repeat(100)}Venez${'</blockquote>'.repeat(100)}<b>tous</b>`,
    )
    expect(deep.match(/<blockquote>/g)?.length).toBeLessThanOrEqual(40)
    expect(plainText(deep)).toBe('Venez\n\ntous')
  })

  test('a hundred paragraphs and items that nobody closed stay a hundred', () => {
    expect(sanitizeHtml('<p>a'.repeat(100))).toBe('<p>a</p>'.repeat(100))
    expect(sanitizeHtml(`<ul>${'<li>a'.repeat(100)}</ul>`)).toBe(
      `<ul>${'<li>a</li>'.repeat(100)}</ul>`,
    )
  })
})
