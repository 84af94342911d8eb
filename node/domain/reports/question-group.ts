/** The words that say nothing of what is asked. « Pourquoi », « comment », « pas » and the like are none of them. */
export const LINKING_WORDS =
  'le la les l un une des de du d a au aux en et ce c cette ces est sont que qu quoi se s t il elle ils elles on y si pour dans'.split(
    ' ',
  )

const isLinking = new Set(LINKING_WORDS)

/** The shortest word of which the mark of the plural is left out. */
const PLURAL_FROM = 4

/** Returns the words of a question in their order: without accents, capitals, signs and marks of the plural. */
const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => (word.length >= PLURAL_FROM ? word.replace(/[sx]$/, '') : word))

/** Returns what two questions have in common that were typed alike, whatever their accents, capitals and signs. */
export const toWording = (text: string): string => wordsOf(text).join(' ')

/**
 * Returns the words by which a question is grouped and found, each once and in the order of the alphabet: two questions
 * are one group when these are the same. A question of linking words alone has all of its words.
 */
export function listKeyWords(text: string): string[] {
  const all = [...new Set(wordsOf(text))].sort()
  const keyWords = all.filter((word) => !isLinking.has(word))
  return keyWords.length > 0 ? keyWords : all
}

/** Returns the words that a search looks for, each at the beginning of a key word. */
export const listSearchedWords = (text: string): string[] =>
  listKeyWords(text.slice(0, 200)).slice(0, 8)
