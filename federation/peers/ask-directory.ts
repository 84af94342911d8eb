import type { Context } from '../../node/context.ts'
import {
  unpublishClaimedCafe,
  unpublishClaimedFacilitator,
} from '../../node/store/backup/claimed-erasures.ts'
import {
  type AskedDirectory,
  findRestoration,
  settleDirectory,
} from '../../node/store/backup/restoration.ts'
import type { Database } from '../../node/store/database/database.ts'
import {
  listJoinedDirectories,
  listOwnPublished,
} from '../../node/store/facilitators/recipients.ts'
import type { Task } from '../../node/store/queues/tasks.ts'
import { MOST_NAMED } from '../actors/restoration.ts'
import { EgressError } from '../remote/egress-error.ts'
import { fetchObject, readCollection } from '../remote/read-collection.ts'
import { BudgetSpentError } from '../remote/reading-budget.ts'
import type { Services } from '../services.ts'
import { idOf, instantOf, isObject, isStorable, originOf, textOf, toList } from '../wire/json.ts'
import { facilitatorActorUri, restorationUri } from '../wire/uris.ts'
import { askForFollowers } from './ask-for-followers.ts'

/**
 * A restored site asks a directory what it knows of it: what was deleted after the backup, which is hidden here, and the
 * servers of its followers where there was no backup.
 */

/** The clocks of two servers may differ, and a deletion may have been on its way. */
const MARGIN_HOURS = 24

/**
 * Asks one directory. What is not about a café or a profile that is shown here changes nothing.
 * @throws EgressError when it is to be asked again.
 */
export async function askDirectory(
  context: Context,
  services: Services,
  { subject: uri }: Pick<Task, 'subject'>,
): Promise<void> {
  const { db } = context
  const restoration = await findRestoration(db)
  const asked = restoration?.directories.find((each) => each.uri === uri)
  if (!restoration || asked?.state !== 'waiting') return
  const { isLost, since } = restoration
  const settle = (became: Partial<AskedDirectory>) =>
    db.transaction().execute((trx) => settleDirectory(trx, { uri, ...became }))
  if (!isLost && !(await listJoinedDirectories(db)).some((each) => each.uri === uri))
    return settle({ state: 'unable' })
  const reader = { ...services, sign: services.signQuestion }
  try {
    if (isLost) return await askForFollowers(context, reader, uri)
    await askForCafes(context, reader, { uri, since })
    await askForFacilitators(context, reader, uri)
  } catch (error) {
    if (error instanceof BudgetSpentError) return settle({ state: 'unable', problem: 'endless' })
    const status = error instanceof EgressError ? error.status : undefined
    // It runs another version of this program.
    if (status === 404 || status === 410) return settle({ state: 'unable' })
    if (status === 403 && isLost) return settle({ state: 'refused' })
    const isUnknown = status === 401 || status === 403
    await settle({ problem: isUnknown ? 'unknown' : 'unreachable' })
    throw error
  }
  await settle({ state: 'answered' })
  context.wake()
}

async function askForCafes(
  context: Context,
  reader: Services,
  { uri, since }: { uri: string; since: Temporal.Instant },
): Promise<void> {
  const { origin, host } = new URL(uri)
  const query = new URLSearchParams({ since: since.subtract({ hours: MARGIN_HOURS }).toString() })
  await readCollection(reader, `${restorationUri(origin)}?${query}`, (items) =>
    applyAll(context, items, async (trx, claim) => {
      if (claim.type === 'Tombstone' && claim.at)
        await unpublishClaimedCafe(
          trx,
          { uri: claim.id, directory: host, at: claim.at },
          context.now(),
        )
    }),
  )
}

/** Asks about the profiles that this directory was sent, so that it learns of no other. */
async function askForFacilitators(context: Context, reader: Services, uri: string): Promise<void> {
  const { origin, host } = new URL(uri)
  const own = facilitatorActorUri(context.config.origin)
  const handles = (await listOwnPublished(context.db))
    .filter(({ directories }) => directories.includes(host))
    .map(({ handle }) => handle)
  for (let from = 0; from < handles.length; from += MOST_NAMED) {
    const named = handles.slice(from, from + MOST_NAMED)
    const asked = new Set(named.map((handle) => `${own}/${handle}`))
    const query = new URLSearchParams({ facilitators: named.join(',') })
    const { items } = await fetchObject(reader, `${restorationUri(origin)}?${query}`)
    await applyAll(context, toList(items).slice(0, MOST_NAMED), async (trx, { id, type, at }) => {
      if (!asked.has(id) || !at) return
      const isGone = type === 'Tombstone'
      await unpublishClaimedFacilitator(
        trx,
        { uri: id, directory: host, at, isGone },
        context.now(),
      )
    })
  }
}

/** Number of items that are applied in one transaction, for which other writers wait. */
const AT_ONCE = 20

type ErasureClaim = { id: string; type: 'Tombstone' | 'Profile'; at: Temporal.Instant | undefined }

async function applyAll(
  { db, config }: Context,
  items: readonly unknown[],
  apply: (trx: Database, claim: ErasureClaim) => Promise<void>,
): Promise<void> {
  const all = items.flatMap((item) => readClaims(item, config.origin))
  for (let from = 0; from < all.length; from += AT_ONCE)
    await db.transaction().execute(async (trx) => {
      for (const claim of all.slice(from, from + AT_ONCE)) await apply(trx, claim)
    })
}

/** Reads an item; empty for one that is not of this origin, or says nothing that we know. */
function readClaims(item: unknown, origin: string): ErasureClaim[] {
  if (!isObject(item)) return []
  const id = idOf(item)
  const type = textOf(item.type)
  if (id === undefined || !isStorable(id) || originOf(id) !== origin) return []
  if (type === 'Tombstone') return [{ id, type, at: instantOf(item.deleted) }]
  return type === 'Profile' ? [{ id, type, at: instantOf(item.updated) }] : []
}
