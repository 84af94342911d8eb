import { createHmac } from 'node:crypto'
import { LIMITS } from '../../domain/limits/limits.ts'
import { dayInParis } from '../../domain/values/days.ts'
import type { Commune } from '../../geo/commune-table.ts'
import { codesOfCommune, codesOfEpci } from '../../geo/epci-communes.ts'
import type { Territory } from '../../geo/territories.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { newSecret } from '../database/secrets.ts'
import { findSetting, saveSetting } from '../database/settings.ts'

/** Number of months that a total covers. */
const MONTHS = 12

export type RequestOutcome = 'counted' | 'known' | 'too-many'

/**
 * Counts a visitor's « J’aimerais un café ici » once for each day and commune. `visitor` (the /24 or /48 around the
 * address, since one subscriber may have 65,536 networks) is hashed with a salt that is drawn each day and deleted with
 * it, so that afterwards nothing says who asked.
 */
export async function addRequest(
  db: OpenDatabase,
  { visitor, commune }: { visitor: string; commune: Commune },
  now: Temporal.Instant,
): Promise<RequestOutcome> {
  const day = dayInParis(now)
  return inTransaction(db, async (trx) => {
    const visitorHash = createHmac('sha256', await saltOf(trx, day.toString())).update(visitor)
    const key = { day: day.toString(), visitor_hash: visitorHash.digest('base64url') }
    const asked = await trx
      .selectFrom('cafe_request_visitor')
      .select('code_insee')
      .where('day', '=', key.day)
      .where('visitor_hash', '=', key.visitor_hash)
      .execute()
    if (asked.some(({ code_insee }) => code_insee === commune.codeInsee)) return 'known'
    if (asked.length >= LIMITS['ask for a café'].points) return 'too-many'
    await trx
      .insertInto('cafe_request_visitor')
      .values({ ...key, code_insee: commune.codeInsee })
      .execute()
    await trx
      .insertInto('cafe_request')
      .values({
        code_insee: commune.codeInsee,
        month: day.toPlainYearMonth().toString(),
        departement: commune.departement,
        region: commune.region,
        total: 1,
      })
      .onConflict((oc) =>
        oc
          .columns(['code_insee', 'month'])
          .doUpdateSet((eb) => ({ total: eb('cafe_request.total', '+', 1) })),
      )
      .execute()
    return 'counted'
  })
}

const SALT = 'cafe-request-salt'

/** Finds today's salt; yesterday's is deleted, and with it every way to recognise a visitor. */
async function saltOf(trx: Database, day: string): Promise<string> {
  const [known, salt] = (await findSetting(trx, SALT))?.split(' ') ?? []
  if (known === day && salt) return salt
  await deleteHashesBefore(trx, day)
  const drawn = newSecret()
  await saveSetting(trx, SALT, `${day} ${drawn}`)
  return drawn
}

const deleteHashesBefore = async (trx: Database, today: string): Promise<void> => {
  await trx.deleteFrom('cafe_request_visitor').where('day', '<', today).execute()
}

/** Deletes the hashes of earlier days, even on a day when nobody asks. */
export async function deleteOldRequestHashes(db: Database, now: Temporal.Instant): Promise<void> {
  const today = dayInParis(now).toString()
  await deleteHashesBefore(db, today)
  const salt = await findSetting(db, SALT)
  if (salt && !salt.startsWith(today)) await saveSetting(db, SALT, '')
}

const firstMonth = (now: Temporal.Instant): string =>
  dayInParis(now)
    .toPlainYearMonth()
    .subtract({ months: MONTHS - 1 })
    .toString()

/** Counts the requests for a café in a commune within twelve months. */
export async function countRequests(
  db: Database,
  territory: Territory,
  now: Temporal.Instant,
): Promise<number> {
  const { total } = await db
    .selectFrom('cafe_request')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('total'), eb.val(0)).as('total'))
    .where('month', '>=', firstMonth(now))
    .$if(territory.kind === 'region', (qb) =>
      qb.where('region', '=', territory.kind === 'region' ? territory.region.code : ''),
    )
    .$if(territory.kind === 'departement', (qb) =>
      qb.where('departement', '=', territory.kind === 'departement' ? territory.code : ''),
    )
    .$if(territory.kind === 'epci' || territory.kind === 'commune', (qb) =>
      qb.where('code_insee', 'in', ['', ...codesOf(territory)]),
    )
    .executeTakeFirstOrThrow()
  return Number(total)
}

function codesOf(territory: Territory): string[] {
  if (territory.kind === 'epci') return codesOfEpci(territory.epci.code)
  return territory.kind === 'commune' ? codesOfCommune(territory.commune.codeInsee) : []
}

export type CommuneRequests = { codeInsee: string; total: number; lastMonth: string }

/** Lists every commune for which a café was requested within twelve months, the most requested first. */
export async function listRequests(
  db: Database,
  now: Temporal.Instant,
): Promise<CommuneRequests[]> {
  const rows = await db
    .selectFrom('cafe_request')
    .select((eb) => [
      'code_insee',
      eb.fn.sum<number>('total').as('total'),
      eb.fn.max('month').as('last_month'),
    ])
    .where('month', '>=', firstMonth(now))
    .groupBy('code_insee')
    .orderBy('total', 'desc')
    .orderBy('code_insee')
    .execute()
  return rows.map((row) => ({
    codeInsee: row.code_insee,
    total: Number(row.total),
    lastMonth: row.last_month,
  }))
}

/** Counts the communes for which cafés were requested since the team last said that it had seen them. */
export async function countUnseenCommunes(db: Database, now: Temporal.Instant): Promise<number> {
  const { total } = await db
    .selectFrom('cafe_request')
    .select((eb) => eb.fn.count<number>('code_insee').distinct().as('total'))
    .where('month', '>=', firstMonth(now))
    .whereRef('total', '>', 'seen')
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Notes that the team has seen all requests of until now. */
export async function markRequestsSeen(db: Database): Promise<void> {
  await db
    .updateTable('cafe_request')
    .set((eb) => ({ seen: eb.ref('total') }))
    .whereRef('total', '>', 'seen')
    .execute()
}
