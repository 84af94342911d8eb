import { type Options, stringify } from 'csv-stringify/sync'
import {
  allHeldOf,
  type GroupCount,
  type MonthlyCount,
} from '../../domain/territories/statistics.ts'

const OPTIONS: Options = {
  ...{ header: true, delimiter: ';', bom: true, record_delimiter: 'windows' },
  escape_formulas: true,
}

/** Writes the monthly counts from which all figures are made, for spreadsheets: UTF-8 with BOM, `;`. */
export const toStatisticsCsv = (
  counts: readonly MonthlyCount[],
  nameOf: (departement: string) => string,
): string =>
  stringify(
    counts.map((count) => ({
      mois: count.month,
      code_departement: count.departement ?? '',
      departement: count.departement === undefined ? 'en ligne' : nameOf(count.departement),
      cafes_tenus: count.held,
      cafes_a_venir: count.toCome,
      cafes_annules: count.cancelled,
      cafes_reserves_tenus: count.reserved,
      cafes_racontes: count.reported,
      part_racontee: shareOf(count.reported, allHeldOf(count)),
      participations: count.participations,
      premieres_fois: count.firstTimers,
      premieres_fois_sur: count.askedFirst,
    })),
    {
      ...OPTIONS,
      columns: [
        ...['mois', 'code_departement', 'departement', 'cafes_tenus', 'cafes_a_venir'],
        ...['cafes_annules', 'cafes_reserves_tenus', 'cafes_racontes', 'part_racontee'],
        ...['participations', 'premieres_fois', 'premieres_fois_sur'],
      ],
    },
  )

/** Writes what was counted of some groups. */
export const toGroupsCsv = (groups: readonly GroupCount[]): string =>
  stringify(
    groups.map(({ key, label, held, reported, participations }) => ({
      ...{ code: key, nom: label, cafes_tenus: held, cafes_racontes: reported },
      ...{ part_racontee: shareOf(reported, held), participations },
    })),
    {
      ...OPTIONS,
      columns: ['code', 'nom', 'cafes_tenus', 'cafes_racontes', 'part_racontee', 'participations'],
    },
  )

/** Returns a share from 0 to 1 with two decimals; empty where there is none. */
const shareOf = (part: number, all: number): string => (all === 0 ? '' : (part / all).toFixed(2))
