import type { Messages } from '../../../ui/locales/messages.ts'
import type { NetworkMap } from '../../../ui/networks/network-page.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import type { Network } from '../../domain/structures/network.ts'
import { type Statistics, toStatistics } from '../../domain/territories/statistics.ts'
import { dayInParis } from '../../domain/values/days.ts'
import { findCommune } from '../../geo/communes.ts'
import { findDepartement } from '../../geo/territories.ts'
import { countNetworkOrganizers, listNetworkCounts } from '../../store/networks/cafes.ts'
import { countStructuresByCommune } from '../../store/structures/structures.ts'
import { describeFrance } from '../search/france-map.ts'

type SiteContext = Pick<Context, 'db' | 'now'>

/** Finds the figures of a network, from its members' cafés as they are now. */
export async function findNetworkStatistics(
  { db, now }: SiteContext,
  { slug }: Pick<Network, 'slug'>,
): Promise<Statistics> {
  const today = dayInParis(now())
  const since = today.toPlainYearMonth().subtract({ months: 12 })
  return toStatistics(await listNetworkCounts(db, slug, now()), {
    organizers: await countNetworkOrganizers(db, { slug, since }),
    countedAt: now(),
  })
}

/** Returns the map of a network: its structures as points, one for each town, over its upcoming cafés. */
export async function findNetworkMap(
  { db }: SiteContext,
  {
    network,
    statistics,
    t,
  }: { network: Pick<Network, 'uri'>; statistics: Statistics; t: Messages },
): Promise<NetworkMap> {
  const towns = [...(await countStructuresByCommune(db, { network: network.uri }))].toSorted(
    ([, one], [, other]) => other - one,
  )
  const counts = new Map(
    statistics.byDepartement.map(({ departement, toCome }) => [departement, toCome] as const),
  )
  const map = await describeFrance({
    towns: towns.map(([codeInsee, held]) => ({ codeInsee, held, cancelled: 0 })),
    texts: {
      titleOf: ({ held }, name) => t.structureNetworks.page.point(held, name),
      hrefOf: (codeInsee) => paths.territory(`c-${codeInsee}`),
    },
  })
  return { map, departements: listDepartementsOf(towns, counts) }
}

/** Lists the départements, by code, where a structure is or a café is to come. */
function listDepartementsOf(
  towns: readonly [codeInsee: string, structures: number][],
  counts: ReadonlyMap<string, number>,
): NetworkMap['departements'] {
  const structures = new Map<string, number>()
  for (const [codeInsee, count] of towns) {
    const code = findCommune(codeInsee)?.departement
    if (code) structures.set(code, (structures.get(code) ?? 0) + count)
  }
  const withCafes = [...counts].flatMap(([code, count]) => (count > 0 ? [code] : []))
  return [...new Set([...structures.keys(), ...withCafes])].toSorted().flatMap((code) => {
    const name = findDepartement(code)?.name
    if (!name) return []
    return [{ code, name, structures: structures.get(code) ?? 0, toCome: counts.get(code) ?? 0 }]
  })
}
