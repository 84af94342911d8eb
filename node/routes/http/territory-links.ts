import { territoryText } from '../../../ui/locales/french-articles.ts'
import { paths } from '../../../ui/paths.ts'
import type { FeedToFollow } from '../../../ui/territories/follow-panel.tsx'
import type { TerritoryLink } from '../../../ui/territories/territory-page.tsx'
import { feedNameOf } from '../../domain/territories/territory-feed.ts'
import { labelOf } from '../../geo/places.ts'
import { findTerritory, type Territory } from '../../geo/territories.ts'
import { departementsOf } from '../../geo/territory-family.ts'

/** Returns the label of a territory: `Bretagne`, `Ille-et-Vilaine (35)`, `Rennes (35)`. */
export function labelOfTerritory(territory: Territory): string {
  if (territory.kind === 'commune') return labelOf(territory.commune)
  const name = territoryText(territory.name)
  return territory.kind === 'departement' ? `${name} (${territory.code})` : name
}

/** Returns the label of a territory by its code; undefined when no territory has it. */
export function labelOfCode(code: string | undefined): string | undefined {
  const territory = code === undefined ? undefined : findTerritory(code)
  return territory && labelOfTerritory(territory)
}

/** Returns the label of a code that a row holds; the code itself, once no territory has it any more. */
export const nameOfCode = (code: string): string => labelOfCode(code) ?? code

/** Returns the link to the page of a territory, with the number of its cafés to come. */
export const linkTo = (territory: Territory, toCome: number): TerritoryLink => ({
  href: paths.territory(territory.code),
  label: labelOfTerritory(territory),
  toCome,
})

/** Returns the accounts that announce a territory's cafés: its own, or those of the départements in which it lies. */
export function feedsOf(territory: Territory, origin: string): FeedToFollow[] {
  const own = feedNameOf(territory) === undefined ? departementsOf(territory) : [territory]
  return own.flatMap((one) => {
    const name = feedNameOf(one)
    if (name === undefined) return []
    const handle = `@${name}@${new URL(origin).host}`
    return [{ name, code: one.code, label: labelOfTerritory(one), handle }]
  })
}
