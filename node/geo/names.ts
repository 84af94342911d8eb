/**
 * A town's name as people type it, reduced to what two spellings of it share: small letters and digits in words
 * separated by one space, no accents, "st" and "ste" in full.
 * `L'Haÿ-les-Roses` and `l hay les roses` both give `l hay les roses`.
 */
export const comparableName = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .replace(/\bst(e?)\b/g, 'saint$1')

/** A comparable name without its leading article: `le havre` gives `havre`. */
export const withoutArticle = (comparable: string): string =>
  comparable.replace(/^(?:le|la|les|l) (?=.)/, '')
