import { type TerritoryWaits, waitingLines } from '../../ui/referents/mails.ts'
import { countsOfToDo, toDoMail } from '../../ui/site/to-do-mail.ts'
import type { Context } from '../context.ts'
import { findTerritory, timezoneOf } from '../geo/territories.ts'
import { zoneOf } from '../geo/territory-chain.ts'
import { findToDo } from '../routes/admin/to-do.ts'
import { nameOfSite } from '../routes/http/site.ts'
import { nameOfCode } from '../routes/http/territory-links.ts'
import {
  claimToDoDay,
  listToDoReaders,
  markToDoSent,
  type ToDoCounts,
  type ToDoReader,
} from '../store/accounts/to-do-mails.ts'
import { inTransaction } from '../store/database/database.ts'
import { appendMail } from '../store/queues/mails.ts'
import { countWaiting } from '../store/referents/dashboard.ts'
import { listMandates } from '../store/referents/referents.ts'
import { findHosted } from '../store/structures/hosted.ts'
import { findStructureProfile } from '../store/structures/profiles.ts'
import { listRoles } from '../store/structures/workspaces.ts'
import { runForEach } from './run-for-each.ts'

/**
 * The hours by the clock of the reader's place or territory; a site that did not run in the morning still mails later
 * in the day.
 */
const HOURS = { from: 9, until: 20 }
/** The number of days after which what still waits is mailed again. */
const AGAIN_DAYS = 7
/** It may wait for the mail of the next day, which says only the newest of two (`send-mails.ts`). */
const EXPIRES_HOURS = 30
const MONDAY = 1

/**
 * Mails to each person what waits for them: once a day at most, when there is more to do than the day before, or after
 * a week. The check of a day and its mail are one transaction.
 */
export async function sendToDo(context: Context): Promise<void> {
  if (!context.config.mail) return
  const siteName = await nameOfSite(context)
  const readers = (await listToDoReaders(context.db)).filter(({ rhythm }) => rhythm !== 'never')
  await runForEach(readers, (reader) => lookFor(context, reader, siteName)).finally(context.wake)
}

async function lookFor(context: Context, reader: ToDoReader, siteName: string): Promise<void> {
  const { db, config, now } = context
  const local = now().toZonedDateTimeISO(await zoneOfReader(context, reader))
  const day = local.toPlainDate()
  const isWeekly = reader.rhythm === 'weekly'
  if (local.hour < HOURS.from || local.hour >= HOURS.until) return
  // A site that is off on Mondays mails on the first day of the week on which it runs.
  const first = isWeekly ? day.subtract({ days: day.dayOfWeek - MONDAY }) : day
  if (reader.seenOn && Temporal.PlainDate.compare(reader.seenOn, first) >= 0) return
  const own = reader.role ? await findOwn(context, reader.role) : {}
  // Once a week the territory has a mail of its own (`weeklyMail`).
  const territories = isWeekly ? [] : await findTerritories(context, reader.id)
  const structures = await findStructures(context, reader)
  const mail = toDoMail({
    ...{ siteName, origin: config.origin, counts: own, structures, territories, isWeekly },
  })
  if (isWeekly && !reader.seenOn && !mail) return
  const counts = { ...own, ...countsAt(structures), ...countsIn(territories) }
  await inTransaction(db, async (trx) => {
    if (!(await claimToDoDay(trx, { id: reader.id, day, counts }))) return
    if (!mail || !(isWeekly || isNews(reader, counts, day))) return
    const expiresAt = now().add({ hours: EXPIRES_HOURS })
    await appendMail(trx, { ...mail, to: reader.email, expiresAt }, now())
    await markToDoSent(trx, { id: reader.id, day })
  })
}

/**
 * Returns whether there is more of any kind than at the last check, or nothing was mailed for a week. A trouble of the
 * site is told by a mail of its own (`monitoring/site-alerts.ts`).
 */
const isNews = (
  { seen, sentOn: toldOn }: ToDoReader,
  counts: ToDoCounts,
  day: Temporal.PlainDate,
) =>
  toldOn === undefined ||
  Temporal.PlainDate.compare(toldOn.add({ days: AGAIN_DAYS }), day) <= 0 ||
  Object.entries(counts).some(([kind, count]) => kind !== 'siteState' && count > (seen[kind] ?? 0))

async function zoneOfReader({ db, now }: Context, { id, role }: ToDoReader): Promise<string> {
  if (role) {
    const profile = await findStructureProfile(db, role.organizationId)
    return timezoneOf(profile?.address?.departement)
  }
  const [mandate] = await listMandates(db, id, now())
  const territory = mandate && findTerritory(mandate.territory)
  return territory ? zoneOf(territory) : timezoneOf(undefined)
}

async function findOwn(
  context: Context,
  { organizationId, role }: NonNullable<ToDoReader['role']>,
) {
  const workspace = { organization: { id: organizationId }, role }
  return countsOfToDo(await findToDo(context, workspace, 'fr'))
}

/** The most structures of one person that a mail is about. */
const MOST_STRUCTURES = 50

type StructureList = { id: string; name: string; counts: ReturnType<typeof countsOfToDo> }[]

/** Finds what waits at the structures for which somebody works beside the first; nothing can be done at a suspended one. */
async function findStructures(context: Context, { id, role }: ToDoReader): Promise<StructureList> {
  const roles = role ? await listRoles(context.db, id) : []
  const others = roles.filter((one) => one.id !== role?.organizationId).slice(0, MOST_STRUCTURES)
  const found: StructureList = []
  for (const other of others) {
    if ((await findHosted(context.db, { id: other.id }))?.suspension) continue
    const counts = await findOwn(context, { organizationId: other.id, role: other.role })
    found.push({ id: other.id, name: other.name, counts })
  }
  return found
}

const countsAt = (structures: StructureList): ToDoCounts =>
  Object.fromEntries(
    structures.flatMap(({ id, counts }) =>
      Object.entries(counts).map(([kind, count]) => [`${id} ${kind}`, count]),
    ),
  )

type TerritoryList = { code: string; name: string; waits: TerritoryWaits; lines: string[] }[]

async function findTerritories(context: Context, accountId: string): Promise<TerritoryList> {
  const { db, now, isDirectory } = context
  const found: TerritoryList = []
  for (const mandate of isDirectory ? await listMandates(db, accountId, now()) : []) {
    const territory = findTerritory(mandate.territory)
    if (!territory) continue
    const { code } = territory
    const waits = await countWaiting(db, territory, now())
    found.push({ code, name: nameOfCode(code), waits, lines: waitingLines(waits) })
  }
  return found
}

const countsIn = (territories: TerritoryList): ToDoCounts =>
  Object.fromEntries(
    territories.flatMap(({ code, waits }) =>
      Object.entries(waits).map(([kind, count]) => [`${code} ${kind}`, count]),
    ),
  )
