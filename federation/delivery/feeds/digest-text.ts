import { attendanceModeOf, type Cafe, startsAtPlace } from '../../../node/domain/cafes/cafe.ts'
import { venueText } from '../../../node/domain/cafes/venue.ts'
import { type Feed, feedPath, feedText } from '../../../node/domain/territories/feed.ts'
import { clock, longDate } from '../../../node/domain/values/date-text.ts'
import { escapeHtml } from '../../../node/domain/values/escape-html.ts'
import { changeNoteHtml } from '../../wire/event-text.ts'
import type { CafeChange } from '../change-notes.ts'

/** The maximum number of cafés in one message; the others are on the page. */
export const DIGEST_CAFES = 20

type DigestContent = {
  feed: Feed
  kind: 'daily' | 'weekly'
  cafes: Cafe[]
  total: number
}

/**
 * Returns the text of a digest as HTML: several cafés in one message, in plain French, each with the link to its page.
 */
export function digestHtml({ feed, kind, cafes, total }: DigestContent, origin: string): string {
  const number = total === 1 ? '1 café IA' : `${total} cafés IA`
  const where = escapeHtml(feedText(feed))
  const head = {
    weekly: `Cette semaine : ${number} ${where}`,
    daily: `Aussi ${total === 1 ? 'annoncé' : 'annoncés'} aujourd’hui : ${number} ${where}`,
  }[kind]
  const others = total - cafes.length
  const words =
    others > 0 ? `Et ${others === 1 ? '1 autre' : `${others} autres`} : ` : 'La liste : '
  return [
    `<p><strong>${head}</strong></p>`,
    ...cafes.map(lineHtml),
    pageHtml(words, feed, origin),
  ].join('')
}

/** Returns the message about several cafés that have changed: what is new of each, as in a message of its own. */
export function changesHtml(feed: Feed, changes: readonly CafeChange[], origin: string): string {
  const { length } = changes
  const [number, verb] =
    length === 1 ? ['1 café IA', 'a changé'] : [`${length} cafés IA`, 'ont changé']
  return [
    `<p><strong>${number} ${escapeHtml(feedText(feed))} ${verb} aujourd’hui</strong></p>`,
    ...changes.map(({ cafe, before }) => changeNoteHtml(before, cafe)),
    pageHtml('La liste : ', feed, origin),
  ].join('')
}

function pageHtml(words: string, feed: Feed, origin: string): string {
  const page = escapeHtml(`${origin}${feedPath(feed)}`)
  return `<p>${words}<a href="${page}">${page}</a></p>`
}

function lineHtml(cafe: Cafe): string {
  const link = `<a href="${escapeHtml(cafe.url)}">${escapeHtml(cafe.title)}</a>`
  const start = startsAtPlace(cafe)
  const { venue } = cafe
  const isAway = !venue || attendanceModeOf(cafe) === 'online'
  const place = isAway ? 'En ligne' : venueText(venue)
  return [
    `<p>📅 ${escapeHtml(`${longDate(start)}, ${clock(start)}`)}`,
    `<br>${link}`,
    `<br>📍 ${escapeHtml(place)}</p>`,
  ].join('')
}
