import { parentPort } from 'node:worker_threads'
import type { Horizon } from '../../../domain/cafes/horizon.ts'
import type { ImportPreview, ImportRow } from '../../../domain/cafes/import.ts'
import type { ImportFile } from './import-file.ts'
import { type SentRow, toSentRow } from './import-thread-rows.ts'
import { readImportFile } from './read-import-file.ts'

/** What the thread is sent: a file to read, at an instant in ISO 8601; then, until all rows are there, `more`. */
export type Order = { file: ImportFile; horizon: Horizon; now: string } | 'more'

/** What it answers each time. */
export type Part = Omit<ImportPreview, 'rows'> & { rows: SentRow[]; isLast: boolean }

/** Number of rows that the other thread takes in within a few milliseconds. */
const ROWS = 100

let preview: ImportPreview | undefined
let rest: ImportRow[] = []

parentPort?.on('message', (order: Order) => {
  if (order !== 'more') {
    const { file, horizon, now } = order
    preview = readImportFile(file, { now: Temporal.Instant.from(now), horizon })
    rest = preview.rows
  }
  if (!preview) return
  const rows = rest.slice(0, ROWS).map(toSentRow)
  rest = rest.slice(ROWS)
  const isLast = rest.length === 0
  parentPort?.postMessage({ ...preview, rows, isLast } satisfies Part)
  if (isLast) preview = undefined
})
