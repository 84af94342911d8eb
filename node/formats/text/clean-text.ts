/**
 * Characters that nobody sees and that can deceive or break (hostile case P13): controls except tab and line feed,
 * everything that Unicode calls ignorable (zero width, joiners, bidirectional marks, overrides and isolates, fillers,
 * soft hyphen, variation selectors, tag characters: Unicode 17 §5.21, UAX #44 Default_Ignorable_Code_Point),
 * annotations, the object replacement, blank symbols, non-characters, and private use, which has another meaning for
 * each reader. An emoji and a keycap stay whole, with the joiners and selectors inside them; a flag of tag characters
 * becomes a plain flag.
 */
const EMOJI_OR_UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
  /(\p{Extended_Pictographic}\p{Emoji_Modifier}?\ufe0f?(?:\u200d\p{Extended_Pictographic}\p{Emoji_Modifier}?\ufe0f?){0,7}|[0-9#*]\ufe0f\u20e3)|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\p{Default_Ignorable_Code_Point}\ufff9-\ufffc\u{1d159}\u{13441}\u{13442}\p{Noncharacter_Code_Point}\p{Co}]+/gu

/** Spaces of all widths except the two that French puts before its signs, and the blank of braille. */
const ODD_SPACES = /[\t\u1680\u2000-\u200a\u205f\u2800\u3000]/g

/**
 * The maximum number of combining marks on a letter, more than any script has. Sorting a run of them (NFC, UAX #15
 * §1.3) takes quadratic time: 248 kB of two alternating marks took 5.6 s.
 */
const MARKS_BEYOND = /(\p{M}{8})\p{M}+/gu

/** The maximum number of UTF-16 units of a text of one line, and of several lines; all stored texts are shorter. */
export const LINE_MAX = 1000
export const LINES_MAX = 64 * 1024

/**
 * Latin letters and the signs around them, all visible and composed (NFC_Quick_Check). Most texts have only these, and
 * need no cleaning; what follows takes eight times as long.
 */
const PLAIN = /^[\n -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u202f\u20ac]*$/

/** How many times the limit is read, since cleaning removes a part of it. */
const READ_TIMES = 4

/**
 * Cleans a text from outside to one line without invisible characters; a text of nothing visible becomes empty. It is
 * in NFC, with spaces collapsed and trimmed, lone surrogates replaced, and is cut with an ellipsis at `max` UTF-16
 * units without halving a character. Only its first 4 × `max` units are read, so that the cost is linear and limited by
 * `max`.
 */
export const cleanText = (text: string, max: number): string =>
  clean(text, max, (seen) => seen.replaceAll(/[ \n\u00a0\u202f]{2,}/g, ' ').replaceAll('\n', ' '))

/**
 * Cleans a text of several lines in the same way; its line breaks stay, as \n, with at most one empty line between two.
 */
export const cleanLines = (text: string, max: number): string =>
  clean(text, max, (seen) =>
    seen
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n')
      .replaceAll(/\n{3,}/g, '\n\n'),
  )

/** Removes invisible characters only, for text between tags, where composing would affect the tags. */
export const withoutUnseen = (text: string): string =>
  text.toWellFormed().replaceAll(EMOJI_OR_UNSEEN, (_, emoji?: string) => emoji ?? '')

/** Limits combining marks to eight in a row; it must be called before NFC. */
export const capMarks = (text: string): string => text.replaceAll(MARKS_BEYOND, '$1')

function clean(text: string, max: number, layOut: (seen: string) => string): string {
  const whole = text.trim()
  const read = slice(whole, max * READ_TIMES)
  const lines = read.replaceAll(/\r\n?|[\f\v\u0085\u2028\u2029]/g, '\n')
  const laidOut = layOut(PLAIN.test(lines) ? lines : toSeen(lines))
  const shown = laidOut.replace(/^[\s\p{Mn}\p{Me}]+/u, '').trimEnd()
  if (shown === '' || (shown.length <= max && read.length === whole.length)) return shown
  return `${withoutUnseen(slice(shown, max - 1)).trimEnd()}…`
}

const toSeen = (text: string): string =>
  capMarks(withoutUnseen(text).replaceAll(ODD_SPACES, ' ')).normalize('NFC')

/** Returns the first `length` UTF-16 units at most, without half a character at the end. */
const slice = (text: string, length: number): string =>
  text.length <= length ? text : text.slice(0, length).replace(/[\ud800-\udbff]$/, '')
