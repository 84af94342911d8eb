import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runOffers } from '../../node/jobs/registrations/run-offers.ts'
import { findCafe, findCafeByUri } from '../../node/store/cafes/cafes.ts'
import { retryDeliveries } from '../../node/store/queues/failed-deliveries.ts'
import { listRegistrations } from '../../node/store/registrations/registrations.ts'
import { endRegistration, shareSeats } from '../../node/store/registrations/seats.ts'
import { signInByLink } from '../support/admin.ts'
import { isOnPostgres } from '../support/database.ts'
import { times } from '../support/full.ts'
import { CAFE, until } from '../support/network.ts'
import { prepareServer, type ServerProcess } from '../support/server-process.ts'

const ROUNDS = times(isOnPostgres ? 4 : 8, 20)

let folder: string
let hub: ServerProcess
let node: ServerProcess

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cafe-ia-crash-'))
  hub = await prepareServer({ role: 'hub', folder })
  const invitation = await hub.invite()
  node = await prepareServer({
    role: 'node',

    folder,
    hub: `${hub.origin}/?invitation=${invitation}`,
    // On PostgreSQL two processes answer requests and two do the jobs, behind one address.
    kinds: isOnPostgres ? ['web', 'worker', 'web', 'worker'] : ['all'],
  })
  await hub.start()
  await node.start()
}, 120_000)
afterAll(async () => {
  await Promise.allSettled([hub.remove(), node.remove()])
  await rm(folder, { recursive: true, force: true })
})

/** The cafés that the node accepted, with the title if a change of it was accepted. */
const granted = new Map<string, string | undefined>()

/** Announces one café after the other and changes every third, until it is stopped; failed calls do not count. */
function publishAll(): { stop: () => Promise<void> } {
  let stopped = false
  const work = async () => {
    for (let i = 0; !stopped; i++) {
      const title = `Café IA nº ${granted.size}-${i}`
      const created = await call('POST', '/cafes', { ...CAFE, title }).catch(() => undefined)
      if (created?.status === 201) {
        const uri = String(created.json.id)
        granted.set(uri, title)
        if (i % 3 === 0) await change(uri, `${title}, corrigé`)
      }
      await pause(created ? 40 : 100)
    }
  }
  const working = work()
  return {
    stop: () => {
      stopped = true
      return working
    },
  }
}

async function change(uri: string, title: string): Promise<void> {
  // Until the answer arrives, either title may be the stored one.
  granted.set(uri, undefined)
  const path = `/cafes/${uri.split('/').at(-1)}`
  const changed = await call('PUT', path, { ...CAFE, title }).catch(() => undefined)
  if (changed?.status === 200) granted.set(uri, title)
}

