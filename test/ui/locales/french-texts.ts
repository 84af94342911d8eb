import { weekdayNames } from '../../../node/domain/values/date-text.ts'
import { type Messages, messagesFor } from '../../../ui/locales/messages.ts'

/** An element that is said to be in French, up to its end tag: those of the gallery hold none of their own kind. */
const FRENCH_PART = /<(\w+)(?: [^>]*)? lang="fr"[^>]*>.*?<\/\1>/gsu

/** What a person reads or hears, piece by piece: neither code, nor what is written on the card of a café. */
const piecesOf = (html: string): string[] =>
  html
    .replace(/<meta property="og:image:alt"[^>]*>/gu, '')
    .replace(/<(code|pre)\b.*?<\/\1>/gsu, '')
    .replace(/ (?:alt|title|aria-label|label|data-[a-z]+|content)="([^"]*)"/gu, '> $1 <')
    .split(/<[^>]*>/u)
    .map((text) => text.replaceAll('&#39;', "'").replaceAll('&quot;', '"'))
    .map((text) => text.replaceAll('&amp;', '&').replace(/\s+/gu, ' ').trim())

/** Texts of a dictionary; of functions, what stands between the parts that they are given, from two words on. */
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

/** Every phrase of the French dictionary that is in no English one, and the words that make dates. */
const frenchWords: readonly string[] = [...phrasesOf(messagesFor('fr'))].filter(
  (words) => !english.some((phrase) => phrase.includes(words)),
)

/** The French that a page in English says without marking it as such; one word is French when it stands alone. */
export function findFrench(html: string): string[] {
  const pieces = piecesOf(html.replace(FRENCH_PART, ''))
  const text = ` ${pieces.join(' ').replace(/\s+/gu, ' ')} `
  const alone = new Set(pieces)
  return [
    ...frenchWords.filter((words) => (/\s/u.test(words) ? text.includes(words) : alone.has(words))),
    ...dates.filter((word) => text.includes(` ${word} `)),
  ]
}
