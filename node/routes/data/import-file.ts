import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { ImportPreview } from '../../domain/cafes/import.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { readImport } from '../../formats/csv/import.ts'
import { timezoneOf } from '../../geo/territories.ts'

/** A calendar of thousands of events; beyond, somebody chose the wrong file. */
export const IMPORT_BYTES = 5 * 1024 ** 2

/** A file in a form, or the same packed in a hidden field. */
export const IMPORT_FORM_BYTES = 2 * IMPORT_BYTES

/** A series becomes one café per date, as far ahead as people plan. */
export const HORIZON_DAYS = 60

export type ImportFile = {
  bytes: Uint8Array
  filename?: string | undefined
  contentType?: string | undefined
}

export const readImportFile = (
  { bytes, filename, contentType }: ImportFile,
  now: Temporal.Instant,
): ImportPreview =>
  readImport(
    bytes,
    { filename, contentType },
    { now, horizonDays: HORIZON_DAYS, defaultTimezone: timezoneOf(undefined) },
  )

/** Why nothing of a file can be read. */
export const problemOfFile = ({ rows }: ImportPreview): Problem | undefined =>
  rows.every(({ row, problems }) => row === 0 && problems) ? rows[0]?.problems?.[0] : undefined

/** The file as a hidden field of its preview: the confirmation needs no state, so a restart between both loses nothing. */
export const packFile = (bytes: Uint8Array): string => deflateRawSync(bytes).toString('base64')

export function unpackFile(text: string): Uint8Array | undefined {
  try {
    return inflateRawSync(Buffer.from(text, 'base64'), { maxOutputLength: IMPORT_BYTES })
  } catch {
    return undefined
  }
}
