import {
  announcedLines,
  announcedTitle,
  factsOf,
  stateLines,
} from '../../node/domain/cafes/announcement-text.ts'
import { attendanceModeOf, type Cafe } from '../../node/domain/cafes/cafe.ts'
import { changeMessage, type KnownState } from '../../node/domain/cafes/change-message.ts'
import { escapeHtml } from '../../node/domain/values/escape-html.ts'

/**
 * The texts about a café that other software shows. Mastodon shows the title and the summary, GoToSocial and
 * Misskey the content. Both texts say when, where and how, since few of these programs read the date itself.
 */

/** Returns the summary of a café as HTML. */
export function summaryHtml(cafe: Cafe): string {
  return `<p>${announcedLines(cafe).map(escapeHtml).join('<br>')}</p>`
}

/**
 * Returns the text of a café for software that shows Events, as HTML: its state, title, time and place, then its
 * description and how to get in.
 */
export const contentHtml = (cafe: Cafe): string => bodyHtml(cafe, '<br>')

/** Returns the text of a post that stands in for the Event; the link to the page comes last. */
export const postHtml = (cafe: Cafe, newline: Newline): string =>
  `${bodyHtml(cafe, newline)}<p>${linkHtml(cafe.url)}</p>`

/** The HTML between two lines: a paragraph for each where `<br>` is dropped (NodeBB). */
export type Newline = '<br>' | '</p><p>'

function bodyHtml(cafe: Cafe, newline: Newline): string {
  const { when, where, how } = factsOf(cafe)
  const head = [
    ...stateLines(cafe).map(escapeHtml),
    `<strong>${escapeHtml(announcedTitle(cafe))}</strong>`,
    ...[when, where, ...(how ? [how] : [])].map(escapeHtml),
  ].join(newline)
  const lead = cafe.summary ? `<p>${escapeHtml(cafe.summary)}</p>` : ''
  return `<p>${head}</p>${lead}${cafe.descriptionHtml}${accessHtml(cafe, newline)}`
}

/** Returns how to get in. Readers of other software have no page of ours beside it that says so. */
function accessHtml({ venue, attendanceMode, status }: Cafe, newline: string): string {
  if (!venue || attendanceModeOf({ attendanceMode, status }) === 'online') return ''
  const { access, acceslibreUrl: url } = venue
  const words = access
    ? `<p>Comment entrer : ${escapeHtml(access).replaceAll('\n', newline)}</p>`
    : ''
  return url ? `${words}<p>Accessibilité du lieu : ${linkHtml(url)}</p>` : words
}

function linkHtml(url: string): string {
  const href = escapeHtml(url)
  return `<a href="${href}" rel="nofollow noopener noreferrer">${href}</a>`
}

/** Returns the text of the Note that tells what has changed since the state that followers knew (`before`). */
export function changeNoteHtml(
  before: KnownState | undefined,
  cafe: Cafe,
  newline: Newline = '<br>',
): string {
  return noteHtml({ ...changeMessage(before, cafe), url: cafe.url }, newline)
}

type Message = { title: string; lines: readonly string[]; url?: string | undefined }

/** Returns the text of a Note of a title in bold and some lines, with the page that it is about. */
export const noteHtml = ({ title, lines, url }: Message, newline: Newline = '<br>'): string =>
  [
    `<p><strong>${escapeHtml(title)}</strong>`,
    ...lines.map((line) => `${newline}${escapeHtml(line)}`),
    ...(url ? [`${newline}<a href="${escapeHtml(url)}">${escapeHtml(url)}</a>`] : []),
    '</p>',
  ].join('')
