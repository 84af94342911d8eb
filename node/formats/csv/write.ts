import { stringify } from 'csv-stringify/sync'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import type { PartWriter } from '../web/parts.ts'
import { CAFE_COLUMNS, type CafeColumn } from './cafe-columns.ts'

/**
 * Writes a table that a French Excel opens by a double click: UTF-8 with its mark, semicolons, CRLF. A text that a
 * spreadsheet would run as a formula gets an apostrophe (CWE-1236); numbers do not. Lists are joined by `|`, and times
 * are ISO 8601 with the offset of the place. Facilitators are never in it.
 */
export const toCsv = (cafes: readonly Cafe[]): string => {
  const { head, part } = csvParts(CAFE_COLUMNS)
  return head + part(cafes, 0)
}

/** Writes the same table, a part at a time, with these columns. */
export const csvParts = (columns: readonly CafeColumn[]): PartWriter => ({
  head: tableHead(columns.map(({ name }) => name)),
  part: (cafes) => tableRows(cafes.map((cafe) => columns.map(({ value }) => value(cafe)))),
  foot: () => '',
})

/** Returns the first line, with the byte order mark of UTF-8. */
export const tableHead = (names: readonly string[]): string => `\ufeff${tableRows([names])}`

/**
 * Writes the lines of a table for spreadsheets in French: separated by semicolons and CRLF, without a header. A cell
 * that begins like a formula is escaped, since a spreadsheet would run it.
 */
export const tableRows = (rows: readonly (readonly (string | number | undefined)[])[]): string =>
  stringify(rows as string[][], {
    delimiter: ';',
    record_delimiter: 'windows',
    escape_formulas: true,
    // RFC 4180, §2.6, asks for quotes around any line break; the library quotes only its own, CRLF.
    quoted_match: /[\r\n]/,
  })
