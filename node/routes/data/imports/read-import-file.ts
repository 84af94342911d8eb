import type { ImportPreview } from '../../../domain/cafes/import.ts'
import { readImport } from '../../../formats/csv/import.ts'
import { timezoneOf } from '../../../geo/territories.ts'
import { HORIZON_DAYS, type ImportFile } from './import-file.ts'

/** Reads a file, which takes seconds for the largest; where others wait, use `readImportAside`. */
export const readImportFile = (
  { bytes, filename, contentType }: ImportFile,
  now: Temporal.Instant,
): ImportPreview =>
  readImport(
    bytes,
    { filename, contentType },
    { now, horizonDays: HORIZON_DAYS, defaultTimezone: timezoneOf(undefined) },
  )
