import { toLabel } from '../../domain/territories/territory-feed.ts'
import { findDepartement, findRegion, type Territory } from '../../geo/territories.ts'
import { departementsOf } from '../../geo/territory-family.ts'

/** Where people are helped with computers and paperwork, on the Cartographie nationale; no key is needed. */
type HelpNearby = {
  href: string
  /** The département or région that the page lists; undefined where it is the map of all France. */
  name: string | undefined
}

const MAP = 'https://cartographie.societenumerique.gouv.fr'

/** The régions that have pages there: those of the mainland, Corse, and five overseas. */
const HAS_PAGES = /^(?:0[12346]|[1-9]\d)$/

/** The slug of a région there, which is its label but for one (`regions.json` of that map, of 2026). */
const slugOfRegion = (code: string, name: string): string =>
  code === '93' ? 'provence-alpes-cote-dazur' : toLabel(name)

/** Returns the page of that map for a département, else for a région, by their codes; else its first page. */
export function findHelpNearby({
  departement: code = '',
  region: regionCode = '',
}: {
  departement?: string | undefined
  region?: string | undefined
}): HelpNearby {
  const departement = findDepartement(code)
  const region = findRegion(departement?.region ?? regionCode)
  if (!region || !HAS_PAGES.test(region.code)) return { href: `${MAP}/`, name: undefined }
  const base = `${MAP}/${slugOfRegion(region.code, region.name)}`
  return departement
    ? { href: `${base}/${toLabel(departement.name)}/lieux`, name: departement.name }
    : { href: `${base}/lieux`, name: region.name }
}

/** Returns the same for a territory: of a région its own page, of any other that of its first département. */
export const findHelpInTerritory = (territory: Territory): HelpNearby =>
  territory.kind === 'region'
    ? findHelpNearby({ region: territory.region.code })
    : findHelpNearby({ departement: departementsOf(territory)[0]?.code })
