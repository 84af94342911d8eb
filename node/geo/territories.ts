import type { Commune } from './commune-table.ts'
import { findCommune, suggestCommunes, wholeCommune } from './communes.ts'
import { readDataFile } from './data-file.ts'
import { comparableName, withoutArticle } from './names.ts'

export type Region = { code: string; name: string }
/** `region` is the région's code; an overseas collectivity is its own région. `timezone` is an IANA name. */
export type Departement = { code: string; name: string; region: string; timezone: string }
/** An intercommunality; its code is a SIREN. */
type Epci = { code: string; name: string }

/** A territory with the code that pages and feeds use: `r-53`, `35`, `e-243500139`, `c-35238`. */
export type Territory =
  | { kind: 'region'; code: string; name: string; region: Region }
  | { kind: 'departement'; code: string; name: string; departement: Departement }
  | { kind: 'epci'; code: string; name: string; epci: Epci }
  | { kind: 'commune'; code: string; name: string; commune: Commune }

type Lists = {
  regions: Map<string, Region>
  departements: Map<string, Departement>
  epcis: Map<string, Epci>
}

let loadedLists: Lists | undefined

function lists(): Lists {
  if (loadedLists) return loadedLists
  const data: {
    regions: [string, string][]
    departements: [string, string, string, string][]
    epcis: [string, string][]
  } = JSON.parse(readDataFile('territories.json').toString('utf8'))
  loadedLists = {
    regions: new Map(data.regions.map(([code, name]) => [code, { code, name }])),
    departements: new Map(
      data.departements.map(([code, name, region, timezone]) => [
        code,
        { code, name, region, timezone },
      ]),
    ),
    epcis: new Map(data.epcis.map(([code, name]) => [code, { code, name }])),
  }
  return loadedLists
}

/** Finds a région by its Insee code; undefined where there is none. */
export const findRegion = (code: string): Region | undefined => lists().regions.get(code)

/** Finds a département by its code, also in lower case (`2a`); undefined where there is none. */
export const findDepartement = (code: string): Departement | undefined =>
  lists().departements.get(code.toUpperCase())

/** Lists the régions; each overseas collectivity is its own région and its own département. */
export const listRegions = (): Region[] => [...lists().regions.values()]

/** Lists all départements, in the order of the data file. */
export const listDepartements = (): Departement[] => [...lists().departements.values()]

/** Lists all EPCI, in the order of the data file. */
export const listEpcis = (): Epci[] => [...lists().epcis.values()]

/** @internal */
export const findEpci = (code: string): Epci | undefined => lists().epcis.get(code)

/**
 * Returns the département of an INSEE code: `35` of 35238, `974` of 97411, `2A` of 2A004; undefined when it is none of
 * our codes.
 */
export function departementOfInsee(codeInsee: string): string | undefined {
  const code = codeInsee.toUpperCase()
  if (!/^(?:\d{2}|2[AB])\d{3}$/.test(code)) return undefined
  return findDepartement(code.slice(0, /^9[78]/.test(code) ? 3 : 2))?.code
}

const MARQUISES = ['98723', '98726', '98731', '98746', '98756', '98757']

/** Returns the IANA zone of a département; that of Paris when it is unknown. */
export const timezoneOf = (departement: string | undefined): string =>
  (departement && findDepartement(departement)?.timezone) || 'Europe/Paris'

/**
 * Returns the IANA zone of a commune: that of its département, except in the Marquises, half an hour ahead of Tahiti.
 */
export const timezoneOfCommune = (commune: Pick<Commune, 'codeInsee' | 'departement'>): string =>
  MARQUISES.includes(commune.codeInsee) ? 'Pacific/Marquesas' : timezoneOf(commune.departement)

