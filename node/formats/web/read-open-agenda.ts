import type { AttendanceMode } from '../../domain/cafes/cafe.ts'
import { type Horizon, MOST_DATES } from '../../domain/cafes/horizon.ts'
import {
  type ImportedCafe,
  type ImportedPlace,
  type ImportRow,
  toRecurrenceId,
  type WholeEvent,
} from '../../domain/cafes/import.ts'
import { ACCESSIBILITY_CODES } from '../../domain/values/accessibility.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { isWebAddress, toWebAddress } from '../../domain/values/web-address.ts'
import { readPrice } from '../csv/price.ts'
import { NO_PLACE } from '../csv/venue-text.ts'
import { hashUid } from '../icalendar/derived-uid.ts'
import { cleanLines, cleanText } from '../text/clean-text.ts'

export type AgendaReading = { now: Temporal.Instant; horizon: Horizon }

type Json = { readonly [name: string]: unknown }

/** The maximum number of events, and of dates of all events together, more than any structure announces. */
export const MOST_EVENTS = 5000
/** The maximum number of dates of one event, as many as OpenAgenda allows. */
const MOST_TIMINGS = 800

const STATUS: Record<number, ImportedCafe['status']> = {
  1: 'scheduled',
  2: 'rescheduled',
  3: 'moved-online',
  4: 'postponed',
  5: 'scheduled',
  6: 'cancelled',
}
/** The status for full, which does not say whether it takes place. */
const FULL = 5
const MODE: Record<number, AttendanceMode> = { 1: 'offline', 2: 'online', 3: 'mixed' }
const REFUSED = -1
const PUBLISHED = 2

/**
 * Reads the events of an agenda in the form of OpenAgenda's v2 events (`{"events": […]}`, also ours): one café for each
 * timing, of several those from now to a year ahead. Texts are French where there are several languages. It never
 * throws.
 */
export function readOpenAgenda(
  events: readonly unknown[],
  { now, horizon }: AgendaReading,
): { rows: ImportRow[]; wholeEvents: WholeEvent[] } {
  const window = { now, until: now.add({ hours: 24 * horizon.finiteDays }) }
  const wholeEvents: WholeEvent[] = []
  const rows: ImportRow[] = []
  for (const [at, event] of events.slice(0, MOST_EVENTS).entries()) {
    const row = at + 1
    const read = readEvent(toRecord(event), row, window)
    const uid = read[0]?.cafe?.uid ?? read[0]?.uid
    if (uid !== undefined && !read.some(({ problems }) => problems))
      wholeEvents.push({ uid, row, until: window.until.toString() })
    for (const one of read) rows.push(one)
    if (rows.length > MOST_EVENTS) break
  }
  if (events.length <= MOST_EVENTS && rows.length <= MOST_EVENTS) return { rows, wholeEvents }
  return { rows: cutRows(rows), wholeEvents: [] }
}

/** Keeps as many rows as are read of any file, and says so in a last one where there are more. */
export function cutRows(rows: readonly ImportRow[]): ImportRow[] {
  const problems: Problem[] = [{ field: 'file', code: 'too_long', detail: String(MOST_EVENTS) }]
  return [...rows.slice(0, MOST_EVENTS), { row: 0, problems, raw: '' }]
}

type Timing = { begin: Temporal.Instant; end: Temporal.Instant }
type Window = { now: Temporal.Instant; until: Temporal.Instant }

