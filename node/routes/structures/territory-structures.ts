import type { StructureCard } from '../../../ui/structures/cards.tsx'
import type { TerritoryPageProps } from '../../../ui/territories/territory-page.tsx'
import type { Context } from '../../context.ts'
import type { Territory } from '../../geo/territories.ts'
import {
  countStructures,
  type ListedStructure,
  listStructures,
} from '../../store/structures/structures.ts'

const SHOWN = 12

/** Finds the first structures of a territory for its page, and how many there are in all. */
export async function findTerritoryStructures(
  { db, now }: Pick<Context, 'db' | 'now'>,
  territory: Territory,
): Promise<Pick<TerritoryPageProps, 'structures' | 'structureTotal'>> {
  const [{ items }, structureTotal] = await Promise.all([
    listStructures(db, { territory, now: now(), limit: SHOWN }),
    countStructures(db, { territory }),
  ])
  return { structures: items.map(toCard), structureTotal }
}

/** Makes what a list shows of a structure. */
export const toCard = ({
  id,
  name,
  kind,
  address,
  toCome,
  held,
}: ListedStructure): StructureCard => ({
  id,
  name,
  kind,
  commune: address?.commune,
  departement: address?.departement,
  toCome,
  held,
})
