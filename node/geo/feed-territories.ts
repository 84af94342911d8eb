import { feedAliasesOf, feedNameOf } from '../domain/territories/territory-feed.ts'
import { findTerritory, listDepartements, listRegions, type Territory } from './territories.ts'

/** A territory that has a feed. */
export type FeedTerritory = Extract<Territory, { kind: 'region' | 'departement' }>

let loaded: Map<string, FeedTerritory> | undefined

function byName(): Map<string, FeedTerritory> {
  if (loaded) return loaded
  loaded = new Map()
  const codes = [
    ...listRegions().map(({ code }) => `r-${code}`),
    ...listDepartements().map(({ code }) => code),
  ]
  for (const code of codes) {
    const territory = findTerritory(code)
    if (territory?.kind !== 'region' && territory?.kind !== 'departement') continue
    for (const name of [feedNameOf(territory), ...feedAliasesOf(territory)])
      if (name) loaded.set(name, territory)
  }
  return loaded
}

/** Finds the territory of a feed by the feed's name, or by the code in it: `cafes-ille-et-vilaine`, `cafes-35`. */
export const findTerritoryOfFeed = (name: string): FeedTerritory | undefined => byName().get(name)

/** Returns the IANA zone in which the days of a feed begin: that of the first département for a région. */
export function timezoneOfTerritory(territory: FeedTerritory): string {
  if (territory.kind === 'departement') return territory.departement.timezone
  const first = listDepartements().find(({ region }) => region === territory.region.code)
  return first?.timezone ?? 'Europe/Paris'
}
