import type { Author } from '../domain/cafes/edit.ts'
import { type Block, isAccount } from '../domain/federation/block.ts'
import { reassignOrphanCafes } from './cafes/cafe-announcers.ts'
import { toInstantText } from './database/columns.ts'
import { type Database, inTransaction } from './database/database.ts'
import { deleteBlocks, findBlocks, type NewBlock, saveBlocks } from './directory/blocks.ts'
import { announceBlocks } from './memberships.ts'
import { decideShown } from './referents/decide-shown.ts'

type Decided = { by: Author; isDirectory: boolean }

/**
 * Blocks or limits domains and accounts. Cafés of others that a blocked domain announced stay where another server
 * announced them too. What a blocked account has published here, as a structure or a person, is hidden with it.
 */
export const applyBlocks = (
  db: Database,
  { blocks, by, isDirectory }: Decided & { blocks: readonly NewBlock[] },
  now: Temporal.Instant,
): Promise<void> =>
  inTransaction(db, async (trx) => {
    await saveBlocks(trx, blocks, now)
    const changed = blocks.map(({ level = 'block', ...block }) => ({ ...block, level }))
    if (isDirectory) await announceBlocks(trx, changed, now)
    for (const { target: uri, reason, level } of changed) {
      if (!isAccount(uri) || level !== 'block') continue
      const kind = await findKind(trx, uri)
      if (kind && !(await findHiddenAt(trx, uri)))
        await decideShown(trx, { kind, uri, shown: false, reason, by }, now)
    }
    await reassignOrphanCafes(trx, now)
  })

/** Ends blocks: what they hid is shown again, and at a directory its members are told. */
export const endBlocks = (
  db: Database,
  { targets, by, isDirectory }: Decided & { targets: readonly string[] },
  now: Temporal.Instant,
): Promise<void> =>
  inTransaction(db, async (trx) => {
    const blocks = await findBlocks(trx, targets)
    await deleteBlocks(trx, targets)
    if (isDirectory) {
      const ended = blocks.map((block) => ({ ...block, reason: undefined }))
      await announceBlocks(trx, ended, now)
    }
    for (const block of blocks.filter(({ target }) => isAccount(target)))
      await showAgain(trx, { block, by }, now)
  })

/** Shows again what was hidden in the same moment as its account was blocked; what was hidden by itself stays so. */
async function showAgain(
  trx: Database,
  { block, by }: { block: Block; by: Author },
  now: Temporal.Instant,
): Promise<void> {
  const { target: uri, createdAt } = block
  const kind = await findKind(trx, uri)
  if (kind && (await findHiddenAt(trx, uri)) === toInstantText(createdAt))
    await decideShown(trx, { kind, uri, shown: true, reason: '', by }, now)
}

async function findKind(
  trx: Database,
  uri: string,
): Promise<'structure' | 'facilitator' | undefined> {
  for (const kind of ['structure', 'facilitator'] as const) {
    const row = await trx
      .selectFrom(kind)
      .select('peer_id')
      .where('uri', '=', uri)
      .executeTakeFirst()
    if (row?.peer_id) return kind
  }
  return undefined
}

async function findHiddenAt(trx: Database, uri: string): Promise<string | undefined> {
  const row = await trx
    .selectFrom('hidden_object')
    .select('at')
    .where('uri', '=', uri)
    .executeTakeFirst()
  return row?.at
}
