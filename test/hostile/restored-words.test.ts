import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Json } from '../../federation/wire/json.ts'
import { findNetwork } from '../../node/store/networks/networks.ts'
import { findSiteProfile } from '../../node/store/structures/profiles.ts'
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
