import MarkdownIt from 'markdown-it'
import { cleanLines, LINES_MAX } from './clean-text.ts'
import { breakBlocks, decodeEntities, sanitizeHtml } from './html-text.ts'

// What people type without thinking of Markdown stays as it is: lines of dashes, indented lines.
const markdownIt = new MarkdownIt({
  html: false,
  linkify: true,
  typographer: true,
  breaks: true,
  quotes: ['«\u00a0', '\u00a0»', '“', '”'],
}).disable(['image', 'table', 'hr', 'lheading', 'code'])

/** The maximum number of characters, twice what a description may have: forms and the API refuse longer ones before. */
const MARKDOWN_MAX = 20_000

/** Renders Markdown as HTML. A café's page has its own h1 and h2, so headings inside begin at h3. */
export const renderMarkdown = (markdown: string): string =>
  sanitizeHtml(markdownIt.render(cleanLines(markdown, MARKDOWN_MAX)))

/** A character without meaning in any text, in place of `<` while tags are being replaced. */
const LESS_THAN = '\ue0ff'
const AROUND_ADDRESS = /[\\<>\ue0ff]/g

/** Converts HTML to Markdown that shows the same, so that an organiser can go on editing what was imported. */
export function htmlToMarkdown(html: string): string {
  const markdown = sanitizeHtml(html)
    .replaceAll(/[ \n]+/g, ' ')
    .replaceAll(/(^|>)([^<]+)/g, (_, before: string, text: string) => before + escapeText(text))
    .replaceAll(/<(\/?)strong>/g, '**')
    .replaceAll(/<(\/?)em>/g, '*')
    .replaceAll(/<(\/?)code>/g, '`')
    .replaceAll(/<a href="([^"<>]*)"[^<>]*>([^<]*)<\/a>/g, (_, href: string, words: string) =>
      href === words.replaceAll(AROUND_ADDRESS, '') ? words : `[${words || href}](${href})`,
    )
    .replaceAll(/ ?<h3> ?/g, '\n\n### ')
    .replaceAll(/ ?<h4> ?/g, '\n\n#### ')
    .replaceAll(/ ?<blockquote>(?: ?<p>)? ?/g, '\n\n> ')
    .replaceAll(/ ?<li>(?: ?<p>)? ?/g, '\n- ')
  return breakBlocks(markdown).replaceAll(LESS_THAN, '<').trim()
}

/** Converts plain text to Markdown that shows it as it was typed; lists of dashes and numbers become lists. */
export const textToMarkdown = (text: string): string =>
  cleanLines(text, LINES_MAX)
    .split('\n')
    .map((line) => escapeMarks(line.trim()).replace(/^(#{1,6} |>|[-=+]{2,}\s*$|~~~)/, '\\$1'))
    .join('\n')

/** Escapes marks. An address stays whole: it is in angle brackets when Markdown would read a mark inside it. */
const escapeMarks = (text: string): string =>
  text.replaceAll(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])|[\\`*_[\]<]|&(?=#?\w+;)/g, (mark, url) => {
    if (!url) return `\\${mark}`
    return /[*_[\]]/.test(mark) ? `<${mark}>` : mark
  })

const escapeText = (text: string): string =>
  escapeMarks(decodeEntities(text)).replaceAll('\\<', `\\${LESS_THAN}`).replaceAll('<', LESS_THAN)
