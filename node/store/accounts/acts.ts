import type { Insertable } from 'kysely'
import { type Author, type AuthorKind, EDIT_ACTS, type EditAct } from '../../domain/cafes/edit.ts'
import type { JournalAct } from '../../domain/referents/referent.ts'
import { AUDIT_ACTS, type AuditAct } from '../../domain/values/audit.ts'
import { RETENTION_DAYS } from '../../domain/values/retention.ts'
import { fromInstantText, orNull, orUndefined, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { addRow, writeGathered } from '../database/gathered-rows.ts'
import { prepare, prepareRows } from '../database/prepared.ts'
import { uuidV7 } from '../database/uuid.ts'
import type { Schema } from '../schema.ts'

/**
 * The log of acts: who did what to what, when and why. Three views of it are read: the changes of accesses and settings,
 * the history of one object, and the journal of a territory.
 */

/** What an act is about: an object that forms of the administration edit, a site, or a person. */
export type ActSubject = {
  type:
    | 'cafe'
    | 'venue'
    | 'structure'
    | 'network'
    | 'settings'
    | 'peer'
    | 'facilitator'
    | 'series'
    | 'report'
    | 'resource'
  id: string
}

/**
 * A field of a form, by its name, with the text that it had before; `isSetAside` marks a text that was not saved,
 * `isForgotten` one that is not kept, since it names people.
 */
export type EditChange = {
  name: string
  before: string | readonly string[]
  isSetAside?: true
  isForgotten?: true
}

/** What somebody did to a way in or a setting. It says nothing about anybody else. */
export type AuditEntry = {
  at: Temporal.Instant
  /** The name or address that the account had then; empty when no known account did it. */
  who: string
  /** By what it was done, where no account did it; by default the team. */
  kind?: AuthorKind | undefined
  act: AuditAct
  /** A role, the host of a site, the code of a mandate's territory, or the title of a café; empty where it is about none. */
  about: string
}

/** What somebody did to an object. Of one that was deleted only the deletion is kept. */
export type LoggedEdit = {
  at: Temporal.Instant
  /** The name of `Author`. */
  who: string
  kind: AuthorKind
  act: EditAct
  reason?: string | undefined
  changes: readonly EditChange[]
}

/** What was done about others, under a mandate or by the team. */
export type JournalEntry = {
  at: Temporal.Instant
  who: string
  act: JournalAct
  /** The title or name that the café, the site or the person had then. */
  title: string
  /** The territory of the mandate under which it was done. */
  territory: string
  reason: string
}

/** Who decides about others, and why. */
export type Judgement = { by: Author; reason: string }

/** The territory of what the team did, which no referent reads. */
const NO_TERRITORY = '-'

/**
 * The logs by who reads them and for how long: administrators (`access`), the team (`edit`), the team and the referents
 * of its territory (`journal`). The history of an object shows what it has of either of the last two.
 */
type Log = 'access' | 'edit' | 'journal'

const textOf = ({ type, id }: ActSubject): string => `${type} ${id}`

type NewAct = {
  id?: string
  log: Log
  by: Author
  act: string
  subject?: ActSubject | undefined
  about?: string | undefined
  /** That of the object, where the author has none. */
  territory?: string | undefined
  /** The structure of what was deleted, whose history nobody else reads. */
  organizationId?: string | undefined
  reason?: string | undefined
  /** Undefined for what no history of an object shows. */
  changes?: readonly EditChange[] | undefined
}

async function appendAct(
  db: Database,
  { id, log, by, act, subject, about = '', reason = '', ...of }: NewAct,
  now: Temporal.Instant,
): Promise<void> {
  await addRow(db, insertActs, {
    ...{ id: id ?? uuidV7(now), at: toInstantText(now), log, act, about, reason },
    ...{ who: by.name, author: by.kind },
    subject: subject ? textOf(subject) : '',
    territory: by.territory ?? of.territory ?? (log === 'journal' ? NO_TERRITORY : null),
    organization_id: orNull(of.organizationId),
    changes: of.changes ? JSON.stringify(of.changes) : null,
  })
}

const insertRows = prepareRows((db, rows: readonly Insertable<Schema['act']>[]) =>
  db
    .insertInto('act')
    .values(rows)
    .onConflict((oc) => oc.doNothing()),
)
const insertActs = async (db: Database, rows: readonly Insertable<Schema['act']>[]) => {
  await insertRows(db, rows)
}

/** Logs a change of a way in or of a setting. */
export const appendAudit = (
  db: Database,
  entry: Omit<AuditEntry, 'at'>,
  now: Temporal.Instant,
): Promise<void> => appendAct(db, toAct(entry), now)

const toAct = ({ who: name, kind = 'team', ...entry }: Omit<AuditEntry, 'at'>) =>
  ({ log: 'access', by: { kind, name }, ...entry }) as const

/**
 * Logs it at most once in each quarter of an hour, however often it happens, for acts that a stranger can repeat.
 */
export function appendAuditAtMost(
  db: Database,
  entry: Omit<AuditEntry, 'at'>,
  now: Temporal.Instant,
): Promise<void> {
  const quarter = Math.floor(now.epochMilliseconds / (15 * 60_000))
  return appendAct(db, { id: `${entry.act} ${quarter}`, ...toAct(entry) }, now)
}

/** Logs it once a day of UTC for this person and this thing, for what is read again and again. */
export function appendAuditDaily(
  db: Database,
  { key, ...entry }: Omit<AuditEntry, 'at'> & { key: string },
  now: Temporal.Instant,
): Promise<void> {
  const day = toInstantText(now).slice(0, 10)
  return appendAct(db, { id: `${entry.act} ${key} ${day}`, ...toAct(entry) }, now)
}

/** Lists the changes of accesses and settings, the newest first. */
export async function listAudit(db: Database, limit: number, offset = 0): Promise<AuditEntry[]> {
  const rows = await selectActs(db, limit).where('log', '=', 'access').offset(offset).execute()
  return rows.flatMap(({ act: text, at, who, author: kind, about }) => {
    const act = AUDIT_ACTS.find((each) => each === text)
    return act ? [{ who, kind, about, act, at: fromInstantText(at) }] : []
  })
}

/** Counts what a log has. */
export async function countActs(db: Database, log: Log): Promise<number> {
  const { total } = await db
    .selectFrom('act')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('log', '=', log)
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Programs that edit on their own, as often as they like: of each only the last act of a kind is kept. */
const PROGRAMS: readonly AuthorKind[] = ['token', 'calendar', 'clock']

/** Logs what somebody did to an object; under a mandate, also for the journal of its territory. */
export async function appendEdit(
  db: Database,
  edit: Omit<NewAct, 'id' | 'log'> & { subject: ActSubject; act: EditAct },
  now: Temporal.Instant,
): Promise<void> {
  const { by, subject, act } = edit
  if (PROGRAMS.includes(by.kind) && act !== 'created') {
    await writeGathered(db)
    await deleteActs(db, { subject: textOf(subject), author: by.kind, act })
  }
  await appendAct(db, { log: by.territory ? 'journal' : 'edit', ...edit }, now)
}

const deleteActs = prepare((db, of: { subject: string; author: AuthorKind; act: EditAct }) =>
  db
    .deleteFrom('act')
    .where('subject', '=', of.subject)
    .where('author', '=', of.author)
    .where('act', '=', of.act),
)

/** Lists what was done to an object, the newest first. */
export async function listEdits(
  db: Database,
  subject: ActSubject,
  limit: number,
): Promise<LoggedEdit[]> {
  const rows = await selectActs(db, limit)
    .where('subject', '=', textOf(subject))
    .where('changes', 'is not', null)
    .execute()
  return rows.map(({ at, who, author, act, reason, changes }) => ({
    ...{ at: fromInstantText(at), who, kind: author, act: act as EditAct },
    ...{ reason: reason || undefined, changes: JSON.parse(changes ?? '[]') as EditChange[] },
  }))
}

/** Finds the territory under which a café was announced that was deleted since; undefined for any other. */
export async function findTerritoryOfDeleted(
  db: Database,
  cafeId: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('act')
    .select('territory')
    .where('subject', '=', textOf({ type: 'cafe', id: cafeId }))
    .where('act', '=', 'deleted')
    .executeTakeFirst()
  return row && orUndefined(row.territory)
}

/** Deletes the history of one object; the journal of a territory keeps what was done, without the texts. */
export async function deleteEditsOf(db: Database, subject: ActSubject): Promise<void> {
  await writeGathered(db)
  const isOf = textOf(subject)
  await db.deleteFrom('act').where('subject', '=', isOf).where('log', '=', 'edit').execute()
  await db.updateTable('act').set({ changes: null }).where('subject', '=', isOf).execute()
}

/** Deletes all words of the history of one object, with its title and the reasons: who did what and when is kept. */
export async function deleteWordsOf(trx: Database, subject: ActSubject): Promise<void> {
  await writeGathered(trx)
  const rows = await trx
    .selectFrom('act')
    .select(['id', 'changes'])
    .where('subject', '=', textOf(subject))
    .execute()
  for (const { id, changes } of rows) {
    const forgotten = (JSON.parse(changes ?? '[]') as EditChange[]).map(
      ({ name }): EditChange => ({ name, before: '', isForgotten: true }),
    )
    await trx
      .updateTable('act')
      .set({ about: '', reason: '', changes: changes && JSON.stringify(forgotten) })
      .where('id', '=', id)
      .execute()
  }
}

/** Logs what was done about others. It is called in the transaction of the act. */
export const appendJournal = (
  trx: Database,
  { title, ...entry }: Judgement & Pick<JournalEntry, 'act' | 'title'> & { subject: ActSubject },
  now: Temporal.Instant,
): Promise<void> => appendAct(trx, { log: 'journal', about: title, ...entry }, now)

/** What an edit under a mandate is called in the journal of its territory. */
const JOURNALED: { readonly [act in EditAct]?: JournalAct } = {
  created: 'cafe-announced',
  changed: 'cafe-changed',
  published: 'cafe-changed',
  deleted: 'cafe-deleted',
}

const journalActOf = (act: string): JournalAct => {
  const edit = EDIT_ACTS.find((each) => each === act)
  return edit ? (JOURNALED[edit] ?? 'cafe-situation') : (act as JournalAct)
}

type JournalQuery = {
  territories?: readonly string[]
  act?: JournalAct
  limit: number
  offset?: number
}

/** Lists the entries, the newest first; only those of these territories and of this act, where they are given. */
export async function listJournal(
  db: Database,
  { territories, act, limit, offset = 0 }: JournalQuery,
): Promise<JournalEntry[]> {
  const rows = await selectActs(db, limit)
    .where('log', '=', 'journal')
    .$if(territories !== undefined, (qb) => qb.where('territory', 'in', [...(territories ?? [])]))
    .$if(act !== undefined, (qb) => qb.where('act', '=', act ?? ''))
    .offset(offset)
    .execute()
  return rows.map(({ at, who, act: name, about, territory, reason }) => ({
    ...{ at: fromInstantText(at), who, act: journalActOf(name), title: about, reason },
    territory: orUndefined(territory) ?? '',
  }))
}

const selectActs = (db: Database, limit: number) =>
  db.selectFrom('act').selectAll().orderBy('at', 'desc').orderBy('id', 'desc').limit(limit)

/** Deletes what is older than its log is kept; the nightly purge calls it. */
export async function deleteOldActs(db: Database, now: Temporal.Instant): Promise<void> {
  const before = (days: number) => toInstantText(now.subtract({ hours: days * 24 }))
  const kept = { access: 'audit', edit: 'edit', journal: 'journal' } as const
  for (const log of ['access', 'edit', 'journal'] as const)
    await db
      .deleteFrom('act')
      .where('log', '=', log)
      .where('at', '<=', before(RETENTION_DAYS[kept[log]]))
      .execute()
  // What was done under a mandate leaves the history of its object before it leaves the journal.
  await db
    .updateTable('act')
    .set({ changes: null })
    .where('log', '=', 'journal')
    .where('changes', 'is not', null)
    .where('at', '<=', before(RETENTION_DAYS.edit))
    .execute()
}
