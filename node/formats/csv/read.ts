import type { Intention } from '../../domain/cafes/cafe.ts'
import { mapCafeTexts } from '../../domain/cafes/cafe-texts.ts'
import type { ImportedCafe, ImportedPlace, ImportRow } from '../../domain/cafes/import.ts'
import { RESOURCES_OF_CAFE } from '../../domain/resources/named-resource.ts'
import { ACCESSIBILITY_CODES, type AccessibilityCode } from '../../domain/values/accessibility.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { isWebAddress, toWebAddress, toWholeAddress } from '../../domain/values/web-address.ts'
import { hashUid } from '../icalendar/derived-uid.ts'
import { cleanLines, cleanText } from '../text/clean-text.ts'
import { INTENTION_TEXTS } from './cafe-columns.ts'
import { type Cells, readCells } from './cells.ts'
import { type Column, findColumn } from './columns.ts'
import { toPlainWords } from './plain-text.ts'
import { readPrice } from './price.ts'
import { MOST_ROWS, parseTable, type Table, type TableRow } from './table.ts'
import { readTimes } from './times.ts'
import { readTitleStatus } from './title-status.ts'
import {
  readCapacity,
  readCoordinate,
  readList,
  readModeCell,
  readRegistration,
  readStatusCell,
  readYesNo,
} from './values.ts'
import { NO_PLACE, parsePlaceText, withoutCedex } from './venue-text.ts'

const ROW_MAX = 1000
const DESCRIPTION_MAX = 10_000

export type TableReading = { rows: ImportRow[]; warnings: Problem[] }

/**
 * Reads the rows of a table as cafés. A row that cannot be one has problems, each with the header of its column in
 * `detail`. Unknown headers are warnings. It never throws.
 */
export function readCsv(bytes: Uint8Array | string): TableReading {
  const { table, error } = parseTable(bytes)
  if (!table) {
    const detail = error.line === undefined ? 'Titre' : String(error.line)
    const code = error.line === undefined ? 'required' : 'invalid'
    return {
      rows: [{ row: 0, problems: [{ field: 'file', code, detail }], raw: '' }],
      warnings: [],
    }
  }
  const warnings = table.headers
    .filter((header, index) => header !== '' && !isUsed(table, header, index))
    .map((header): Problem => ({ field: 'file', code: 'unknown_field', detail: header }))
  const rows = table.rows.slice(0, MOST_ROWS).map((row) => readRow(table, row))
  if (table.rows.length > MOST_ROWS)
    rows.push({
      row: 0,
      problems: [{ field: 'file', code: 'too_long', detail: String(MOST_ROWS) }],
      raw: '',
    })
  return { rows, warnings }
}

const isUsed = ({ columns }: Table, header: string, index: number): boolean =>
  findColumn(header) === 'ignored' || [...columns.values()].includes(index)

function readRow(table: Table, row: TableRow): ImportRow {
  const { cells, problems } = readCells(table, row)
  const cafe = readCafe(row.line, cells)
  if (cafe && problems.length === 0) return { row: row.line, cafe }
  return { row: row.line, problems, raw: cleanText(row.cells.join(' ; '), ROW_MAX) }
}

function readCafe(row: number, cells: Cells): ImportedCafe | undefined {
  const { read, check, problem } = cells
  const { title, status } = readTitleStatus(read('title', 255))
  if (title === '') problem('title', 'title', 'required')
  const times = readTimes(cells)
  const support = readFree(cells)
  const place = readPlace(cells)
  const onlineUrl = toWebAddress(read('online'))
  const isOnline = onlineUrl ? undefined : check('online', 'onlineUrl', 'not_an_url', readYesNo)
  const mode = check('mode', 'attendanceMode', 'invalid', readModeCell)
  const url = check('url', 'url', 'not_an_url', toWholeAddress)
  const signUp = readSignUp(cells, url)
  const imageUrl = check('imageUrl', 'image.url', 'not_an_url', toWholeAddress)
  const statedStatus = check('status', 'status', 'invalid', readStatusCell)
  const capacity = check('capacity', 'registration.capacity', 'number_out_of_range', readCapacity)
  if (!times) return undefined
  const reference = read('reference', 255)
  const placeText = place.text ?? ''
  const words = signUp.words ? `Inscription\u00a0: ${signUp.words}` : ''
  return {
    row,
    uid: reference || hashUid([title, times.said, toPlainWords(placeText)]),
    recurrenceId: undefined,
    series: read('series', 255) || undefined,
    title,
    summary: read('summary') || undefined,
    descriptionMarkdown:
      cleanLines(
        [cells.readLines('description'), words].filter(Boolean).join('\n\n'),
        DESCRIPTION_MAX,
      ) || undefined,
    start: times.start,
    end: times.end,
    durationMinutes: times.durationMinutes,
    allDay: false,
    status: statedStatus && statedStatus !== 'scheduled' ? statedStatus : (status ?? 'scheduled'),
    statusNote: read('statusNote') || undefined,
    place,
    attendanceMode: mode ?? (isOnline || onlineUrl ? (placeText ? 'mixed' : 'online') : undefined),
    onlineUrl,
    url,
    openTo: /^(?:reservee?s?|reserved|prive)/.test(toPlainWords(read('access')))
      ? 'reserved'
      : undefined,
    phone: read('phone', 30) || signUp.phone,
    ...mapCafeTexts((name) => read(name) || undefined),
    support,
    intentions: readIntentions(read('intentions')),
    format: read('format', 80) || undefined,
    themes: readList(read('themes', 2000)),
    resources: readAddresses(read('resources', 4000)),
    audiences: readList(read('audiences', 2000)),
    languages: readList(read('languages')).filter((tag) =>
      /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(tag),
    ),
    accessibility: readAccessibility(read),
    capacity,
    registration: { mode: signUp.mode, url: signUp.url, phone: signUp.phone },
    image: imageUrl ? { url: imageUrl, alt: read('imageAlt') || undefined } : undefined,
    updatedAt: undefined,
    sequence: undefined,
  }
}

