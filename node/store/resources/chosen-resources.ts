import type { Resource, ResourceAudience } from '../../domain/resources/resource.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { RESOURCE } from '../schema/resources/resources.ts'
import { isListed } from './resources.ts'

/** The kinds with which one leads a café, and not those from which one learns to. */
const LED_WITH = ['game', 'debate', 'workshop', 'discussion'] as const

/**
 * Finds what a first café is led with: for beginners, in French, for these people, else for everybody. Of several it is
 * the one that most cafés used; where as many used them, one without a computer and one of our own comes first.
 */
export async function findFirstResource(
  db: Database,
  audience: ResourceAudience | undefined,
): Promise<Resource | undefined> {
  const rows = await db
    .selectFrom('resource')
    .selectAll('resource')
    .where(isListed)
    .where('resource.kind', 'in', LED_WITH)
    .where('resource.level', '=', 'beginner')
    .where('resource.language', '=', 'fr')
    .orderBy('resource.used', 'desc')
    .orderBy('resource.needs_computer')
    .orderBy((eb) => eb.case().when('resource.organization_id', 'is', null).then(1).else(0).end())
    .orderBy('resource.id')
    .limit(LOOKED_THROUGH)
    .execute()
  const found = rows.map(RESOURCE.fromRow)
  return (
    found.find(({ audiences }) => audience !== undefined && audiences.includes(audience)) ??
    found.find(({ audiences }) => audiences.length === 0)
  )
}

/** Of so many the first that fits is taken. */
const LOOKED_THROUGH = 200

/** Nobody fills a letter: it tells of so many resources, and of so many of one owner. */
const NEW = { shown: 5, ofOwner: 2 }

/** Lists resources that were published between two instants, the latest first, a few of each owner. */
export async function listNewResources(
  db: Database,
  { from, until }: { from: Temporal.Instant; until: Temporal.Instant },
): Promise<Resource[]> {
  const rows = await db
    .selectFrom('resource')
    .selectAll('resource')
    .where(isListed)
    .where('resource.created_at', '>', toInstantText(from))
    .where('resource.created_at', '<=', toInstantText(until))
    .orderBy('resource.created_at', 'desc')
    .orderBy('resource.id')
    .limit(LOOKED_THROUGH)
    .execute()
  const found = rows.map(RESOURCE.fromRow)
  return found
    .filter(
      ({ owner }, at) =>
        found.slice(0, at).filter((one) => one.owner.uri === owner.uri).length < NEW.ofOwner,
    )
    .slice(0, NEW.shown)
}
