import { type RawBuilder, sql } from 'kysely'
import {
  type Agreement,
  type AgreementKey,
  type AgreementKind,
  type AgreementState,
  agreementState,
  type Side,
} from '../../domain/agreements/agreement.ts'
import type { Database } from '../database/database.ts'
import { type ListPage, pageOf, placePage } from '../database/list-page.ts'
import { AGREEMENT } from '../schema/agreements.ts'
import type { RowOf } from '../schema/table.ts'
import { hasWords, searchWords } from '../search-index/fold-words.ts'

/** Agreements of two sides: one row for each kind and pair, with what each side said last. */

/** Number of agreements that one transaction handles. */
export const AGREEMENTS_PAGE = 200

/** All agreements of a kind that one subject or one object has. */
export type Party = { kind: AgreementKind } & ({ subjectUri: string } | { objectUri: string })

/** Finds an agreement, ended ones included; undefined where neither side ever said anything. */
export async function findAgreement(
  db: Database,
  { kind, subjectUri, objectUri }: AgreementKey,
): Promise<Agreement | undefined> {
  const row = await selectOf(db, { kind, objectUri })
    .selectAll()
    .where('subject_uri', '=', subjectUri)
    .executeTakeFirst()
  return row && toAgreement(row)
}

/**
 * Lists the agreements of one side, all of them or those in one state, in the order of the other side's addresses, a
 * page at a time; `next` is the address after which to go on.
 */
export async function listAgreements(
  db: Database,
  party: Party,
  {
    state,
    after = '',
    limit = 100,
  }: { state?: AgreementState; after?: string | undefined; limit?: number } = {},
): Promise<{ items: Agreement[]; next: string | undefined }> {
  const other = otherColumn(party)
  const rows = await selectOf(db, party)
    .selectAll()
    .where(other, '>', after)
    .$if(state !== undefined, (qb) => qb.where(inState[state ?? 'ended']))
    .orderBy(other)
    .$if(Number.isFinite(limit), (qb) => qb.limit(limit + 1))
    .execute()
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { items: rows.slice(0, limit).map(toAgreement), next: last?.[other] }
}

type PageQuery = { state: AgreementState; words: string; page: number; size: number }

/**
 * Finds one page of the agreements of an object in one state; words are looked for in the names and the addresses of the
 * subjects, in the order of whose addresses they are.
 */
export async function findAgreementPage(
  db: Database,
  party: Party,
  { state, words, ...asked }: PageQuery,
): Promise<ListPage<Agreement>> {
  const looked = searchWords(words)
  if (looked.length > 0) {
    const { items } = await listAgreements(db, party, { state, limit: Number.POSITIVE_INFINITY })
    const named = items.filter((one) => hasWords(`${one.subjectName} ${one.subjectUri}`, looked))
    return pageOf(named, asked)
  }
  const { offset, ...placed } = placePage(await countAgreements(db, party, state), asked)
  const rows = await selectOf(db, party)
    .selectAll()
    .where(inState[state])
    .orderBy(otherColumn(party))
    .limit(asked.size)
    .offset(offset)
    .execute()
  return { ...placed, rows: rows.map(toAgreement) }
}

/** Counts the agreements of one side that are in this state. */
export async function countAgreements(
  db: Database,
  party: Party,
  state: AgreementState,
): Promise<number> {
  const { total } = await selectOf(db, party)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where(inState[state])
    .executeTakeFirstOrThrow()
  return Number(total)
}

/**
 * Lists the hosts of the other sides of those agreements of a party to which one side has said yes and the other nothing
 * yet; `limit` of them at most.
 */
export async function listPendingHosts(
  db: Database,
  party: Party,
  limit: number,
): Promise<string[]> {
  const other = otherColumn(party)
  const rows = await selectOf(db, party)
    .select(other)
    .where('active', '=', 0)
    .where(sql<boolean>`not ${inState.ended}`)
    .limit(limit)
    .execute()
  return rows.map((row) => new URL(row[other] ?? '').host)
}

