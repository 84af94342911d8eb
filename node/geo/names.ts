/**
 * Reduces a town's name as people type it to what two spellings of it share: lower-case letters and digits in words
 * separated by one space, no accents, "st" and "ste" in full. `L'Haÿ-les-Roses` and `l hay les roses` both give `l hay
 * les roses`.
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

/** Returns a comparable name without its leading article: `le havre` gives `havre`. */
export const withoutArticle = (comparable: string): string =>
  comparable.replace(/^(?:le|la|les|l) (?=.)/, '')

/**
 * Splits a name from what our pages put after it in brackets: `Ille-et-Vilaine (35)`. What does not match `noteIs` is
 * part of the name.
 */
export function splitLabel(text: string, noteIs = /^[^()]+$/): { name: string; note?: string } {
  const whole = text.trim()
  const at = whole.lastIndexOf('(')
  const note = whole.slice(at + 1, -1)
  return at > 0 && whole.endsWith(')') && noteIs.test(note)
    ? { name: whole.slice(0, at).trim(), note }
    : { name: whole }
}
