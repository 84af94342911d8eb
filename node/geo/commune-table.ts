import { gunzipSync } from 'node:zlib'
import { LRUCache } from 'lru-cache'
import { readColumns, readDataFile } from './data-file.ts'

/** A commune, or one of the 45 municipal arrondissements of Paris, Lyon and Marseille. */
export type Commune = Readonly<{
  /** Five characters, e.g. 35238, 2A004, 69383. */
  codeInsee: string
  name: string
  departement: string
  region: string
  /** SIREN of the intercommunality; undefined for the few communes outside of any. */
  epci: string | undefined
  postcodes: readonly string[]
  /**
   * In degrees, WGS 84. It is the commune's own when `precision` is `exact`, otherwise the mean of a group, with which
   * distances are approximate.
   */
  latitude: number
  longitude: number
  precision: 'exact' | 'postcode' | 'epci' | 'arrondissement' | 'departement'
  population: number
}>

/**
 * The communes as one buffer of lines in code order (2.5 MB, where 35,000 objects would take 20): a line is parsed when
 * its commune is asked for.
 */
type Table = { text: Buffer; starts: Uint32Array }

/** What a search needs of every commune; rows are positions in the table. */
type Index = {
  names: string[]
  /** Rows in the order of their names without article. */
  byName: Uint32Array
  populations: Int32Array
  departements: string[]
  /** Places in `departements`. */
  departementOf: Uint8Array
  postcodes: Map<string, number[]>
  /** The communes whose own point is known, the most populous first; an arrondissement counts as its whole city. */
  exactRows: number[]
  /** Three coordinates on the unit sphere for each of `exactRows`. */
  vectors: Float64Array
  /** Positions in `exactRows`, from south to north. */
  northwards: Uint32Array
}

let loadedTable: Table | undefined

const NEWLINE = 10

function table(): Table {
  if (loadedTable) return loadedTable
  const text = gunzipSync(readDataFile('communes.tsv.gz'))
  const starts = [0]
  for (let end = text.indexOf(NEWLINE); end !== -1; end = text.indexOf(NEWLINE, end + 1)) {
    starts.push(end + 1)
  }
  loadedTable = { text, starts: Uint32Array.from(starts) }
  return loadedTable
}

/**
 * Returns how many rows there are.
 * @internal
 */
export const countCommunes = (): number => table().starts.length - 1

/** Returns the INSEE code of a row, without reading the rest of it. */
export function codeAt(row: number): string {
  const { text, starts } = table()
  const start = starts[row] ?? 0
  return text.toString('latin1', start, start + CODE_LENGTH)
}

function fieldsAt(row: number): string[] {
  const { text, starts } = table()
  return text.toString('utf8', starts[row], (starts[row + 1] ?? 1) - 1).split('\t')
}

/** The communes that were read last are kept, since pages ask for the same few again and again. */
const MOST_READ = 2000
const lastRead = new LRUCache<number, Commune>({ max: MOST_READ })

/** Returns the commune of a row. The object is shared, and nobody may change it. */
export function communeAt(row: number): Commune {
  const known = lastRead.get(row)
  if (known) return known
  const commune = readCommune(row)
  lastRead.set(row, commune)
  return commune
}

function readCommune(row: number): Commune {
  const [codeInsee, name, departement, region, epci, postcodes, latitude, longitude, ...rest] =
    fieldsAt(row)
  return {
    codeInsee: codeInsee ?? '',
    name: name ?? '',
    departement: departement ?? '',
    region: region ?? '',
    epci: epci || undefined,
    postcodes: postcodes ? postcodes.split(',') : [],
    latitude: Number(latitude),
    longitude: Number(longitude),
    precision: rest[0] as Commune['precision'],
    population: Number(rest[1]),
  }
}

/** Finds the row of exactly this code. */
export function rowOfCode(codeInsee: string): number | undefined {
  const { text, starts } = table()
  const wanted = Buffer.from(codeInsee, 'latin1')
  if (wanted.byteLength !== CODE_LENGTH || wanted.toString('latin1') !== codeInsee) return undefined
  const code = toNumber(wanted, 0)
  let low = 0
  let high = starts.length - 2
  while (low <= high) {
    const row = (low + high) >> 1
    const other = toNumber(text, starts[row] ?? 0)
    if (other === code) return row
    if (other < code) low = row + 1
    else high = row - 1
  }
  return undefined
}

const CODE_LENGTH = 5

/**
 * Returns the code that begins there as a number, which has the same order: a text would have to be made for each
 * comparison.
 */
function toNumber(text: Buffer, start: number): number {
  let number = 0
  for (let at = start; at < start + CODE_LENGTH; at++) number = number * 256 + (text[at] ?? 0)
  return number
}

/** Paris, Lyon and Marseille, whose arrondissements are in the table beside them. */
export const CITIES_WITH_ARRONDISSEMENTS = ['75056', '69123', '13055']

const ARRONDISSEMENT = /^(?:751(?:0[1-9]|1\d|20)|6938[1-9]|132(?:0[1-9]|1[0-6]))$/

/** Returns whether an Insee code is that of an arrondissement of Paris, Lyon or Marseille, which is no commune. */
export const isMunicipalArrondissement = (codeInsee: string): boolean =>
  ARRONDISSEMENT.test(codeInsee)

let madeIndex: Index | undefined

/** Reads the index; it is made at its first use, in about 20 milliseconds. */
export function index(): Index {
  madeIndex ??= makeIndex()
  return madeIndex
}

function makeIndex(): Index {
  const { postcodes, exactRows, latitudes, longitudes, ...columns } = readColumns()
  const vectors = new Float64Array(3 * exactRows.length)
  exactRows.forEach((row, at) => {
    vectors.set(toVector(latitudes[row] ?? 0, longitudes[row] ?? 0), 3 * at)
  })
  const northwards = Uint32Array.from(exactRows.keys()).sort(
    (one, other) => (vectors[3 * one + 2] ?? 0) - (vectors[3 * other + 2] ?? 0),
  )
  return {
    names: columns.names,
    byName: Uint32Array.from(columns.byName),
    populations: Int32Array.from(columns.populations),
    departements: columns.departements,
    departementOf: Uint8Array.from(columns.departementOf),
    postcodes: new Map(Object.entries(postcodes)),
    exactRows,
    vectors,
    northwards,
  }
}

/**
 * Returns the point on the unit sphere of a position in degrees. The distance between two such points grows as that on
 * the ground does, also across the date line.
 */
export function toVector(latitude: number, longitude: number): [number, number, number] {
  const phi = (latitude * Math.PI) / 180
  const lambda = (longitude * Math.PI) / 180
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)]
}
