/** Controls but tab and line feed, zero-width characters, directional marks, overrides and isolates, annotations. */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]/g

/**
 * A text from outside on one line, without what cannot be seen but can deceive or break (hostile case P13): NUL and
 * controls, bidirectional overrides, zero-width characters (joiners too), lone surrogates. NFC, spaces collapsed,
 * trimmed, cut with an ellipsis at `max` UTF-16 units without halving a character.
 */
export const cleanText = (text: string, max = Number.POSITIVE_INFINITY): string =>
  cut(
    toSeen(text)
      .replaceAll(/[ \t\n]+/g, ' ')
      .trim(),
    max,
  )

/** The same for a text of several lines, whose breaks stay, as \n, with at most one empty line between two. */
export const cleanLines = (text: string, max = Number.POSITIVE_INFINITY): string =>
  cut(
    toSeen(text)
      .replaceAll('\t', ' ')
      .replaceAll(/ +\n/g, '\n')
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim(),
    max,
  )

/** Without the unseen, otherwise as it is: for text between tags, where composing would reach into them. */
export const withoutUnseen = (text: string): string => text.toWellFormed().replaceAll(UNSEEN, '')

const toSeen = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/\r\n?|[\f\v\u0085\u2028\u2029]/g, '\n')
    .replaceAll(UNSEEN, '')

function cut(text: string, max: number): string {
  if (text.length <= max) return text
  const start = text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')
  return `${start.trimEnd()}…`
}
