import type { ImportedPlace } from '../../domain/cafes/import.ts'
import { cleanLines, cleanText } from '../text/clean-text.ts'

const STREET =
  /^(?:\d+ ?(?:bis|ter|quater|[a-d])? ?[,/]? \p{L}|(?:rue|avenue|av\.?|bd\.?|boulevard|all[ée]es?|chemin|impasse|quai|route|rte|ruelle|esplanade|parvis|faubourg|sentier|venelle|lieu[ -]dit|rond-point|za|zac|zi|cours|place|square|passage|promenade|mail)\s)/iu
/**
 * Names of venues begin with these words too ("Place des Possibles", "Le Square"), so they mean a street only after
 * another part.
 */
const MAYBE_STREET = /^(?:cours|place|square|passage|promenade|mail)\s/iu
const COUNTRY = /^(?:france(?: m[ée]tropolitaine)?|fr)$/iu
/** Five digits that stand alone; the first two are those of an existing département. */
const POSTCODE = /(?:^|\s)(?:F-|FR-)?((?:0[1-9]|[1-8]\d|9[0-578])\d{3})(?=\s|$)/iu

export const NO_PLACE: ImportedPlace = {
  text: undefined,
  name: undefined,
  streetAddress: undefined,
  postalCode: undefined,
  commune: undefined,
  codeInsee: undefined,
  latitude: undefined,
  longitude: undefined,
}

/**
 * Splits a place that calendars write on one line, with a French postcode as the landmark: `Médiathèque X, 12 rue Y,
 * 35000 Rennes, France` (Google, Outlook), name and address on two lines (Apple), `Nom - adresse` (Gancio), postcode
 * and town apart (Mobilizon). Without a postcode it finds only the name, and takes the last part as the town when there
 * are several.
 */
export function parsePlaceText(text: string): ImportedPlace {
  const whole = cleanText(text, 500)
  if (whole === '') return NO_PLACE
  const parts = cleanLines(text, 500)
    .split(/[,;\n]|\s[-–—|]\s/u)
    .map((part) => cleanText(part.replaceAll(/[()]/g, ' '), 255))
    .filter((part) => part !== '' && !COUNTRY.test(part))
  const index = parts.findLastIndex((part) => POSTCODE.test(part))
  if (index < 0) {
    const commune = parts.length > 1 && !/\d/.test(parts.at(-1) ?? '') ? parts.at(-1) : undefined
    return {
      ...NO_PLACE,
      text: whole,
      ...nameAndStreet(parts.slice(0, commune ? -1 : undefined)),
      commune,
    }
  }
  const part = parts[index] ?? ''
  const match = POSTCODE.exec(part)
  const before = part.slice(0, match?.index ?? 0).trim()
  const after = part.slice((match?.index ?? 0) + (match?.[0].length ?? 0)).trim()
  const head = [...parts.slice(0, index), ...(before === '' ? [] : [before])]
  // Some write the town before the postcode: "Rue Y, Rennes, 35000".
  const town = after || parts[index + 1] || (head.length > 1 ? head.pop() : undefined)
  return {
    ...NO_PLACE,
    text: whole,
    ...nameAndStreet(head),
    postalCode: match?.[1],
    commune: town ? withoutCedex(town) : undefined,
  }
}

/** Returns the name of a town without `Cedex` and its number, which belong to its mail and not to its name. */
export const withoutCedex = (town: string): string =>
  town.replace(/\scedex(?:\s\d{1,2})?$/iu, '').trim()

function nameAndStreet(parts: string[]): Pick<ImportedPlace, 'name' | 'streetAddress'> {
  const [first, ...rest] = parts
  if (first === undefined) return { name: undefined, streetAddress: undefined }
  const isName =
    !STREET.test(first) || (MAYBE_STREET.test(first) && rest.some((part) => STREET.test(part)))
  if (!isName) return { name: undefined, streetAddress: parts.join(', ') }
  // A comma after the house number is common: "12", "rue Y".
  const streetAddress = rest.join(', ').replace(/^(\d+(?: ?(?:bis|ter))?), /iu, '$1 ')
  return { name: first, streetAddress: streetAddress || undefined }
}
