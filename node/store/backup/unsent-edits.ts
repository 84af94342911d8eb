import type { Change } from '../../domain/federation/change.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { beforeIdsOf } from '../database/uuid.ts'
import { isUndecided } from './other-versions.ts'
import { isWordUndecided } from './other-words.ts'
import { findRestoration, isUnanswered } from './restoration.ts'

/**
 * What is not told after a restore, since it could replace a newer version that a directory has and this site does not
 * know: nobody is told of an edit whose café waits for the team, or for an answer, and no directory is told of a café
 * before it has answered.
 */

/** How long such a change is put off, in seconds; then it is looked at again. */
export const PUT_OFF_SECONDS = 10

/** What is told of the structure and of its networks, which waits for all answers and choices. */
const WORDS: readonly Change['type'][] = ['profile-updated', 'network-saved']

const EDITS: readonly Change['type'][] = ['cafe-published', 'cafe-updated', 'cafe-note-due']

/**
 * Finds which changes wait; undefined where none does. Those of a café that was made since the restore wait for nobody.
 */
export async function findUnsent(db: Database): Promise<((change: Change) => boolean) | undefined> {
  const restoration = await findRestoration(db)
  if (!restoration) return undefined
  const rows = await db.selectFrom('other_version').select('cafe_id').execute()
  const undecided = new Set(rows.map(({ cafe_id }) => cafe_id))
  const { areEditsHeld, splitAt } = restoration
  const isOpen = isUnanswered(restoration)
  const areWordsHeld = isOpen || (await isWordUndecided(db))
  if (!areEditsHeld && !areWordsHeld && undecided.size === 0) return undefined
  const made = beforeIdsOf(splitAt)
  return (change) =>
    (areWordsHeld && WORDS.includes(change.type)) ||
    (EDITS.includes(change.type) &&
      'cafeId' in change &&
      (undecided.has(change.cafeId) || (areEditsHeld && change.cafeId < made)))
}

/**
 * Returns whether what this site says of its structure and its networks is told to nobody, and signed nowhere, since a
 * directory has another word of which the team has to choose, or has not answered and may have one.
 */
export async function hasUnsettledWords(db: Database): Promise<boolean> {
  const restoration = await findRestoration(db)
  return restoration !== undefined && (isUnanswered(restoration) || (await isWordUndecided(db)))
}

/** Finds whether a directory has another version of a café of ours, or has not yet said whether it has one. */
export async function findOtherVersion(
  db: Database,
  cafeId: string,
): Promise<'there' | 'asked' | undefined> {
  if (await isUndecided(db, cafeId)) return 'there'
  const isUnsent = await findUnsent(db)
  return isUnsent?.({ type: 'cafe-published', cafeId }) ? 'asked' : undefined
}

/** Makes due at once what was put off, since an answer came or somebody decided; `context.wake()` comes after it. */
export async function planUnsentEdits(db: Database, now: Temporal.Instant): Promise<void> {
  const at = toInstantText(now)
  await db
    .updateTable('change')
    .set({ due_at: at })
    .where('done_at', 'is', null)
    .where('attempts', '=', 0)
    .where('due_at', '>', at)
    .where('due_at', '<=', toInstantText(now.add({ seconds: PUT_OFF_SECONDS })))
    .execute()
}

/** Lists the hosts of directories to which nothing is sent about cafés, since they have not answered yet. */
export async function listAwaitedHosts(db: Database): Promise<string[]> {
  const restoration = await findRestoration(db)
  if (!restoration || restoration.isLost) return []
  return restoration.directories.flatMap(({ uri, state }) =>
    state === 'waiting' ? new URL(uri).host : [],
  )
}
