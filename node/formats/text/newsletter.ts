import { organizerNameOf } from '../../domain/cafes/announced-for.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { endsAtPlace, startsAtPlace } from '../../domain/cafes/cafe.ts'
import { venueText } from '../../domain/cafes/venue.ts'
import type { Newsletter } from '../../domain/territories/newsletter.ts'
import { venueWhereHeld } from '../../domain/territories/newsletter-change.ts'
import { longDate, plainDate, timeRangeInZone } from '../../domain/values/date-text.ts'
import { escapeHtml } from '../../domain/values/escape-html.ts'
import { textToMarkdown } from './markdown.ts'
import { newsletterChangeText } from './newsletter-change-text.ts'

/** A block of a letter for the three writers: each line of text is plain, and each link separate. */
type Block =
  | { type: 'title' | 'heading' | 'paragraph'; text: string }
  | { type: 'item'; title: string; url: string; lines: string[] }

export type NewsletterLinks = {
  /** The address of the directory, which has all cafés. */
  directory: string
  /** The maximum number of cafés of a section in a letter; the others are behind a link. */
  most: number
  /** Returns the page of a section's territory, by its name; undefined for cafés online. */
  sectionHref: (territory: string | undefined) => string
  /** Returns the page of a question that came up. */
  questionHref: (id: string) => string
  /** Returns the page of a resource, by the end of its address. */
  resourceHref: (slug: string) => string
  /** Where the cafés take place, as « en Ille-et-Vilaine »; undefined for everywhere. */
  where?: string | undefined
}

const toItem = (cafe: Cafe): Block => {
  const start = startsAtPlace(cafe)
  const venue = venueWhereHeld(cafe)
  const place = venue ? venueText(venue) : 'En ligne'
  return {
    type: 'item',
    title: cafe.title,
    url: cafe.url,
    lines: [
      `${longDate(start)}, ${timeRangeInZone(start, endsAtPlace(cafe))}`,
      organizerNameOf(cafe) === venue?.name ? place : `${place} (${organizerNameOf(cafe)})`,
    ],
  }
}

function toBlocks(newsletter: Newsletter, links: NewsletterLinks): Block[] {
  const { from, until, forward, opening } = newsletter
  const where = links.where ? ` ${links.where},` : ''
  return [
    { type: 'title', text: `Les cafés IA${where} du ${plainDate(from)} au ${plainDate(until)}` },
    ...paragraphsOf(opening),
    { type: 'paragraph', text: leadOf(newsletter) },
    ...changesOf(newsletter),
    ...(forward.length > 0 ? [headingOf('À ne pas manquer'), ...forward.map(toItem)] : []),
    ...sectionsOf(newsletter, links),
    ...questionsOf(newsletter, links),
    ...resourcesOf(newsletter, links),
    headingOf('Tous les cafés'),
    itemOf('Trouver un café près de chez vous', links.directory),
  ]
}

const headingOf = (text: string): Block => ({ type: 'heading', text })
const itemOf = (title: string, url: string, lines: string[] = []): Block => ({
  ...{ type: 'item', title, url, lines },
})

const paragraphsOf = (opening: string): Block[] =>
  opening
    .split('\n\n')
    .map((text) => text.replaceAll('\n', ' ').trim())
    .filter((text) => text !== '')
    .map((text) => ({ type: 'paragraph', text }))

const leadOf = ({ forward, sections }: Newsletter): string =>
  forward.length + sections.reduce((sum, { cafes }) => sum + cafes.length, 0) === 0
    ? 'Aucun café n’est annoncé pour ces deux semaines.'
    : 'Des rencontres gratuites, ouvertes à toutes et tous, pour parler ensemble d’intelligence artificielle.'

const changesOf = ({ changes }: Newsletter): Block[] =>
  changes.length === 0
    ? []
    : [
        headingOf('Ce qui a changé depuis la dernière lettre'),
        ...changes.map((change) =>
          itemOf(change.sent.title, change.sent.url, [
            `Prévu le ${longDate(startsAtPlace(change.sent))}.`,
            newsletterChangeText(change),
          ]),
        ),
      ]

const sectionsOf = ({ sections }: Newsletter, { most, sectionHref }: NewsletterLinks): Block[] =>
  sections.flatMap(({ territory, cafes }) => [
    headingOf(territory ?? 'En ligne'),
    ...cafes.slice(0, most).map(toItem),
    ...(cafes.length > most
      ? [itemOf(`Et ${cafes.length - most} de plus`, sectionHref(territory))]
      : []),
  ])

