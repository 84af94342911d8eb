import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainText } from '../../../node/formats/text/html-text.ts'
import {
  htmlToMarkdown,
  renderMarkdown,
  textToMarkdown,
} from '../../../node/formats/text/markdown.ts'
import { times } from '../../support/full.ts'

const words = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '*',
        '_',
        '#',
        '`',
        '[',
        ']',
        '<',
        '>',
        '&',
        '&lt;',
        '\\',
        '-',
        '1.',
        '~',
        '(',
        ')',
        '!',
        '|',
      ),
      fc.stringMatching(/^[a-zé]{1,6}$/),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((pieces) => `x ${pieces.join(' ')}`)

describe('what an organiser types', () => {
  test('keeps its lines, its lists and its strong words, under headings of the third level', () => {
    expect(renderMarkdown('# Titre\nun **mot**\ndeux\n\n- a\n- b')).toBe(
      '<h3>Titre</h3>\n<p>un <strong>mot</strong><br />\ndeux</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>',
    )
  })
  test('has French quotes and an ellipsis', () => {
    expect(renderMarkdown('"oui"...')).toBe('<p>«\u00a0oui\u00a0»…</p>')
  })
  test.each([
    ['<b>x</b>', '<p>&lt;b&gt;x&lt;/b&gt;</p>'],
    ['[x](javascript:alert(1))', '<p>[x](javascript:alert(1))</p>'],
    ['Titre\n-----', '<p>Titre<br />\n-----</p>'],
    ['    indenté', '<p>indenté</p>'],
    ['', ''],
  ])('%j becomes %s', (markdown, html) => {
    expect(renderMarkdown(markdown)).toBe(html)
  })
  test('an address and a mail become links that say they are someone else’s', () => {
    expect(renderMarkdown('https://a.example/x a@b.fr')).toBe(
      '<p><a href="https://a.example/x" rel="ugc nofollow noopener">https://a.example/x</a> <a href="mailto:a@b.fr" rel="ugc nofollow noopener">a@b.fr</a></p>',
    )
  })
})

describe('Markdown of what was imported', () => {
  test('shows plain text as it was', () => {
    fc.assert(
      fc.property(words, (text) => {
        const shown = plainText(renderMarkdown(textToMarkdown(text)))
        expect(shown).toBe(text)
      }),
      { numRuns: times(100, 500) },
    )
  })
  test('keeps separators, marks and addresses of a text, and its lists', () => {
    const text = 'Bonjour *à* tous\n_____\n# pas un titre\nhttps://a.example/mon_cafe_ia.\n- a\n- b'
    expect(renderMarkdown(textToMarkdown(text))).toBe(
      '<p>Bonjour *à* tous<br />\n_____<br />\n# pas un titre<br />\n<a href="https://a.example/mon_cafe_ia" rel="ugc nofollow noopener">https://a.example/mon_cafe_ia</a>.</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>',
    )
  })
  test('shows the same as the HTML that it comes from', () => {
    const html =
      '<h3>Titre</h3><p>Un <strong>café</strong>, <em>vraiment</em> &lt;b&gt; *</p><ul><li>a</li><li>b</li></ul><p>Voir <a href="https://a.example/a_b?x=1&amp;y=2">ici</a></p>'
    expect(renderMarkdown(htmlToMarkdown(html)).replaceAll('\n', '')).toBe(
      html.replace('">ici', '" rel="ugc nofollow noopener">ici'),
    )
  })
  test('of HTML with odd words shows these words', () => {
    fc.assert(
      fc.property(words, (text) => {
        const html = `<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</p>`
        expect(plainText(renderMarkdown(htmlToMarkdown(html)))).toBe(text)
      }),
      { numRuns: times(100, 500) },
    )
  })
})
