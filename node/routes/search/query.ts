import type { Context as HonoContext } from 'hono'
import { INTENTION_VALUES, OPENNESS_VALUES } from '../../../ui/search/choices.ts'
import type { PlaceNote } from '../../../ui/search/understood.tsx'
import { DEFAULT_RADIUS, MAX_RADIUS, type SearchValues } from '../../../ui/search/values.ts'
import type { AttendanceMode, Intention, Openness } from '../../domain/cafes/cafe.ts'
import { ACCESSIBILITY_CODES, type AccessibilityCode } from '../../domain/values/accessibility.ts'
import { readDay } from '../../domain/values/days.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { isKind } from '../../domain/values/structure-kinds.ts'
import { splitDay } from '../../geo/asked/day-words.ts'
import type { Commune } from '../../geo/commune-table.ts'
import { nearestCommune } from '../../geo/communes.ts'
import type { Point } from '../../geo/distance.ts'
import { comparableName } from '../../geo/names.ts'
import { labelOf } from '../../geo/places.ts'
import {
  findTerritory,
  type Territory,
  timezoneOf,
  timezoneOfCommune,
} from '../../geo/territories.ts'
import { departementsOf } from '../../geo/territory-family.ts'
import { lookUpWhere, type Meanings, type WhereAnswer } from '../../geo/where.ts'
import type { CafeQuery } from '../../store/search/cafe-query.ts'
import { toDays } from './asked-day.ts'
import { placeProblem, within } from './place-choices.ts'

const TEXT_MAX = 200

/** The parameters of a search's address, as they were understood. */
export type SearchQuery = CafeQuery & {
  /** The name of the place, e.g. `Rennes (35)`; of a bare point, its two numbers. */
  place: string | undefined
  /** The commune in which a bare point lies or which is nearest, e.g. `Rennes (35)`. */
  beside: string | undefined
  /** The other communes of the postcode that was typed. */
  others: Commune[] | undefined
  /** The other meanings of the place. */
  or: Meanings | undefined
  /** How the typed text was understood, where the line that repeats the search does not tell. */
  note: PlaceNote | undefined
  /** The commune or territory of the search. */
  area: Territory | undefined
}

/** The maximum number of values of one kind of condition. */
const LIST_MAX = 10

export type ReadSearch =
  | { query: SearchQuery; problems?: never }
  | { problems: Problem[]; query?: never }

/** Makes the reader of parameters. Each ticked box is a parameter: several of one name are a list. */
export const parameterOf = (c: HonoContext) => parameterIn(c.req.queries())

/** Makes the same of parameters that are not those of a request. */
export const parameterIn =
  (given: Record<string, string[]>) =>
  (name: string): string | undefined =>
    name === 'acces' ? given[name]?.join(',') : given[name]?.[0]

/**
 * Reads the parameters of the address; of one given twice, the first. A value that no choice of the form offers is
 * ignored, so that the form shows what was searched; a wrong place, day or « Quand ? » stays, so that it can be
 * reported.
 */
export function readSearchValues(
  parameter: (name: string) => string | undefined,
  now: Temporal.Instant,
): SearchValues {
  const text = (name: keyof SearchValues) => (parameter(name) ?? '').trim().slice(0, TEXT_MAX)
  const choice = (name: keyof SearchValues, isOffered: (value: string) => boolean) => {
    const value = text(name)
    return isOffered(value) ? value : ''
  }
  // The form gives dates as one choice of « Quand ? »: `2026-12-03/2026-12-05`, either may be missing.
  const dates = text('quand').includes('/') ? text('quand').split('/') : undefined
  const values: SearchValues = {
    ou: text('ou'),
    rayon: choice('rayon', (value) => Number(value) >= 1 && Number(value) <= MAX_RADIUS),
    quand: dates ? '' : text('quand'),
    du: dates?.[0] ?? text('du'),
    au: dates?.[1] ?? text('au'),
    q: text('q'),
    mode: choice('mode', (value) => MODES.has(value)),
    intention: choice('intention', (value) => INTENTION_OF.has(value)),
    territoire: choice(
      'territoire',
      (value) => text('ou') === '' && findTerritory(value) !== undefined,
    ),
    format: text('format'),
    public: text('public'),
    acces: readCodes(text('acces')).join(','),
    type: choice('type', isKind),
    langue: choice('langue', (value) => /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(value)),
    organisateur: choice('organisateur', (value) => URL.canParse(value)),
    structure: text('structure'),
    reseau: text('reseau'),
    ouvert: choice('ouvert', (value) => OPENNESS_OF.has(value)),
    passes: choice('passes', (value) => value === '1'),
    tri: choice('tri', (value) => value === 'distance'),
  }
  return inArea(withDay(values, now))
}

