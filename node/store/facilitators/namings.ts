import type { Selectable } from 'kysely'
import { venueText } from '../../domain/cafes/venue.ts'
import type { Naming, NamingCafe } from '../../domain/facilitators/naming.ts'
import { fromInstantText, toInstantText } from '../database/columns.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { appendChange } from '../queues/changes.ts'
import type { CafeTable } from '../schema/cafes.ts'

/**
 * What people say about the cafés of their place that name them. The team's word is the row of `cafe_facilitator`, the
 * person's is its `answer`.
 */

const selectNamings = (db: Database, facilitatorId: string, now: Temporal.Instant) =>
  db
    .selectFrom('cafe_facilitator')
    .innerJoin('cafe', 'cafe.id', 'cafe_facilitator.cafe_id')
    .where('cafe_facilitator.facilitator_id', '=', facilitatorId)
    .where('cafe.publication', '=', 'published')
    .where('cafe.ends_at', '>', toInstantText(now))

const SHOWN = [
  'cafe.title',
  'cafe.starts_at',
  'cafe.timezone',
  'cafe.venue_name',
  'cafe.commune',
] as const

type ShownRow = Pick<
  Selectable<CafeTable>,
  'title' | 'starts_at' | 'timezone' | 'venue_name' | 'commune'
>

const toNamingCafe = ({
  title,
  starts_at,
  timezone,
  venue_name,
  commune,
}: ShownRow): NamingCafe => ({
  ...{ title, timezone, startsAt: fromInstantText(starts_at) },
  place: commune === null ? undefined : venueText({ name: venue_name ?? '', commune }),
})

/** Lists the published cafés to come that name a person, soonest first. */
export async function listNamings(
  db: Database,
  facilitatorId: string,
  now: Temporal.Instant,
): Promise<Naming[]> {
  const rows = await selectNamings(db, facilitatorId, now)
    .select([...SHOWN, 'cafe.id', 'cafe_facilitator.answer'])
    .orderBy('cafe.starts_at')
    .orderBy('cafe.id')
    .limit(200)
    .execute()
  return rows.map((row) => ({
    ...toNamingCafe(row),
    cafeId: row.id,
    answer: row.answer ?? undefined,
  }))
}

/** Returns whether a person agrees to be named by every café of this place. */
export async function isAlwaysNamed(db: Database, facilitatorId: string): Promise<boolean> {
  const row = await db
    .selectFrom('facilitator_contact')
    .select('always_named_at')
    .where('facilitator_id', '=', facilitatorId)
    .executeTakeFirst()
  return row?.always_named_at != null
}

/**
 * What a person says: yes or no about one café, `always` about all of this place that have no answer and those to come,
 * or `ask` to be asked about each again.
 */
type NamingAnswer = { cafeId: string; answer: 'yes' | 'no' } | { answer: 'always' | 'ask' }

/** Saves what a person says; their account then announces what they lead, and no more what they do not. */
export const saveNamingAnswer = (
  db: Database,
  facilitatorId: string,
  said: NamingAnswer,
  now: Temporal.Instant,
): Promise<void> =>
  inTransaction(db, async (trx) => {
    if (said.answer === 'always' || said.answer === 'ask')
      await trx
        .updateTable('facilitator_contact')
        .set({ always_named_at: said.answer === 'always' ? toInstantText(now) : null })
        .where('facilitator_id', '=', facilitatorId)
        .execute()
    if (said.answer === 'ask') return
    await trx
      .updateTable('cafe_facilitator')
      .set({ answer: said.answer === 'no' ? 'no' : 'yes' })
      .where('facilitator_id', '=', facilitatorId)
      .$if('cafeId' in said, (qb) => qb.where('cafe_id', '=', 'cafeId' in said ? said.cafeId : ''))
      .$if(!('cafeId' in said), (qb) => qb.where('answer', 'is', null))
      .execute()
    await appendChange(
      trx,
      { type: 'facilitator-changed', facilitatorId, leftDirectory: false, leftFediverse: false },
      now,
    )
  })

/** The hours between two mails to one person about cafés that name them. */
const HOURS_BETWEEN = 24

/**
 * Claims the cafés about which people are to be asked by mail now: once each, and those of one person together, a day
 * after the last mail at the earliest.
 */
export async function claimNamingQuestions(
  trx: Database,
  now: Temporal.Instant,
): Promise<{ facilitatorId: string; email: string; cafes: NamingCafe[] }[]> {
  const rows = await trx
    .selectFrom('cafe_facilitator as named')
    .innerJoin('cafe', 'cafe.id', 'named.cafe_id')
    .innerJoin('facilitator_contact as contact', 'contact.facilitator_id', 'named.facilitator_id')
    .select([...SHOWN, 'named.facilitator_id', 'named.cafe_id', 'contact.email'])
    .where('named.answer', 'is', null)
    .where('named.told_at', 'is', null)
    .where('contact.email', 'is not', null)
    .where('cafe.publication', '=', 'published')
    .where('cafe.ends_at', '>', toInstantText(now))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('cafe_facilitator as told')
            .select('told.cafe_id')
            .whereRef('told.facilitator_id', '=', 'named.facilitator_id')
            .where('told.told_at', '>', toInstantText(now.subtract({ hours: HOURS_BETWEEN }))),
        ),
      ),
    )
    // By person first, so that SQLite begins with who is named and not with all cafés of a directory.
    .orderBy('named.facilitator_id')
    .orderBy('cafe.starts_at')
    .orderBy('cafe.id')
    .execute()
  const byPerson = Map.groupBy(rows, ({ facilitator_id }) => facilitator_id)
  for (const { facilitator_id, cafe_id } of rows)
    await trx
      .updateTable('cafe_facilitator')
      .set({ told_at: toInstantText(now) })
      .where('facilitator_id', '=', facilitator_id)
      .where('cafe_id', '=', cafe_id)
      .execute()
  return [...byPerson].map(([facilitatorId, named]) => ({
    facilitatorId,
    email: named[0]?.email ?? '',
    cafes: named.map(toNamingCafe),
  }))
}
