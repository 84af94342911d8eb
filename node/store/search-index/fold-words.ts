/** Lower case, no accents, ligatures opened, only letters and figures: what both sides of a search agree on. */
export const foldWords = (text: string): string =>
  ` ${text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `

/** What a person typed, as words to look for; a French or English plural finds its singular. */
export const searchWords = (text: string): string[] =>
  foldWords(text.slice(0, 500))
    .split(' ')
    .filter((word) => word.length > 0)
    .slice(0, 12)
    .map((word) => (word.length > 3 ? word.replace(/[sx]$/, '') : word))

/**
 * The words without those that another one begins with, since what has `cafes` has `caf` as well, and without a word that
 * comes twice: each beginning is gathered from the index on its own, and a letter is that of very many words.
 */
export const withoutBeginnings = (words: readonly string[]): string[] =>
  [...new Set(words)].filter(
    (word, _, all) => !all.some((other) => other !== word && other.startsWith(word)),
  )
