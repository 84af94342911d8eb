import { type Commune, communeAt, rowOfCode } from './commune-table.ts'
import { wholeCommune } from './communes.ts'
import { readColumns } from './data-file.ts'
import { distanceKm, type Point } from './distance.ts'
import { codesOfCommune, codesOfEpci } from './epci-communes.ts'
import {
  findDepartement,
  findTerritory,
  listDepartements,
  listRegions,
  type Territory,
  territoryOf,
} from './territories.ts'

/**
 * The geometry of communes, made once: which territory each belongs to, and which are near each other. Columns are by
 * row of the table.
 */
type Table = {
  latitudes: Float64Array
  longitudes: Float64Array
  populations: Int32Array
  /** The codes of the territories of a commune; an arrondissement is in its city's intercommunality. */
  codes: Record<Larger['kind'], string[]>
  /** Rows by cell of a tenth of a degree. */
  cells: Map<number, number[]>
  rowsByDepartement: Map<string, number[]>
  departementsByEpci: Map<string, Set<string>>
}

type Larger = Exclude<Territory, { kind: 'commune' }>

let madeTable: Table | undefined

/** Reads the table; it is made at its first use, in about 15 milliseconds. */
export function readFamily(): Table {
  madeTable ??= makeTable()
  return madeTable
}

const CELL_DEGREES = 0.1
/** The number of cells in a band, more than fit around the Earth. */
const CELLS_IN_A_BAND = 4000
/** The code for a commune outside any intercommunality. */
const NO_EPCI = 'e-'
const bandOf = (degrees: number): number => Math.floor(degrees / CELL_DEGREES)
const cellAt = (north: number, east: number): number => north * CELLS_IN_A_BAND + east

function makeTable(): Table {
  const { latitudes, longitudes, populations, isPlaced, ...columns } = readColumns()
  const { departements, departementOf, epcis, epciOf } = columns
  const departementCodes = departementOf.map((place) => departements[place] ?? '')
  // One text for each code, not one for each commune.
  const regions = departements.map((code) => `r-${findDepartement(code)?.region ?? ''}`)
  const epciCodes = epcis.map((code) => `e-${code}`)
  const cells = new Map<number, number[]>()
  const rowsByDepartement = new Map<string, number[]>()
  const departementsByEpci = new Map<string, Set<string>>()
  departementCodes.forEach((departement, row) => {
    // The middle of an intercommunality or of a département is nobody's neighbour.
    if (isPlaced[row] === 'y')
      push(cells, cellAt(bandOf(latitudes[row] ?? 0), bandOf(longitudes[row] ?? 0)), row)
    push(rowsByDepartement, departement, row)
    const epci = epcis[epciOf[row] ?? -1]
    if (!epci) return
    const across = departementsByEpci.get(epci)
    if (across) across.add(departement)
    else departementsByEpci.set(epci, new Set([departement]))
  })
  return {
    latitudes: Float64Array.from(latitudes),
    longitudes: Float64Array.from(longitudes),
    populations: Int32Array.from(populations),
    codes: {
      region: departementOf.map((place) => regions[place] ?? ''),
      departement: departementCodes,
      epci: epciOf.map((place) => epciCodes[place] ?? NO_EPCI),
    },
    cells,
    rowsByDepartement,
    departementsByEpci,
  }
}

function push<K>(map: Map<K, number[]>, key: K, row: number): void {
  const known = map.get(key)
  if (known) known.push(row)
  else map.set(key, [row])
}

const byName = (one: Territory, other: Territory): number =>
  one.name.localeCompare(other.name, 'fr')

const present = (codes: Iterable<string>): Territory[] =>
  [...codes].flatMap((code) => findTerritory(code) ?? [])

/** Returns the territories that contain this one, widest first: région, départements, intercommunality. */
export function parentsOf(territory: Territory): Territory[] {
  switch (territory.kind) {
    case 'region':
      return []
    case 'departement':
      return present([`r-${territory.departement.region}`])
    case 'epci':
      return departementsOf(territory).flatMap((departement, at) =>
        at === 0 ? [...parentsOf(departement), departement] : [departement],
      )
    case 'commune':
      return territoryOf(territory.commune).slice(1).toReversed()
  }
}

const departementsIn = (region: string): Territory[] =>
  present(
    listDepartements()
      .filter((departement) => departement.region === region)
      .map(({ code }) => code),
  )

/** Returns the départements in which it lies or of which it consists; itself when it is one. */
export function departementsOf(territory: Territory): Territory[] {
  switch (territory.kind) {
    case 'region':
      return departementsIn(territory.region.code)
    case 'departement':
      return [territory]
    case 'epci':
      return present(readFamily().departementsByEpci.get(territory.epci.code) ?? [])
    case 'commune':
      return present([territory.commune.departement])
  }
}

/**
 * Returns the territories of which it consists: départements, then intercommunalities, then communes, then
 * arrondissements; by name.
 */
