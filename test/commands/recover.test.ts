import { afterAll, beforeAll, expect, test } from 'vitest'
import { findCafeDocument, saveCafeDocument } from '../../node/store/cafes/cafe-documents.ts'
import { until } from '../support/network.ts'
import { type ProgramPair, startProgramPair } from '../support/program-pair.ts'

/** A place that lost everything and has no backup: its directory has what it signed. */

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

test('has its cafés again at their former addresses, signed by new keys that others believe', {
  timeout: 150_000,
}, async () => {
  const { hub, place, call, publish, titlesAtHub } = pair
  const first = await publish('Un premier café')
  const cancelled = await publish('Un café annulé')
  const gone = await publish('Un café supprimé')
  await call('POST', `${new URL(cancelled).pathname}/cancel`, { reason: 'Panne' })
  await call('DELETE', new URL(gone).pathname)
  await call('POST', '/cafes', {
    title: 'Un brouillon',
    startsAt: '2031-01-01T10:00:00',
    publish: false,
  })
  await until(async () => (await titlesAtHub()).includes('Un premier café'), { what: 'the cafés' })
  await until(async () => {
    const { json } = await read(`${hub.origin}/api/v1/cafes?id=${encodeURIComponent(cancelled)}`)
    return (json as { status?: string } | undefined)?.status === 'cancelled'
  })
  // An account is asked for its keys once in five minutes, and a machine that is gone is left alone for a while.
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
  expect(recovered.stdout).toMatch(/^2\scafés sont revenus de 127\.0\.0\.1:\d+, dont 2 à venir/)
  expect(recovered.stdout).toContain('les profils des personnes')
  await place.start()
  await pair.renewToken()
  const titles = ((await call('GET', '/cafes?limit=100')).json.items as { title: string }[]).map(
    ({ title }) => title,
  )
  expect(titles.sort()).toEqual(['Un café annulé', 'Un premier café'])
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
  })
  expect((await read(cancelled)).json).toMatchObject({ id: cancelled })

  // Whoever knew the site by its former keys hears it by the new ones, which are dated beside them.
  const readFollowings = () =>
    place.within((db) => db.selectFrom('following').select('state').execute())
  await until(async () => (await readFollowings()).some(({ state }) => state === 'accepted'), {
    ...{ within: 60_000, what: 'the membership' },
  })
  const next = await publish('Le suivant')
  await until(async () => (await titlesAtHub()).includes('Le suivant'), {
    ...{ within: 60_000, what: 'the next café' },
  })
  expect((await titlesAtHub()).filter((title) => title === 'Un premier café')).toHaveLength(1)
  expect((await read(next)).status).toBe(200)
  await until(async () => (await keysAtHub()).length === 2, { what: 'both keys' })
  const keys = await keysAtHub()
  expect(keys.find(({ id }) => id === formerKey?.id)?.expires).toBeDefined()
  expect(keys.find(({ id }) => id !== formerKey?.id)?.expires).toBeUndefined()
})

test('takes nothing from who is no directory, nor what this site has not signed', {
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
  expect((await place.command('recover', hub.origin)).stdout).toMatch(
    /^2\scafés sont revenus .*\n1\stexte n’est pas repris : sa signature ne vaut pas\./,
  )
  await place.start()
  expect((await read(altered)).status).toBe(404)
  await place.lose()
  expect(await place.command('recover', 'http://127.0.0.1:1')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/ne répond pas comme un annuaire/),
  })
})
