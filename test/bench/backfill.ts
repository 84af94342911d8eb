import { join } from 'node:path'
import { createKeyRing } from '../../federation/actors/keys.ts'
import { publicActivity } from '../../federation/wire/activities.ts'
import { toEvent } from '../../federation/wire/event.ts'
import { addProof } from '../../federation/wire/proof.ts'
import { actorUri, CAFES, INSTANCE } from '../../federation/wire/uris.ts'
import { readConfig } from '../../node/config.ts'
import { saveCafeDocument } from '../../node/store/cafes/cafe-documents.ts'
import { saveCafe } from '../../node/store/cafes/cafes.ts'
import type { OpenDatabase } from '../../node/store/database/database.ts'
import { upsertPeer } from '../../node/store/directory/peers.ts'
import { setFollowing, setMembership } from '../../node/store/memberships.ts'
import { openDatabase } from '../../node/store/open-database.ts'
import { insertActivity } from '../../node/store/queues/activities.ts'
import { enqueueTask } from '../../node/store/queues/tasks.ts'
import { insertOrganization } from '../../node/store/structures/organizations.ts'
import { createCorpus } from './corpus.ts'
import type { Gauge } from './helpers.ts'
import { formatNumber, megabytes } from './measures.ts'
import { type Helper, startHelper } from './processes.ts'
import { databaseOf, report, type Settings, settingsOf, until, withStage } from './stage.ts'
import { setMuchMemory } from './store.ts'
import { countRows } from './store-floors.ts'
import { createProgress, machineText, markdownTable } from './table.ts'

export type BackfillBench = { cafes: number }

/**
 * Measures how a directory reads all of one place over HTTP: the coming cafés, then the outbox. The directory is killed
 * in the middle. Both servers share one processor, and both are counted.
 */
export const benchBackfill = (options: BackfillBench): Promise<void> =>
  withStage((folder, helpers) => run(folder, options, helpers))

async function run(folder: string, { cafes }: BackfillBench, helpers: Helper[]): Promise<void> {
  const place = await settingsOf('node', join(folder, 'place'))
  const hub = await settingsOf('hub', join(folder, 'hub'))
  await fillPlace(place, cafes)
  await admit(hub, place)
  const placeServer = await startHelper('server', { env: place })
  helpers.push(placeServer)
  const read = () => countRows(databaseOf(hub), 'cafe')
  const isDone = () => countRows(databaseOf(hub), 'task') === 0

  report('reading, until it is killed in the middle')
  const first = await startHelper('server', { env: hub })
  helpers.push(first)
  const began = performance.now()
  await until(() => read() >= cafes / 2)
  const half = read()
  const halfSeconds = (performance.now() - began) / 1000
  const gauge = await first.ask<Gauge>('how')
  await first.stop('SIGKILL')

  report('started again')
  const restarted = performance.now()
  const second = await startHelper('server', { env: hub })
  helpers.push(second)
  await until(isDone)
  const restSeconds = (performance.now() - restarted) / 1000
  const after = await second.ask<Gauge>('how')
  const total = read()
  await second.stop()
  await placeServer.stop()
  if (total !== cafes) throw new Error(`${cafes} cafés there, ${total} here`)
  process.stdout.write(
    `${[
      `A directory reads a place with ${cafes.toLocaleString('en')} cafés to come. ${machineText()}`,
      markdownTable(
        ['part', 'cafés', 's', 'cafés/s', 'CPU ms each', 'loop lag p99 ms', 'MB'],
        [
          [
            'first half, then kill -9',
            half.toLocaleString('en'),
            formatNumber(halfSeconds),
            formatNumber(half / halfSeconds),
            formatNumber((gauge.cpuSeconds * 1000) / half),
            formatNumber(gauge.lagP99),
            megabytes(gauge.memory),
          ],
          [
            'the rest, the start included, and the outbox, which says it all again',
            (total - half).toLocaleString('en'),
            formatNumber(restSeconds),
            formatNumber((total - half) / restSeconds),
            formatNumber((after.cpuSeconds * 1000) / Math.max(1, total - half)),
            formatNumber(after.lagP99),
            megabytes(after.memory),
          ],
        ],
      ),
      `Every café is there, once: ${total.toLocaleString('en')}.`,
    ].join('\n\n')}\n`,
  )
}

const GROUP = 500

/** Fills a place with announced cafés of its own, their signed texts and their activities in the outbox. */
async function fillPlace(settings: Settings, cafes: number): Promise<void> {
  const db = await openDatabase(databaseOf(settings))
  const config = readConfig(settings)
  const now = () => Temporal.Now.instant()
  const organization = { id: 'bench', slug: 'cafes', name: 'Le lieu' }
  await insertOrganization(db, organization, now())
  const { signer } = (await createKeyRing({ db, config, now }).keysOf(CAFES)).ed25519
  await setMuchMemory(db, true)
  const progress = createProgress('cafés of the place', cafes)
  const { cafes: made } = createCorpus({
    cafes: cafes * 4,
    now: now(),
    organizationId: organization.id,
    senders: [{ peerId: 'none', origin: config.origin, name: organization.name }],
  })
  for (let done = 0; done < cafes; ) {
    await db.transaction().execute(async (trx) => {
      for (let each = 0; each < GROUP && done < cafes; each++) {
        const { value } = made.next()
        if (!value) throw new Error('the corpus is used up')
        if (Temporal.Instant.compare(value.startsAt, now()) < 0) continue
        const uri = `${config.origin}/cafes/${value.id}`
        const cafe = {
          ...value,
          uri,
          url: uri,
          peerId: undefined,
          organizationId: organization.id,
          organizer: { ...value.organizer, uri: actorUri(config.origin, CAFES) },
          updatedAt: now(),
        }
        const event = addProof(toEvent(cafe, config.origin), signer, now())
        await saveCafe(trx, cafe)
        await saveCafeDocument(trx, { uri, body: JSON.stringify(event) })
        const activity = publicActivity(
          { type: 'Create', actor: CAFES, objectUri: uri, object: event },
          { origin: config.origin, signer, now: now() },
        )
        await insertActivity(trx, { ...activity, actor: CAFES }, now())
        done++
      }
    })
    progress.reach(done)
  }
  progress.end()
  await db.destroy()
}

/** Stores at the directory that it has just admitted the place and is about to read it. */
async function admit(hub: Settings, place: Settings): Promise<void> {
  const now = Temporal.Now.instant()
  const db: OpenDatabase = await openDatabase(databaseOf(hub))
  const origin = place.CAFE_IA_ORIGIN ?? ''
  const peer = await upsertPeer(db, { actorUri: actorUri(origin, INSTANCE), name: 'Le lieu' })
  await setMembership(db, peer.id, 'member', now)
  await setFollowing(db, peer.id, 'accepted', now)
  await enqueueTask(db, { kind: 'backfill', subject: peer.id }, now)
  await db.destroy()
}
