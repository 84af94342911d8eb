import type { ImportPreview } from '../../domain/cafes/import.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { type CalendarReading, readICalendar } from '../icalendar/read.ts'
import { readJsonImport } from '../web/read-json.ts'
import { decodeBytes } from './bytes-text.ts'
import { readCsv } from './read.ts'

export type FileHint = { filename?: string | undefined; contentType?: string | undefined }

/**
 * Reads a file to import. Its content decides its format; the hint only serves to name a file that is neither a
 * calendar nor a table. It never throws: such a file gives a preview with one problem on row 0.
 */
export function readImport(
  bytes: Uint8Array,
  hint: FileHint,
  reading: CalendarReading,
): ImportPreview {
  if (isBinary(bytes))
    return refuse({ field: 'file', code: 'invalid', detail: kindOf(bytes, hint) })
  const start = decodeBytes(bytes.subarray(0, 4096))
    .replace(/^\ufeff/, '')
    .trimStart()
  if (/^BEGIN:VCALENDAR/i.test(start))
    return { format: 'icalendar', ...readICalendar(bytes, reading) }
  if (start === '') return refuse({ field: 'file', code: 'required' })
  if (/^<(?:!doctype|html|\?xml)/i.test(start) || isCalendarByName(hint))
    return refuse({ field: 'file', code: 'invalid', detail: kindOf(bytes, hint) })
  if (/^[[{]/.test(start)) {
    const read = readJsonImport(decodeBytes(bytes).replace(/^\ufeff/, ''), reading)
    return read ?? refuse({ field: 'file', code: 'invalid', detail: 'json' })
  }
  return { format: 'csv', ...readCsv(bytes), wholeEvents: [], isCut: false }
}

const refuse = (problem: Problem): ImportPreview => ({
  format: undefined,
  rows: [{ row: 0, problems: [problem], raw: '' }],
  wholeEvents: [],
  isCut: false,
  warnings: [],
})

/** Returns whether it is a spreadsheet (zip), a PDF or an image; UTF-16 contains NULs too but begins with its mark. */
function isBinary(bytes: Uint8Array): boolean {
  const isUtf16 =
    (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  return !isUtf16 && bytes.subarray(0, 4096).includes(0)
}

const isCalendarByName = ({ filename, contentType }: FileHint): boolean =>
  /\.ics$/i.test(filename ?? '') || /^text\/calendar\b/i.test(contentType ?? '')

/** Returns the extension or the media type, for the message. */
const kindOf = (bytes: Uint8Array, { filename, contentType }: FileHint): string =>
  /\.([a-z0-9]{1,5})$/i.exec(filename ?? '')?.[1]?.toLowerCase() ??
  contentType?.split(';')[0]?.trim().slice(0, 60) ??
  (bytes[0] === 0x50 && bytes[1] === 0x4b ? 'xlsx' : 'html')
