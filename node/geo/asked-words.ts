import { comparableName } from './names.ts'

/**
 * Words that people write before a place and that do not say where it is: the beginning of a sentence, then its
 * preposition.
 */
const SENTENCE = /^(?:je (?:suis|cherche|vis|habite)|cafes? ia|cafes?) /
const BEFORE = new RegExp(
  `^(?:${[
    '(?:a cote|autour|aux? alentours?|aux? environs?|pres|proche|a proximite|au centre) (?:de |du |des |d )(?:la |l |les )?',
    '(?:la )?(?:gare|mairie|ville|commune|agglo|agglomeration|centre ville|centre|banlieue) (?:de |du |des |d )(?:la |l )?',
    '(?:vers|dans|chez|sur|en|aux?|a|de|du|d) (?:la |le |les |l )?',
  ].join('|')})`,
)
const BEHIND = / (?:centre|centre ville|et alentours|et environs|et ses environs)$/

/** Returns the place alone, as `comparableName` reads it; undefined where there are no words around it. */
export function withoutWordsBefore(text: string): string | undefined {
  const words = comparableName(text)
  const place = words.replace(SENTENCE, '').replace(BEFORE, '').replace(BEHIND, '')
  return place === words || place === '' ? undefined : place
}

const EVERYWHERE =
  /^(?:(?:toute? )?(?:la )?france(?: entiere| metropolitaine)?|partout(?: en france)?|n importe ou|everywhere)$/

/** Returns whether the text means everywhere: « France », « partout ». */
export const isEverywhere = (text: string): boolean => EVERYWHERE.test(comparableName(text))

/** Well-known foreign cities and countries, by their French and English names. */
const ABROAD = new Set(
  `bruxelles brussels anvers gand liege namur charleroi mons louvain geneve geneva lausanne zurich berne bale fribourg neuchatel
  luxembourg monaco londres london manchester dublin edimbourg berlin munich hambourg francfort cologne vienne-autriche
  madrid barcelone barcelona seville lisbonne lisbon porto rome roma milan milano turin torino florence naples venise
  amsterdam rotterdam copenhague stockholm oslo helsinki varsovie prague budapest bucarest athenes istanbul kiev moscou
  alger oran tunis rabat casablanca marrakech dakar abidjan bamako kinshasa yaounde douala antananarivo libreville cotonou lome
  ouagadougou niamey beyrouth montreal quebec ottawa toronto vancouver boston chicago washington tokyo pekin shanghai
  hong-kong singapour sydney dubai le-caire jerusalem rio-de-janeiro buenos-aires mexico new-york los-angeles san-francisco`
    .split(/\s+/)
    .map((name) => name.replaceAll('-', ' ')),
)

const MONACO = /^980\d\d$/

/** Territories of the French Republic have a country's code as well. */
const FRENCH_CODES = 'FR GP MQ GF RE PM YT BL MF WF PF NC TF'.split(' ')
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

let countries: ReadonlySet<string> | undefined

/** Lists countries by the names that the runtime knows, in French and in English. */
export function listCountries(): ReadonlySet<string> {
  if (countries) return countries
  const codes = LETTERS.flatMap((one) => LETTERS.map((other) => one + other))
  const names = ['fr', 'en'].flatMap((lang) => {
    const known = new Intl.DisplayNames([lang], { type: 'region', fallback: 'none' })
    return codes.filter((code) => !FRENCH_CODES.includes(code)).map((code) => known.of(code))
  })
  countries = new Set(names.flatMap((name) => (name ? [comparableName(name)] : [])))
  return countries
}

/** Returns whether the text is another country, or a well-known city of one. */
export function isAbroad(text: string): boolean {
  const words = comparableName(text)
  return ABROAD.has(words) || MONACO.test(words) || listCountries().has(words)
}