const toTerritory = {
  region: (region: Region): Territory => ({
    kind: 'region',
    code: `r-${region.code}`,
    name: region.name,
    region,
  }),
  departement: (departement: Departement): Territory => ({
    kind: 'departement',
    code: departement.code,
    name: departement.name,
    departement,
  }),
  epci: (epci: Epci): Territory => ({
    kind: 'epci',
    code: `e-${epci.code}`,
    name: epci.name,
    epci,
  }),
  commune: (commune: Commune): Territory => ({
    kind: 'commune',
    code: `c-${commune.codeInsee}`,
    name: commune.name,
    commune,
  }),
}

/** Finds a territory by the code of its page, in lower or upper case. */
export function findTerritory(code: string): Territory | undefined {
  const [, prefix, rest = ''] = /^(?:([rec])-)?([0-9ab]{1,9})$/i.exec(code) ?? []
  switch (prefix?.toLowerCase()) {
    case 'r': {
      const region = findRegion(rest)
      return region && toTerritory.region(region)
    }
    case 'e': {
      const epci = findEpci(rest)
      return epci && toTerritory.epci(epci)
    }
    case 'c': {
      const commune = findCommune(rest)
      return commune && toTerritory.commune(commune)
    }
    default: {
      const departement = findDepartement(rest)
      return departement && toTerritory.departement(departement)
    }
  }
}

/** Returns the territories in which a commune is, narrowest first; an arrondissement is followed by its city. */
export function territoryOf(commune: Commune): Territory[] {
  const whole = wholeCommune(commune)
  const epci = findEpci(whole.epci ?? '')
  const departement = findDepartement(commune.departement)
  const region = findRegion(commune.region)
  return [
    toTerritory.commune(commune),
    ...(whole === commune ? [] : [toTerritory.commune(whole)]),
    ...(epci ? [toTerritory.epci(epci)] : []),
    ...(departement ? [toTerritory.departement(departement)] : []),
    ...(region ? [toTerritory.region(region)] : []),
  ]
}

/**
 * Makes a function that tells whether a département is the one, or in the région, of this comparable name (`ille et
 * vilaine`, `reunion`); undefined when none has that name.
 */
export function territoryFilter(
  comparable: string,
): ((departement: string) => boolean) | undefined {
  const codes = departementsByName().get(withoutArticle(comparable))
  return codes && ((departement) => codes.has(departement))
}

let byName: ReadonlyMap<string, ReadonlySet<string>> | undefined

/** Returns the codes of départements by the names of départements and of régions, without their articles. */
function departementsByName(): NonNullable<typeof byName> {
  if (byName) return byName
  const made = new Map<string, Set<string>>()
  for (const { code, name, region } of listDepartements())
    for (const called of [name, findRegion(region)?.name ?? name]) {
      const bare = withoutArticle(comparableName(called))
      made.set(bare, (made.get(bare) ?? new Set()).add(code))
    }
  byName = made
  return made
}

/** Finds the régions, then départements, EPCI and communes that the text names: whole names first, then beginnings. */
export function searchTerritories(text: string, limit: number): Territory[] {
  const typed = comparableName(text.slice(0, 100))
  if (typed === '') return []
  const { regions, departements, epcis } = lists()
  const coded = findTerritory(text.trim())
  const all = [
    ...[...regions.values()].map(toTerritory.region),
    ...[...departements.values()].map(toTerritory.departement),
    ...[...epcis.values()].map(toTerritory.epci),
    ...suggestCommunes(typed, limit).map(toTerritory.commune),
  ]
  const rank = ({ name }: Territory): number => {
    const comparable = comparableName(name)
    if (comparable === typed || withoutArticle(comparable) === typed) return 0
    if (comparable.startsWith(typed) || withoutArticle(comparable).startsWith(typed)) return 1
    return comparable.includes(` ${typed}`) ? 2 : 3
  }
  const found = all
    .map((territory) => ({ territory, rank: rank(territory) }))
    .filter(({ territory, rank }) => rank < 3 || territory.kind === 'commune')
    .sort((one, other) => one.rank - other.rank)
    .map(({ territory }) => territory)
  const others = found.filter(({ code }) => code !== coded?.code)
  return [...(coded ? [coded] : []), ...others].slice(0, limit)
}
