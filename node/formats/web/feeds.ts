import { Feed } from 'feed'
import { organizerNameOf } from '../../domain/cafes/announced-for.ts'
import { type Cafe, isOff, pageOf } from '../../domain/cafes/cafe.ts'
import { registrationText, titleText, whenText, whereText } from '../../domain/cafes/cafe-text.ts'
import { withOffset } from '../../domain/values/date-text.ts'
import { escapeHtml } from '../../domain/values/escape-html.ts'
import { isWebAddress } from '../../domain/values/web-address.ts'
import { cleanText, LINE_MAX } from '../text/clean-text.ts'

export type FeedAbout = {
  name: string
  /** The name of the operator of the site. */
  author: string
  description: string
  /** The page that shows the same to people. */
  page: string
  /** The address at which the feed itself is read again. */
  url: string
  /** A feed without a café is dated by the day, so that it is the same when it is asked for again. */
  now: Temporal.Instant
}

/**
 * Writes Atom 1.0 (RFC 4287), in the given order. An entry is updated with its café, so that a cancellation is news;
 * its id is the café's own address.
 */
export function toAtom(cafes: readonly Cafe[], about: FeedAbout): string {
  const feed = new Feed({
    id: about.url,
    title: cleanText(about.name, LINE_MAX),
    description: cleanText(about.description, LINE_MAX),
    link: about.page,
    feed: about.url,
    updated: toDate(latestOf(cafes) ?? beginningOfDay(about.now)),
    author: { name: cleanText(about.author, LINE_MAX), link: about.page },
    copyright: 'CC BY-SA 4.0',
    generator: 'Café IA',
  })
  for (const cafe of cafes) {
    feed.addItem({
      id: cafe.uri,
      link: pageOf(cafe),
      title: escapeHtml(titleOf(cafe)),
      description: escapeHtml(summaryOf(cafe)),
      content: contentOf(cafe),
      date: toDate(cafe.updatedAt),
      ...(cafe.publishedAt && { published: toDate(cafe.publishedAt) }),
      author: [{ name: cleanText(organizerNameOf(cafe), LINE_MAX) }],
      category: categoriesOf(cafe).map((word) => ({ name: word, term: word })),
    })
  }
  return feed.atom1()
}

/**
 * Writes JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), with when and where for programs in `_cafe`. The
 * package that writes our Atom knows version 1 only.
 */
export function toJsonFeed(cafes: readonly Cafe[], about: FeedAbout): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: cleanText(about.name, LINE_MAX),
    home_page_url: about.page,
    feed_url: about.url,
    description: cleanText(about.description, LINE_MAX),
    language: 'fr',
    authors: [{ name: cleanText(about.author, LINE_MAX), url: about.page }],
    items: cafes.map(toItem),
  })
}

const toItem = (cafe: Cafe) => ({
  id: cafe.uri,
  url: pageOf(cafe),
  title: titleOf(cafe),
  summary: summaryOf(cafe),
  content_html: contentOf(cafe),
  ...(cafe.image && isWebAddress(cafe.image.url) && { image: cafe.image.url }),
  ...(cafe.publishedAt && { date_published: cafe.publishedAt.toString() }),
  date_modified: cafe.updatedAt.toString(),
  authors: [{ name: cleanText(organizerNameOf(cafe), LINE_MAX) }],
  tags: categoriesOf(cafe),
  language: cafe.languages[0] ?? 'fr',
  _cafe: {
    starts_at: withOffset(cafe.startsAt, cafe.timezone),
    ends_at: withOffset(cafe.endsAt, cafe.timezone),
    timezone: cafe.timezone,
    status: cafe.status,
    place: whereText(cafe),
  },
})

/** Returns the title of an entry. Readers may show nothing else, so it also begins with the word for full. */
const titleOf = (cafe: Cafe): string => {
  const isFull = cafe.registration.seatsLeft === 0 && !isOff(cafe)
  return cleanText(`${isFull ? 'Complet\u00a0: ' : ''}${titleText(cafe)}`, LINE_MAX)
}

/** Returns when a café takes place; the date of a postponed one does not hold, and is not given as if it did. */
const whenOf = (cafe: Cafe): string =>
  cafe.status === 'postponed'
    ? `nouvelle date à venir (d’abord prévu\u00a0: ${whenText(cafe)})`
    : whenText(cafe)

/** Returns the summary, which begins with date and place, for readers that show little of it. */
const summaryOf = (cafe: Cafe): string =>
  [`${whenOf(cafe)}, ${whereText(cafe)}.`, cafe.summary]
    .map((part) => cleanText(part ?? '', LINE_MAX))
    .filter((part) => part !== '')
    .join(' ')

function contentOf(cafe: Cafe): string {
  const { image, statusNote, summary } = cafe
  const lines = [statusNote, whenOf(cafe), whereText(cafe), registrationText(cafe)]
  const paragraphs = [...lines, summary]
    .map((line) => cleanText(line ?? '', LINE_MAX))
    .filter(Boolean)
  const picture =
    image && isWebAddress(image.url)
      ? `<p><img src="${escapeHtml(image.url)}" alt="${escapeHtml(cleanText(image.alt, LINE_MAX))}"></p>`
      : ''
  const html = `${paragraphs.map((line) => `<p>${escapeHtml(line)}</p>`).join('')}${picture}${cafe.descriptionHtml}`
  // The library that writes Atom lets the second end of a CDATA section through.
  return html.replaceAll(']]>', ']]&gt;')
}

/**
 * Returns the categories without `<`, which the library leaves unescaped in attributes of Atom, where it is an error.
 */
const categoriesOf = ({ format, themes }: Cafe): string[] =>
  [format ?? '', ...themes]
    .map((word) => cleanText(word, LINE_MAX).replaceAll('<', '‹'))
    .filter((word) => word !== '')

function latestOf(cafes: readonly Cafe[]): Temporal.Instant | undefined {
  return cafes
    .map(({ updatedAt }) => updatedAt)
    .sort(Temporal.Instant.compare)
    .at(-1)
}

const beginningOfDay = (now: Temporal.Instant): Temporal.Instant =>
  now.round({ smallestUnit: 'hour', roundingMode: 'floor', roundingIncrement: 24 })

const toDate = (instant: Temporal.Instant): Date => new Date(instant.epochMilliseconds)
