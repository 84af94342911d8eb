import { readCedex } from './asked/cedex.ts'
import { type AskedDay, splitDay } from './asked/day-words.ts'
import { listTownsOfSpokenName } from './asked/spoken-names.ts'
import { isStreet, listTownsBehindStreet } from './asked/street.ts'
import { listTownsWithin } from './asked/towns-called.ts'
import { isAbroad, isEverywhere, withoutWordsBefore } from './asked-words.ts'
import type { Commune } from './commune-table.ts'
import { listCommunesWithWord } from './communes.ts'
import { findAreaLabelled, findAreaNamed, findIntercommunalityNamed } from './named-areas.ts'
import { comparableName, withoutArticle } from './names.ts'
import { labelOf, lookUpBeginning, lookUpExactPlace, type PlaceAnswer } from './places.ts'
import type { Territory } from './territories.ts'
import { mainCommuneOf } from './territory-family.ts'
import { listCloseNames } from './typos.ts'

/** Towns, and a territory, that a text may also mean. */
export type Meanings = { area?: Territory; towns: Commune[] }

/** What a person who was asked « Où ? » may have meant, where a territory is an answer too. */
export type WhereAnswer = (
  | Extract<PlaceAnswer, { kind: 'point' }>
  | (Extract<PlaceAnswer, { kind: 'commune' }> & {
      /** The other communes of the postcode that was typed; none when it has one. */
      others?: Commune[]
      /** What it may also mean, the most populous first. */
      or?: Meanings
      /** Whether the typed postcode belongs to no commune, but all of this kind to this town. */
      isCedex?: true
      /** Whether a street was typed with its town: only the town is known. */
      isStreet?: true
    })
  | { kind: 'area'; area: Territory; or?: Meanings }
  | { kind: 'everywhere' }
  /** `close` has the places with similar names, or of a Cedex those that may be its town. */
  | { kind: 'unknown'; text: string; close: Meanings; isAbroad: boolean; isCedex?: true }
) & {
  /** The day that was typed with the place. */
  day?: AskedDay
}

/** How many times as populous a town must be to be meant when what was typed is only the beginning of its name. */
const SLIP_WINS = 4

const NO_MEANINGS: Meanings = { towns: [] }
const LONGEST_TEXT = 200

/** Answers by text: pages ask several times, and their links again. */
const known = new Map<string, WhereAnswer>()
const MOST_KNOWN = 200

/**
 * Reads a place like `lookUpPlace`, or a territory. A postcode of several communes means the most populous of them,
 * since all of them are neighbours. Of a name that several have, the likeliest is meant and `or` has the others: Bretagne
 * the région, Villefranche the one on the Saône, Saint-Denis the one of La Réunion. It never throws, and takes about a
 * millisecond whatever is typed.
 */
export function lookUpWhere(text: string): WhereAnswer {
  const typed = text.trim().slice(0, LONGEST_TEXT + 1)
  const before = known.get(typed)
  if (before) return before
  const answer = readWhere(typed)
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(typed, answer)
  return answer
}

function readWhere(typed: string): WhereAnswer {
  const text = typed.slice(0, LONGEST_TEXT)
  if (typed === '' || typed.length > LONGEST_TEXT) return toUnknown(text, NO_MEANINGS)
  const cedex = readCedex(typed)
  if (cedex?.kind === 'unknown') return { ...toUnknown(text, cedex), isCedex: true }
  if (cedex) return { ...toTown(cedex.city, cedex.insee && [cedex.insee]), isCedex: true }
  return lookUpMeant(typed) ?? lookUpWithDay(typed) ?? lookUpStreet(typed) ?? guess(typed)
}

const toUnknown = (text: string, close: Meanings): WhereAnswer & { kind: 'unknown' } => ({
  ...{
    kind: 'unknown',
    text,
    close: { towns: close.towns, ...(close.area && { area: close.area }) },
  },
  isAbroad: false,
})

/** Looks for a whole name, with or without the words that people write before a place. */
function lookUpMeant(text: string): WhereAnswer | undefined {
  const named = lookUpNamed(text)
  if (named) return named
  if (isEverywhere(text)) return { kind: 'everywhere' }
  const alone = withoutWordsBefore(text) ?? withoutPostcode(text)
  const meant = alone === undefined ? undefined : lookUpNamed(alone)
  if (meant) return meant
  return alone !== undefined && isEverywhere(alone) ? { kind: 'everywhere' } : undefined
}

/** Returns the name beside a Cedex, which may be that of an area: « 95612 Cergy-Pontoise Cedex ». */
function withoutPostcode(text: string): string | undefined {
  const [, name] = /^\d{5} (.+?)(?: cedex(?: \d{1,2})?)?$/.exec(comparableName(text)) ?? []
  return name
}

