import { stringify } from 'csv-stringify/sync'

type RequestLine = {
  code: string
  name: string
  within: string
  total: number
  toCome: number
  last: Temporal.PlainYearMonth
}

/** Writes the table of requests in the form of `toCsv`, which a French Excel opens by a double click. */
export const toRequestsCsv = (lines: readonly RequestLine[]): string =>
  stringify(
    lines.map(({ code, name, within, total, toCome, last }) => [
      code,
      name,
      within,
      total,
      toCome,
      last.toString(),
    ]),
    {
      bom: true,
      header: true,
      columns: ['territoire', 'nom', 'dans', 'demandes', 'cafes_a_venir', 'derniere_demande'],
      delimiter: ';',
      record_delimiter: 'windows',
      escape_formulas: true,
    },
  )
