import { nextUpdatedAt } from '../../domain/cafes/cafe.ts'
import type { Facilitator } from '../../domain/facilitators/facilitator.ts'
import { parseMandateUri } from '../../domain/referents/mandate-address.ts'
import { toInstantText } from '../database/columns.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { appendChange } from '../queues/changes.ts'
import { type Consent, endConsents, insertConsents } from './consents.ts'
import { saveFacilitator, toFacilitator } from './facilitators.ts'
import { listJoinedDirectories } from './recipients.ts'

/**
 * The directories in which a person agreed to be, by host. When the site joins another directory, each person is asked
 * about it once, and nobody is in it until they have agreed to that very one.
 */

/** Returns the hosts of the directories that this site has joined, in the order of their names. */
export const listJoinedHosts = async (db: Database): Promise<string[]> =>
  [...new Set((await listJoinedDirectories(db)).map(({ uri }) => new URL(uri).host))].sort()

/**
 * Adds one more directory that the person agrees to, with the text of `consent`; their other consents stay as they are,
 * and so does their end. False where the profile is not published, or the site is no member of that directory.
 */
export const acceptDirectory = (
  db: OpenDatabase,
  { id, host, consent }: { id: string; host: string; consent: Omit<Consent, 'field' | 'host'> },
  now: Temporal.Instant,
): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    const before = await findPublished(trx, id)
    if (!before || before.level === 'nobody' || !(await listJoinedHosts(trx)).includes(host))
      return false
    await markAsked(trx, { id, hosts: [host] }, now)
    if (before.directories.includes(host)) return true
    const consents = [{ ...consent, field: 'directory', host } as const]
    await insertConsents(trx, { facilitatorId: id, consents }, now)
    // A directory that was asked to forget the profile accepts it again only with a later consent.
    const consentedAt = nextUpdatedAt(before.updatedAt, now)
    const directories = [...before.directories, host]
    await saveDirectories(trx, before, { directories, consentedAt }, now)
    return true
  })

/** Notes that the person refuses a directory, whether or not they are in it. */
export const refuseDirectory = (
  db: OpenDatabase,
  { id, host }: { id: string; host: string },
  now: Temporal.Instant,
): Promise<void> =>
  inTransaction(db, async (trx) => {
    const before = await findPublished(trx, id)
    if (!before) return
    if (before.directories.includes(host)) await takeOut(trx, { before, host }, now)
    else if ((await listJoinedHosts(trx)).includes(host))
      await markAsked(trx, { id, hosts: [host] }, now)
  })

/** Ends all consents to a directory that the site leaves; everybody is asked anew if it is joined again. */
export async function endDirectoryConsents(
  trx: Database,
  host: string,
  now: Temporal.Instant,
): Promise<void> {
  const rows = await selectPublished(trx).where('directories', '<>', '[]').execute()
  for (const before of rows.map(toFacilitator))
    if (before.directories.includes(host)) await takeOut(trx, { before, host }, now)
  await trx.deleteFrom('directory_question').where('host', '=', host).execute()
}

/** Notes that the person has seen the question about these directories. */
export async function markAsked(
  trx: Database,
  { id, hosts }: { id: string; hosts: readonly string[] },
  now: Temporal.Instant,
): Promise<void> {
  if (hosts.length === 0) return
  await trx
    .insertInto('directory_question')
    .values(hosts.map((host) => ({ facilitator_id: id, host, at: toInstantText(now) })))
    .onConflict((oc) => oc.doNothing())
    .execute()
}

/**
 * Finds people who are shown and were never asked about a directory that the site has joined, and marks them as asked.
 */
export async function claimDirectoryQuestions(
  trx: Database,
  now: Temporal.Instant,
): Promise<{ facilitatorId: string; hosts: string[] }[]> {
  const joined = await listJoinedHosts(trx)
  if (joined.length === 0) return []
  const rows = await selectPublished(trx).where('level', '<>', 'nobody').execute()
  if (rows.length === 0) return []
  const known = await trx.selectFrom('directory_question').selectAll().execute()
  const asked = new Set(known.map((row) => `${row.facilitator_id} ${row.host}`))
  const questions = rows
    .map(toFacilitator)
    .map(({ id, directories }) => ({
      facilitatorId: id,
      hosts: joined.filter((host) => !directories.includes(host) && !asked.has(`${id} ${host}`)),
    }))
    .filter(({ hosts }) => hosts.length > 0)
  for (const { facilitatorId: id, hosts } of questions) await markAsked(trx, { id, hosts }, now)
  return questions
}

async function takeOut(
  trx: Database,
  { before, host }: { before: Facilitator; host: string },
  now: Temporal.Instant,
): Promise<void> {
  await endConsents(trx, { facilitatorId: before.id, host }, now)
  const directories = before.directories.filter((each) => each !== host)
  // The profile no longer names a mandate of that directory either.
  const mandates = before.mandates.filter((uri) => parseMandateUri(uri)?.host !== host)
  await saveDirectories(trx, before, { directories, mandates }, now)
}

async function saveDirectories(
  trx: Database,
  before: Facilitator,
  changed: Pick<Facilitator, 'directories'> &
    Partial<Pick<Facilitator, 'consentedAt' | 'mandates'>>,
  now: Temporal.Instant,
): Promise<void> {
  const after = { ...before, ...changed, updatedAt: nextUpdatedAt(before.updatedAt, now) }
  await saveFacilitator(trx, after, now)
  const leftDirectory = before.directories.some((host) => !after.directories.includes(host))
  const change = { facilitatorId: before.id, leftDirectory, leftFediverse: false }
  await appendChange(trx, { type: 'facilitator-changed', ...change }, now)
}

const selectPublished = (db: Database) =>
  db
    .selectFrom('facilitator')
    .selectAll()
    .where('peer_id', 'is', null)
    .where('state', '=', 'published')

async function findPublished(db: Database, id: string): Promise<Facilitator | undefined> {
  const row = await selectPublished(db).where('id', '=', id).executeTakeFirst()
  return row && toFacilitator(row)
}
