import type { ImportedCafe, ImportedTime, ImportRow, RowOf } from '../../../domain/cafes/import.ts'

/**
 * Rows as they pass between threads: structured cloning (HTML, "Safe passing of structured data") does not support
 * Temporal.
 */
export type SentRow = Exclude<ImportRow, { cafe: ImportedCafe }> | RowOf<{ cafe: SentCafe }>

type SentCafe = Omit<ImportedCafe, 'start' | 'end' | 'updatedAt'> & {
  start: SentTime
  end: SentTime | undefined
  updatedAt: string | undefined
}

type SentTime = { kind: ImportedTime['kind']; text: string; timezone: string | undefined }

/** Converts a row of an import to what a worker thread can pass on: Temporal values become texts. */
export function toSentRow(row: ImportRow): SentRow {
  if (!row.cafe) return row
  const { start, end, updatedAt, ...rest } = row.cafe
  const times = { start: toSentTime(start), end: end && toSentTime(end) }
  return { row: row.row, cafe: { ...rest, ...times, updatedAt: updatedAt?.toString() } }
}

/**
 * Restores a row.
 * @throws RangeError for a time that `toSentRow` did not write.
 */
export function fromSentRow(row: SentRow): ImportRow {
  if (!row.cafe) return row
  const { start, end, updatedAt, ...rest } = row.cafe
  const times = { start: ofSentTime(start), end: end && ofSentTime(end) }
  const updated = updatedAt === undefined ? undefined : Temporal.Instant.from(updatedAt)
  return { row: row.row, cafe: { ...rest, ...times, updatedAt: updated } }
}

function toSentTime(time: ImportedTime): SentTime {
  const { kind } = time
  if (kind === 'date') return { kind, text: time.date.toString(), timezone: undefined }
  const { timezone } = time
  if (kind === 'local') return { kind, text: time.dateTime.toString(), timezone }
  return { kind, text: time.instant.toString(), timezone }
}

function ofSentTime({ kind, text, timezone }: SentTime): ImportedTime {
  if (kind === 'date') return { kind, date: Temporal.PlainDate.from(text) }
  if (kind === 'local') return { kind, dateTime: Temporal.PlainDateTime.from(text), timezone }
  return { kind, instant: Temporal.Instant.from(text), timezone }
}