function readEvent(event: Json, row: number, { now, until }: Window): ImportRow[] {
  const title = readText(event.title, 255)
  const timings = readTimings(event.timings)
  const uid = readUid(event, title)
  const raw = cleanText([title, plainOf(event.uid), plainOf(event.slug)].join(' ; '), 1000)
  if (event.state === REFUSED) return [{ row, withdrawn: { uid, recurrenceId: undefined } }]
  const problems: Problem[] = []
  if (title === '') problems.push({ field: 'title', code: 'required' })
  if (!timings) problems.push({ field: 'startsAt', code: 'not_a_date', detail: 'timings' })
  const conditions = readText(event.conditions, 255)
  const price = /\d\s*(?:€|eur)/i.test(conditions) ? readPrice(conditions) : undefined
  if (price?.outcome === 'priced')
    problems.push({ field: 'price', code: 'price_refused', detail: price.text })
  if (problems.length > 0 || !timings) return [{ row, uid, problems, raw }]

  const isSeries = timings.length > 1
  const dates = isSeries
    ? timings.filter(
        ({ begin, end }) =>
          Temporal.Instant.compare(end, now) >= 0 && Temporal.Instant.compare(begin, until) <= 0,
      )
    : timings
  const isLater = timings.some(({ begin }) => Temporal.Instant.compare(begin, until) > 0)
  const later: ImportRow = { row, uid, aside: isLater ? 'later' : 'no_date', title }
  if (dates.length === 0) return [later]
  const words = readWords(event, title)
  const timezone = isZone(event.timezone) ? event.timezone : undefined
  const rows = dates.slice(0, MOST_DATES).map(({ begin, end }): ImportRow => {
    const start = { kind: 'instant', instant: begin, timezone } as const
    const times = { start, end: { ...start, instant: end }, durationMinutes: undefined }
    const recurrenceId = isSeries ? toRecurrenceId(begin) : undefined
    const series = isSeries ? uid : undefined
    return { row, cafe: { ...words, ...times, row, uid, recurrenceId, series, allDay: false } }
  })
  if (dates.length <= MOST_DATES) return isSeries && isLater ? [...rows, later] : rows
  const detail = String(MOST_DATES)
  const tooMany: Problem = { field: 'recurrence', code: 'number_out_of_range', detail }
  return [...rows, { row, uid, problems: [tooMany], raw }]
}

/** Returns the UID: for an export of ours the address of the café, otherwise the event's number in its agenda. */
function readUid(event: Json, title: string): string {
  const own = listOf(event.extIds)
    .map(toRecord)
    .find(({ key, value }) => key === 'cafeia' && isWebAddress(plainOf(value)))
  if (own) return plainOf(own.value)
  const uid = plainOf(event.uid)
  if (uid !== '') return `${cleanText(uid, 100)}@openagenda`
  const timings = listOf(event.timings).slice(0, MOST_TIMINGS).map(toRecord)
  return hashUid([title, ...timings.flatMap(({ begin, end }) => [plainOf(begin), plainOf(end)])])
}

type Words = Omit<
  ImportedCafe,
  'row' | 'uid' | 'recurrenceId' | 'series' | 'start' | 'end' | 'durationMinutes' | 'allDay'
>

function readWords(event: Json, title: string): Words {
  const location = toRecord(event.location)
  const place = readPlace(location)
  const status = STATUS[Number(plainOf(event.status))] ?? 'scheduled'
  const isUnsure = event.state !== undefined && event.state !== PUBLISHED
  const image = toRecord(event.image)
  const imageUrl = toWebAddress(plainOf(image.url))
  const accessibility = toRecord(event.accessibility)
  return {
    title,
    summary: readText(event.description, 200) || undefined,
    descriptionMarkdown: readLines(event.longDescription, 10_000) || undefined,
    status: isUnsure && status !== 'cancelled' ? 'tentative' : status,
    statusNote: undefined,
    place,
    attendanceMode: MODE[Number(plainOf(event.attendanceMode))],
    onlineUrl: toWebAddress(plainOf(event.onlineAccessLink)),
    url: listOf(event.links)
      .map((link) => toWebAddress(plainOf(toRecord(link).link)))
      .find((url) => url !== undefined),
    openTo: undefined,
    phone: undefined,
    intentions: [],
    format: undefined,
    themes: readKeywords(event.keywords),
    audiences: [],
    languages: [],
    accessibility: ACCESSIBILITY_CODES.filter((code) => accessibility[code] === true),
    capacity: undefined,
    registration: readRegistration(event.registration),
    isFull: readFull(Number(plainOf(event.status))),
    image: imageUrl === undefined ? undefined : { url: imageUrl, alt: undefined },
    updatedAt: toInstant(event.updatedAt),
    sequence: undefined,
  }
}

