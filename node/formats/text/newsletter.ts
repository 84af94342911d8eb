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

function toBlocks(
  newsletter: Newsletter,
  { directory, most, sectionHref, where }: NewsletterLinks,
): Block[] {
  const { from, until, forward, sections, changes } = newsletter
  const total = forward.length + sections.reduce((sum, { cafes }) => sum + cafes.length, 0)
  return [
    {
      type: 'title',
      text: `Les cafés IA${where ? ` ${where},` : ''} du ${plainDate(from)} au ${plainDate(until)}`,
    },
    {
      type: 'paragraph',
      text:
        total === 0
          ? 'Aucun café n’est annoncé pour ces deux semaines.'
          : 'Des rencontres gratuites, ouvertes à toutes et tous, pour parler ensemble d’intelligence artificielle.',
    },
    ...(changes.length > 0
      ? [
          { type: 'heading' as const, text: 'Ce qui a changé depuis la dernière lettre' },
          ...changes.map((change) => ({
            type: 'item' as const,
            title: change.sent.title,
            url: change.sent.url,
            lines: [
              `Prévu le ${longDate(startsAtPlace(change.sent))}.`,
              newsletterChangeText(change),
            ],
          })),
        ]
      : []),
    ...(forward.length > 0
      ? [{ type: 'heading' as const, text: 'À ne pas manquer' }, ...forward.map(toItem)]
      : []),
    ...sections.flatMap(({ territory, cafes }) => [
      { type: 'heading' as const, text: territory ?? 'En ligne' },
      ...cafes.slice(0, most).map(toItem),
      ...(cafes.length > most
        ? [
            {
              type: 'item' as const,
              title: `Et ${cafes.length - most} de plus`,
              url: sectionHref(territory),
              lines: [],
            },
          ]
        : []),
    ]),
    { type: 'heading', text: 'Tous les cafés' },
    { type: 'item', title: 'Trouver un café près de chez vous', url: directory, lines: [] },
  ]
}

/** Writes a letter for the source view of a mailing program: headings, lists and links, without style or pictures. */
export const toNewsletterHtml = (newsletter: Newsletter, links: NewsletterLinks): string =>
  toBlocks(newsletter, links).reduce((html, block, index, blocks) => {
    if (block.type !== 'item') {
      const tag = { title: 'h1', heading: 'h2', paragraph: 'p' }[block.type]
      return `${html}<${tag}>${escapeHtml(block.text)}</${tag}>\n`
    }
    const link = `<a href="${escapeHtml(block.url)}">${escapeHtml(block.title)}</a>`
    const item = `<li>${[`<strong>${link}</strong>`, ...block.lines.map(escapeHtml)].join('<br>\n')}</li>\n`
    const open = blocks[index - 1]?.type === 'item' ? '' : '<ul>\n'
    const close = blocks[index + 1]?.type === 'item' ? '' : '</ul>\n'
    return html + open + item + close
  }, '')

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