/** Reads the price: a price refuses the row; an open price or a hat says how the café is paid for. */
function readFree({ read, problem }: Cells): string | undefined {
  const price = readPrice(read('price'))
  if (price.outcome === 'priced') problem('price', 'price', 'price_refused')
  if (readYesNo(read('free')) === false) problem('free', 'price', 'price_refused')
  return read('support') || price.support
}

function readPlace({ read, check }: Cells): ImportedPlace {
  const [venue, address, postalCode, commune] = [
    read('venue'),
    read('address'),
    read('postalCode', 10),
    withoutCedex(read('commune')),
  ]
  const text = [venue, address, [postalCode, commune].filter(Boolean).join(' ')]
    .filter(Boolean)
    .join(', ')
  const latitude = check('latitude', 'venue.latitude', 'number_out_of_range', (said) =>
    readCoordinate(said, 90),
  )
  const longitude = check('longitude', 'venue.longitude', 'number_out_of_range', (said) =>
    readCoordinate(said, 180),
  )
  const codeInsee = check('codeInsee', 'venue.codeInsee', 'invalid', (said) => {
    // Spreadsheets remove the leading zero of the codes of Ain to Ariège.
    const code = said.toUpperCase().padStart(5, '0')
    return /^(?:\d{2}|2[AB])\d{3}$/.test(code) ? code : undefined
  })
  const isApart = postalCode !== '' || commune !== '' || codeInsee !== undefined
  const parsed = parsePlaceText(text)
  const written = {
    ...NO_PLACE,
    text,
    name: venue || undefined,
    streetAddress: address || undefined,
    postalCode: /^\d{4}$/.test(postalCode)
      ? `0${postalCode}`
      : postalCode.replaceAll(' ', '') || undefined,
    commune: commune || undefined,
  }
  const place = isApart ? written : { ...parsed, name: parsed.name ?? (venue || undefined) }
  return { ...(text === '' ? NO_PLACE : place), codeInsee, latitude, longitude }
}

function readSignUp(
  { read, check }: Cells,
  pageUrl: string | undefined,
): ReturnType<typeof readRegistration> {
  const said = readRegistration(read('registration'))
  const url = check('registrationUrl', 'registration.url', 'not_an_url', toWholeAddress) ?? said.url
  const mode = readRegistration(read('registrationMode')).mode ?? said.mode
  if (url) return { ...said, mode: mode ?? 'external', url }
  // "Sur inscription" beside a link means that one signs up at the link.
  if (mode === 'local' && said.mode === 'local' && pageUrl)
    return { ...said, mode: 'external', url: pageUrl }
  if (mode === 'external') return { ...said, mode, url: pageUrl }
  return { ...said, mode }
}

const readIntentions = (text: string): Intention[] => {
  const words = readList(text).map(toPlainWords)
  return Object.entries(INTENTION_TEXTS)
    .filter(([intention, word]) => words.includes(intention) || words.includes(toPlainWords(word)))
    .map(([intention]) => intention as Intention)
}

const ACCESS: Record<AccessibilityCode, Column> = {
  hi: 'accessHearing',
  vi: 'accessVisual',
  pi: 'accessPsychic',
  mi: 'accessMotor',
  ii: 'accessMental',
}
const readAccessibility = (read: Cells['read']): AccessibilityCode[] =>
  ACCESSIBILITY_CODES.filter((code) => readYesNo(read(ACCESS[code])) === true)

/** Reads the addresses of a cell, between spaces; undefined where it has none, so that what is known stays. */
function readAddresses(cell: string): string[] | undefined {
  const addresses = cell
    .split(/[\s|]+/)
    .filter(isWebAddress)
    .slice(0, RESOURCES_OF_CAFE)
  return addresses.length > 0 ? addresses : undefined
}
