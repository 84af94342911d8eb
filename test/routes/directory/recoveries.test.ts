import { afterEach, beforeEach, expect, test } from 'vitest'
import { saveFollowerServers } from '../../../node/store/directory/follower-servers.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { askRecovery } from '../../../node/store/directory/recoveries.ts'
import { setMembership } from '../../../node/store/memberships.ts'
import { signInByLink } from '../../support/admin.ts'
import type { Browser } from '../../support/browser.ts'
import { readable } from '../../support/readable.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

/** A member has lost its data. The team of the directory decides whether to tell it which servers followed it. */

let web: WebServer
let browser: Browser
let peerId: string
beforeEach(async () => {
  web = await startWeb({ role: 'hub' })
  browser = await signInByLink(web)
  const { db, now } = web.context
  const actorUri = 'https://perdu.example/actors/instance'
  peerId = (await upsertPeer(db, { actorUri, name: 'Le Lieu Perdu' })).id
  await setMembership(db, peerId, 'member', now())
  const inboxes = ['https://un.example/inbox', 'https://deux.example/inbox']
  await saveFollowerServers(db, { peerId, inboxes }, now())
})
afterEach(() => web.stop())

const PATH = '/administration/reseau'

test.each([
  ['donner', 'granted'],
  ['refuser', 'refused'],
] as const)('%s is said once, on the page of the sites', async (choix, answer) => {
  const { db, now } = web.context
  expect((await browser.get(PATH)).text).not.toContain('perdu ses données')
  await askRecovery(db, peerId, now())
  expect((await browser.get('/administration')).text).toContain('Un lieu a perdu ses données')
  const page = await browser.get(PATH)
  expect(page.text).toContain('Le Lieu Perdu')
  expect(readable(page.text)).toContain('nous en connaissons 2.')
  expect(page.text).not.toContain('un.example')
  const answered = await browser.submit(page, `${PATH}/${peerId}/reprise`, { choix })
  expect(answered.status).toBe(303)
  expect((await browser.get(PATH)).text).not.toContain('perdu ses données')
  expect(await askRecovery(db, peerId, now())).toBe(answer)
})

test('a choice that is none changes nothing', async () => {
  const { db, now } = web.context
  await askRecovery(db, peerId, now())
  const page = await browser.get(PATH)
  const answered = await browser.submit(page, `${PATH}/${peerId}/reprise`, { choix: 'oui' })
  expect(answered.status).toBe(422)
  expect(await askRecovery(db, peerId, now())).toBe('waiting')
})
