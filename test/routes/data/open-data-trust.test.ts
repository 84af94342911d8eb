import { afterAll, beforeAll, expect, test } from 'vitest'
import { enqueueChanges } from '../../../federation/delivery/enqueue-changes.ts'
import { createFederation } from '../../../federation/federation.ts'
import type { Services } from '../../../federation/services.ts'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { OPERATOR } from '../../../node/domain/cafes/edit.ts'
import { dump, dumpIfRequested } from '../../../node/jobs/dump.ts'
import { applyBlocks, endBlocks } from '../../../node/store/blocking.ts'
import { saveCafeDocument } from '../../../node/store/cafes/cafe-documents.ts'
import { findOpenData } from '../../../node/store/files/open-data.ts'
import { removePeer, setMembership } from '../../../node/store/memberships.ts'
import { knowCafe, RENNES } from '../../support/known-peer.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

/** The files of open data follow what the team decides about a server; they do not wait for the night. */

let hub: WebServer
let services: Services
let cafe: Cafe
const { signal } = new AbortController()
beforeAll(async () => {
  hub = await startWeb({ role: 'hub' })
  const settings = { version: 'test', signal, woken: () => Promise.resolve() }
  services = createFederation(hub.context, settings).services
  cafe = await knowCafe(hub, { host: 'menteur', place: RENNES }, { title: 'Un café inventé' })
  await saveCafeDocument(hub.context.db, { uri: cafe.uri, body: '{"name":"Un café inventé"}' })
  await dump(hub.context)
})
afterAll(async () => {
  await services?.egress.close()
  await hub?.stop()
})

const FILES = ['cafes-ia.csv', 'cafes-ia.geojson', 'cafes-ia.ndjson']

/** Lists the files that name the café once the workers have done what waits for them. */
async function listFilesThatNameIt(): Promise<string[]> {
  hub.advance({ minutes: 1 })
  await enqueueChanges(hub.context, services)
  hub.advance({ minutes: 14 })
  await dumpIfRequested(hub.context, signal)
  const named = await Promise.all(
    FILES.map(async (name) => {
      const answer = await fetch(`${hub.origin}/donnees-ouvertes/${name}`)
      return (await answer.text()).includes('Un café inventé') ? [name] : []
    }),
  )
  return named.flat()
}

const decide = async (how: (peerId: string) => Promise<unknown>) => {
  hub.advance({ minutes: 1 })
  await how(cafe.peerId ?? '')
}

test('cafés of a server that the team shows out leave the files, and return with it', async () => {
  const { db, now } = hub.context
  expect(await listFilesThatNameIt()).toEqual(FILES)
  await decide((peerId) => removePeer(db, { peerId, reason: 'Des cafés inventés' }, now()))
  expect(await listFilesThatNameIt()).toEqual([])
  await decide((peerId) => setMembership(db, peerId, 'member', now()))
  expect(await listFilesThatNameIt()).toEqual(FILES)
})

test('cafés of a domain that the team blocks leave the files, and return with it', async () => {
  const { db, now } = hub.context
  const target = 'menteur.example'
  const decided = { by: OPERATOR, isDirectory: true }
  await decide(() =>
    applyBlocks(db, { ...decided, blocks: [{ target, reason: 'Des cafés inventés' }] }, now()),
  )
  expect(await listFilesThatNameIt()).toEqual([])
  await decide(() => endBlocks(db, { ...decided, targets: [target] }, now()))
  expect(await listFilesThatNameIt()).toEqual(FILES)
})

test('a server that loses and regains trust again and again has the files made every fifteen minutes at most', async () => {
  const { db, now } = hub.context
  const editions = new Set<string>()
  for (let minute = 0; minute < 30; minute++) {
    await decide((peerId) => setMembership(db, peerId, minute % 2 === 0 ? 'left' : 'member', now()))
    await enqueueChanges(hub.context, services)
    await dumpIfRequested(hub.context, signal)
    editions.add(String((await findOpenData(hub.context))?.createdAt))
  }
  expect(editions.size).toBe(3)
})
