import type { Context } from '../../node/context.ts'
import type { Peer } from '../../node/domain/federation/peer.ts'
import { listKnownUris } from '../../node/store/cafes/received-cafes.ts'
import type { Database } from '../../node/store/database/database.ts'
import { gatherRows } from '../../node/store/database/gathered-rows.ts'
import { deleteFromPeer } from '../actors/owners.ts'
import { applyEvent } from '../inbox/cafes.ts'
import { receiveReportNote, removeReportNote } from '../inbox/reports/report-notes.ts'
import { BudgetSpentError } from '../remote/reading-budget.ts'
import { idOf, type Json } from '../wire/json.ts'
import { isReportNote } from '../wire/reports/report-note.ts'

/** Applies what was read of another server: what its lists hold, and single cafés. */

/** An item of a collection: an Event, or a Create, Update or Delete of one; as written, and in our own terms. */
export type Item = {
  read: Json
  written: Json
  /** The activity around it, for its addressing. */
  carrier?: Json | undefined
  deleted: string | undefined
  /** Whether it was read at its own address, and not in a list. */
  isAtItsAddress?: boolean
}

/** How long a transaction applies further items, in milliseconds: other writers wait for it. */
const HELD_MS = 30

/**
 * Applies some items in one transaction. Cafés that are new here are written together.
 *
 * @returns The items that are left when the transaction has been held for long enough.
 * @throws BudgetSpentError when the peer has used its number of cafés for the day; what came before is kept.
 */
export async function applySome(
  context: Context,
  peer: Peer,
  items: readonly Item[],
): Promise<readonly Item[]> {
  let done = 0
  let isSpent = false
  await context.db.transaction().execute(async (trx) => {
    const begun = performance.now()
    const isOver = () => done > 0 && performance.now() - begun >= HELD_MS
    for (const { isUnknown, part } of await splitByKnown(trx, items)) {
      const applyPart = async () => {
        for (const item of part) {
          if (isSpent || isOver()) return
          done += 1
          isSpent = (await applyItem(trx, context, peer, { ...item, isUnknown })) === 'too-many'
        }
      }
      await (isUnknown ? gatherRows(trx, applyPart) : applyPart())
    }
  })
  if (isSpent) throw new BudgetSpentError('cafes')
  return items.slice(done)
}

type Part = { isUnknown: boolean; part: Item[] }

/** Splits items where those of cafés that are neither here nor deleted, nor named by an earlier item, begin or end. */
async function splitByKnown(trx: Database, items: readonly Item[]): Promise<Part[]> {
  const uriOf = ({ read, deleted }: Item) => deleted ?? idOf(read)
  const known = await listKnownUris(
    trx,
    items.flatMap((item) => uriOf(item) ?? []),
  )
  const parts: Part[] = []
  for (const item of items) {
    const uri = uriOf(item)
    const isOfCafe = item.deleted === undefined && !isReportNote(item.read)
    const isUnknown = isOfCafe && uri !== undefined && !known.has(uri)
    if (uri !== undefined) known.add(uri)
    const last = parts.at(-1)
    if (last?.isUnknown === isUnknown) last.part.push(item)
    else parts.push({ isUnknown, part: [item] })
  }
  return parts
}

/**
 * Applies one item, in the caller's transaction.
 *
 * @returns The outcome of `applyEvent`, 'report' for a report, whether it was taken or not, or 'deleted' for a deletion, whether the peer was entitled to it or not.
 */
export async function applyItem(
  trx: Database,
  context: Context,
  peer: Peer,
  {
    read,
    written,
    carrier,
    deleted,
    isAtItsAddress,
    isUnknown = false,
  }: Item & { isUnknown?: boolean },
): Promise<string> {
  if (isReportNote(read)) {
    const activity = { ...carrier, object: read }
    await receiveReportNote(trx, { activity, actorUri: peer.actorUri }, context)
    return 'report'
  }
  if (deleted === undefined)
    return applyEvent(trx, context, {
      event: read,
      written,
      peer,
      isAtItsAddress,
      isUnknown,
      carrier,
      readActivity: undefined,
    })
  const ofReport = { uri: deleted, from: peer.actorUri, written: read }
  if (await removeReportNote(trx, ofReport, context)) return 'deleted'
  const most = context.config.shares.deletions
  await deleteFromPeer(trx, { uri: deleted, peer, activity: undefined, most }, context.now())
  return 'deleted'
}