/** Looks for « Rennes samedi », and for a day alone, which is everywhere. */
function lookUpWithDay(text: string): WhereAnswer | undefined {
  const split = splitDay(text)
  if (!split) return undefined
  const meant: WhereAnswer | undefined =
    split.place === '' ? { kind: 'everywhere' } : lookUpMeant(split.place)
  return meant && { ...meant, day: split.day }
}

/** Looks for the town behind a street, whose own place is not known. */
function lookUpStreet(text: string): WhereAnswer | undefined {
  for (const town of listTownsBehindStreet(text)) {
    const named = lookUpNamed(town)
    if (named?.kind === 'commune') return { ...named, isStreet: true }
  }
  return undefined
}

/** Answers for what is no whole name: the beginning of one, or a question. */
function guess(typed: string): WhereAnswer {
  const alone = withoutWordsBefore(typed) ?? typed
  if (isAbroad(alone)) return { ...toUnknown(typed, NO_MEANINGS), isAbroad: true }
  const close = listCloseNames(alone)
  const beginning = comparableName(typed).length > 2 ? townsOf(lookUpBeginning(typed)) : []
  const [first, ...others] = beginning
  if (first && !isLikelier(close, first)) return toTown(first, others)
  const within = isStreet(typed) ? [] : listTownsWithin(comparableName(alone))
  const later = listCommunesWithWord(alone, MOST_CLOSE)
  return toUnknown(typed, withTowns(close, [...beginning, ...within, ...later]))
}

/** Returns whether another meaning is likelier: « Renes » is Rennes rather than Renescure. */
const isLikelier = ({ area, towns }: Meanings, { population }: Commune): boolean =>
  area !== undefined || (towns[0]?.population ?? 0) > SLIP_WINS * population

const MOST_CLOSE = 4

const withTowns = ({ towns, ...close }: Meanings, others: readonly Commune[]): Meanings => ({
  ...close,
  towns: [...new Set([...towns, ...others])].slice(0, MOST_CLOSE),
})

/**
 * Below this population a town does not keep a name that people use for something else: Belleville in Paris, Corbières
 * the mountains.
 */
const KEEPS_NAME = 5000

/** Looks for a place whose whole name, or whose code, was typed. */
function lookUpNamed(text: string): WhereAnswer | undefined {
  const place = lookUpExactPlace(text)
  const towns = townsOf(place)
  const labelled = findAreaLabelled(text)
  if (labelled && !towns.some((town) => isCalled(town, labelled.name)))
    return { kind: 'area', area: labelled }
  const named = findAreaNamed(text)
  if (named && !towns.some((town) => isCalled(town, text))) return { kind: 'area', area: named }
  const main = named && mainCommuneOf(named)?.codeInsee
  const area = towns.some(({ codeInsee }) => codeInsee === main) ? undefined : named
  if (area)
    return { kind: 'area', area, or: { towns: towns.filter((town) => isCalled(town, text)) } }
  const spoken = withSpoken(towns, listTownsOfSpokenName(text))
  if (spoken) return spoken
  if (place.kind === 'unknown') {
    const epci = findIntercommunalityNamed(text)
    return epci && { kind: 'area', area: epci }
  }
  if (place.kind !== 'several') return place
  const [first, ...others] = place.choices
  if (!first || place.postcode === undefined) return first && toTown(first, others)
  return { ...toTown(first), postcode: place.postcode, others }
}

/** Returns the answer for a name that people use for something else than a commune, such as a quarter. */
function withSpoken(towns: readonly Commune[], spoken: readonly Commune[]) {
  if (spoken.length === 0) return undefined
  const keeps = (towns[0]?.population ?? 0) >= KEEPS_NAME
  const [first, ...others] = new Set(keeps ? [...towns, ...spoken] : [...spoken, ...towns])
  return first && toTown(first, others)
}

/**
 * Makes the answer for a town.
 * @param others - Other towns of the same name.
 */
const toTown = (commune: Commune, others: Commune[] = []) => ({
  ...{ kind: 'commune' as const, commune, label: labelOf(commune) },
  ...(others.length > 0 && { or: { towns: others } }),
})

function townsOf(place: PlaceAnswer | undefined): Commune[] {
  if (place?.kind === 'several') return place.choices
  return place?.kind === 'commune' ? [place.commune] : []
}

/** Returns whether the whole name of this town was typed: Nordhouse only begins with « Nord ». */
const isCalled = ({ name }: Commune, text: string): boolean =>
  withoutArticle(comparableName(name)) === withoutArticle(comparableName(text))
