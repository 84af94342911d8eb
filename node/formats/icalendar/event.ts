import type { ImportedCafe, ImportedPlace } from '../../domain/cafes/import.ts'
import { toWebAddress } from '../../domain/values/web-address.ts'
import { readTitleStatus } from '../csv/title-status.ts'
import { NO_PLACE, parsePlaceText } from '../csv/venue-text.ts'
import { cleanLines, cleanText } from '../text/clean-text.ts'
import { isHtmlLike } from '../text/html-text.ts'
import { htmlToMarkdown, textToMarkdown } from '../text/markdown.ts'
import { type Component, findLine, listLines, splitTexts, unescapeText } from './content-lines.ts'
import { hashUid } from './derived-uid.ts'

/** What a VEVENT says apart from its times. */
export type EventText = Omit<
  ImportedCafe,
  'row' | 'uid' | 'recurrenceId' | 'series' | 'start' | 'end' | 'durationMinutes' | 'allDay'
>

/** The maximum number of characters of a description, as many as a café's may have. */
const DESCRIPTION_MAX = 10_000

/**
 * Reads the texts of a VEVENT as those of a café; `method` is the calendar's METHOD. Attendees and organisers are not
 * read.
 */
export function readEventText(event: Component, method: string | undefined): EventText {
  const read = (name: string, max = 500) =>
    cleanText(unescapeText(readValue(event, name) ?? ''), max)
  const { title, status } = readTitleStatus(read('SUMMARY'))
  const { place, onlineUrl: addressInPlace } = readPlace(event)
  const onlineUrl = findOnlineUrl(event) ?? addressInPlace
  const updatedAt = readValue(event, 'LAST-MODIFIED')
  const statedStatus = readStatus(read('STATUS'), method)
  return {
    title,
    summary: undefined,
    descriptionMarkdown: readDescription(event),
    status: statedStatus === 'cancelled' ? statedStatus : (status ?? statedStatus ?? 'scheduled'),
    statusNote: undefined,
    place,
    attendanceMode: onlineUrl === undefined ? undefined : place.text ? 'mixed' : 'online',
    onlineUrl,
    url: addressOf(readValue(event, 'URL')),
    openTo: undefined,
    phone: undefined,
    intentions: [],
    format: undefined,
    themes: readCategories(event),
    audiences: [],
    languages: [],
    accessibility: [],
    capacity: undefined,
    registration: { mode: undefined, url: undefined, phone: undefined },
    image: readImage(event),
    updatedAt: updatedAt === undefined ? undefined : toUtcInstant(updatedAt),
    sequence: readInteger(readValue(event, 'SEQUENCE')),
  }
}

/**
 * Reads the UID, or makes one from what the event says, the same at each reading. Hand-written files have none, and the
 * library behind Gancio's calendars invents one of 21 characters at each download, so that only the page's address
 * identifies the event.
 */
export function readUid(
  event: Component,
  { prodid, countsByUrl }: { prodid: string; countsByUrl: ReadonlyMap<string, number> },
): string {
  const uid = cleanText(unescapeText(readValue(event, 'UID') ?? ''), 255)
  const isInvented = prodid === 'adamgibbons/ics' && /^[\w-]{21}$/.test(uid)
  if (uid !== '' && !isInvented) return uid
  const url = readValue(event, 'URL')
  // An address of the site, or of all dates, does not distinguish events.
  if (url && countsByUrl.get(url) === 1)
    return hashUid([url, readValue(event, 'RECURRENCE-ID') ?? ''])
  // "ANNULÉ :" before the title does not make it another event.
  const { title } = readTitleStatus(cleanText(unescapeText(readValue(event, 'SUMMARY') ?? ''), 500))
  const said = ['LOCATION', 'RECURRENCE-ID', 'DTSTART']
  return hashUid([title, ...said.map((name) => readValue(event, name) ?? '')])
}

/** Counts how many events of a calendar give each address as their page. */
export const countUrls = (events: readonly Component[]): ReadonlyMap<string, number> =>
  events
    .map((event) => readValue(event, 'URL') ?? '')
    .reduce((counts, url) => counts.set(url, (counts.get(url) ?? 0) + 1), new Map<string, number>())

/** Reads the price that calendars of The Events Calendar and All-in-One Event Calendar give; a café has none. */
export function readCost(event: Component): string | undefined {
  const cost = cleanText(unescapeText(readValue(event, 'X-COST') ?? ''), 100)
  return cost === '' ? undefined : cost
}

const readValue = (event: Component, name: string): string | undefined =>
  findLine(event, name)?.value

function readStatus(
  status: string,
  method: string | undefined,
): ImportedCafe['status'] | undefined {
  if (method === 'CANCEL' || /^cancell?ed$/i.test(status)) return 'cancelled'
  return /^tentative$/i.test(status) ? 'tentative' : undefined
}

