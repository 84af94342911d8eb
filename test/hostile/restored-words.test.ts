import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Json } from '../../federation/wire/json.ts'
import { OPERATOR } from '../../node/domain/cafes/edit.ts'
import { listOtherWords, settleWord } from '../../node/store/backup/other-words.ts'
import { declareNetwork, findNetwork } from '../../node/store/networks/networks.ts'
import { findSiteProfile, saveStructureProfile } from '../../node/store/structures/profiles.ts'
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

describe('gives another text of the structure than what was saved here since the restore', () => {
  const actorText = async () => {
    const accept = 'application/activity+json'
    const response = await fetch(`${restored.place.origin}/actors/cafes`, { headers: { accept } })
    return (await response.json()) as Json
  }
  const waits = async () => (await listOtherWords(restored.place.context.db, { limit: 9 })).length

  async function saveName(name: string) {
    const { db, now } = restored.place.context
    const id = (await findSiteStructure(db))?.id ?? ''
    const before = await findSiteProfile(db)
    if (!before) throw new Error('the site has a profile')
    await saveStructureProfile(db, { id, profile: { ...before, name } }, now())
    return id
  }

  async function give(name: string) {
    const { place, ask, page, signAs } = restored
    const at = minutesAgo(2)
    const id = `${place.origin}/actors/cafes`
    const said = { id, type: 'Group', name: `Cafés IA – ${name}`, summary: '<p>Tout</p>' }
    const signed = await signAs('cafes', { ...said, updated: at.toString() }, at)
    return ask(page(() => [signed]))
  }

  test('nobody is told before the team has chosen, and what holds is told as newer than both', async () => {
    const { db, now } = restored.place.context
    await saveName('Avant la sauvegarde')
    const subject = await saveName('Ici depuis la remise')
    const by = { kind: 'team', name: 'Zoé' } as const
    for (const directory of [undefined, new URL(restored.liar.origin).host]) {
      await db.deleteFrom('change').execute()
      await db.updateTable('organization').set({ updated_at: LATER }).execute()
      expect(await give('D’après la sauvegarde')).toMatchObject({ words: 0, aside: 1 })
      expect((await findSiteProfile(db))?.name).toBe('Ici depuis la remise')
      const [word] = await listOtherWords(db, { limit: 9 })
      expect([word?.reason, word?.there.name]).toEqual(['both', 'D’après la sauvegarde'])
      expect(await actorText()).not.toHaveProperty('proof')
      const stale = await settleWord(db, { subject, directory, seen: '', by }, now())
      expect([stale, await waits()]).toEqual(['stale', 1])
      const seen = word?.seen ?? ''
      expect(await settleWord(db, { subject, directory, seen, by }, now())).toBe('settled')
      expect(await waits()).toBe(0)
      expect(await actorText()).toHaveProperty('proof')
      // Told already or not: the workers run beside.
      const told = await db.selectFrom('change').select('body').execute()
      expect(told.map(({ body }) => JSON.parse(body).type)).toContain('profile-updated')
    }
    expect((await findSiteProfile(db))?.name).toBe('D’après la sauvegarde')
  })
})
