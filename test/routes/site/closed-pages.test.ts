import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSite } from '../../../node/app.ts'
import { createPageCache } from '../../../node/routes/http/page-cache.ts'
import {
  endWaiting,
  findRestoration,
  saveRestoration,
  settleDirectory,
} from '../../../node/store/backup/restoration.ts'
import { signInByLink } from '../../support/admin.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

/** A site after a restore, before its directory has answered what was erased since the backup. */

let web: WebServer
beforeEach(async () => {
  web = await startWeb()
  const at = web.context.now()
  await saveRestoration(web.context.db, {
    ...{ since: at, at, isLost: false, isClosed: true },
    uris: ['https://annuaire.example/actors/instance'],
  })
})
afterEach(() => web.stop())

const ask = (path: string, init?: RequestInit) =>
  fetch(web.origin + path, { redirect: 'manual', ...init })

test('a closed site answers monitoring, lets its team in, and serves style sheets', async () => {
  expect((await ask('/healthz')).status).toBe(200)
  const signIn = await ask('/administration/connexion')
  expect(signIn.status).toBe(200)
  const sheets = [...(await signIn.text()).matchAll(/(?:href|src)="(\/public\/[^"]+)"/g)]
  expect(sheets.length).toBeGreaterThan(0)
  for (const [, path = ''] of sheets) expect((await ask(path)).status, path).toBe(200)
  const team = await signInByLink(web)
  expect((await team.get('/administration')).text).toContain(
    'Les pages de ce site ne sont pas montrées',
  )
})

test.each(['GET', 'HEAD', 'POST'])(
  'says to a %s of anybody else when to ask again',
  async (method) => {
    for (const path of ['/', '/cafes', '/robots.txt', '/agenda.ics', '/media/x.jpg', '/jamais']) {
      const answer = await ask(path, { method })
      expect(answer.status, path).toBe(503)
      expect(answer.headers.get('retry-after')).toBe('60')
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect((await answer.text()).includes('Ce site revient')).toBe(method !== 'HEAD')
    }
  },
)

test('says it to programs as a problem, and to peers what they need to ask who it is', async () => {
  for (const path of ['/api/v1/cafes', '/export/cafes.csv', '/api/jamais']) {
    const answer = await ask(path)
    expect(answer.status, path).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('60')
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(await answer.json()).toMatchObject({ status: 503 })
  }
  const headers = { accept: 'application/activity+json' }
  for (const path of [
    '/actors/instance',
    '/actors/cafes',
    '/.well-known/nodeinfo',
    '/registry.json',
  ])
    expect((await ask(path, { headers })).status, path).toBe(200)
  for (const path of ['/actors/cafes/outbox', '/cafes/1', '/.well-known/webfinger?resource=acct:x'])
    expect((await ask(path, { headers })).status, path).toBe(503)
})

test('shows its pages as soon as it is open, and is not asked about it again', async () => {
  const { db } = web.context
  expect((await ask('/cafes')).status).toBe(503)
  await endWaiting(db)
  expect((await ask('/cafes')).status).toBe(200)
  // A site whose pages are open is never closed.
  const at = web.context.now()
  const closed = { since: at, at, isLost: false, isClosed: true }
  await saveRestoration(db, { ...closed, uris: ['https://x.example/'] })
  expect((await ask('/cafes')).status).toBe(200)
})

test('says of a café that is not here to come back later, as long as it asks for those that it lost', async () => {
  const { db } = web.context
  await endWaiting(db)
  const lost = '/cafes/0199f0c2-1111-7abc-8def-0123456789ab'
  expect((await ask(lost)).status).toBe(503)
  expect((await ask('/cafes/1')).status).toBe(404)
  const { directories } = (await findRestoration(db)) ?? { directories: [] }
  for (const { uri } of directories) await settleDirectory(db, { uri, state: 'answered' })
  expect((await ask(lost)).status).toBe(404)
})

test('says what to set where its address is not chosen yet: it asks no directory then', async () => {
  const { db, now } = web.context
  const context = { ...web.context, config: { ...web.context.config, originChosen: false } }
  const site = createSite(context, { services: {} } as never, {
    ...{
      logFailure: () => undefined,
      pages: createPageCache({ db, config: context.config, now }, 1),
    },
  })
  expect((await site.request('/')).status).toBe(200)
})
