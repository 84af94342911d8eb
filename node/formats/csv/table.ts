import { parse } from 'csv-parse/sync'
import { cleanLines, cleanText, LINES_MAX } from '../text/clean-text.ts'
import { decodeBytes } from './bytes-text.ts'
import { type Column, findColumn } from './columns.ts'

export type TableRow = {
  /** The line of the file where the row begins, counted from 1. */
  line: number
  cells: string[]
}

export type Table = {
  headers: string[]
  columns: Map<Column, number>
  rows: TableRow[]
}

/** The header must be within so many lines: some tables have a title and a date above it. */
const HEADER_WITHIN = 10

/** The maximum number of rows that are read, more than any structure announces at once. */
export const MOST_ROWS = 5000

/** The most characters of a row. */
const RECORD_MAX = 200_000

/**
 * Parses a table of cafés, whatever its separator (`;`, `,` or tab) and its encoding; the header is the first line that
 * names a title and a time. `error` gives the line where the table breaks off, or says that there is no header.
 */
export function parseTable(
  bytes: Uint8Array | string,
): { table: Table; error?: never } | { error: { line: number | undefined }; table?: never } {
  const text = (typeof bytes === 'string' ? bytes : decodeBytes(bytes)).replace(/^\ufeff/, '')
  const body = text.replace(/^sep=.\r?\n/i, '')
  const before = text.slice(0, text.length - body.length).split('\n').length - 1
  const tooLong = findLongLine(body)
  if (tooLong !== undefined) return { error: { line: before + tooLong } }
  try {
    const lines = parse(body, {
      delimiter: findDelimiter(body),
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      max_record_size: RECORD_MAX,
      to: HEADER_WITHIN + MOST_ROWS + 1,
      trim: true,
    }) as unknown as { record: string[]; info: { lines: number } }[]
    const rows = lines.map(({ record, info }) => ({
      line: before + info.lines - breaksIn(record),
      cells: record.map(toCell),
    }))
    const index = rows.slice(0, HEADER_WITHIN).findIndex(({ cells }) => isHeader(cells))
    const header = rows[index]
    if (!header) return { error: { line: undefined } }
    const headers = header.cells.map((cell) => cleanText(cell, 100))
    return { table: { headers, columns: findColumns(headers), rows: rows.slice(index + 1) } }
  } catch (error) {
    return {
      error: {
        line: error instanceof Error && 'lines' in error ? Number(error.lines) + before : undefined,
      },
    }
  }
}

/**
 * Finds the first line of more characters than a row may have. The parser counts those of cells only, and five million
 * separators would be as many cells.
 */
function findLongLine(text: string): number | undefined {
  let line = 1
  let start = 0
  for (let at = 0; at <= text.length; at++) {
    const character = text[at]
    if (at < text.length && character !== '\n' && character !== '\r') continue
    if (at - start > RECORD_MAX) return line
    start = at + 1
    if (character !== '\r' || text[at + 1] !== '\n') line += 1
  }
  return undefined
}

/** Finds the separator that is the most frequent in the first lines, outside quotes. */
function findDelimiter(text: string): string {
  const start = text.slice(0, 5000).replaceAll(/"[^"]*"/g, '')
  const count = (delimiter: string) => start.split(delimiter).length
  return [';', '\t', ','].reduce((best, next) => (count(next) > count(best) ? next : best))
}

const isHeader = (cells: string[]): boolean => {
  const columns = cells.map(findColumn)
  return columns.includes('title') || (columns.includes('date') && columns.includes('start'))
}

function findColumns(headers: string[]): Map<Column, number> {
  const columns = new Map<Column, number>()
  for (const [index, header] of headers.entries()) {
    const column = findColumn(header)
    if (column && !columns.has(column)) columns.set(column, index)
  }
  return columns
}

/** Cleans a cell, and removes the apostrophe that keeps a spreadsheet from running a text as a formula. */
const toCell = (cell: string): string => cleanLines(cell, LINES_MAX).replace(/^'(?=[=+\-@])/, '')

const breaksIn = (record: string[]): number =>
  record.reduce((count, cell) => count + cell.split(/\r\n|\r|\n/).length - 1, 0)
