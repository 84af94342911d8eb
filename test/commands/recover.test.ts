import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { findCafeDocument, saveCafeDocument } from '../../node/store/cafes/cafe-documents.ts'
import { answerRecovery, listRecoveries } from '../../node/store/directory/recoveries.ts'
import { enqueueTask } from '../../node/store/queues/tasks.ts'
import { CAFE, until } from '../support/network.ts'
import { type ProgramPair, startProgramPair } from '../support/program-pair.ts'
import { startRemotePeer } from '../support/remote-peer.ts'

/** A place has lost all its data and has no backup; its directory has what it signed. */

let pair: ProgramPair
beforeAll(async () => {
  pair = await startProgramPair()
}, 90_000)
afterAll(() => pair.close())

const ACTIVITY = 'application/activity+json'
const read = async (url: string) => {
  const response = await fetch(url, { headers: { accept: ACTIVITY } })
  return { status: response.status, json: response.ok ? await response.json() : undefined }
}
type Key = { id: string; controller: string; expires?: string }
const keysAtHub = async (): Promise<Key[]> => {
  const { json } = await read(`${pair.hub.origin}/registry.json`)
  const { items } = json as { items: Key[] }
  return items.filter(({ controller }) => controller === `${pair.place.origin}/actors/cafes`)
}

