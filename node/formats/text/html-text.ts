import sanitize from 'sanitize-html'
import { capMarks, withoutUnseen } from './clean-text.ts'

/** The maximum number of UTF-16 units that are read, six times what one may write here; what follows is not read. */
const HTML_MAX = 64 * 1024

/** The maximum number of tags, closing ones included; a text of that length needs fewer. */
const TAGS_MAX = 1000

/** The maximum number of tags inside one another; no text needs as many. */
const NESTED_MAX = 40

const ALLOWED: sanitize.IOptions = {
  allowedTags: 'p br strong em a ul ol li h3 h4 blockquote code'.split(' '),
  allowedAttributes: { a: ['href', 'rel'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'title', 'svg', 'math'],
  nestingLimit: NESTED_MAX,
  transformTags: {
    ...{ h1: 'h3', h2: 'h3', h5: 'h4', h6: 'h4', b: 'strong', i: 'em', div: 'p' },
    a: (tagName, { href }): sanitize.Tag => {
      const target = toSafeTarget(href)
      const attribs = target ? { href: target, rel: 'ugc nofollow noopener' } : {}
      return { tagName, attribs }
    },
  },
}

/**
 * `>` and a combining solidus are one character, ≯, once composed (NFC): a text that begins with one would leave the
 * tag before it open, and what follows would be its attributes.
 */
const LEADING_MARKS = /^[\s\p{Mn}]+|(?<=>)\p{Mn}+/gu

/**
 * Sanitises HTML. It keeps p br strong em a ul ol li h3 h4 blockquote code; h1–h6, b, i and div become the nearest of
 * these; links lead only to http, https and mailto; everything else is removed, and its text kept unless it is none
 * (script, style). It is for HTML from other servers and calendars (hostile cases W01, W02), once, when it arrives: the
 * result is stored. Only the first 64 Ki UTF-16 units are read, up to the 1,000th `<`; the cost is linear.
 */
export const sanitizeHtml = (html: string): string =>
  html.length <= HTML_MAX && ONLY_PARAGRAPHS.test(html) ? html : sanitizeAny(html)

/**
 * Paragraphs of visible, composed Latin letters and signs (`clean-text.ts`), each with one that is no space, and with
 * fewer than `TAGS_MAX` tags. Most descriptions that places write have this form. Nothing of it would change, and to
 * find that out by parsing takes fifty times as long.
 */
const ONLY_PARAGRAPHS =
  /^(?:<p>(?=[^<]*[^<\s])[\n -%'-;=?-~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u202f\u20ac]+<\/p>){1,499}$/

const sanitizeAny = (html: string): string =>
  capMarks(balanceTags(withoutUnseen(sanitize(cutTags(html.slice(0, HTML_MAX)), ALLOWED))))
    .replaceAll(LEADING_MARKS, '')
    .normalize('NFC')
    .replaceAll(/<p>(?:\s|<br \/>)*<\/p>/g, '')
    .trim()

/**
 * Returns the text of HTML that `sanitizeHtml` made, with a line for each block and links written out; it has no tags,
 * and entities are characters.
 */
export function plainText(sanitized: string): string {
  const text = sanitized
    .replaceAll(/[ \n]+/g, ' ')
    .replaceAll(/<a href="([^"<>]*)"[^<>]*>([^<]*)<\/a>/g, (_, href: string, words: string) =>
      words === '' || href === words || href === `mailto:${words}` ? href : `${words} (${href})`,
    )
    .replaceAll(/ ?<li> ?/g, '\n- ')
  return decodeEntities(breakBlocks(text)).trim()
}

/**
 * Returns the two forms of a description that are stored for every café when it is written: HTML that `sanitizeHtml`
 * made, and its plain text, for files that hold no HTML.
 */
export const toDescription = (
  sanitized: string,
): { descriptionHtml: string; descriptionText: string } => ({
  descriptionHtml: sanitized,
  descriptionText: plainText(sanitized),
})

/**
 * Returns whether a text holds a tag that writers of descriptions use, so that it is read as HTML; `a < b` is no tag.
 */
export const isHtmlLike = (text: string): boolean =>
  /<(?:br|p|a|ul|ol|li|b|i|strong|em|div|span|h[1-6])(?:\s[^<>]*)?\/?>/i.test(text)

/** Puts an empty line between blocks and a line for each item in place of the remaining tags. */
export const breakBlocks = (text: string): string =>
  text
    .replaceAll(/ ?<br \/> ?/g, '\n')
    .replaceAll(/ ?<\/?(?:p|h3|h4|blockquote|ul|ol)> ?/g, '\n\n')
    .replaceAll(/<[^<>]*>/g, '')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .replaceAll('\n\n- ', '\n- ')

/** Decodes the four entities of `escapeHtml`, and no others. `&amp;` comes last, so that `&amp;lt;` becomes `&lt;`. */
export const decodeEntities = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')

const TAG = /<(\/?)([a-z]\w*)((?: [^<>]*)?)>/g
const BLOCKS = ['p', 'ul', 'ol', 'li', 'h3', 'h4', 'blockquote']

const isOnlyWords = (name: string): boolean => ['p', 'h3', 'h4'].includes(name)

/**
 * Balances tags: what opens is closed, in order; paragraphs and headings hold no block (divs inside divs became such
 * paragraphs), an item holds an item only in a list of its own; links without a target are removed. sanitize-html
 * leaves these to the browser's guess.
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
    const closed = BLOCKS.includes(name) ? closeFrom(open.findIndex(isOnlyWords)) : ''
    const list = Math.max(open.lastIndexOf('ul'), open.lastIndexOf('ol'))
    const item = name === 'li' ? open.indexOf('li', list + 1) : -1
    const itemClosed = closeFrom(item)
    open.push(name)
    return closed + itemClosed + tag
  })
  return balanced + closeFrom(0)
}

/**
 * Cuts HTML at the 1,000th `<`. The parser takes the square of the open tags (htmlparser2 searches them for each
 * closing one): 512 kB of `<b>` took 4 to 12 s, and names that only the parser reads as such (`<p-x>`, `<b <>`) have
 * the same effect.
 */
function cutTags(html: string): string {
  let end = -1
  for (let tags = 0; tags < TAGS_MAX; tags++) {
    end = html.indexOf('<', end + 1)
    if (end < 0) return html
  }
  return html.slice(0, end)
}

/**
 * Returns an address that a browser reads as we do: it parses, and its scheme is one of three. Undefined for any other.
 */
function toSafeTarget(href: string | undefined): string | undefined {
  const target = href?.trim() ?? ''
  if (!URL.canParse(target)) return undefined
  return /^(?:https?|mailto):$/.test(new URL(target).protocol) ? target : undefined
}