/** Reads a text in several languages or in one (`monolingual`). */
const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value
  const byLanguage = toRecord(value)
  const text = byLanguage.fr ?? Object.values(byLanguage).find((each) => typeof each === 'string')
  return typeof text === 'string' ? text : ''
}
const readText = (value: unknown, max: number): string => cleanText(textOf(value), max)
const readLines = (value: unknown, max: number): string => cleanLines(textOf(value), max)

function readKeywords(value: unknown): string[] {
  const list = Array.isArray(value) ? value : listOf(toRecord(value).fr)
  const words = list.map((word) => (typeof word === 'string' ? cleanText(word, 80) : ''))
  return [...new Set(words)].filter((word) => word !== '').slice(0, 20)
}

/** Reads the first link, otherwise the first telephone number. Addresses of mailboxes are not read. */
function readRegistration(value: unknown): ImportedCafe['registration'] {
  const ways = listOf(value).map(toRecord)
  const findValue = (type: string) => ways.find((way) => way.type === type)?.value
  const url = toWebAddress(plainOf(findValue('link')))
  if (url) return { mode: 'external', url, phone: undefined }
  const phone = cleanText(plainOf(findValue('phone')), 30)
  if (phone) return { mode: 'phone', url: undefined, phone }
  return { mode: undefined, url: undefined, phone: undefined }
}

/** Returns whether it is full; no other status says whether seats are left, since an event has only one status. */
const readFull = (status: number): boolean | undefined =>
  status === FULL || (status === 1 ? false : undefined)

function readPlace(location: Json): ImportedPlace {
  const read = (value: unknown, max: number) =>
    (typeof value === 'string' ? cleanText(value, max) : '') || undefined
  const name = read(location.name, 100)
  if (name === undefined) return NO_PLACE
  const postalCode = read(location.postalCode, 10)
  const commune = read(location.adminLevel4 ?? location.city, 100)
  const address = read(location.address, 255)
  const insee = read(location.insee, 5)
  const [latitude, longitude] = [location.latitude, location.longitude].map((degrees) =>
    typeof degrees === 'number' && Number.isFinite(degrees) ? degrees : undefined,
  )
  return {
    text: [name, address].filter(Boolean).join(', '),
    name,
    streetAddress: withoutTown(address, { postalCode, commune }),
    postalCode,
    commune,
    codeInsee: insee !== undefined && /^(?:\d{2}|2[AB])\d{3}$/.test(insee) ? insee : undefined,
    latitude,
    longitude,
  }
}

/**
 * Removes the town: `12 quai du Canal, 35000 Rennes, France` becomes the street alone, since the town has its own
 * fields.
 */
function withoutTown(
  address: string | undefined,
  { postalCode, commune }: Pick<ImportedPlace, 'postalCode' | 'commune'>,
): string | undefined {
  const isTown = (part: string) =>
    part === commune ||
    part === postalCode ||
    /^france$/i.test(part) ||
    (postalCode !== undefined && part.startsWith(`${postalCode} `))
  const parts = address?.split(',').map((part) => part.trim()) ?? []
  return parts.filter((part) => part !== '' && !isTown(part)).join(', ') || undefined
}

/** Reads timings, and joins those that follow each other without a pause, since a timing has 24 hours at most. */
function readTimings(value: unknown): Timing[] | undefined {
  const all = listOf(value).slice(0, MOST_TIMINGS).map(toRecord)
  const timings: Timing[] = []
  for (const timing of all) {
    const [begin, end] = [toInstant(timing.begin), toInstant(timing.end)]
    if (!begin || !end || Temporal.Instant.compare(end, begin) < 0) return undefined
    const last = timings.at(-1)
    if (last?.end.equals(begin)) last.end = end
    else timings.push({ begin, end })
  }
  return timings.length === 0 ? undefined : timings
}

function toInstant(value: unknown): Temporal.Instant | undefined {
  try {
    return typeof value === 'string' ? Temporal.Instant.from(value) : undefined
  } catch {
    return undefined
  }
}

function isZone(value: unknown): value is string {
  try {
    if (typeof value !== 'string') return false
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(value)
    return true
  } catch {
    return false
  }
}

/** Returns a text or a number as text; empty for anything else, some of which `String` would throw for. */
const plainOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const toRecord = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
