import { comparableName } from '../names.ts'

const STREET =
  /^(?:\d{1,4}(?: ?(?:bis|ter|quater))? )?(?:rue|r|quai|place|pl|avenue|av|boulevard|bd|bld|chemin|ch|impasse|allees?|square|cours|route|rte|mail|esplanade|passage|faubourg|fbg|promenade|sentier|rond point|voie|parvis|residence|zone|za|zi|zac|villa|cite) /
/** A word of the name of a street, after which a town's name belongs to it too: « rue de Paris ». */
const WITHIN_NAME =
  /^(?:de|du|des|d|la|le|les|l|a|au|aux|en|et|sur|sous|saint|sainte|general|marechal|docteur)$/
const LONGEST_NAME = 5

/** Returns whether a text begins as a street does. */
export const isStreet = (text: string): boolean => STREET.test(`${comparableName(text)} `)

/**
 * Lists what may be the town behind a street, the longest first: « quai du Canal, Rennes », « 12 rue Victor Hugo Lyon ».
 * It is empty where no street was typed. Behind a comma any name may follow; without one it must not belong to the name
 * of the street.
 */
export function listTownsBehindStreet(text: string): string[] {
  if (!isStreet(text)) return []
  const at = text.lastIndexOf(',')
  const behind = at === -1 ? '' : comparableName(text.slice(at + 1))
  if (behind !== '') return [behind]
  const words = comparableName(text).split(' ')
  const first = Math.max(2, words.length - LONGEST_NAME)
  return words.flatMap((_, start) =>
    start < first || WITHIN_NAME.test(words[start - 1] ?? '') || /^\d/.test(words[start - 1] ?? '')
      ? []
      : [words.slice(start).join(' ')],
  )
}
