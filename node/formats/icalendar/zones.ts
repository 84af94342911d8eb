import ical from 'node-ical'
import { type Component, type ContentLine, findLine } from './content-lines.ts'

/** The zones of the French territories, which are preferred among zones with the same clock. */
const FRENCH_ZONES = [
  'Europe/Paris',
  'Indian/Reunion',
  'America/Martinique',
  'America/Guadeloupe',
  'America/Cayenne',
  'Indian/Mayotte',
  'Pacific/Noumea',
  'Pacific/Tahiti',
  'America/Miquelon',
  'Pacific/Wallis',
]

/** The maximum number of names of zones that one calendar may use; each may be compared with all zones there are. */
const MOST_ZONES = 100

export type ZoneFinder = (tzid: string) => string | undefined

/**
 * Makes a function that finds the IANA zone that a TZID of this calendar means: an IANA name, with a prefix or without
 * (Evolution, Lotus); a Windows name (Outlook, Exchange); otherwise the offsets of the VTIMEZONE of that name. A zone
 * that was found by name or offsets, and not written as such, is replaced by the calendar's own or a French one that
 * has the same clock all year round: "Customized Time Zone" of a French Outlook is Europe/Paris, not Africa/Ceuta.
 * @param now - The year in which clocks are compared.
 */
export function zoneFinder(
  calendar: Component,
  defaultTimezone: string,
  now: Temporal.Instant,
): ZoneFinder {
  const { year } = now.toZonedDateTimeISO('UTC')
  const preferred = [defaultTimezone, ...FRENCH_ZONES]
  const found = new Map<string, string | undefined>()
  return (tzid) => {
    if (found.size >= MOST_ZONES) return found.get(tzid)
    if (!found.has(tzid)) found.set(tzid, findZone(tzid, { calendar, preferred, year }))
    return found.get(tzid)
  }
}

type Scope = { calendar: Component; preferred: readonly string[]; year: number }

function findZone(tzid: string, { calendar, preferred, year }: Scope): string | undefined {
  const full = tzid.trim()
  // Exchange and Notes number the zones of one name in a calendar: `Romance Standard Time 1`.
  const name = full.replace(/ \d{1,3}$/, '')
  const segments = name.split('/')
  for (let length = Math.min(3, segments.length); length > 1; length--) {
    const zone = findByName(segments.slice(-length).join('/'))
    if (zone) return zone
  }
  if (/^(?:etc\/|tzone:\/\/microsoft\/)?(?:utc|gmt|z)$/i.test(name)) return 'UTC'
  const named = findByAbbreviation(name) ?? findByWindowsName(full) ?? findByWindowsName(name)
  if (named) return preferred.find((zone) => haveSameClock(zone, named, year)) ?? named
  const clock = readClock(tzid, calendar, year)
  if (!clock) return undefined
  return [...preferred, ...listAllZones()].find((zone) => hasClock(zone, clock, year))
}

let allZones: string[] | undefined
/**
 * Lists the zones of the runtime, then the bare offsets, whose names have the sign reversed (`Etc/GMT-4` is four hours
 * ahead).
 */
const listAllZones = (): string[] => {
  const offsets = Array.from({ length: 27 }, (_, at) => at - 14)
  allZones ??= [
    ...Intl.supportedValuesOf('timeZone'),
    ...offsets.map((hours) => `Etc/GMT${hours > 0 ? '+' : ''}${hours}`),
  ]
  return allZones
}

/** Names that Outlook and Exchange give to any zone that somebody made by hand; they mean nothing. */
const ANY_ZONE = /microsoft\/custom|^custom/i

/**
 * Finds a zone by the English name that Windows stores or shows, in the table of node-ical. The name of its summer time
 * means the same zone. `UTC+12` is the one with that clock; the signs of `Etc/GMT-12` are the other way round.
 */
