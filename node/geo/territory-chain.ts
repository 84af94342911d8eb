import { findCommune } from './communes.ts'
import { codesOfCommune, codesOfEpci } from './epci-communes.ts'
import {
  departementOfInsee,
  findTerritory,
  type Territory,
  territoryOf,
  timezoneOf,
  timezoneOfCommune,
} from './territories.ts'
import { departementsOf, parentsOf } from './territory-family.ts'

/**
 * Returns a territory and those that contain it, narrowest first, along which a referent is looked for. It takes a
 * territory's code or any INSEE code of a commune, former ones too; for an unknown INSEE code, the département that its
 * digits name. Empty for anything else.
 */
export function chainOf(code: string): Territory[] {
  const territory = findTerritory(code)
  if (territory?.kind === 'commune') return territoryOf(territory.commune)
  if (territory) return [territory, ...parentsOf(territory).toReversed()]
  const insee = code.replace(/^c-/i, '')
  const commune = findCommune(insee)
  if (commune) return territoryOf(commune)
  const departement = findTerritory(departementOfInsee(insee) ?? '')
  return departement ? [departement, ...parentsOf(departement).toReversed()] : []
}

/** Returns the IANA zone in which a territory's days begin; that of the first département for one in several. */
export function zoneOf(territory: Territory): string {
  if (territory.kind === 'commune') return timezoneOfCommune(territory.commune)
  return timezoneOf(departementsOf(territory)[0]?.code)
}

/** Returns whether a place is in a territory, by what is known of it; false for a place of which nothing is known. */
export function isWithin(
  territory: Territory,
  place:
    | { codeInsee: string | undefined; departement: string | undefined; region: string | undefined }
    | undefined,
): boolean {
  const { codeInsee = '', departement, region } = place ?? {}
  switch (territory.kind) {
    case 'region':
      return region === territory.region.code
    case 'departement':
      return departement === territory.departement.code
    case 'epci':
      return codesOfEpci(territory.epci.code).includes(codeInsee)
    case 'commune':
      return codesOfCommune(territory.commune.codeInsee).includes(codeInsee)
  }
}