export function childrenOf(territory: Territory): Territory[] {
  switch (territory.kind) {
    case 'region':
      return departementsIn(territory.region.code).sort(byName)
    case 'departement': {
      const rows = readFamily().rowsByDepartement.get(territory.departement.code) ?? []
      return present(new Set(rows.map((row) => readFamily().codes.epci[row] ?? ''))).sort(byName)
    }
    case 'epci':
      return rowsOf(territory)
        .map(communeAt)
        .filter((commune) => wholeCommune(commune) === commune)
        .flatMap(({ codeInsee }) => findTerritory(`c-${codeInsee}`) ?? [])
        .sort(byName)
    case 'commune':
      return present(
        codesOfCommune(territory.commune.codeInsee)
          .slice(1)
          .map((code) => `c-${code}`),
      )
  }
}

/** Returns the rows of its communes, municipal arrondissements included. */
const rowsOf = (territory: Larger): number[] =>
  territory.kind === 'epci'
    ? codesOfEpci(territory.epci.code).flatMap((code) => rowOfCode(code) ?? [])
    : departementsOf(territory).flatMap(
        ({ code }) => readFamily().rowsByDepartement.get(code) ?? [],
      )

/** Its most populous commune, from which distances are measured. */
export function mainCommuneOf(territory: Territory): Commune | undefined {
  if (territory.kind === 'commune') return territory.commune
  const { populations } = readFamily()
  let main: number | undefined
  for (const row of rowsOf(territory))
    if (main === undefined || (populations[row] ?? 0) > (populations[main] ?? 0)) main = row
  return main === undefined ? undefined : communeAt(main)
}

/**
 * Two territories are neighbours when communes of theirs are this near each other (km between their points). This
 * approximates a common border, with errors at a few corners.
 */
const TOUCHING_KM = { region: 8, departement: 8, epci: 6, commune: 25 }
/**
 * The distance in the mountains, where villages are far apart; it is used only for territories that have no neighbour
 * yet.
 */
const FAR_TOUCHING_KM = 20
const NEAREST_COMMUNES = 8

const knownNeighbours = new Map<string, Territory[]>()

/**
 * Returns the régions beside a région, the départements beside a département…; of a commune the nearest ones, nearest
 * first.
 */
export function neighboursOf(territory: Territory): Territory[] {
  const known = knownNeighbours.get(territory.code)
  if (known) return known
  const found = territory.kind === 'commune' ? nearestOf(territory.commune) : touching(territory)
  knownNeighbours.set(territory.code, found)
  return found
}

function nearestOf(commune: Commune): Territory[] {
  const own = codesOfCommune(commune.codeInsee)
  return rowsNear(commune, TOUCHING_KM.commune)
    .map(communeAt)
    .filter(({ codeInsee }) => !own.includes(codeInsee) && codesOfCommune(codeInsee).length === 1)
    .map((near) => ({ near, km: distanceKm(near, commune) }))
    .sort((one, other) => one.km - other.km)
    .slice(0, NEAREST_COMMUNES)
    .flatMap(({ near }) => findTerritory(`c-${near.codeInsee}`) ?? [])
}

function touching(territory: Larger): Territory[] {
  const codes = codesWithin(territory, TOUCHING_KM[territory.kind])
  const found = codes.size > 0 ? codes : codesWithin(territory, FAR_TOUCHING_KM)
  return present(found).sort(byName)
}

/**
 * Returns the codes of territories within a distance. Distances are measured to communes of other territories only,
 * since most communes are surrounded by those of their own.
 */
function codesWithin(territory: Larger, km: number): Set<string> {
  const { codes, latitudes, longitudes } = readFamily()
  const found = new Set<string>()
  const isNew = (row: number): boolean => {
    const code = codes[territory.kind][row]
    return code !== territory.code && code !== undefined && !found.has(code)
  }
  for (const row of rowsOf(territory)) {
    const point = { latitude: latitudes[row] ?? 0, longitude: longitudes[row] ?? 0 }
    for (const near of rowsNear(point, km, isNew)) found.add(codes[territory.kind][near] ?? '')
  }
  return found
}

const KM_PER_DEGREE = 111

function rowsNear(point: Point, km: number, isAsked = (_row: number) => true): number[] {
  const { cells, latitudes, longitudes } = readFamily()
  const span = km / KM_PER_DEGREE
  const spanEast = span / Math.max(0.2, Math.cos((point.latitude * Math.PI) / 180))
  const [south, west] = [bandOf(point.latitude - span), bandOf(point.longitude - spanEast)]
  const [north, east] = [bandOf(point.latitude + span), bandOf(point.longitude + spanEast)]
  const found: number[] = []
  for (let y = south; y <= north; y++)
    for (let x = west; x <= east; x++)
      for (const row of cells.get(cellAt(y, x)) ?? []) {
        if (!isAsked(row)) continue
        const there = { latitude: latitudes[row] ?? 0, longitude: longitudes[row] ?? 0 }
        if (distanceKm(point, there) <= km) found.push(row)
      }
  return found
}

/** Lists régions with their départements, for an index; uninhabited ones are left out. */
export const listInhabited = (): { region: Territory; departements: Territory[] }[] =>
  present(listRegions().map(({ code }) => `r-${code}`))
    .map((region) => ({ region, departements: childrenOf(region) }))
    .filter(({ region }) => (mainCommuneOf(region)?.population ?? 0) > 0)
    .sort((one, other) => byName(one.region, other.region))
