import type { Cafe } from '../node/domain/cafe.ts'
import { whenInWords, whereInWords } from '../node/domain/cafe-words.ts'
import { longDate } from '../node/domain/date-words.ts'

/**
 * The words that other software shows of a café. Mastodon shows the title and the summary, GoToSocial and Misskey the
 * content: both say when, where and how, since few of them read the date itself.
 */

/** The title as every reader shows it, raw in a heading at Mastodon: states first, no angle brackets. */
export function wireTitle(cafe: Cafe): string {
  const title = cafe.title.replaceAll('<', '‹').replaceAll('>', '›')
  if (cafe.status === 'cancelled') return `Annulé – ${title}`
  if (cafe.status === 'postponed') return `Reporté – ${title}`
  if (cafe.status === 'moved-online') return `${title} (en ligne)`
  return title
}

export function summaryHtml(cafe: Cafe): string {
  const lines = [
    ...stateLines(cafe),
    `📅 ${escapeHtml(whenInWords(cafe))}`,
    `📍 ${escapeHtml(whereInWords(cafe))}`,
    `🎟️ ${escapeHtml(howInWords(cafe))}`,
  ]
  return `<p>${lines.join('<br>')}</p>`
}

export function contentHtml(cafe: Cafe): string {
  const state = stateLines(cafe).map((line) => `${line}<br>`)
  const head = [
    '<p>',
    ...state,
    `<strong>${escapeHtml(wireTitle(cafe))}</strong><br>`,
    `${escapeHtml(whenInWords(cafe))}<br>${escapeHtml(whereInWords(cafe))}<br>`,
    `${escapeHtml(howInWords(cafe))}</p>`,
  ].join('')
  const lead = cafe.summary ? `<p>${escapeHtml(cafe.summary)}</p>` : ''
  return head + lead + cafe.descriptionHtml
}

/** One sentence for the Note that tells of an important change. */
export function changeNoteHtml(cafe: Cafe, url: string): string {
  const what = {
    cancelled: 'Annulé',
    postponed: 'Reporté, date à venir',
    rescheduled: 'Nouvelle date',
    'moved-online': 'Déplacé en ligne',
    scheduled: 'Changement',
  }[cafe.status]
  const title = cafe.title.replaceAll('<', '‹').replaceAll('>', '›')
  const note = cafe.statusNote ? `<br>${escapeHtml(cafe.statusNote)}` : ''
  const place = cafe.status === 'cancelled' ? '' : `<br>📍 ${escapeHtml(whereInWords(cafe))}`
  return [
    `<p><strong>${what} : ${escapeHtml(title)}</strong>`,
    `<br>📅 ${escapeHtml(whenInWords(cafe))}${place}${note}`,
    `<br><a href="${escapeHtml(url)}">${escapeHtml(url)}</a></p>`,
  ].join('')
}

function howInWords({ registration, openTo, phone }: Cafe): string {
  const { mode, capacity, seatsLeft } = registration
  const audience = openTo === 'reserved' ? 'Gratuit, réservé à un public précis' : 'Gratuit'
  const places = capacity === undefined ? '' : ` (${capacity} places)`
  if (mode === 'none') return `${audience}, venez librement${places}`
  if (capacity !== undefined && seatsLeft === 0) return `${audience}, complet`
  if (mode === 'phone') return `${audience}, sur inscription au ${phone ?? 'téléphone'}${places}`
  return `${audience}, sur inscription${places}`
}

function stateLines(cafe: Cafe): string[] {
  const note = cafe.statusNote ? ` : ${escapeHtml(cafe.statusNote)}` : ''
  if (cafe.status === 'cancelled') return [`❌ Annulé${note}`]
  if (cafe.status === 'postponed') return [`⏸️ Reporté, nouvelle date à venir${note}`]
  if (cafe.status === 'moved-online') return [`💻 Déplacé en ligne${note}`]
  if (cafe.status === 'rescheduled' && cafe.previousStartsAt) {
    const before = longDate(cafe.previousStartsAt.toZonedDateTimeISO(cafe.timezone))
    return [`🔁 Nouvelle date (prévu d’abord ${before})${note}`]
  }
  return []
}

export const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
