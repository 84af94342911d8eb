/**
 * Folds a text to lower case without accents, with ligatures split, to letters and digits only: both sides of a search
 * use it.
 */
export const foldWords = (text: string): string =>
  ` ${text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `

/** Returns the words to look for in what a person typed; a French or English plural also finds its singular. */
export const searchWords = (text: string): string[] =>
  foldWords(text.slice(0, 500))
    .split(' ')
    .filter((word) => word.length > 0)
    .slice(0, 12)
    .map((word) => (word.length > 3 ? word.replace(/[sx]$/, '') : word))

/**
 * Returns the words without those with which another one begins, since a text with `cafes` has `caf` as well, and
 * without repeated words. Each prefix is gathered from the index on its own, and a single letter is that of very many
 * words.
 */
export const withoutBeginnings = (words: readonly string[]): string[] =>
  [...new Set(words)].filter(
    (word, _, all) => !all.some((other) => other !== word && other.startsWith(word)),
  )
