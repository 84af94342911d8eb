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
