import { stateLines } from '../../node/domain/cafes/announcement-text.ts'
import { attendanceModeOf, type Cafe, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import { venueText } from '../../node/domain/cafes/venue.ts'
import { type Digest, type Feed, feedPath, feedText } from '../../node/domain/territories/feed.ts'
import { clock, longDate } from '../../node/domain/values/date-text.ts'
import { escapeHtml } from '../../node/domain/values/escape-html.ts'

/** The maximum number of cafés in one message; the others are on the page. */
export const DIGEST_CAFES = 20

type DigestContent = {
  feed: Feed
  kind: Digest['kind']
  cafes: Cafe[]
  total: number
  /** Cafés that were announced before; what has changed in them is told here. */
  changed: Cafe[]
}

/**
 * Returns the text of a digest as HTML: several cafés in one message, in plain French, each with the link to its page.
 */
export function digestHtml(
  { feed, kind, cafes, total, changed }: DigestContent,
  origin: string,
): string {
  const number = total === 1 ? '1 café IA' : `${total} cafés IA`
  const where = escapeHtml(feedText(feed))
  const head = {
    weekly: `Cette semaine : ${number} ${where}`,
    daily: `Aussi ${total === 1 ? 'annoncé' : 'annoncés'} aujourd’hui : ${number} ${where}`,
  }[kind]
  const others = total - cafes.length
  const page = escapeHtml(`${origin}${feedPath(feed)}`)
  const words =
    others > 0 ? `Et ${others === 1 ? '1 autre' : `${others} autres`} : ` : 'La liste : '
  return [
    ...(cafes.length > 0 ? [`<p><strong>${head}</strong></p>`, ...cafes.map(lineHtml)] : []),
    ...changedHtml(changed, where),
    `<p>${words}<a href="${page}">${page}</a></p>`,
  ].join('')
}

function changedHtml(changed: readonly Cafe[], where: string): string[] {
  const { length } = changed
  if (length === 0) return []
  const [number, verb] =
    length === 1 ? ['1 café IA', 'a changé'] : [`${length} cafés IA`, 'ont changé']
  return [
    `<p><strong>${number} ${where} ${verb} aujourd’hui</strong></p>`,
    ...changed.slice(0, DIGEST_CAFES).map(lineHtml),
  ]
}

function lineHtml(cafe: Cafe): string {
  const link = `<a href="${escapeHtml(cafe.url)}">${escapeHtml(cafe.title)}</a>`
  if (cafe.status === 'postponed')
    return `<p>${escapeHtml(stateLines(cafe)[0] ?? '')}<br>${link}</p>`
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
