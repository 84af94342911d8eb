import type { Horizon } from '../../../domain/cafes/horizon.ts'
import type { ImportPreview } from '../../../domain/cafes/import.ts'
import { readImport } from '../../../formats/csv/import.ts'
import { timezoneOf } from '../../../geo/territories.ts'
import type { ImportFile } from './import-file.ts'

/** Reads a file, which takes seconds for the largest; where others wait, use `readImportAside`. */
export const readImportFile = (
  { bytes, filename, contentType }: ImportFile,
  asked: { now: Temporal.Instant; horizon: Horizon },
): ImportPreview =>
  readImport(bytes, { filename, contentType }, { ...asked, defaultTimezone: timezoneOf(undefined) })
