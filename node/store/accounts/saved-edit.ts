import type { Author, EditAct } from '../../domain/cafes/edit.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { isSame } from '../../domain/values/same.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { type ActSubject, appendEdit, deleteEditsOf, type EditChange } from './acts.ts'

/** How one kind of object is found, compared, saved and deleted, in the transaction of the edit. */
export type EditedNoun<T> = {
  type: ActSubject['type']
  find: (trx: Database, id: string) => Promise<T | undefined>
  /** Returns a text that differs whenever the object was edited. */
  versionOf: (value: T) => string
  actOf?: (before: T, after: T) => EditAct
  /** Returns the structure of ours to which it belongs, by which a history outlives what was deleted. */
  ownerOf?: (value: T) => string | undefined
  /** Returns how a journal names it, for whom it is done, and the territory whose referents edit it too. */
  aboutOf?: (value: T) => { title: string; reason: string; territory: string | undefined }
  /**
   * Saves a new value or one in place of `before`, with the change for the network, and returns it as it is stored.
   */
  save: (
    trx: Database,
    edit: { id: string; before: T | undefined; after: T },
    now: Temporal.Instant,
  ) => Promise<T>
  remove?: (
    trx: Database,
    removal: { id: string; value: T; reason: string | undefined },
    now: Temporal.Instant,
  ) => Promise<void>
}

/** Who edits, and why in their words. */
export type Signed<T> = {
  by: Author
  reason?: string | undefined
  /** Lists the texts that it changed, as the form names them, with those before. */
  changesOf?: ((before: T, after: T) => EditChange[] | Promise<EditChange[]>) | undefined
}

export type Edit<T> = Signed<T> & {
  id: string
  /** The version that the author saw (`versionOf`); undefined for a program, which edits whatever is stored. */
  seen: string | undefined
  /** Decides the new value from the stored one; `undefined` deletes it. */
  decide: (current: T) => { value: T | undefined; problems?: never } | { problems: Problem[] }
}

export type SavedEdit<T> =
  /** It is stored as `value`; nothing is written where nothing has changed. */
  | { outcome: 'saved'; value: T }
  | { outcome: 'deleted'; value: T }
  /** Somebody edited it since: `value` is stored, and nothing is written. */
  | { outcome: 'stale'; value: T }
  | { outcome: 'refused'; problems: Problem[] }
  | { outcome: 'gone' }

/**
 * Edits an object of this server, whoever does it and by whichever way: checks the version that the author saw, writes
 * who did what and why to the log, saves or deletes, and appends the change for the network, in one transaction. Call
 * `context.wake()` after it.
 */
export async function saveEdit<T>(
  db: Database,
  noun: EditedNoun<T>,
  edit: Edit<T>,
  now: Temporal.Instant,
): Promise<SavedEdit<T>> {
  const { id, seen, decide } = edit
  return inTransaction(db, async (trx) => {
    const before = await noun.find(trx, id)
    if (before === undefined) return { outcome: 'gone' }
    if (seen !== undefined && seen !== noun.versionOf(before))
      return { outcome: 'stale', value: before }
    const decided = decide(before)
    if (decided.problems) return { outcome: 'refused', problems: decided.problems }
    if (decided.value === undefined) {
      await noun.remove?.(trx, { id, value: before, reason: edit.reason }, now)
      await deleteEditsOf(trx, { type: noun.type, id })
      await log(trx, noun, { ...edit, act: 'deleted', value: before, changes: [] }, now)
      return { outcome: 'deleted', value: before }
    }
    // Saving the same again tells nobody.
    const isUnchanged = isSame(before, decided.value)
    const value = isUnchanged
      ? before
      : await noun.save(trx, { id, before, after: decided.value }, now)
    const changes = (await edit.changesOf?.(before, value)) ?? []
    const act = noun.actOf?.(before, value) ?? 'changed'
    if (!isUnchanged || changes.length > 0)
      await log(trx, noun, { ...edit, act, value, changes }, now)
    return { outcome: 'saved', value }
  })
}

/** Saves a new object of this server in the same way, and returns it as it is stored. */
export async function saveNew<T>(
  db: Database,
  noun: EditedNoun<T>,
  { id, value, ...signed }: Signed<T> & { id: string; value: T },
  now: Temporal.Instant,
): Promise<T> {
  return inTransaction(db, async (trx) => {
    const saved = await noun.save(trx, { id, before: undefined, after: value }, now)
    await log(trx, noun, { id, ...signed, act: 'created', value: saved, changes: [] }, now)
    return saved
  })
}

type Logged<T> = Pick<Edit<T>, 'id' | 'by' | 'reason'> & {
  act: EditAct
  value: T
  changes: EditChange[]
}

async function log<T>(
  trx: Database,
  { type, aboutOf, ownerOf }: EditedNoun<T>,
  { id, by, reason, act, value, changes }: Logged<T>,
  now: Temporal.Instant,
): Promise<void> {
  const about = aboutOf?.(value)
  const why = reason || (by.territory && about?.reason)
  const said = { act, about: about?.title, territory: about?.territory, reason: why, changes }
  const organizationId = act === 'deleted' ? ownerOf?.(value) : undefined
  await appendEdit(trx, { by, subject: { type, id }, ...said, organizationId }, now)
}
