import type { Facilitator } from '../../domain/facilitators/facilitator.ts'
import type { Database } from '../database/database.ts'
import { deleteActivitiesAbout } from '../queues/activities.ts'
import { isOwnSlug } from '../structures/organizations.ts'
import { findGoneAt, insertGoneAddress } from './erasures.ts'
import { PRIVATE } from './recipients.ts'

/**
 * Returns whether a profile may have this alias: no other profile has it, chosen or random, no profile had it that
 * was withdrawn or has another one now, and no structure of ours has it. `origin` is this server's own, without a trailing slash.
 */
export async function isAliasFree(
  db: Database,
  { alias, id, origin }: { alias: string | undefined; id: string; origin: string },
): Promise<boolean> {
  if (alias === undefined) return true
  const other = await db
    .selectFrom('facilitator')
    .select('id')
    .where('peer_id', 'is', null)
    .where((eb) =>
      eb.or([eb('handle', '=', alias), eb.and([eb('alias', '=', alias), eb('id', '<>', id)])]),
    )
    .executeTakeFirst()
  return (
    other === undefined &&
    !(await isOwnSlug(db, alias)) &&
    !(await findGoneAt(db, `${origin}/animation/${alias}`))
  )
}

/**
 * Deletes an alias that its person gives up: it answers 410 from now on, and nobody gets it again. What still waits to
 * be sent about the profile names it and is deleted; the profile as it is now is sent instead.
 */
export async function deleteAlias(
  trx: Database,
  { uri, url, handle }: Pick<Facilitator, 'uri' | 'url' | 'handle'>,
  now: Temporal.Instant,
): Promise<void> {
  await insertGoneAddress(trx, url, now)
  const types = [`${PRIVATE}Create`, `${PRIVATE}Update`]
  for (const about of [uri, `${new URL(uri).origin}/actors/${handle}`])
    await deleteActivitiesAbout(trx, about, types)
}
