import {
  announcedLines,
  announcedTitle,
  attendanceText,
  changeMessage,
  stateLines,
} from '../../node/domain/cafes/announcement-text.ts'
import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { whenText, whereText } from '../../node/domain/cafes/cafe-text.ts'

/**
 * The words that other software shows of a café. Mastodon shows the title and the summary, GoToSocial and Misskey the
 * content: both say when, where and how, since few of them read the date itself.
 */

export function summaryHtml(cafe: Cafe): string {
  return `<p>${announcedLines(cafe).map(escapeHtml).join('<br>')}</p>`
}

export function contentHtml(cafe: Cafe): string {
  const state = stateLines(cafe).map((line) => `${escapeHtml(line)}<br>`)
  const head = [
    '<p>',
    ...state,
    `<strong>${escapeHtml(announcedTitle(cafe))}</strong><br>`,
    `${escapeHtml(whenText(cafe))}<br>${escapeHtml(whereText(cafe))}<br>`,
    `${escapeHtml(attendanceText(cafe))}</p>`,
  ].join('')
  const lead = cafe.summary ? `<p>${escapeHtml(cafe.summary)}</p>` : ''
  return head + lead + cafe.descriptionHtml + accessHtml(cafe)
}

/** Who reads this elsewhere has no page of ours beside it that says how to come in. */
function accessHtml({ venue, attendanceMode, status }: Cafe): string {
  if (!venue || attendanceMode === 'online' || status === 'moved-online') return ''
  const { access, acceslibreUrl: url } = venue
  const words = access
    ? `<p>Comment entrer : ${escapeHtml(access).replaceAll('\n', '<br>')}</p>`
    : ''
  if (!url) return words
  const href = escapeHtml(url)
  return `${words}<p>Accessibilité du lieu : <a href="${href}" rel="nofollow noopener noreferrer">${href}</a></p>`
}

/** The Note that tells of an important change. */
export function changeNoteHtml(cafe: Cafe, url: string): string {
  const { title, lines } = changeMessage(cafe)
  return [
    `<p><strong>${escapeHtml(title)}</strong>`,
    ...lines.map((line) => `<br>${escapeHtml(line)}`),
    `<br><a href="${escapeHtml(url)}">${escapeHtml(url)}</a></p>`,
  ].join('')
}

export const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