/** Takes the day out of « Rennes samedi », where no other day is asked. */
function withDay(values: SearchValues, now: Temporal.Instant): SearchValues {
  const where = values.ou === '' ? undefined : lookUpWhere(values.ou)
  if (!where?.day) return values
  const zone = where.kind === 'commune' ? timezoneOfCommune(where.commune) : timezoneOf(undefined)
  const hasDays = `${values.quand}${values.du}${values.au}` !== ''
  const days = hasDays ? {} : toDays(where.day, now.toZonedDateTimeISO(zone).toPlainDate())
  return { ...values, ...days, ou: splitDay(values.ou)?.place ?? values.ou }
}

const ONLINE =
  /^(?:en ligne|en visio|visio|visioconf|visioconference|en visioconference|a distance|distanciel|en distanciel|internet|sur internet|online|webinaire)$/

/**
 * Treats « Ille-et-Vilaine » and « 35 » as territories to search within, « France » as everywhere, and « en ligne » as
 * no place.
 */
function inArea(values: SearchValues): SearchValues {
  if (ONLINE.test(comparableName(values.ou)))
    return { ...values, ou: '', rayon: '', mode: values.mode || 'en-ligne' }
  const where = values.ou === '' ? undefined : lookUpWhere(values.ou)
  if (where?.kind === 'everywhere') return { ...values, ou: '', rayon: '' }
  if (where?.kind !== 'area') return values
  return { ...values, ...within(where.area) }
}

const readCodes = (text: string): AccessibilityCode[] =>
  ACCESSIBILITY_CODES.filter((code) => text.split(',').slice(0, LIST_MAX).includes(code))

/** Interprets a search; wrong input is reported, never thrown. Days are those of the place. */
export function readSearch(values: SearchValues, now: Temporal.Instant): ReadSearch {
  const place = values.ou === '' ? undefined : lookUpWhere(values.ou)
  const territory = findTerritory(values.territoire)
  const beside = place?.kind === 'point' ? communeBeside(place) : undefined
  const commune = place?.kind === 'commune' ? place.commune : beside
  const zone = commune ? timezoneOfCommune(commune) : timezoneOfTerritory(territory)
  const today = now.toZonedDateTimeISO(zone).toPlainDate()
  const days = readDays(values, today)
  const problems: Problem[] = [
    ...(place?.kind === 'unknown' && (place.isCedex || !hasLetters(values.ou))
      ? [placeProblem('ou', place)]
      : []),
    ...days.problems,
  ]
  if (problems.length > 0) return { problems }
  const point = place && pointOf(place)
  const isPast = values.passes === '1'
  // Past cafés are not upcoming, so a start today or earlier means now.
  const isLater = days.from && Temporal.PlainDate.compare(days.from, today) > 0
  return {
    query: {
      near: point && { ...point, radiusKm: Number(values.rayon || DEFAULT_RADIUS) },
      area: commune ? findTerritory(`c-${commune.codeInsee}`) : territory,
      place: place && 'label' in place ? place.label : undefined,
      beside: beside && labelOf(beside),
      others: place?.kind === 'commune' ? place.others : undefined,
      or: place ? meaningsBeside(place) : territory && namesakesOf(territory),
      note: place && noteOf(place),
      from: isPast || isLater ? days.from : now,
      ...(isPast && { overBy: now }),
      until: days.until,
      withinOwn: days.withinOwn === undefined ? undefined : { now, days: days.withinOwn },
      words: place?.kind === 'unknown' ? `${values.ou} ${values.q}`.trim() : values.q,
      mode: MODES.get(values.mode),
      ...(territory && { territory }),
      ...(values.format && { format: values.format }),
      ...(values.public && { audience: values.public }),
      ...(values.acces && { accessibility: readCodes(values.acces) }),
      ...(isKind(values.type) && { kinds: [values.type] }),
      ...(values.langue && { language: values.langue }),
      ...intentionsOf(values.intention),
      ...(values.structure && { structure: values.structure }),
      ...(values.reseau && { network: values.reseau }),
      ...opennessOf(values.ouvert),
      ...(values.organisateur && { organizer: values.organisateur }),
      order: values.tri === 'distance' && point ? 'distance' : isPast ? 'recent' : 'date',
    },
  }
}

/**
 * Returns whether a text has letters: what is no place is searched among the words of the cafés, but a postcode that
 * does not exist has none.
 */
const hasLetters = (text: string): boolean => /\p{L}{2}/u.test(text)

