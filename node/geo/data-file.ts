import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { PROJECT_ROOT } from '../program/project-root.ts'

/** Reads one of the geographic data files. They stay beside the sources when the program runs from `dist`. */
export const readDataFile = (name: string): Buffer =>
  readFileSync(join(PROJECT_ROOT, 'node/geo/data', name))

/**
 * What the tables of a search and of the pages of territories are made of, column by column, an entry for each row of
 * `communes.tsv.gz`. It is made from that file by `npm run geo`, since splitting 35,000 lines and names takes a fifth
 * of a second, for which the first visitor would wait.
 */
export type Columns = {
  /** Comparable names. */
  names: string[]
  /** Rows in the order of their names without article. */
  byName: number[]
  /** Rows by postcode; of Paris, Lyon and Marseille the arrondissements only. */
  postcodes: Record<string, number[]>
  /**
   * Rows whose own point is known, the most populous first; an arrondissement counts as its whole city, which is not
   * among them.
   */
  exactRows: number[]
  /** Degrees, WGS 84. */
  latitudes: number[]
  longitudes: number[]
  populations: number[]
  /** A letter for each row: `y` where its own point or its postcode's is known. */
  isPlaced: string
  departements: string[]
  /** Places in `departements`. */
  departementOf: number[]
  epcis: string[]
  /** Places in `epcis`; an arrondissement has its city's, and -1 stands for none. */
  epciOf: number[]
}

let columns: Columns | undefined

/** How long the columns stay in memory: the tables that are made of them are made one after the other. */
const KEPT_MS = 10_000

/** Reads the columns, in about 25 milliseconds, and keeps them for a moment. */
export function readColumns(): Columns {
  if (!columns) {
    columns = JSON.parse(gunzipSync(readDataFile('commune-columns.json.gz')).toString()) as Columns
    setTimeout(forgetColumns, KEPT_MS).unref()
  }
  return columns
}

function forgetColumns(): void {
  columns = undefined
}
