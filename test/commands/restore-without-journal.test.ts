import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withdrawFacilitator } from '../../node/store/facilitators/publication.ts'
import { openDatabase } from '../../node/store/open-database.ts'
import { type Browser, openBrowser } from '../support/browser.ts'
import { publishTestFacilitator } from '../support/facilitator-profiles.ts'
import { CAFE, until } from '../support/network.ts'
import { type Folder, openFolder, type Running } from '../support/program.ts'

/** A place that is restored from an older backup alone: its journal is lost, and its directory knows what went since. */

let hub: Folder
let place: Folder
let settings: { hub: Record<string, string>; place: Record<string, string> }
let running: { hub: Running; place: Running }
let token: string
beforeAll(async () => {
  hub = await openFolder()
  place = await openFolder()
  settings = {
    hub: { ...hub.settings, ROLE: 'hub', ALLOW_LOOPBACK: '1' },
    place: { ...place.settings, ALLOW_LOOPBACK: '1', BACKUPS: 'off' },
  }
  const directory = await hub.start(settings.hub)
  const { stdout } = await hub.run(['invitation', 'un lieu'], settings.hub)
  const [code] = /[a-z\d]{5}-[a-z\d]{5}-[a-z\d]{5}|[\w-]{20,}/.exec(stdout) ?? []
  settings.place.HUB = `${hub.origin}/?invitation=${code}`
  running = { hub: directory, place: await place.start(settings.place) }
  token = (await place.run(['token', 'create'], settings.place)).stdout.trim()
  await until(
    async () =>
      (await within(hub, (db) => db.selectFrom('peer').select('backfilled_at').execute())).some(
        ({ backfilled_at }) => backfilled_at,
      ),
    { within: 40_000, what: 'the membership' },
  )
}, 90_000)
afterAll(async () => {
  await Promise.allSettled([hub.close(), place.close()])
})

type OpenDatabase = Awaited<ReturnType<typeof openDatabase>>

async function within<T>({ settings }: Folder, use: (db: OpenDatabase) => Promise<T>): Promise<T> {
  const db = await openDatabase(join(settings.DATA ?? '', 'cafe-ia.sqlite'))
  return use(db).finally(() => db.destroy())
}

