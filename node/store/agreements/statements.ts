import { type Expression, sql } from 'kysely'
import {
  type AgreementKey,
  type AgreementKind,
  decideStatement,
  NO_DATES,
  type Side,
} from '../../domain/agreements/agreement.ts'
import type { Change } from '../../domain/federation/change.ts'
import { toInstantText } from '../database/columns.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { appendChange } from '../queues/changes.ts'
import { AGREEMENTS_PAGE, findAgreement, hasAgreed, toAgreement } from './agreements.ts'
import { isAnswered, noteAnswer } from './invitation-answers.ts'

/** What one side of an agreement says: yes or no. */
export type Stated = AgreementKey & {
  side: Side
  isYes: boolean
  /** The name of the subject, where it is known. */
  subjectName?: string | undefined
  offerId?: string | undefined
}

/** What is to be done here once an agreement of a kind begins or ends; undefined for nothing. */
const CONSEQUENCES: Record<AgreementKind, ((key: AgreementKey) => Change) | undefined> = {
  'member-of': ({ subjectUri: structureUri }) => ({
    ...{ type: 'network-cafes', structureUri, after: '' },
  }),
}

/** Stores the yes or no of one of our sides and the change that tells it, in one transaction. */
export async function saveOwnStatement(
  db: Database,
  stated: Stated,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const dates = (await findAgreement(trx, stated)) ?? NO_DATES
    const { word, at } = decideStatement(dates, stated, now)
    await saveStatement(trx, { ...stated, at }, now)
    const { kind, subjectUri, objectUri, side } = stated
    const statement = { kind, subjectUri, objectUri, side, word, at: toInstantText(at) }
    await appendChange(trx, { type: 'agreement-stated', ...statement }, now)
  })
}

/**
 * Stores what one side said at a time, ours or another server's. The latest yes and the latest no of each side are
 * kept, so that the order does not matter, and repeating a statement changes nothing.
 */
export async function saveStatement(
  trx: Database,
  stated: Stated & { at: Temporal.Instant },
  now: Temporal.Instant,
): Promise<void> {
  const { kind, subjectUri, objectUri, side, isYes, subjectName = '', offerId } = stated
  const at = toInstantText(stated.at)
  const before = await findAgreement(trx, stated)
  const column = isYes ? (`${side}_at` as const) : 'ended_at'
  await trx
    .insertInto('agreement')
    .values({
      ...{ kind, subject_uri: subjectUri, object_uri: objectUri, subject_name: subjectName },
      ...{ offer_id: offerId ?? null, ended_by: isYes ? null : side, [column]: at },
    })
    .onConflict((oc) =>
      oc.columns(['object_uri', 'subject_uri', 'kind']).doUpdateSet({
        ...(subjectName !== '' && { subject_name: subjectName }),
        ...(offerId !== undefined && { offer_id: offerId }),
        ...(!isYes && {
          ended_by: later('ended_at', at, sql`${side}`, sql.ref('agreement.ended_by')),
        }),
        [column]: later(column, at, sql`${at}`, sql.ref(`agreement.${column}`)),
      }),
    )
    .execute()
  const after = await findAgreement(trx, stated)
  if (side === 'subject' && before?.state === 'invited' && isAnswered(after))
    await noteAnswer(trx, stated, now)
  const isChanged = (before?.state === 'in-force') !== (after?.state === 'in-force')
  const consequence = isChanged ? CONSEQUENCES[kind]?.(stated) : undefined
  if (consequence) await appendChange(trx, consequence, now)
}

/** Returns one value where a column's instant is before `at`, which wins then, and another one where it is not. */
const later = <T>(
  column: 'subject_at' | 'object_at' | 'ended_at',
  at: string,
  wins: Expression<T>,
  otherwise: Expression<T>,
) =>
  sql<T>`case when coalesce(agreement.${sql.ref(column)}, '') < ${at} then ${wins} else ${otherwise} end`

/** Stores the id of the Offer, once there is one. */
export async function setOfferId(
  trx: Database,
  { kind, subjectUri, objectUri }: AgreementKey,
  offerId: string,
): Promise<void> {
  await trx
    .updateTable('agreement')
    .set({ offer_id: offerId })
    .where('kind', '=', kind)
    .where('object_uri', '=', objectUri)
    .where('subject_uri', '=', subjectUri)
    .execute()
}

/**
 * Ends, by the object's side, some of the agreements of an object that is no more, and tells the subjects when it is ours.
 * @returns Whether there may be more of them.
 */
export async function endSomeAgreements(
  trx: Database,
  {
    kind,
    objectUri,
    isAnnounced,
  }: Pick<AgreementKey, 'kind' | 'objectUri'> & { isAnnounced: boolean },
  now: Temporal.Instant,
): Promise<boolean> {
  const rows = await trx
    .selectFrom('agreement')
    .selectAll()
    .where('kind', '=', kind)
    .where('object_uri', '=', objectUri)
    .where((eb) => eb.or([hasAgreed('subject'), hasAgreed('object')]))
    .limit(AGREEMENTS_PAGE)
    .execute()
  for (const agreement of rows.map(toAgreement)) {
    const { subjectUri } = agreement
    const stated = { kind, subjectUri, objectUri, side: 'object', isYes: false } as const
    const { at } = decideStatement(agreement, stated, now)
    if (isAnnounced) await saveOwnStatement(trx, stated, now)
    else await saveStatement(trx, { ...stated, at }, now)
  }
  return rows.length === AGREEMENTS_PAGE
}
