/**
 * What `foldWords` gives, written as Unicode has it. It takes five passes over a text.
 *
 * @internal
 */
export const foldByUnicode = (text: string): string =>
  ` ${text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `

const SPACE = 32

/**
 * Returns what each character of Latin and of general punctuation folds to: one or two bytes of Latin-1, the second
 * above the first; 0 for those that only Unicode tells. None of them changes what is beside it.
 */
const createFolds = (): Uint16Array =>
  Uint16Array.from({ length: 0x2070 }, (_, code) => {
    if (code >= 0x250 && code < 0x2000) return 0
    const [first = SPACE, second = 0, third] = [
      ...foldByUnicode(String.fromCharCode(code)).trim(),
    ].map((letter) => letter.charCodeAt(0))
    return third === undefined && first < 256 && second < 256 ? first | (second << 8) : 0
  })

let folds: Uint16Array | undefined

/**
 * Folds a text to lower case without accents, with ligatures split, to letters and digits only: both sides of a search
 * use it. The words have one space between them and around them.
 */
export function foldWords(text: string): string {
  folds ??= createFolds()
  const folded = Buffer.allocUnsafe(2 * text.length + 2)
  let length = folded.writeUInt8(SPACE)
  for (let index = 0; index < text.length; index++) {
    const bytes = folds[text.charCodeAt(index)] ?? 0
    if (bytes === 0) return foldByUnicode(text)
    if (bytes === SPACE && folded[length - 1] === SPACE) continue
    folded[length++] = bytes & 255
    if (bytes > 255) folded[length++] = bytes >> 8
  }
  if (folded[length - 1] !== SPACE || length === 1) folded[length++] = SPACE
  return folded.toString('latin1', 0, length)
}

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

/** Returns whether a text has each of these words (`searchWords`) at the beginning of one of its own. */
export function hasWords(text: string, words: readonly string[]): boolean {
  const folded = foldWords(text)
  return words.every((word) => folded.includes(` ${word}`))
}
