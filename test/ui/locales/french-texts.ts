import { weekdayNames } from '../../../node/domain/values/date-text.ts'
import { type Messages, messagesFor } from '../../../ui/locales/messages.ts'

/**
 * Matches an element with `lang="fr"` up to its end tag. In the gallery none contains another element of the same name.
 */
const FRENCH_PART = /<(\w+)(?: [^>]*)? lang="fr"[^>]*>.*?<\/\1>/gsu

/** Returns the pieces of text that a person reads or hears, without code and without the texts of a café's card. */
const piecesOf = (html: string): string[] =>
  html
    .replace(/<meta property="og:image:alt"[^>]*>/gu, '')
    .replace(/<(code|pre)\b.*?<\/\1>/gsu, '')
    .replace(/ (?:alt|title|aria-label|label|data-[a-z]+|content)="([^"]*)"/gu, '> $1 <')
    .split(/<[^>]*>/u)
    .map((text) => text.replaceAll('&#39;', "'").replaceAll('&quot;', '"'))
    .map((text) => text.replaceAll('&amp;', '&').replace(/\s+/gu, ' ').trim())

/**
 * Returns the texts of a dictionary. Of a function it returns what is between the arguments, if that has two words or
 * more.
 */
function textsOf(words: unknown): string[] {
  if (typeof words === 'string') return [words]
  if (typeof words === 'function') return [0, 77, '#'].flatMap((part) => saidBy(words, part))
  if (typeof words !== 'object' || words === null) return []
  return Object.values(words).flatMap(textsOf)
}

function saidBy(words: unknown, part: number | string): string[] {
  try {
    const said = (words as (...parts: unknown[]) => unknown)(part, part, part, part)
    const parts = typeof said === 'string' ? said.split(/\d+|#|undefined/u) : []
    return parts.filter((text) => /\p{L} \p{L}/u.test(text))
  } catch {
    return []
  }
}

const phrasesOf = (words: Messages): Set<string> =>
  new Set(
    textsOf(words)
      .flatMap((text) => text.split('\n'))
      .map((text) => text.replace(/\s+/gu, ' ').trim())
      .filter((text) => /\p{L}{3}/u.test(text)),
  )

const english = [...phrasesOf(messagesFor('en'))]

const dates = [...weekdayNames('fr'), 'aujourd’hui', 'heure de', 'il y a', 'depuis', 'environ']

/** The phrases of the French dictionary that are in no English one, and the words of dates. */
const frenchWords: readonly string[] = [...phrasesOf(messagesFor('fr'))].filter(
  (words) => !english.some((phrase) => phrase.includes(words)),
)

/**
 * Returns the French texts of an English page that are not marked as French. A single word counts when it stands alone.
 */
export function findFrench(html: string): string[] {
  const pieces = piecesOf(html.replace(FRENCH_PART, ''))
  const text = ` ${pieces.join(' ').replace(/\s+/gu, ' ')} `
  const alone = new Set(pieces)
  return [
    ...frenchWords.filter((words) => (/\s/u.test(words) ? text.includes(words) : alone.has(words))),
    ...dates.filter((word) => text.includes(` ${word} `)),
  ]
}