/** Whose agreements are listed: those of our subject and those of objects of ours. */
export type OwnSides = {
  subjectUri: string | undefined
  objectUris: readonly string[]
  /** Only agreements whose other side is of this origin. */
  with?: string | undefined
}

/**
 * Lists the agreements of sides of ours, a page at a time, whatever their kind and state. `next` is the agreement after
 * which to go on, and `total` counts all pages.
 */
export async function listOwnAgreements(
  db: Database,
  sides: OwnSides,
  { after, limit }: { after: AgreementKey | undefined; limit: number },
): Promise<{ items: Agreement[]; next: AgreementKey | undefined; total: number }> {
  const isWith = (column: 'subject_uri' | 'object_uri') =>
    sides.with === undefined ? sql<boolean>`true` : isBelow(column, sides.with)
  const own = db
    .selectFrom('agreement')
    .where(({ eb, or, and }) =>
      or([
        and([eb('subject_uri', '=', sides.subjectUri ?? ''), isWith('object_uri')]),
        and([eb('object_uri', 'in', ['', ...sides.objectUris]), isWith('subject_uri')]),
      ]),
    )
  const { total } = await own
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await own
    .selectAll()
    .$if(after !== undefined, (qb) =>
      qb.where(({ eb, refTuple, tuple }) =>
        eb(
          refTuple('object_uri', 'subject_uri', 'kind'),
          '>',
          tuple(after?.objectUri ?? '', after?.subjectUri ?? '', after?.kind ?? 'member-of'),
        ),
      ),
    )
    .orderBy('object_uri')
    .orderBy('subject_uri')
    .orderBy('kind')
    .limit(limit)
    .execute()
  const items = rows.map(toAgreement)
  return { items, next: items.length === limit ? items.at(-1) : undefined, total: Number(total) }
}

/** Lists the subjects to which these objects have said yes. A subject that has only asked is not among them. */
export async function listInvitedSubjects(
  db: Database,
  objectUris: readonly string[],
): Promise<string[]> {
  const rows = await db
    .selectFrom('agreement')
    .select('subject_uri')
    .distinct()
    .where('object_uri', 'in', ['', ...objectUris])
    .where(hasAgreed('object'))
    .execute()
  return rows.map(({ subject_uri }) => subject_uri)
}

const selectOf = (db: Database, party: Party) =>
  db
    .selectFrom('agreement')
    .where('kind', '=', party.kind)
    .$if('subjectUri' in party, (qb) =>
      qb.where('subject_uri', '=', 'subjectUri' in party ? party.subjectUri : ''),
    )
    .$if('objectUri' in party, (qb) =>
      qb.where('object_uri', '=', 'objectUri' in party ? party.objectUri : ''),
    )

const otherColumn = (party: Party) => ('subjectUri' in party ? 'object_uri' : 'subject_uri')

/** Returns the condition that an address is below this origin. */
const isBelow = (column: 'subject_uri' | 'object_uri', origin: string) =>
  sql<boolean>`substr(agreement.${sql.ref(column)}, 1, ${sql.lit(origin.length + 1)}) = ${`${origin}/`}`

/**
 * Returns the condition that the last yes of a side is later than the last no. Instants compare as texts, and a missing
 * one counts as the earliest.
 */
export const hasAgreed = (side: Side) =>
  sql<boolean>`coalesce(agreement.${sql.ref(`${side}_at`)}, '') > coalesce(agreement.ended_at, '')`

/** The conditions of the states, as `agreementState` decides them. */
const inState: Record<AgreementState, RawBuilder<boolean>> = {
  'in-force': sql<boolean>`active = 1`,
  asked: sql<boolean>`active = 0 and ${hasAgreed('subject')}`,
  invited: sql<boolean>`active = 0 and ${hasAgreed('object')}`,
  ended: sql<boolean>`not ${hasAgreed('subject')} and not ${hasAgreed('object')}`,
}

/** Converts a row; the state is derived from its instants. */
export function toAgreement(row: RowOf<typeof AGREEMENT>): Agreement {
  const said = AGREEMENT.fromRow(row)
  return { ...said, state: agreementState(said) }
}