/**
 * Reads the description, preferably as HTML: Outlook's and Mobilizon's X-ALT-DESC, Thunderbird's ALTREP, Google's tags
 * inside DESCRIPTION.
 */
function readDescription(event: Component): string | undefined {
  const description = findLine(event, 'DESCRIPTION')
  const text = unescapeText(description?.value ?? '')
  const rich = listLines(event, 'X-ALT-DESC').find(({ params }) =>
    /html/i.test(params.get('FMTTYPE') ?? 'text/html'),
  )
  const html =
    (rich && unescapeText(rich.value)) ??
    decodeDataUrl(description?.params.get('ALTREP')) ??
    (isHtmlLike(text) ? text : undefined)
  const markdown = html === undefined ? '' : htmlToMarkdown(html)
  return cleanLines(markdown || textToMarkdown(text), DESCRIPTION_MAX) || undefined
}

function decodeDataUrl(address: string | undefined): string | undefined {
  const match = /^data:text\/html(?:;charset=utf-8)?,(.+)$/i.exec(address ?? '')
  try {
    return match?.[1] === undefined ? undefined : decodeURIComponent(match[1])
  } catch {
    return undefined
  }
}

function readPlace(event: Component): { place: ImportedPlace; onlineUrl: string | undefined } {
  const text = cleanLines(unescapeText(readValue(event, 'LOCATION') ?? ''), 500)
  const address = /https?:\/\/[^\s,;<>"]+/.exec(text)?.[0]
  const isOnline =
    address !== undefined || /^r[ée]union microsoft teams|^microsoft teams meeting/i.test(text)
  const geo = readPoint(readValue(event, 'GEO') ?? readValue(event, 'X-APPLE-STRUCTURED-LOCATION'))
  if (isOnline) return { place: NO_PLACE, onlineUrl: addressOf(address) }
  const codeInsee = readValue(event, 'X-CAFEIA-INSEE')
  return { place: { ...parsePlaceText(text), ...geo, codeInsee }, onlineUrl: undefined }
}

/** Reads a point: `48.1113;-1.68` (GEO) or `geo:48.1113,-1.68` (Apple). */
function readPoint(value: string | undefined): Pick<ImportedPlace, 'latitude' | 'longitude'> {
  const match = /^(?:geo:)?(-?\d+(?:\.\d+)?)\s*[;,]\s*(-?\d+(?:\.\d+)?)/.exec(
    value?.replaceAll('\\', '') ?? '',
  )
  const [latitude, longitude] = [Number(match?.[1]), Number(match?.[2])]
  const isPoint =
    Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && !(latitude === 0 && longitude === 0)
  return isPoint ? { latitude, longitude } : { latitude: undefined, longitude: undefined }
}

const CONFERENCES = [
  'CONFERENCE',
  'X-GOOGLE-CONFERENCE',
  'X-MICROSOFT-SKYPETEAMSMEETINGURL',
  'X-MICROSOFT-ONLINEMEETINGCONFLINK',
]
const findOnlineUrl = (event: Component): string | undefined =>
  CONFERENCES.map((name) => addressOf(readValue(event, name))).find((url) => url !== undefined)

/** Outlook's categories are colours unless someone named them. */
const COLOUR = /^(?:cat[ée]gorie \p{L}+|\p{L}+ category)$/iu
const readCategories = (event: Component): string[] => {
  const words = listLines(event, 'CATEGORIES')
    .flatMap(({ value }) => splitTexts(value))
    .map((word) => cleanText(word.replace(/^\s*#/, ''), 80))
  return [...new Set(words)].filter((word) => word !== '' && !COLOUR.test(word)).slice(0, 20)
}

function readImage(event: Component): ImportedCafe['image'] {
  const lines = [...listLines(event, 'IMAGE'), ...listLines(event, 'ATTACH')]
  for (const { name, params, value } of lines) {
    const url = addressOf(value)
    const isImage =
      name === 'IMAGE' ||
      /^image\/(?!svg)/i.test(params.get('FMTTYPE') ?? '') ||
      /\.(?:jpe?g|png|webp|avif|gif)(?:\?|$)/i.test(value)
    if (!url || !isImage) continue
    const alt = cleanText(unescapeText(readValue(event, 'X-CAFEIA-IMAGE-ALT') ?? ''), 500)
    return { url, alt: alt || undefined }
  }
  return undefined
}

const addressOf = (value: string | undefined): string | undefined =>
  toWebAddress(value?.trim().replaceAll(/\\([,;])/g, '$1') ?? '')

/** Parses a DATE-TIME in UTC; undefined where it is none. */
export function toUtcInstant(value: string): Temporal.Instant | undefined {
  try {
    return Temporal.Instant.from(value.trim().replace(/Z?$/i, 'Z'))
  } catch {
    return undefined
  }
}

const readInteger = (value: string | undefined): number | undefined =>
  /^\d{1,10}$/.test(value?.trim() ?? '') ? Number(value) : undefined
