import MarkdownIt from 'markdown-it'
import sanitize from 'sanitize-html'
import { cleanLines } from './clean-text.ts'

/**
 * Words between their forms: what an organiser types (Markdown), what a page shows (safe HTML), what a mail or a
 * calendar says (plain text). Everything that comes from outside passes through `sanitizeHtml` when it is stored.
 */

const markdownIt = new MarkdownIt({
  html: false,
  linkify: true,
  typographer: true,
  breaks: true,
  quotes: ['«\u00a0', '\u00a0»', '“', '”'],
}).disable(['image', 'table', 'hr'])

const ALLOWED: sanitize.IOptions = {
  allowedTags: 'p br strong em a ul ol li h3 h4 blockquote code'.split(' '),
  allowedAttributes: { a: ['href', 'rel'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'title', 'svg', 'math'],
  nestingLimit: 40,
  transformTags: {
    ...{ h1: 'h3', h2: 'h3', h5: 'h4', h6: 'h4', b: 'strong', i: 'em', div: 'p' },
    a: (tagName, { href }): sanitize.Tag => {
      const target = toSafeTarget(href)
      const attribs = target ? { href: target, rel: 'ugc nofollow noopener' } : {}
      return { tagName, attribs }
    },
  },
}

/** A café's page has its own h1 and h2: what is written inside begins at h3. */
export const renderMarkdown = (markdown: string): string =>
  sanitizeHtml(markdownIt.render(cleanLines(markdown)))

/**
 * Keeps p br strong em a ul ol li h3 h4 blockquote code; h1–h6, b, i and div become their nearest; links only to
 * http, https and mailto; everything else goes, its text kept unless it is no text (script, style).
 * For HTML from other servers and calendars (hostile cases W01, W02).
 */
export const sanitizeHtml = (html: string): string =>
  balanceTags(sanitize(cleanLines(html), ALLOWED))
    .replaceAll(/<p>(?:\s|<br \/>)*<\/p>/g, '')
    .trim()

/** What the HTML says, with a line per block and links written out; no tag survives, entities are characters. */
export function plainText(html: string): string {
  const text = sanitizeHtml(html)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/<a href="([^"]*)"[^>]*>([^<]*)<\/a>/g, (_, href: string, words: string) =>
      words === '' || href === words || href === `mailto:${words}` ? href : `${words} (${href})`,
    )
    .replaceAll(/ ?<li> ?/g, '\n- ')
  return decodeEntities(breakBlocks(text)).trim()
}

/** A character that no text means, in the place of `<` while tags are being replaced. */
const LESS_THAN = '\ue0ff'
const AROUND_ADDRESS = /[\\<>\ue0ff]/g

/** Markdown that shows the same as the HTML, so that an organiser can go on editing what was imported. */
export function htmlToMarkdown(html: string): string {
  const markdown = sanitizeHtml(html)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/(^|>)([^<]+)/g, (_, before: string, text: string) => before + escapeText(text))
    .replaceAll(/<(\/?)strong>/g, '**')
    .replaceAll(/<(\/?)em>/g, '*')
    .replaceAll(/<(\/?)code>/g, '`')
    .replaceAll(/<a href="([^"]*)"[^>]*>([^<]*)<\/a>/g, (_, href: string, words: string) =>
      href === words.replaceAll(AROUND_ADDRESS, '') ? words : `[${words || href}](${href})`,
    )
    .replaceAll(/ ?<h3> ?/g, '\n\n### ')
    .replaceAll(/ ?<h4> ?/g, '\n\n#### ')
    .replaceAll(/ ?<blockquote>(?: ?<p>)? ?/g, '\n\n> ')
    .replaceAll(/ ?<li>(?: ?<p>)? ?/g, '\n- ')
  return breakBlocks(markdown).replaceAll(LESS_THAN, '<').trim()
}

/** Markdown that shows plain text as it was typed; lists of dashes and numbers become lists. */
export const textToMarkdown = (text: string): string =>
  cleanLines(text)
    .split('\n')
    .map((line) => escapeMarks(line.trim()).replace(/^(#{1,6} |>|[-=+]{2,}\s*$|~~~)/, '\\$1'))
    .join('\n')

export const looksLikeHtml = (text: string): boolean =>
  /<(?:br|p|a|ul|ol|li|b|i|strong|em|div|span|h[1-6])(?:\s[^<>]*)?\/?>/i.test(text)

/** An address stays whole: in angle brackets when Markdown would read a mark inside it. */
const escapeMarks = (text: string): string =>
  text.replaceAll(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])|[\\`*_[\]<]|&(?=#?\w+;)/g, (mark, url) => {
    if (!url) return `\\${mark}`
    return /[*_[\]]/.test(mark) ? `<${mark}>` : mark
  })

const escapeText = (text: string): string =>
  escapeMarks(decodeEntities(text)).replaceAll('\\<', `\\${LESS_THAN}`).replaceAll('<', LESS_THAN)

const breakBlocks = (text: string): string =>
  text
    .replaceAll(/ ?<br \/> ?/g, '\n')
    .replaceAll(/ ?<\/?(?:p|h3|h4|blockquote|ul|ol)> ?/g, '\n\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/ +\n/g, '\n')
    .replaceAll(/\n{2,}(?=- )/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')

const decodeEntities = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')

const TAG = /<(\/?)([a-z]\w*)( [^>]*)?>/g
const BLOCKS = ['p', 'ul', 'ol', 'li', 'h3', 'h4', 'blockquote']

/**
 * What opens is closed, in order; a paragraph holds no block (divs inside divs became paragraphs inside paragraphs);
 * links without a target are no links. sanitize-html leaves these to the browser's guess.
 */
function balanceTags(html: string): string {
  const open: string[] = []
  const closeFrom = (index: number): string =>
    index < 0
      ? ''
      : open
          .splice(index)
          .reverse()
          .map((name) => `</${name}>`)
          .join('')
  const balanced = html.replaceAll(TAG, (tag, end: string, name: string, attributes = '') => {
    if (name === 'br') return tag
    if (end) return closeFrom(open.lastIndexOf(name))
    if (name === 'a' && (attributes === '' || open.includes('a'))) return ''
    const closed = BLOCKS.includes(name) ? closeFrom(open.indexOf('p')) : ''
    open.push(name)
    return closed + tag
  })
  return balanced + closeFrom(0)
}

/** An address that a browser reads as we do: it parses, and its scheme is one of three. */
function toSafeTarget(href: string | undefined): string | undefined {
  const target = href?.trim() ?? ''
  if (!URL.canParse(target)) return undefined
  return /^(?:https?|mailto):$/.test(new URL(target).protocol) ? target : undefined
}
