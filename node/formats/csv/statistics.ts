import { stringify } from 'csv-stringify/sync'
import type { MonthlyCount } from '../../domain/territories/statistics.ts'

/** Writes the monthly counts from which all figures are made, for spreadsheets: UTF-8 with BOM, `;`. */
export const toStatisticsCsv = (
  counts: readonly MonthlyCount[],
  nameOf: (departement: string) => string,
): string =>
  stringify(
    counts.map(({ month, departement, held, toCome, cancelled }) => ({
      mois: month,
      code_departement: departement ?? '',
      departement: departement === undefined ? 'en ligne' : nameOf(departement),
      cafes_tenus: held,
      cafes_a_venir: toCome,
      cafes_annules: cancelled,
    })),
    {
      header: true,
      columns: [
        'mois',
        'code_departement',
        'departement',
        'cafes_tenus',
        'cafes_a_venir',
        'cafes_annules',
      ],
      delimiter: ';',
      bom: true,
      record_delimiter: 'windows',
      escape_formulas: true,
    },
  )
