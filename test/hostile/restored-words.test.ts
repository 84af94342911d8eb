import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Json } from '../../federation/wire/json.ts'
import { OPERATOR } from '../../node/domain/cafes/edit.ts'
import { declareNetwork, findNetwork } from '../../node/store/networks/networks.ts'
import { findSiteProfile } from '../../node/store/structures/profiles.ts'
import { findSiteStructure } from '../../node/store/structures/site-structure.ts'
import { LATER, minutesAgo, type RestoredPlace, startRestoredPlace } from './kit/restored-place.ts'

/** A lying directory gives words of a structure and its networks to their restored place. */

let restored: RestoredPlace
beforeAll(async () => {
  restored = await startRestoredPlace()
}, 30_000)
afterAll(() => restored.close())

test('cannot speak for the structure, its networks or another directory', async () => {
  const { place, liar, ask, page, signAs } = restored
  const { db, now } = place.context
  const [cafes, instance] = ['cafes', 'instance'].map((name) => `${place.origin}/actors/${name}`)
  const group = { id: cafes, type: 'Group', name: 'Cafés IA – Faux', summary: '' }
  const network = { type: 'Organization', name: 'Faux', attributedTo: instance }
  const mine = { ...network, id: `${place.origin}/reseaux/faux` }
  const at = minutesAgo(2)
  const dated = (document: Json) => ({ ...document, updated: at.toString() })
  const later = { ...dated(mine), updated: LATER }
  const before = await findSiteProfile(db)
  const forged = [
    dated(group),
    await signAs('instance', dated(group), at),
    await signAs('cafes', dated(mine), at),
    await signAs('instance', later, at),
    await signAs('instance', dated({ ...network, id: `${liar.origin}/reseaux/x` }), at),
    { ...(await signAs('instance', dated(mine), at)), name: 'Autre' },
    { id: 'https://autre.example/attestations/1', type: 'Relationship' },
  ]
  const outcome = await ask(page(() => forged))
  expect(outcome).toMatchObject({ state: 'answered', words: 0, aside: 0 })
  expect(await findSiteProfile(db)).toEqual(before)
  expect(await findNetwork(db, { slug: 'faux' })).toBeUndefined()
  // It does give back what this place has signed.
  const lost = await signAs('instance', dated(mine), at)
  expect(await ask(page(() => [lost, lost]))).toMatchObject({ words: 1, refused: 0 })
  expect((await findNetwork(db, { slug: 'faux' }))?.name).toBe('Faux')
  const said = { actor: instance, published: minutesAgo(1).toString() }
  const end = { ...said, type: 'Delete', object: { id: mine.id, type: 'Tombstone' } }
  const wrong = { ...end, actor: cafes }
  const ends = [await signAs('cafes', wrong, now()), await signAs('instance', end, now())]
  expect(await ask(page(() => ends.slice(0, 1)))).toMatchObject({ words: 0 })
  expect(await ask(page(() => ends))).toMatchObject({ words: 1 })
  expect(await findNetwork(db, { slug: 'faux' })).toBeUndefined()
})

test('cannot end a network that was made anew since the restore, or by what is older than the backup', async () => {
  const { place, ask, page, signAs } = restored
  const { db, now } = place.context
  const { origin } = place
  const instance = `${origin}/actors/instance`
  const organization = await findSiteStructure(db)
  const home = { organizationId: organization?.id ?? '', origin, actorUri: instance }
  const declare = (name: string, at: Temporal.Instant) => {
    const description = { name, presentation: '', website: undefined }
    return declareNetwork(db, { description, home, by: OPERATOR }, at)
  }
  const endOf = (uri: string, at: Temporal.Instant) => {
    const said = { actor: instance, type: 'Delete', published: at.toString() }
    return signAs('instance', { ...said, object: { id: uri, type: 'Tombstone' } }, at)
  }
  const isThere = async (slug: string) => (await findNetwork(db, { slug })) !== undefined
  const DAY = 24 * 60
  const { uri } = await declare('Ancien', minutesAgo(3 * DAY))
  await ask((response) => response.writeHead(500).end())
  const anew = await declare('Nouveau', now())
  const ends = [await endOf(anew.uri, minutesAgo(1)), await endOf(uri, minutesAgo(2 * DAY))]
  expect(await ask(page(() => ends))).toMatchObject({ state: 'answered', words: 0, aside: 0 })
  expect([await isThere('nouveau'), await isThere('ancien')]).toEqual([true, true])
  const lost = await endOf(uri, minutesAgo(1))
  expect(await ask(page(() => [lost]))).toMatchObject({ words: 1 })
  expect([await isThere('nouveau'), await isThere('ancien')]).toEqual([true, false])
})

test('cannot put an earlier word in the place of a later one, in whatever order they come', async () => {
  const { place, ask, page, signAs } = restored
  const instance = `${place.origin}/actors/instance`
  const say = (name: string, minutes: number) => {
    const at = minutesAgo(minutes)
    const network = { id: `${place.origin}/reseaux/deux`, type: 'Organization', name }
    const said = { ...network, attributedTo: instance, updated: at.toString() }
    return signAs('instance', said, at)
  }
  const words = [await say('Deux', 9), await say('Trois', 3), await say('Un', 12)]
  expect(await ask(page(() => words))).toMatchObject({ words: 2, aside: 0 })
  expect((await findNetwork(place.context.db, { slug: 'deux' }))?.name).toBe('Trois')
})
