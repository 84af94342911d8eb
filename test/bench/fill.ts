import { generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { toEvent } from '../../federation/wire/event.ts'
import { addProof } from '../../federation/wire/proof.ts'
import { actorUri, CAFES } from '../../federation/wire/uris.ts'
import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { saveCafeDocument } from '../../node/store/cafes/cafe-documents.ts'
import { saveCafe } from '../../node/store/cafes/cafes.ts'
import { withoutPassword } from '../../node/store/database/address.ts'
import type { OpenDatabase } from '../../node/store/database/database.ts'
import { findSetting, saveSetting } from '../../node/store/database/settings.ts'
import { upsertPeer } from '../../node/store/directory/peers.ts'
import { setMembership } from '../../node/store/memberships.ts'
import { openDatabase } from '../../node/store/open-database.ts'
import { archivePastCafes } from '../../node/store/search/archive.ts'
import { insertOrganization } from '../../node/store/structures/organizations.ts'
import { recountStatistics } from '../../node/store/territories/recount-statistics.ts'
import { createCorpus, type Sender } from './corpus.ts'
import { hasCafes, setMuchMemory, settleFile } from './store.ts'
import { createProgress } from './table.ts'

/** The number of cafés per server, and the most servers. */
const CAFES_PER_SENDER = 20
const SENDERS_MAX = 2000
const BATCH = 2000

/** The origin in a folder that is used again; addresses of cafés cannot change. */
export const SAVED_ORIGIN = 'http://127.0.0.1:4999'

export type Filled = {
  db: OpenDatabase
  /** The address of the file or of PostgreSQL. */
  address: string
  /** Cafés written per second; undefined when they were there already. */
  perSecond: number | undefined
}

/**
 * Opens a database with so many cafés and their signed texts. They are made in `folder` or at `database`, unless they
 * are there from a former run.
 */
export async function fillDatabase(
  folder: string,
  {
    cafes,
    now,
    ownOnly = false,
    database,
  }: {
    cafes: number
    now: Temporal.Instant
    /** Makes the own cafés of a place; otherwise those that a directory has received. */
    ownOnly?: boolean
    /** The address of PostgreSQL, `postgres://…`. */
    database?: string | undefined
  },
): Promise<Filled> {
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 })
  const address = database ?? join(folder, 'cafe-ia.sqlite')
  const db = await openDatabase(address)
  const known = await findSetting(db, 'bench_cafes')
  if (known === String(cafes)) return { db, address, perSecond: undefined }
  if (known !== undefined || (await hasCafes(db)))
    throw new Error(`${withoutPassword(address)} holds other cafés: give an empty one`)
  const organizationId = 'bench'
  await insertOrganization(db, { id: organizationId, slug: 'annuaire', name: 'Annuaire' }, now)
  const servers = ownOnly ? 0 : Math.ceil(cafes / CAFES_PER_SENDER)
  const senders = await addSenders(db, servers, now)
  await setMuchMemory(db, true)
  // Past cafés are written to the archive at once, where the nightly task would move them.
  await archivePastCafes(db, now)
  const progress = createProgress('cafés', cafes)
  const began = performance.now()
  const signed = createSigner()
  const { cafes: made } = createCorpus({ cafes, now, organizationId, senders })
  for (let done = 0; done < cafes; done += BATCH) {
    await db.transaction().execute(async (trx) => {
      for (let each = 0; each < BATCH; each++) {
        const { value } = made.next()
        if (!value) continue
        await saveCafe(trx, value)
        await saveCafeDocument(trx, { uri: value.uri, body: signed(value) })
      }
    })
    progress.reach(Math.min(cafes, done + BATCH))
  }
  progress.end()
  const perSecond = (cafes * 1000) / (performance.now() - began)
  await archivePastCafes(db, now)
  // The statistics are counted as after the first hour: pages of a directory with many cafés read stored counts.
  await recountStatistics(db, { now, isOurs: false })
  await setMuchMemory(db, false)
  await settleFile(db)
  await saveSetting(db, 'bench_cafes', String(cafes))
  return { db, address, perSecond }
}

/**
 * Returns a function that makes the Event of a café as its server would have signed it, under the id that the café has
 * there, when it was changed last; all have one key.
 */
function createSigner(): (cafe: Cafe) => string {
  const { privateKey } = generateKeyPairSync('ed25519')
  return (cafe) => {
    const { origin } = new URL(cafe.uri)
    const id = cafe.uri.slice(cafe.uri.lastIndexOf('/') + 1)
    const verificationMethod = `${actorUri(origin, CAFES)}#ed25519-key`
    const event = toEvent({ ...cafe, id }, origin)
    return JSON.stringify(addProof(event, { privateKey, verificationMethod }, cafe.updatedAt))
  }
}

async function addSenders(
  db: OpenDatabase,
  count: number,
  now: Temporal.Instant,
): Promise<Sender[]> {
  const senders: Sender[] = []
  for (let number = 0; number < Math.min(count, SENDERS_MAX); number++) {
    const origin = `https://lieu-${number}.example`
    const name = `Lieu ${number}`
    const peer = await upsertPeer(db, { actorUri: `${origin}/actors/instance`, name })
    await setMembership(db, peer.id, 'member', now)
    senders.push({ peerId: peer.id, origin, name })
  }
  return senders
}
