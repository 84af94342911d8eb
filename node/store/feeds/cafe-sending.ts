import type { CafeCirculation } from '../../domain/cafes/circulation.ts'
import type { Database } from '../database/database.ts'
import { isHeld } from '../queues/held.ts'
import { listAnnounced } from './announced.ts'

/** The accounts of a site whose followers are told of its own cafés. */
const OWN = ['cafes', 'instance']

/**
 * Finds what still waits of all that is sent about a café of ours to those who follow this site. It reads the rows that
 * wait, since what was delivered leaves none.
 */
export async function findCafeSending(
  db: Database,
  { id, uri }: { id: string; uri: string },
): Promise<Pick<CafeCirculation, 'sending' | 'unreached'>> {
  const announced = await listAnnounced(db, uri)
  const feeds = announced.map(({ actor }) => actor)
  const actors = [...new Set([...OWN, ...feeds])]
  const rows = await db
    .selectFrom('delivery')
    .select(['host', 'parked_at'])
    .where('inbox', 'in', (eb) =>
      eb
        .selectFrom('follower')
        .select((f) => f.fn.coalesce('shared_inbox', 'inbox').as('inbox'))
        .where('actor', 'in', actors),
    )
    .where('line', 'in', [uri, `${uri}/note`, ...actors.map((actor) => `${actor} ${uri}`)])
    .execute()
  const unreached = rows.filter(({ parked_at: at }) => at !== null).map(({ host }) => host)
  const isWaiting = rows.length > unreached.length || (await isChangePending(db, id))
  const isLater = announced.some(({ actor, state }) => actor === OWN[0] && state === 'later')
  const settled = isLater ? 'later' : 'sent'
  const sending = !isWaiting ? settled : (await isHeld(db)) ? 'held' : 'waiting'
  return { sending, unreached: [...new Set(unreached)].sort() }
}

/** Returns whether a change that names this café, by its id or in its address, is not told yet. */
async function isChangePending(db: Database, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('change')
    .select('id')
    .where('done_at', 'is', null)
    .where('body', 'like', `%${id}%`)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
