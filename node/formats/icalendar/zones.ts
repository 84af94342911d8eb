import ical from 'node-ical'
import type { Component } from './content-lines.ts'

/** Zones of the French territories: of several zones with the same clock, one of these is meant. */
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

export type ZoneFinder = (tzid: string) => string | undefined

/**
 * Finds the IANA zone that a TZID of this calendar means: an IANA name, with a prefix or without (Evolution, Lotus);
 * a Windows name (Outlook, Exchange); else the offsets of the VTIMEZONE of that name. A zone found by name or offsets
 * rather than written as such gives way to the calendar's own or a French one that has the same clock all year round:
 * "Customized Time Zone" of a French Outlook is Europe/Paris, not Africa/Ceuta.
 * @param now the year to compare clocks in
 */
export function zoneFinder(
  calendar: Component,
  defaultTimezone: string,
  now: Temporal.Instant,
): ZoneFinder {
  const { year } = now.toZonedDateTimeISO('UTC')
  const found = new Map<string, string | undefined>()
  return (tzid) => {
    if (!found.has(tzid)) found.set(tzid, findZone(tzid, calendar, defaultTimezone, year))
    return found.get(tzid)
  }
}

function findZone(
  tzid: string,
  calendar: Component,
  defaultTimezone: string,
  year: number,
): string | undefined {
  const segments = tzid.trim().split('/')
  for (let length = Math.min(3, segments.length); length > 1; length--) {
    const name = segments.slice(-length).join('/')
    if (isZone(name)) return name
  }
  if (/^(?:etc\/)?(?:utc|gmt|z)$/i.test(tzid)) return 'UTC'
  const guess = findByOffsets(tzid, calendar, year) ?? askNodeIcal(tzid, [], year)
  if (!guess) return undefined
  return (
    [defaultTimezone, ...FRENCH_ZONES].find((zone) => haveSameClock(zone, guess, year)) ?? guess
  )
}

/** node-ical compares the offsets of a VTIMEZONE with those of every zone when it bears Outlook's name for one. */
function findByOffsets(tzid: string, calendar: Component, year: number): string | undefined {
  const definition = calendar.components.find(
    ({ name, lines }) =>
      name === 'VTIMEZONE' && lines.some((line) => line.name === 'TZID' && line.value === tzid),
  )
  if (!definition) return undefined
  const custom = 'Customized Time Zone'
  const observances = definition.components.flatMap(({ name, lines }) => [
    `BEGIN:${name}`,
    ...lines
      .filter((line) => ['DTSTART', 'TZOFFSETFROM', 'TZOFFSETTO'].includes(line.name))
      .map((line) => `${line.name}:${line.value}`),
    `END:${name}`,
  ])
  const timezone = ['BEGIN:VTIMEZONE', `TZID:${custom}`, ...observances, 'END:VTIMEZONE']
  return askNodeIcal(custom, timezone, year)
}

function askNodeIcal(tzid: string, timezone: string[], year: number): string | undefined {
  const calendar = [
    'BEGIN:VCALENDAR',
    ...timezone,
    'BEGIN:VEVENT',
    'UID:zone',
    `DTSTART;TZID="${tzid.replaceAll(/["\r\n]/g, '')}":${year}0715T120000`,
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n')
  try {
    const event = ical.sync.parseICS(calendar).zone as { start?: { tz?: unknown } } | undefined
    const zone = event?.start?.tz
    return typeof zone === 'string' && isZone(zone) ? zone : undefined
  } catch {
    return undefined
  }
}

const isZone = (name: string): boolean => {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name)
    return /^[A-Z]\w+\/\w|^UTC$/.test(name)
  } catch {
    return false
  }
}

function haveSameClock(zone: string, other: string, year: number): boolean {
  for (let month = 1; month <= 12; month++) {
    const noon = Temporal.PlainDate.from({ year, month, day: 28 })
      .toZonedDateTime('UTC')
      .toInstant()
    const offset = noon.toZonedDateTimeISO(zone).offsetNanoseconds
    if (offset !== noon.toZonedDateTimeISO(other).offsetNanoseconds) return false
  }
  return true
}