/** Returns the towns that have the same name as a territory that was searched by its name. */
function namesakesOf(territory: Territory): Meanings | undefined {
  const where = lookUpWhere(territory.name)
  return where.kind === 'area' && where.area.code === territory.code ? where.or : undefined
}

function meaningsBeside(place: WhereAnswer): Meanings | undefined {
  const meanings = place.kind === 'unknown' ? place.close : 'or' in place ? place.or : undefined
  const isNone = !meanings || (meanings.towns.length === 0 && !meanings.area)
  return isNone ? undefined : meanings
}

function noteOf(place: WhereAnswer): PlaceNote | undefined {
  if (place.kind === 'unknown') return place.isAbroad ? 'abroad' : 'words'
  if (place.kind !== 'commune') return undefined
  return place.isCedex ? 'cedex' : place.isStreet ? 'street' : undefined
}

const timezoneOfTerritory = (territory: Territory | undefined): string => {
  if (territory?.kind === 'commune') return timezoneOfCommune(territory.commune)
  const [first] = territory ? departementsOf(territory) : []
  return first?.kind === 'departement' ? first.departement.timezone : timezoneOf(undefined)
}

const MODES = new Map<string, AttendanceMode>([
  ['presentiel', 'offline'],
  ['en-ligne', 'online'],
  ['mixte', 'mixed'],
])

const INTENTION_OF = new Map(
  Object.entries(INTENTION_VALUES).map(([code, value]) => [value, code as Intention]),
)

const OPENNESS_OF = new Map(
  Object.entries(OPENNESS_VALUES).map(([code, value]) => [value, code as Openness | 'all']),
)

const intentionsOf = (value: string): Pick<CafeQuery, 'intentions'> => {
  const intention = INTENTION_OF.get(value)
  return intention ? { intentions: [intention] } : {}
}

const opennessOf = (value: string): Pick<CafeQuery, 'openTo'> => {
  const openTo = OPENNESS_OF.get(value)
  return openTo ? { openTo } : {}
}

/** The distance in kilometres from which a point counts as abroad, or at sea. */
const BESIDE_KM = 15

function communeBeside({ latitude, longitude }: Point): Commune | undefined {
  const { commune, distanceKm } = nearestCommune(latitude, longitude)
  return distanceKm <= BESIDE_KM ? commune : undefined
}

const pointOf = (place: WhereAnswer): Point | undefined => {
  const at = place.kind === 'commune' ? place.commune : place
  return 'latitude' in at ? { latitude: at.latitude, longitude: at.longitude } : undefined
}

type Days = Partial<Period> & { problems: Problem[] }

/** Reads the days; dates given explicitly have precedence over « Quand ? ». */
function readDays({ quand, du, au }: SearchValues, today: Temporal.PlainDate): Days {
  const period = PERIODS.get(quand)
  if (quand !== '' && !period) return { problems: [{ field: 'quand', code: 'invalid' }] }
  if (du === '' && au === '') return { ...period?.(today), problems: [] }
  const from = readCafeDay(du)
  const until = readCafeDay(au)
  const problems: Problem[] = []
  if (du !== '' && !from) problems.push({ field: 'du', code: 'not_a_date' })
  if (au !== '' && !until) problems.push({ field: 'au', code: 'not_a_date' })
  if (from && until && Temporal.PlainDate.compare(until, from) < 0)
    problems.push({ field: 'au', code: 'ends_before_start' })
  return { ...(from && { from }), ...(until && { until }), problems }
}

type Period = {
  from?: Temporal.PlainDate
  until?: Temporal.PlainDate
  /** Number of days after today, by the clock of each café. */
  withinOwn?: number
}

const PERIODS = new Map<string, (today: Temporal.PlainDate) => Period>([
  ['aujourdhui', (today) => ({ withinOwn: 0, until: today.add({ days: 1 }) })],
  ['7-jours', (today) => ({ withinOwn: 6, until: today.add({ days: 7 }) })],
  ['cette-semaine', (today) => ({ from: today, until: today.add({ days: 7 - today.dayOfWeek }) })],
  ['ce-mois', (today) => ({ from: today, until: today.with({ day: today.daysInMonth }) })],
  [
    'ce-week-end',
    (today) => {
      const sunday = today.add({ days: 7 - today.dayOfWeek })
      return { from: latestDay(today, sunday.subtract({ days: 1 })), until: sunday }
    },
  ],
])

const latestDay = (one: Temporal.PlainDate, other: Temporal.PlainDate): Temporal.PlainDate =>
  Temporal.PlainDate.compare(one, other) > 0 ? one : other

/** Reads a day within the years that cafés can have. */
const readCafeDay = (text: string): Temporal.PlainDate | undefined =>
  text.startsWith('2') ? readDay(text) : undefined
