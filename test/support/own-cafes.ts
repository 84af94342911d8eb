import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import {
  type Author,
  decideCancellation,
  decideDeletion,
  decideRevision,
  type Revision,
} from '../../node/domain/cafes/edit.ts'
import {
  type AskedStatusChange,
  decideStatusChange,
} from '../../node/domain/cafes/status-change.ts'
import { type Edit, saveEdit } from '../../node/store/accounts/saved-edit.ts'
import { OWN_CAFE } from '../../node/store/cafes/own-cafes.ts'
import type { Database } from '../../node/store/database/database.ts'

/** What somebody of the team does to a café of ours, without the page on which they do it. */

/** The author of what a test does. */
export const SOMEBODY: Author = { kind: 'team', name: '' }
/** The same who gives no reason. */
export const BY_SOMEBODY = { by: SOMEBODY, reason: '' }

async function save(
  db: Database,
  edit: Pick<Edit<Cafe>, 'id' | 'decide'>,
  now: Temporal.Instant,
): Promise<Cafe> {
  const saved = await saveEdit(db, OWN_CAFE, { ...edit, by: SOMEBODY, seen: undefined }, now)
  if (!('value' in saved)) throw new Error(saved.outcome)
  return saved.value
}

export const reviseCafe = (
  db: Database,
  { id, ...revision }: Revision & { id: string },
  now: Temporal.Instant,
): Promise<Cafe> => save(db, { id, decide: (cafe) => decideRevision(cafe, revision) }, now)

export const cancelCafe = (
  db: Database,
  { id, reason }: { id: string; reason: string | undefined },
  now: Temporal.Instant,
): Promise<Cafe> => save(db, { id, decide: (cafe) => decideCancellation(cafe, reason) }, now)

export const changeStatus = (
  db: Database,
  { id, ...asked }: AskedStatusChange & { id: string },
  now: Temporal.Instant,
): Promise<Cafe> => save(db, { id, decide: (cafe) => decideStatusChange(cafe, asked) }, now)

export const removeCafe = (db: Database, id: string, now: Temporal.Instant): Promise<Cafe> =>
  save(db, { id, decide: decideDeletion }, now)
