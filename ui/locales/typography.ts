/** Words in plain strings, sections of them, or functions that make one from figures and names. */
export type MessageTree = {
  readonly [key: string]: string | MessageTree | ((...parts: never[]) => string)
}

/**
 * French spacing: no line may break before `: ; ? ! % »`, after `«`, or between a figure and what it counts.
 * Sources keep ordinary spaces, so that they can be read and searched.
 */
export const frenchSpaces = (text: string): string =>
  text
    .replace(/ ([:»])/gu, '\u00a0$1')
    .replace(/ ([;?!%])/gu, '\u202f$1')
    .replace(/« /gu, '«\u00a0')
    .replace(/(\d) (?=\p{L})/gu, '$1\u00a0')

/**
 * A name as it is printed: « L’Haÿ-les-Roses », « Cœur d’Yvelines », where a list or a keyboard has a straight apostrophe or
 * two letters for one.
 */
export const toPrintedName = (name: string): string =>
  name.replace(/(?<=\p{L})'(?=\p{L})/gu, '’').replace(/(?<!\p{L})(c)oeur(?!\p{L})/giu, '$1œur')

/** The same dictionary, with French spaces in every string and in the result of every function. */
export function typesetFrench<T extends MessageTree>(texts: T): T {
  const entries = Object.entries(texts).map(([key, value]) => [key, typesetOne(value)])
  return Object.fromEntries(entries) as T
}

function typesetOne(value: MessageTree[string]): MessageTree[string] {
  if (typeof value === 'string') return frenchSpaces(value)
  if (typeof value === 'function') return (...parts: never[]) => frenchSpaces(value(...parts))
  return typesetFrench(value)
}

export const sentenceCase = (text: string): string =>
  text.charAt(0).toLocaleUpperCase('fr') + text.slice(1)
