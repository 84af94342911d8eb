import { afterAll, beforeAll, expect, test } from 'vitest'
import { requestFollow } from '../../../node/store/directory/followings.ts'
import type { Browser } from '../../support/browser.ts'
import { CAFE, type Site, startSite, until, untilAtRest } from '../../support/network.ts'
import { announceForStructure, enterAdmin, makeLegal } from '../../support/referents.ts'

/**
 * A change that a referent makes to a café of the directory reaches its followers and feeds, as that of a place's own
 * café does.
 */

let hub: Site
let reader: Site
let browser: Browser
beforeAll(async () => {
  hub = await startSite({ role: 'hub', name: 'Annuaire' })
  reader = await startSite({ role: 'hub', name: 'Un autre annuaire' })
  await makeLegal(hub)
  const { db, now } = reader.context
  const address = `${hub.origin}/actors/cafes`
  await requestFollow(db, { address, join: false, invitation: undefined }, now())
  reader.context.wake()
  await until(
    async () =>
      (await db.selectFrom('following').select('state').executeTakeFirst())?.state === 'accepted',
    { what: 'the following' },
  )
  browser = (await enterAdmin(hub)).browser
})
afterAll(async () => {
  await reader?.close()
  await hub?.close()
})

const FEED = 'cafes-ille-et-vilaine'
const inFeed = async (uri: string) => {
  const { text } = await hub.get(`${hub.origin}/actors/${FEED}/upcoming?page=first`)
  return text.includes(uri)
}
const changesOf = async (uri: string) => {
  const { text } = await hub.get(`${hub.origin}/actors/cafes/outbox?page=first`)
  return text.includes(uri)
}

test('announced, moved, cancelled and deleted, it is so everywhere', async () => {
  const date = CAFE.startsAt.slice(0, 10)
  const id = await announceForStructure(browser, { date })
  const uri = `${hub.origin}/cafes/${id}`
  await until(async () => (await reader.find(uri)) !== undefined, { what: 'the café' })
  const received = await reader.find(uri)
  expect(received?.announcedFor).toBe('Amicale laïque')
  const page = await (await fetch(`${reader.origin}/cafes/${received?.id}`)).text()
  expect(page).toContain('Organisé par <strong>Amicale laïque</strong>')
  await until(() => inFeed(uri), { what: 'the feed' })
  expect(await changesOf(uri)).toBe(true)

  const path = `/administration/cafes/${id}`
  const asked = await browser.submit(await browser.get(path), path, {
    save: 'publish',
    time: '17:00',
    announcedFor: 'Amicale',
  })
  await browser.submit(asked, path, { confirmed: '1' })
  await until(async () => (await reader.find(uri))?.status === 'rescheduled', {
    what: 'the Update',
  })
  expect((await reader.find(uri))?.announcedFor).toBe('Amicale')

  const cancel = `${path}/annuler`
  await browser.submit(await browser.get(cancel), cancel, { reason: 'Fermé.' })
  await until(async () => (await reader.find(uri))?.status === 'cancelled', {
    what: 'the cancellation',
  })
  await untilAtRest(hub)
  const { text: said } = await hub.get(`${hub.origin}/actors/cafes/outbox?page=first`)
  expect(said).toContain('Annulé')

  const remove = `${path}/supprimer`
  await browser.submit(await browser.get(remove), remove)
  await until(async () => (await reader.find(uri)) === undefined, { what: 'the Delete' })
  expect((await hub.get(uri)).status).toBe(410)
  await until(async () => !(await inFeed(uri)), { what: 'the feed without it' })
})