async function call(method: string, path: string, body: unknown) {
  const response = await fetch(`${node.origin}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${node.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(5_000),
  })
  return { status: response.status, json: (await response.json()) as Record<string, unknown> }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

test('many kill -9, of every process in turn: what was granted is there once, here and at the directory', {
  timeout: 400_000,
}, async () => {
  await hub.withDatabase((db) =>
    until(() => isJoined(db), { within: 60_000, what: 'the membership' }),
  )
  const publishing = publishAll()
  const victims = [...node.processes, ...hub.processes]
  for (let round = 0; round < ROUNDS; round++) {
    const victim = victims[round % victims.length]
    // The process is killed from its first moments to its middle, while it reads peers, delivers, or saves a page.
    await pause(100 + ((round * 137) % 500))
    await victim?.kill()
    await victim?.start()
  }
  await publishing.stop()
  expect(granted.size).toBeGreaterThan(ROUNDS)

  await settle()
  await checkEverything()
})

test('SIGTERM in the middle ends within ten seconds, by itself, and loses nothing', {
  timeout: 180_000,
}, async () => {
  for (const victim of [node, hub]) {
    const publishing = publishAll()
    await pause(600)
    const { code, milliseconds } = await victim.terminate()
    expect(code).toBe(0)
    expect(milliseconds).toBeLessThan(10_000)
    await victim.start()
    await publishing.stop()
  }
  await settle()
  await checkEverything()
})

test('of two hundred who are noted for twelve seats, with kill -9 of each process in the middle, twelve come', {
  timeout: 180_000,
}, async () => {
  const registration = { mode: 'local', capacity: 12 }
  const { json } = await call('POST', '/cafes', { ...CAFE, title: 'Douze places', registration })
  const id = String(json.id).split('/').at(-1) ?? ''
  const path = `/administration/cafes/${id}/inscrits`
  await node.withDatabase(async (db) => {
    const context = { db, config: node.config, now: () => Temporal.Now.instant() }
    const team = await signInByLink({
      origin: node.origin,
      context: context as Parameters<typeof signInByLink>[0]['context'],
    })
    const page = await team.get(path)
    let left = 200
    /** Asks again until there is an answer: who was noted before is known then (422). */
    const add = async () => {
      while (left > 0) {
        const number = left--
        const contact = `p${number}@mail.example`
        const fields = { prenom: `Personne ${number}`, places: '1', contact }
        for (;;) {
          const answer = await team.submit(page, path, fields).catch(() => undefined)
          if (answer?.status === 303 || answer?.status === 422) break
          await pause(100)
        }
      }
    }
    const adding = Promise.all(Array.from({ length: 16 }, add))
    for (const victim of node.processes) {
      await pause(300)
      await victim.kill()
      await victim.start()
    }
    await adding
    const all = await listRegistrations(db, id)
    expect(new Set(all.map(({ email }) => email)).size).toBe(200)
    const states = all.map(({ state }) => state)
    expect(states).toEqual([...Array(12).fill('confirmed'), ...Array(188).fill('waiting')])
    expect((await findCafe(db, id))?.registration.seatsLeft).toBe(0)
    // The seats of three who do not come go to the three who have waited longest, whichever of two workers is first.
    for (const one of all.slice(0, 3))
      await shareSeats(context, id, (seating) => endRegistration(seating, one))
    const workers = node.processes.map(() => runOffers({ ...context, wake: () => undefined }))
    await Promise.all(workers)
    const offered = (await listRegistrations(db, id)).filter(({ state }) => state === 'offered')
    expect(offered.map(({ rank }) => rank)).toEqual(all.slice(12, 15).map(({ rank }) => rank))
  })
})

async function isJoined(db: Db): Promise<boolean> {
  const peer = await db.selectFrom('peer').select('backfilled_at').executeTakeFirst()
  return typeof peer?.backfilled_at === 'string'
}

/**
 * Retries at once the deliveries that failed while the other server was down, as « Réessayer » of the administration
 * does.
 */
async function settle(): Promise<void> {
  const servers = [node, hub]
  for (const [from, to] of [servers, servers.toReversed()])
    await from?.withDatabase((db) =>
      retryDeliveries(db, new URL(to?.origin ?? '').host, Temporal.Now.instant()),
    )
  // Each database is opened once: opening it for each question takes longer than what is waited for.
  await node.withDatabase((here) =>
    hub.withDatabase(async (there) => {
      const isQuiet = async () =>
        (await Promise.all([here, there].map(countWaiting))).every((waiting) => waiting === 0)
      // The leases of a killed worker end after a minute.
      await until(isQuiet, { within: 150_000, what: 'the last delivery' })
    }),
  )
}

/** Counts changes that are not passed on yet, and deliveries that are pending. */
async function countWaiting(db: Db): Promise<number> {
  const changes = db.selectFrom('change').select('id').where('done_at', 'is', null)
  const deliveries = db.selectFrom('delivery').select('id')
  return (await changes.execute()).length + (await deliveries.execute()).length
}

async function checkEverything(): Promise<void> {
  const here = await node.withDatabase(async (db) => ({
    uris: await publishedUris(db),
    creates: await idsOf(db, 'Create'),
    updates: await idsOf(db, 'Update'),
    accepts: await idsOf(db, 'Accept'),
    damage: await findDamage(db),
  }))
  expect(here.damage).toEqual([])
  expect([...granted.keys()].filter((uri) => !here.uris.includes(uri))).toEqual([])
  // Each change is passed on exactly once, whatever process was killed meanwhile.
  expect(here.creates).toHaveLength(here.uris.length)

  await hub.withDatabase(async (db) => {
    expect(await findDamage(db)).toEqual([])
    const listed = await publishedUris(db)
    expect(here.uris.filter((uri) => !listed.includes(uri))).toEqual([])
    expect(listed).toHaveLength(here.uris.length)
    for (const [uri, title] of granted)
      if (title !== undefined) expect((await findCafeByUri(db, uri))?.title).toBe(title)
    const seen = await db
      .selectFrom('seen')
      .select('activity_id')
      .where('actor', '=', `${node.origin}/actors/cafes`)
      .execute()
    const received = seen.map(({ activity_id }) => activity_id).sort()
    // The directory asks the place for its agreement to be listed, and the place accepts.
    const said = [...here.creates, ...here.updates, ...here.accepts]
    // `cafes` says nothing that may repeat, so that none of these is the signature of a request.
    expect(received).toEqual(said.toSorted())
    // Each café was announced by the same number of feeds as the first one, whatever process was killed.
    const announced = await db.selectFrom('announced').select(['object_uri', 'actor']).execute()
    const feeds = Map.groupBy(announced, ({ object_uri }) => object_uri)
    expect([...feeds.keys()].filter((uri) => !here.uris.includes(uri))).toEqual([])
    const [some = []] = feeds.values()
    for (const [uri, rows] of feeds) expect([uri, rows.length]).toEqual([uri, some.length])
  })
}

/** Returns the faults of SQLite's check. PostgreSQL checks its pages itself. */
async function findDamage(db: Db): Promise<string[]> {
  if (isOnPostgres) return []
  const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db)
  return rows.map(({ integrity_check }) => integrity_check).filter((found) => found !== 'ok')
}

type Db = Parameters<Parameters<ServerProcess['withDatabase']>[0]>[0]

const publishedUris = async (db: Db): Promise<string[]> => {
  const rows = await db
    .selectFrom('cafe')
    .select('uri')
    .where('publication', '=', 'published')
    .orderBy('uri')
    .execute()
  return rows.map(({ uri }) => uri)
}

const idsOf = async (db: Db, type: 'Create' | 'Update' | 'Accept'): Promise<string[]> => {
  const rows = await db
    .selectFrom('activity')
    .select('id')
    .where('type', '=', type)
    .where('actor', '=', 'cafes')
    .execute()
  return rows.map(({ id }) => id)
}
