/** Writes `commune-columns.json.gz` from `communes.tsv.gz`: the end of `npm run geo`. */
import { writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import {
  CITIES_WITH_ARRONDISSEMENTS,
  type Commune,
  communeAt,
  countCommunes,
  isMunicipalArrondissement,
} from './commune-table.ts'
import { wholeCommune } from './communes.ts'
import type { Columns } from './data-file.ts'
import { comparableName, withoutArticle } from './names.ts'

/** @internal */
export function makeColumns(): Columns {
  const communes = Array.from({ length: countCommunes() }, (_, row) => communeAt(row))
  const all = communes.map((commune, row) => ({ row, ...commune }))
  const searched = all.filter(({ codeInsee }) => !CITIES_WITH_ARRONDISSEMENTS.includes(codeInsee))
  const postcodes: Record<string, number[]> = {}
  for (const { row, postcodes: own } of searched)
    for (const postcode of own) {
      postcodes[postcode] ??= []
      postcodes[postcode].push(row)
    }
  const [departements, departementOf] = toPlaces(communes.map(({ departement }) => departement))
  const [epcis, epciOf] = toPlaces(communes.map((commune) => wholeCommune(commune).epci))
  const names = communes.map(({ name }) => comparableName(name))
  return {
    names,
    byName: toNameOrder(names),
    postcodes,
    exactRows: searched
      .filter(({ precision }) => precision === 'exact')
      .sort((one, other) => peopleOf(other) - peopleOf(one))
      .map(({ row }) => row),
    latitudes: communes.map(({ latitude }) => latitude),
    longitudes: communes.map(({ longitude }) => longitude),
    populations: communes.map(({ population }) => population),
    isPlaced: communes.map(({ precision }) => (PLACED.includes(precision) ? 'y' : 'n')).join(''),
    departements,
    departementOf,
    epcis,
    epciOf,
  }
}

function toNameOrder(names: readonly string[]): number[] {
  const bare = names.map(withoutArticle)
  const isBefore = (one: number, other: number) => (bare[one] ?? '') < (bare[other] ?? '')
  return [...names.keys()].sort((one, other) =>
    isBefore(one, other) ? -1 : isBefore(other, one) ? 1 : one - other,
  )
}

const PLACED: Commune['precision'][] = ['exact', 'postcode']

const peopleOf = (commune: Commune): number =>
  isMunicipalArrondissement(commune.codeInsee)
    ? wholeCommune(commune).population
    : commune.population

function toPlaces(codes: (string | undefined)[]): [string[], number[]] {
  const known = [...new Set(codes)].filter((code) => code !== undefined)
  const places = new Map(known.map((code, place) => [code, place]))
  return [known, codes.map((code) => places.get(code ?? '') ?? -1)]
}

if (import.meta.main) {
  const content = gzipSync(JSON.stringify(makeColumns()), { level: 9 })
  writeFileSync(new URL('./data/commune-columns.json.gz', import.meta.url), content)
  process.stdout.write(`commune-columns.json.gz: ${content.length} bytes\n`)
}
