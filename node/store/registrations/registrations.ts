import { sql } from 'kysely'
import type {
  Need,
  Registration,
  RegistrationState,
} from '../../domain/registrations/registration.ts'
import type { Offer } from '../../domain/registrations/seating.ts'
import { fromInstantText, orUndefined, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { deleteMailsAbout } from '../queues/mails.ts'
import { REGISTRATION } from '../schema/registrations.ts'

/** The states in which a person still has, or may still get, seats. */
export const OPEN_STATES = [
  'unproven',
  'confirmed',
  'waiting',
  'offered',
] as const satisfies RegistrationState[]

/** Finds a registration by its id. */
export async function findRegistration(
  db: Database,
  id: string,
): Promise<Registration | undefined> {
  const row = await db
    .selectFrom('registration')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row && REGISTRATION.fromRow(row)
}

/** Lists the registrations of a café in the order in which people asked. */
export async function listRegistrations(db: Database, cafeId: string): Promise<Registration[]> {
  const rows = await db
    .selectFrom('registration')
    .selectAll()
    .where('cafe_id', '=', cafeId)
    .orderBy('rank')
    .execute()
  return rows.map(REGISTRATION.fromRow)
}

/** Lists the registrations of a café that are not over, in the order in which people asked. */
export async function listSeats(db: Database, cafeId: string): Promise<Registration[]> {
  const rows = await db
    .selectFrom('registration')
    .selectAll()
    .where('cafe_id', '=', cafeId)
    .where('state', 'in', OPEN_STATES)
    .orderBy('rank')
    .execute()
  return rows.map(REGISTRATION.fromRow)
}

/** Lists all registrations of an account of another server, in no particular order. */
export async function listRegistrationsOf(db: Database, actorUri: string): Promise<Registration[]> {
  const rows = await db
    .selectFrom('registration')
    .selectAll()
    .where('actor_uri', '=', actorUri)
    .execute()
  return rows.map(REGISTRATION.fromRow)
}

/** Returns whether somebody who reads this mailbox has registered by the form, and still comes or waits. */
export async function isProven(db: Database, email: string): Promise<boolean> {
  const row = await db
    .selectFrom('registration')
    .select('id')
    .where('email', '=', email)
    .where('source', '=', 'form')
    .where('state', 'in', ['confirmed', 'waiting', 'offered'])
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Returns whether an account of another server has joined a café of ours. */
export async function hasJoined(db: Database, actorUri: string): Promise<boolean> {
  const row = await db
    .selectFrom('registration')
    .select('id')
    .where('actor_uri', '=', actorUri)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Lists what the people who are registered at a café need, by the id of the registration. */
export async function listNeeds(
  db: Database,
  cafeId: string,
): Promise<ReadonlyMap<string, readonly Need[]>> {
  const rows = await db
    .selectFrom('registration_need')
    .innerJoin('registration', 'registration.id', 'registration_id')
    .select(['registration_id', 'need'])
    .where('cafe_id', '=', cafeId)
    .orderBy('registration_id')
    .orderBy('need')
    .execute()
  return new Map(
    Object.entries(Object.groupBy(rows, (row) => row.registration_id)).map(([id, some = []]) => [
      id,
      some.map(({ need }) => need),
    ]),
  )
}

/** Lists the offers of free seats that were made at a café and are still known. */
export async function listOffers(db: Database, cafeId: string): Promise<Offer[]> {
  const rows = await db
    .selectFrom('seat_offer')
    .innerJoin('registration', 'registration.id', 'registration_id')
    .select(['side', 'rank', 'made_at', 'free'])
    .where('cafe_id', '=', cafeId)
    .orderBy('rank')
    .execute()
  return rows.map(({ side, rank, made_at, free }) => ({
    ...{ side, rank, madeAt: fromInstantText(made_at), free: orUndefined(free) },
  }))
}

/** Replaces what a person needs. */
export async function saveNeeds(db: Database, id: string, needs: readonly Need[]): Promise<void> {
  await db.deleteFrom('registration_need').where('registration_id', '=', id).execute()
  if (needs.length > 0)
    await db
      .insertInto('registration_need')
      .values([...new Set(needs)].map((need) => ({ registration_id: id, need })))
      .execute()
}

/** What a person answered to a question of the team. */
export type Answer = { question: string; answer: string }

/** Replaces what a person answered. */
export async function saveAnswers(
  db: Database,
  id: string,
  answers: readonly Answer[],
): Promise<void> {
  await db.deleteFrom('registration_answer').where('registration_id', '=', id).execute()
  if (answers.length > 0)
    await db
      .insertInto('registration_answer')
      .values(answers.map((each) => ({ registration_id: id, ...each })))
      .execute()
}

/** Lists what a person answered. */
export const listAnswers = (db: Database, id: string): Promise<Answer[]> =>
  db
    .selectFrom('registration_answer')
    .select(['question', 'answer'])
    .where('registration_id', '=', id)
    .orderBy('question')
    .execute()

/** Counts the seats of those who come, by what they answered, the most frequent answer first. */
export async function countAnswers(
  db: Database,
  cafeId: string,
): Promise<(Answer & { seats: number })[]> {
  const rows = await db
    .selectFrom('registration_answer')
    .innerJoin('registration', 'registration.id', 'registration_id')
    .select(['question', 'answer'])
    .select((eb) => eb.fn.sum<number>('seats').as('seats'))
    .where('cafe_id', '=', cafeId)
    .where('state', '=', 'confirmed')
    .groupBy(['question', 'answer'])
    .orderBy('question')
    .orderBy('seats', 'desc')
    .orderBy('answer')
    .execute()
  return rows.map(({ seats, ...answer }) => ({ ...answer, seats: Number(seats) }))
}

/** Deletes a registration with all that it says about a person, and the mails about it. */
export async function deleteRegistration(db: Database, id: string): Promise<void> {
  await deleteMailsAbout(db, id)
  await db.deleteFrom('registration').where('id', '=', id).execute()
}

/**
 * Lists our cafés to come at which people wait, or of which another number of seats is left than is written: seats are held
 * no longer, or the team has changed how many there are.
 */
export async function listCafesToSeat(db: Database, now: Temporal.Instant): Promise<string[]> {
  const at = toInstantText(now)
  const taken = sql<number>`sum(case
    when registration.state = 'confirmed' then seats
    when registration.state in ('unproven', 'offered') and held_until > ${at} then seats
    else 0 end) + sum(case when again_until > ${at} then again_seats else 0 end)`
  const rows = await db
    .selectFrom('registration')
    .innerJoin('cafe', 'cafe.id', 'cafe_id')
    .select('cafe_id')
    .where('registration_mode', '=', 'local')
    .where('cafe.starts_at', '>', at)
    .groupBy(['cafe_id', 'capacity', 'seats_left', 'attendance_mode'])
    .having((eb) =>
      eb.or([
        sql<boolean>`sum(case when registration.state = 'waiting' then 1 else 0 end) > 0`,
        // The seats of each side are counted where they are shared out.
        eb('attendance_mode', '=', 'mixed'),
        sql<boolean>`case when capacity > ${taken} then capacity - ${taken} else 0 end <> seats_left`,
      ]),
    )
    .orderBy('cafe_id')
    .execute()
  return rows.map(({ cafe_id }) => cafe_id)
}
