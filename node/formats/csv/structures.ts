import { stringify } from 'csv-stringify/sync'

/** What the table has of a structure. */
export type StructureRow = {
  name: string
  url: string
  kind?: string | undefined
  streetAddress?: string | undefined
  postalCode?: string | undefined
  commune?: string | undefined
  codeInsee?: string | undefined
  departement?: string | undefined
  toCome?: number
  held?: number
  lastWordAt?: Temporal.Instant
}

/** Writes structures for spreadsheets: UTF-8 with BOM, `;`. */
export const toStructuresCsv = (rows: readonly StructureRow[]): string =>
  stringify(
    rows.map((row) => ({
      structure: row.name,
      type: row.kind ?? '',
      adresse: row.streetAddress ?? '',
      code_postal: row.postalCode ?? '',
      commune: row.commune ?? '',
      code_insee: row.codeInsee ?? '',
      code_departement: row.departement ?? '',
      site: row.url,
      cafes_a_venir: row.toCome ?? '',
      cafes_tenus: row.held ?? '',
      derniere_annonce: row.lastWordAt?.toString() ?? '',
    })),
    {
      header: true,
      columns: [
        'structure',
        'type',
        'adresse',
        'code_postal',
        'commune',
        'code_insee',
        'code_departement',
        'site',
        'cafes_a_venir',
        'cafes_tenus',
        'derniere_annonce',
      ],
      delimiter: ';',
      bom: true,
      record_delimiter: 'windows',
      escape_formulas: true,
    },
  )