function findByWindowsName(text: string): string | undefined {
  if (ANY_ZONE.test(text)) return undefined
  const [, sign, hours] = /^UTC([+-])(\d{2})$/.exec(text) ?? []
  if (hours) return `Etc/GMT${sign === '+' ? '-' : '+'}${Number(hours)}`
  const name = text
    .replace(/^tzone:\/\/microsoft\//i, '')
    .replace(/ Daylight Time$/i, ' Standard Time')
  const calendar = [
    'BEGIN:VCALENDAR',
    'BEGIN:VEVENT',
    'UID:zone',
    `DTSTART;TZID="${name.replaceAll(/["\r\n]/g, '')}":20260715T120000`,
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n')
  try {
    const event = ical.sync.parseICS(calendar).zone as { start?: { tz?: unknown } } | undefined
    const zone = event?.start?.tz
    return typeof zone === 'string' ? findByName(zone) : undefined
  } catch {
    return undefined
  }
}

/**
 * Seconds from UTC in the winter and summer of the northern hemisphere; both are equal where a zone is the same all
 * year round.
 */
type YearClock = { january: number; july: number }

/** Reads what a VTIMEZONE says of the present: its latest STANDARD, and its latest DAYLIGHT if that still applies. */
function readClock(tzid: string, calendar: Component, year: number): YearClock | undefined {
  const definition = calendar.components.find(
    (component) =>
      component.name === 'VTIMEZONE' && findLine(component, 'TZID')?.value.trim() === tzid.trim(),
  )
  if (!definition) return undefined
  const standard = latestOf(definition, 'STANDARD')
  const daylight = latestOf(definition, 'DAYLIGHT')
  const winter = standard && readOffset(findLine(standard, 'TZOFFSETTO'))
  const summer =
    daylight && isCurrent(daylight, year) ? readOffset(findLine(daylight, 'TZOFFSETTO')) : undefined
  const usual = winter ?? summer
  if (usual === undefined) return undefined
  if (!daylight || summer === undefined || summer === usual) return { january: usual, july: usual }
  const begins = monthOf(daylight)
  return begins >= 2 && begins <= 6
    ? { january: usual, july: summer }
    : { january: summer, july: usual }
}

function latestOf(definition: Component, name: string): Component | undefined {
  const startOf = (component: Component) => findLine(component, 'DTSTART')?.value ?? ''
  return definition.components
    .filter((component) => component.name === name)
    .sort((a, b) => (startOf(a) < startOf(b) ? -1 : 1))
    .at(-1)
}

/** Returns whether an observance repeats without an end, or until now, or is of these years. */
function isCurrent(observance: Component, year: number): boolean {
  const rule = findLine(observance, 'RRULE')?.value
  const until = /UNTIL=(\d{4})/i.exec(rule ?? '')?.[1]
  const since = Number(findLine(observance, 'DTSTART')?.value.slice(0, 4))
  return rule === undefined ? since >= year - 1 : until === undefined || Number(until) >= year
}

const monthOf = (observance: Component): number =>
  Number(
    /BYMONTH=(\d{1,2})/i.exec(findLine(observance, 'RRULE')?.value ?? '')?.[1] ??
      findLine(observance, 'DTSTART')?.value.slice(4, 6),
  )

/** Reads a UTC-OFFSET (RFC 5545 §3.3.14), in seconds. */
function readOffset(line: ContentLine | undefined): number | undefined {
  const match = /^([+-])(\d{2}):?(\d{2})(?::?(\d{2}))?$/.exec(line?.value.trim() ?? '')
  if (!match) return undefined
  const [, sign, hours, minutes, seconds = '0'] = match
  const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  return sign === '-' ? -total : total
}

/** Finds the zone of a name with a region, in its one spelling: `europe/paris` is `Europe/Paris`. */
const findByName = (name: string): string | undefined =>
  /^[A-Z]\w+\/\w|^UTC$/i.test(name) ? findSpelling(name) : undefined

/** Finds the zone of a few letters that stand for a clock, such as `CET`; its summer's `CEST` is no name of a zone. */
const findByAbbreviation = (name: string): string | undefined =>
  /^[A-Z]{3,4}$/i.test(name) ? findSpelling(name.replace(/^CEST$/i, 'CET')) : undefined

function findSpelling(name: string): string | undefined {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId
  } catch {
    return undefined
  }
}

const offsetAt = (zone: string, year: number, month: number, day = 15): number =>
  Temporal.PlainDate.from({ year, month, day }).toZonedDateTime('UTC').withTimeZone(zone)
    .offsetNanoseconds / 1e9

/** Returns whether a zone has this clock, in the months in which no zone changes its clocks. */
const hasClock = (zone: string, { january, july }: YearClock, year: number): boolean =>
  [12, 1, 2].every((month) => offsetAt(zone, year, month) === january) &&
  [6, 7, 8].every((month) => offsetAt(zone, year, month) === july)

const haveSameClock = (zone: string, other: string, year: number): boolean =>
  Array.from({ length: 12 }, (_, at) => at + 1).every(
    (month) => offsetAt(zone, year, month, 28) === offsetAt(other, year, month, 28),
  )