/** Serves a picture for each address, in the colour of its name; returns the origin. */
async function servePictures(): Promise<string> {
  const server = createServer(async ({ url }, response) => {
    const background = url?.includes('tasse') ? '#aa3355' : '#3355aa'
    const bytes = await sharp({ create: { width: 900, height: 600, channels: 3, background } })
      .jpeg()
      .toBuffer()
    response.writeHead(200, { 'Content-Type': 'image/jpeg' }).end(bytes)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('a place without a backup gets its cafés back from its directory, at the same addresses and signed by new keys', {
  timeout: 300_000,
}, async () => {
  const { hub, place, call, publish, titlesAtHub, untilListed } = pair
  const pictures = await servePictures()
  const image = { url: `${pictures}/tasse.jpg`, alt: 'Une tasse' }
  const { json: pictured } = await call('POST', '/cafes', {
    ...CAFE,
    title: 'Un premier café',
    image,
  })
  const first = String(pictured.id)
  const lost = { url: `${pictures}/perdue.jpg`, alt: 'Personne ne l’a' }
  await call('POST', '/cafes', { ...CAFE, title: 'Sans son image', image: lost })
  const cancelled = await publish('Un café annulé')
  const gone = await publish('Un café supprimé')
  await call('POST', `${new URL(cancelled).pathname}/cancel`, { reason: 'Panne' })
  await call('DELETE', new URL(gone).pathname)
  await call('POST', '/cafes', {
    title: 'Un brouillon',
    startsAt: '2031-01-01T10:00:00',
    publish: false,
  })
  await untilListed('Un premier café')
  await until(async () => {
    const { json } = await read(`${hub.origin}/api/v1/cafes?id=${encodeURIComponent(cancelled)}`)
    return (json as { status?: string } | undefined)?.status === 'cancelled'
  })
  const imageAtHub = async () => {
    const { json } = await read(`${hub.origin}/api/v1/cafes?id=${encodeURIComponent(first)}`)
    return (json as { image: { url: string; alt: string } | null }).image
  }
  await until(async () => (await imageAtHub()) !== null, { what: 'the copy of the picture' })
  expect(await imageAtHub()).toMatchObject({ alt: 'Une tasse' })
  const loseCopy = () =>
    hub.within(async (db) => {
      const ofLost = db.selectFrom('cafe').select('id').where('title', '=', 'Sans son image')
      const { numDeletedRows } = await db
        .deleteFrom('cafe_picture')
        .where('cafe_id', 'in', ofLost)
        .where('small', 'is not', null)
        .executeTakeFirst()
      return numDeletedRows > 0n
    })
  await until(loseCopy, { what: 'the copy that is lost' })
  // The restart clears two waiting times: that of five minutes between readings of an account's keys, and that of a
  // host which does not answer.
  await hub.stop()
  await hub.start()
  await until(
    () =>
      hub.within(async (db) => {
        const at = Temporal.Now.instant().add({ seconds: 30 }).toString()
        const tasks = await db.selectFrom('task').select('id').where('due_at', '<=', at).execute()
        const deliveries = await db.selectFrom('delivery').select('id').execute()
        return tasks.length + deliveries.length === 0
      }),
    { what: 'rest' },
  )
  // A person follows the place from another server, which its directory learns.
  const fans = await startRemotePeer(1)
  onTestFinished(() => fans.close())
  const fan = fans.addActor('camille', {
    type: 'Person',
    endpoints: { sharedInbox: `${fans.origin}/inbox` },
  })
  await fans.send(fan, `${place.origin}/inbox`, {
    ...{ '@context': 'https://www.w3.org/ns/activitystreams', type: 'Follow', actor: fan.uri },
    ...{ id: `${fans.origin}/follows/1`, object: `${place.origin}/actors/cafes` },
  })
  await until(() => fans.activitiesOf('Accept').length > 0, { what: 'the Accept' })
  await hub.within(async (db) => {
    const { id } = await db.selectFrom('peer').select('id').executeTakeFirstOrThrow()
    await enqueueTask(db, { kind: 'follower-servers', subject: id }, Temporal.Now.instant())
  })
  await hub.stop()
  await hub.start()
  const readServers = () =>
    hub.within((db) => db.selectFrom('follower_server').select('inbox').execute())
  await until(async () => (await readServers()).length > 0, { what: 'the servers' })
  expect(await readServers()).toEqual([{ inbox: `${fans.origin}/inbox` }])
  const before = await read(first)
  const [formerKey] = await keysAtHub()
  expect(await place.command('recover', hub.origin)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Ce site a déjà des cafés'),
  })

  await place.lose()
  const unknown = await place.command('recover', 'pas une adresse')
  expect(unknown).toMatchObject({ code: 1 })
  const recovered = await place.command('recover', hub.origin)
  expect(recovered).toMatchObject({ code: 0 })
  expect(recovered.stdout).toMatch(/^3\scafés sont revenus de 127\.0\.0\.1:\d+, dont 3 à venir/)
  expect(recovered.stdout).toMatch(/\n1\scafé a de nouveau son image, en petit/)
  expect(recovered.stdout).toMatch(/ {2}les images de 1\scafé : choisissez/)
  expect(recovered.stdout).toContain('les profils des personnes')
  await place.start()
  await pair.renewToken()
  const titles = ((await call('GET', '/cafes?limit=100')).json.items as { title: string }[]).map(
    ({ title }) => title,
  )
  expect(titles.sort()).toEqual(['Sans son image', 'Un café annulé', 'Un premier café'])
  expect((await read(gone)).status).toBe(404)

  await until(
    async () => {
      const { json } = await read(first)
      const { proof } = json as { proof: { verificationMethod: string } }
      return proof.verificationMethod !== formerKey?.id
    },
    { what: 'the new signature' },
  )
  const after = await read(first)
  expect(after.json).toMatchObject({
    ...{ id: first, name: 'Un premier café', type: 'Event' },
    ...{ startTime: (before.json as { startTime: string }).startTime },
    location: { address: { postalCode: '26150' } },
    attachment: [expect.objectContaining({ type: 'Image', name: 'Une tasse' }), expect.anything()],
  })
  const [shown] = (after.json as { attachment: { url: string }[] }).attachment
  const bytes = Buffer.from(await (await fetch(shown?.url ?? '')).arrayBuffer())
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 1200, height: 630 })
  const page = await (await fetch(first)).text()
  expect(page).toMatch(/<img class="photo [^>]*alt="Une tasse"/)
  expect((await read(cancelled)).json).toMatchObject({ id: cancelled })

  // The servers that knew the former keys accept the new ones, which state their date.
  const readFollowings = () =>
    place.within((db) => db.selectFrom('following').select('state').execute())
  await until(async () => (await readFollowings()).some(({ state }) => state === 'accepted'), {
    ...{ within: 60_000, what: 'the membership' },
  })
  const next = await publish('Le suivant')
  await untilListed('Le suivant', 60_000)
  expect((await titlesAtHub()).filter((title) => title === 'Un premier café')).toHaveLength(1)
  expect(fans.activitiesOf('Update')).toEqual([])
  const listAsked = () => hub.within((db) => listRecoveries(db))
  await until(async () => (await listAsked()).length > 0, {
    ...{ within: 90_000, what: 'the question to the team' },
  })
  await hub.within(async (db) => {
    const [asked] = await listRecoveries(db)
    const peerId = asked?.peerId ?? ''
    await answerRecovery(db, { peerId, answer: 'granted' }, Temporal.Now.instant())
  })
  await place.stop()
  await place.start()
  await until(() => fans.activitiesOf('Update').length > 0, {
    ...{ within: 60_000, what: 'the Update of the account' },
  })
  const [told] = fans.activitiesOf('Update')
  expect(told?.json).toMatchObject({
    object: { id: `${place.origin}/actors/cafes`, type: 'Group' },
  })
  await publish('Pour les abonnés')
  await until(
    () => fans.activitiesOf('Create').some(({ text }) => text.includes('Pour les abonnés')),
    {
      what: 'the café at the follower’s server',
    },
  )
  expect((await read(next)).status).toBe(200)
  await until(async () => (await keysAtHub()).length === 2, { what: 'both keys' })
  const keys = await keysAtHub()
  expect(keys.find(({ id }) => id === formerKey?.id)?.expires).toBeDefined()
  expect(keys.find(({ id }) => id !== formerKey?.id)?.expires).toBeUndefined()
})

test('nothing is taken from a server that is no directory, nor what this site has not signed', {
  timeout: 60_000,
}, async () => {
  const { hub, place } = pair
  const altered = await hub.within(async (db) => {
    const [document] = await db
      .selectFrom('cafe')
      .select('uri')
      .where('title', '=', 'Le suivant')
      .execute()
    const body = await findCafeDocument(db, document?.uri ?? '')
    await saveCafeDocument(db, {
      uri: document?.uri ?? '',
      body: body?.replace('Le suivant', 'Le suivent') ?? '',
    })
    return document?.uri ?? ''
  })
  await place.lose()
  // Of two commands that start at once, one runs and the other one is refused.
  const both = await Promise.all([
    place.command('recover', hub.origin),
    place.command('recover', hub.origin),
  ])
  const [done, refused] = both.toSorted((one, other) => Number(one.code) - Number(other.code))
  expect([done?.code, refused?.code]).toEqual([0, 1])
  expect(refused?.stderr).toContain('Ce site a déjà des cafés')
  expect(done?.stdout).toMatch(
    /^4\scafés sont revenus .*\n1\stexte n’est pas repris : sa signature ne vaut pas\./,
  )
  await place.start()
  expect((await read(altered)).status).toBe(404)
  await place.lose()
  expect(await place.command('recover', 'http://127.0.0.1:1')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/ne répond pas comme un annuaire/),
  })
})
