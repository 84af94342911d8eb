import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import {
  type SeriesMessage,
  seriesBeginningMessage,
  seriesChangeMessage,
} from '../../../node/domain/series/series-message.ts'
import { escapeHtml } from '../../../node/domain/values/escape-html.ts'

/** The texts of posts about a series as a whole. */

/** Returns the text that says that a series begins: what, its first date, where. */
export const seriesBeginningHtml = (cafe: Cafe): string =>
  messageHtml(seriesBeginningMessage(cafe), cafe.url)

/** Returns the text of what has changed in several dates: each thing that is new once, with the dates of which it is. */
export const seriesChangeHtml = (changes: Parameters<typeof seriesChangeMessage>[0]): string =>
  messageHtml(seriesChangeMessage(changes), changes[0].cafe.url)

function messageHtml({ title, lines }: SeriesMessage, url: string): string {
  const href = escapeHtml(url)
  const strong = `<strong>${escapeHtml(title.replaceAll('<', '‹').replaceAll('>', '›'))}</strong>`
  return `<p>${[strong, ...lines.map(escapeHtml), `<a href="${href}">${href}</a>`].join('<br>')}</p>`
}
