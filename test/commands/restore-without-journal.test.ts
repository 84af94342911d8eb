import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withdrawFacilitator } from '../../node/store/facilitators/publication.ts'
import { type Browser, openBrowser } from '../support/browser.ts'
import { publishTestFacilitator } from '../support/facilitator-profiles.ts'
import { until } from '../support/network.ts'
import { type ProgramPair, startProgramPair } from '../support/program-pair.ts'

/**
 * A place is restored from an older backup alone: its journal is lost, and its directory knows what was deleted since.
 */

let pair: ProgramPair
beforeAll(async () => {
  pair = await startProgramPair()
}, 90_000)
afterAll(() => pair.close())

const statusOf = async (url: string, accept = 'text/html') =>
  (await fetch(url, { headers: { accept }, redirect: 'manual' })).status
const ACTIVITY = 'application/activity+json'
const held = async (...options: string[]) => (await pair.place.command('held', ...options)).stdout

async function signIn(): Promise<Browser> {
  const { place } = pair
  const browser = openBrowser(place.origin)
  const { stdout } = await place.command('sign-in-link')
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

test('a restored place shows nothing before its directory has named what was deleted since, and never shows that again', {
  timeout: 150_000,
}, async () => {
  const { hub, place, call, publish, titlesAtHub } = pair
  const stays = await publish('Un café qui reste')
  const goes = await publish('Un café supprimé ensuite')
  const wrong = await publish('Un café que l’annuaire croit supprimé')
  const person = await place.within((db) =>
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
    hub.within((db) => db.selectFrom('facilitator').select('name').execute())
  await until(async () => (await titlesAtHub()).length === 3, { what: 'the cafés' })
  await until(async () => (await peopleAtHub()).length === 1, { what: 'the person' })
  const file = join(place.folder, 'old.tar.gz')
  expect(await place.command('backup', file)).toMatchObject({ code: 0 })

  const lost = await publish('Un café perdu avec la machine')
  for (const uri of [goes, wrong])
    expect((await call('DELETE', new URL(uri).pathname)).status).toBeLessThan(300)
  await place.within((db) => withdrawFacilitator(db, person.id, Temporal.Now.instant()))
  await until(
    async () => (await titlesAtHub()).join() === 'Un café perdu avec la machine,Un café qui reste',
    { what: 'the deletions' },
  )
  await until(async () => (await peopleAtHub()).length === 0, { what: 'the withdrawal' })

  await place.lose()
  const restored = await place.command('restore', file)
  expect(restored).toMatchObject({ code: 0 })
  expect(restored.stdout).toMatch(
    /Aucun journal.*\n.*demande à 127\.0\.0\.1:\d+ ce qui a été supprimé.*pages restent fermées/,
  )

  // The directory does not answer: the site shows no pages, and the operator reads the reason.
  await hub.stop()
  await place.start()
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

  await hub.start()
  await until(async () => (await statusOf(stays)) === 200, { within: 60_000, what: 'the answer' })
  for (const url of [goes, wrong, person.url]) expect(await statusOf(url), url).toBe(404)
  expect(await statusOf(goes, ACTIVITY)).toBe(404)
  // What this place had announced after the backup is back as it had signed it.
  expect(await statusOf(lost)).toBe(200)
  expect(await statusOf(lost, ACTIVITY)).toBe(200)
  const all = await (await fetch(`${place.origin}/export/cafes.ndjson`)).text()
  expect(all).toContain('Un café qui reste')
  expect(all).not.toContain('supprimé')
  expect((await call('GET', '/cafes')).json.items).toHaveLength(2)

  // Nothing is deleted before the team has decided.
  const page = await admin.get('/administration/sauvegardes')
  expect(page.text).toContain('3\u00a0suppressions après la sauvegarde')
  expect(page.text).toContain('1\u00a0café annoncé ou changé après la sauvegarde est revenu')
  expect(await held()).toMatch(/3\ssuppressions/)
  const rows = await place.within((db) => db.selectFrom('claimed_erasure').selectAll().execute())
  const wrongId = new URL(wrong).pathname.split('/').at(-1)
  const others = rows
    .filter(({ subject }) => subject !== wrongId)
    .map(({ kind, subject }) => `quoi=${kind}:${subject}`)
  const path = '/administration/sauvegardes/effaces'
  expect((await admin.get(`${path}?choix=effacer`)).status).toBe(422)
  const sure = await admin.get(`${path}?choix=effacer&${others.join('&')}`)
  expect(sure.text).toContain('Effacer ces 2\u00a0éléments pour de bon')
  expect((await admin.submit(sure, path)).status).toBe(303)
  expect(await statusOf(goes)).toBe(410)
  expect(await statusOf(person.url)).toBe(410)
  const back = await admin.get(`${path}?choix=remettre&quoi=cafe:${wrongId}`)
  await admin.submit(back, path)
  expect(await statusOf(wrong)).toBe(200)
  expect(await statusOf(wrong, ACTIVITY)).toBe(200)
  expect((await admin.get('/administration/sauvegardes')).text).not.toContain('d’après l’annuaire')
})
