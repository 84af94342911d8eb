/** Texts, nested sections of them, and functions that make a text from numbers and names. */
export type MessageTree = {
  readonly [key: string]: string | MessageTree | ((...parts: never[]) => string)
}

/**
 * Inserts the no-break spaces of French typography: before `: ; ? ! % »`, after `«`, between a number and its unit, and
 * within hours, as in « 18 h 30 – 20 h »; only a word joiner keeps a line from ending after a dash (UAX #14, LB12a).
 * The sources have ordinary spaces, so that they can be read and searched.
 */
export const frenchSpaces = (text: string): string =>
  text
    .replace(/ ([:»])/gu, '\u00a0$1')
    .replace(/ ([;?!%])/gu, '\u202f$1')
    .replace(/« /gu, '«\u00a0')
    .replace(/(\d) (?=\p{L})/gu, '$1\u00a0')
    .replace(/(\d\u00a0?h) (?=\d)/gu, '$1\u00a0')
    .replace(/(\d\u00a0?h(?:\u00a0?\d\d)?) – (?=\d)/gu, '$1\u00a0–\u2060\u00a0')

/**
 * Returns a name as it is printed: « L’Haÿ-les-Roses », « Cœur d’Yvelines », where lists and keyboards have a straight
 * apostrophe or « oe ».
 */
export const toPrintedName = (name: string): string =>
  name.replace(/(?<=\p{L})'(?=\p{L})/gu, '’').replace(/(?<!\p{L})(c)oeur(?!\p{L})/giu, '$1œur')

/** Returns the same dictionary with French spaces in every text and in the result of every function. */
export function typesetFrench<T extends MessageTree>(texts: T): T {
  const entries = Object.entries(texts).map(([key, value]) => [key, typesetOne(value)])
  return Object.fromEntries(entries) as T
}

function typesetOne(value: MessageTree[string]): MessageTree[string] {
  if (typeof value === 'string') return frenchSpaces(value)
  if (typeof value === 'function') return (...parts: never[]) => frenchSpaces(value(...parts))
  return typesetFrench(value)
}

/** Returns a text with a capital at its beginning; the rest stays as it is. */
export const sentenceCase = (text: string): string =>
  text.charAt(0).toLocaleUpperCase('fr') + text.slice(1)