const call = async (method: string, path: string, body?: unknown) => {
  const response = await fetch(`${place.origin}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, json: text ? JSON.parse(text) : {} }
}
const publish = async (title: string): Promise<string> => {
  const { status, json } = await call('POST', '/cafes', { ...CAFE, title })
  expect(status).toBe(201)
  return String(json.id)
}
const titlesAtHub = async (): Promise<string[]> => {
  const { items } = (await (await fetch(`${hub.origin}/api/v1/cafes?limit=100`)).json()) as {
    items: { title: string }[]
  }
  return items.map(({ title }) => title)
}
const statusOf = async (url: string, accept = 'text/html') =>
  (await fetch(url, { headers: { accept }, redirect: 'manual' })).status
const ACTIVITY = 'application/activity+json'
const held = async (...options: string[]) =>
  (await place.run(['held', ...options], settings.place)).stdout

async function signIn(): Promise<Browser> {
  const browser = openBrowser(place.origin)
  const { stdout } = await place.run(['sign-in-link'], settings.place)
  const { pathname } = new URL(stdout.trim())
  await browser.submit(await browser.get(pathname), pathname)
  const welcome = await browser.get('/administration/bienvenue')
  const password = 'quatre mots sans rapport'
  await browser.submit(welcome, '/administration/bienvenue', {
    ...{ name: 'Camille', email: 'camille@mediatheque.example' },
    ...{ password, passwordAgain: password },
  })
  return browser
}

test('shows nothing before its directory has said what went, and never shows that again', {
  timeout: 150_000,
}, async () => {
  const stays = await publish('Un café qui reste')
  const goes = await publish('Un café supprimé ensuite')
  const wrong = await publish('Un café que l’annuaire croit supprimé')
  const person = await within(place, (db) =>
    publishTestFacilitator(
      {
        origin: place.origin,
        context: {
          db,
          now: () => Temporal.Now.instant(),
          wake: () => undefined,
        } as unknown as Parameters<typeof publishTestFacilitator>[0]['context'],
      },
      { level: 'public', name: 'Camille Retirée' },
    ),
  )
  const peopleAtHub = () =>
    within(hub, (db) => db.selectFrom('facilitator').select('name').execute())
  await until(async () => (await titlesAtHub()).length === 3, { what: 'the cafés' })
  await until(async () => (await peopleAtHub()).length === 1, { what: 'the person' })
  const file = join(place.folder, 'old.tar.gz')
  expect(await place.run(['backup', file], settings.place)).toMatchObject({ code: 0 })

  const lost = await publish('Un café perdu avec la machine')
  for (const uri of [goes, wrong])
    expect((await call('DELETE', new URL(uri).pathname)).status).toBeLessThan(300)
  await within(place, (db) => withdrawFacilitator(db, person.id, Temporal.Now.instant()))
  await until(
    async () =>
      (await titlesAtHub()).sort().join() === 'Un café perdu avec la machine,Un café qui reste',
    { what: 'the deletions' },
  )
  await until(async () => (await peopleAtHub()).length === 0, { what: 'the withdrawal' })

  await running.place.ended('SIGTERM')
  const { DATA = '' } = place.settings
  for (const name of await readdir(DATA)) await rm(join(DATA, name), { recursive: true })
  const restored = await place.run(['restore', file], settings.place)
  expect(restored).toMatchObject({ code: 0 })
  expect(restored.stdout).toMatch(
    /Aucun journal.*\n.*demande à 127\.0\.0\.1:\d+ ce qui a été supprimé.*pages restent fermées/,
  )

  // The directory is away: nothing of the site is shown, and the operator reads why.
  await running.hub.ended('SIGTERM')
  running.place = await place.start(settings.place)
  for (const url of [
    stays,
    goes,
    place.origin,
    `${place.origin}/cafes`,
    person.url,
    `${place.origin}/agenda.ics`,
  ])
    expect(await statusOf(url), url).toBe(503)
  for (const url of [goes, person.uri, `${place.origin}/actors/cafes/outbox`])
    expect(await statusOf(url, ACTIVITY), url).toBe(503)
  const refused = await call('GET', '/cafes')
  expect(refused).toMatchObject({ status: 503, json: { title: /remis d’après une sauvegarde/ } })
  expect(await statusOf(`${place.origin}/actors/instance`, ACTIVITY)).toBe(200)
  await until(async () => (await held()).includes('ne répond pas'), { what: 'the sentence' })
  expect(await held()).toContain('Les pages ne sont pas encore montrées')
  const admin = await signIn()
  expect((await admin.get('/administration/sauvegardes')).text).toContain(
    'Les pages de ce site ne sont pas encore montrées',
  )

  running.hub = await hub.start(settings.hub)
  await until(async () => (await statusOf(stays)) === 200, { within: 60_000, what: 'the answer' })
  for (const url of [goes, wrong, person.url]) expect(await statusOf(url), url).toBe(404)
  expect(await statusOf(goes, ACTIVITY)).toBe(404)
  expect(await statusOf(lost)).toBe(404)
  const all = await (await fetch(`${place.origin}/export/cafes.ndjson`)).text()
  expect(all).toContain('Un café qui reste')
  expect(all).not.toContain('supprimé')
  expect((await call('GET', '/cafes')).json.items).toHaveLength(1)

  // Nothing is lost before the team has decided.
  const page = await admin.get('/administration/sauvegardes')
  expect(page.text).toContain('3\u00a0suppressions après la sauvegarde')
  expect(await held()).toMatch(/3\ssuppressions/)
  const rows = await within(place, (db) => db.selectFrom('claimed_erasure').selectAll().execute())
  const wrongId = new URL(wrong).pathname.split('/').at(-1)
  const others = rows
    .filter(({ subject }) => subject !== wrongId)
    .map(({ kind, subject }) => `quoi=${kind}:${subject}`)
  const path = '/administration/sauvegardes/effaces'
  expect((await admin.get(`${path}?choix=effacer`)).status).toBe(422)
  const sure = await admin.get(`${path}?choix=effacer&${others.join('&')}`)
  expect(sure.text).toContain('Effacer ces 2\u00a0lignes pour de bon')
  expect((await admin.submit(sure, path)).status).toBe(303)
  expect(await statusOf(goes)).toBe(410)
  expect(await statusOf(person.url)).toBe(410)
  const back = await admin.get(`${path}?choix=remettre&quoi=cafe:${wrongId}`)
  await admin.submit(back, path)
  expect(await statusOf(wrong)).toBe(200)
  expect(await statusOf(wrong, ACTIVITY)).toBe(200)
  expect((await admin.get('/administration/sauvegardes')).text).not.toContain('d’après l’annuaire')
})