const questionsOf = ({ questions }: Newsletter, { questionHref }: NewsletterLinks): Block[] =>
  questions.length === 0
    ? []
    : [
        headingOf('Entendu dans les cafés'),
        ...questions.map(({ id, text, cafes }) =>
          itemOf(text, questionHref(id), cafes > 1 ? [`Posée dans ${cafes} cafés.`] : []),
        ),
      ]

const resourcesOf = ({ resources }: Newsletter, { resourceHref }: NewsletterLinks): Block[] =>
  resources.length === 0
    ? []
    : [
        headingOf('De nouvelles ressources'),
        ...resources.map(({ slug, title, summary, author }) =>
          itemOf(title, resourceHref(slug), [summary, `Par ${author}.`]),
        ),
      ]

/**
 * Styles that stay where a letter is pasted: those of a page are lost, tables and pictures are not needed, and mail
 * programs keep these properties of an element (Outlook too).
 */
const STYLE = {
  title: 'margin:0 0 16px;font:bold 24px/1.3 Arial,sans-serif;color:#084a40',
  heading: 'margin:28px 0 8px;font:bold 18px/1.3 Arial,sans-serif;color:#084a40',
  paragraph: 'margin:0 0 12px;font:16px/1.5 Arial,sans-serif;color:#211d18',
  list: 'margin:0 0 12px;padding:0 0 0 20px;font:16px/1.5 Arial,sans-serif;color:#211d18',
  item: 'margin:0 0 12px',
  link: 'color:#0b6355',
}

/** Writes a letter to be pasted into a mailing program: headings, lists and links with their own style, no pictures. */
export const toNewsletterHtml = (newsletter: Newsletter, links: NewsletterLinks): string =>
  toBlocks(newsletter, links).reduce((html, block, index, blocks) => {
    if (block.type !== 'item') {
      const tag = { title: 'h1', heading: 'h2', paragraph: 'p' }[block.type]
      return `${html}<${tag} style="${STYLE[block.type]}">${escapeHtml(block.text)}</${tag}>\n`
    }
    const link = `<a style="${STYLE.link}" href="${escapeHtml(block.url)}">${escapeHtml(block.title)}</a>`
    const words = [`<strong>${link}</strong>`, ...block.lines.map(escapeHtml)].join('<br>\n')
    const item = `<li style="${STYLE.item}">${words}</li>\n`
    const open = blocks[index - 1]?.type === 'item' ? '' : `<ul style="${STYLE.list}">\n`
    const close = blocks[index + 1]?.type === 'item' ? '' : '</ul>\n'
    return html + open + item + close
  }, '')

/** Returns a letter as HTML without its own styles, for a page, whose policy allows none. */
export const withoutStyles = (html: string): string =>
  Object.values(STYLE).reduce((text, style) => text.replaceAll(` style="${style}"`, ''), html)

/** Writes a letter as CommonMark; what organisers wrote shows as they wrote it. */
export const toNewsletterMarkdown = (newsletter: Newsletter, links: NewsletterLinks): string =>
  toBlocks(newsletter, links)
    .map((block) => {
      if (block.type !== 'item') {
        const mark = { title: '# ', heading: '\n## ', paragraph: '\n' }[block.type]
        return `${mark}${textToMarkdown(block.text)}\n`
      }
      const first = `- **[${textToMarkdown(block.title)}](<${block.url.replaceAll(/[<>\n]/g, '')}>)**`
      return [first, ...block.lines.map((line) => `  ${textToMarkdown(line)}`)].join('  \n')
    })
    .join('\n')
    .concat('\n')

/** Writes a letter for a mail in plain text. */
export const toNewsletterText = (newsletter: Newsletter, links: NewsletterLinks): string =>
  toBlocks(newsletter, links)
    .map((block) => {
      if (block.type === 'item') {
        const lines = [
          `* ${block.title}`,
          ...block.lines.map((line) => `  ${line}`),
          `  ${block.url}`,
        ]
        return `${lines.join('\n')}\n`
      }
      if (block.type === 'title') return `${block.text.toUpperCase()}\n`
      if (block.type === 'paragraph') return `${block.text}\n`
      return `\n${block.text}\n${'-'.repeat(block.text.length)}\n`
    })
    .join('\n')
