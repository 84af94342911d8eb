import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { TROUBLES, type Trouble } from '../../../node/domain/monitoring/trouble.ts'
import { measureHour } from '../../../node/jobs/monitoring/measure-hour.ts'
import { sendSiteAlerts } from '../../../node/jobs/monitoring/site-alerts.ts'
import { findSiteState } from '../../../node/routes/http/site-state.ts'
import { saveBackupState } from '../../../node/store/backup/backup-state.ts'
import { saveRestoration } from '../../../node/store/backup/restoration.ts'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import { saveSetting } from '../../../node/store/database/settings.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { setMembership } from '../../../node/store/memberships.ts'
import { saveAlerts, saveCertificate } from '../../../node/store/monitoring/alerts.ts'
import { addToHour, listMeasures } from '../../../node/store/monitoring/hour-measures.ts'
import { insertActivity } from '../../../node/store/queues/activities.ts'
import { insertDeliveries } from '../../../node/store/queues/deliveries.ts'
import { markDeliveryFailed } from '../../../node/store/queues/failed-deliveries.ts'
import { saveHeld } from '../../../node/store/queues/held.ts'
import { appendMail } from '../../../node/store/queues/mails.ts'
import { signInByLink } from '../../support/admin.ts'
import type { Browser } from '../../support/browser.ts'
import { readable } from '../../support/readable.ts'
import { type Relay, startRelay } from '../../support/relay.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { aCafe } from '../../support/some-cafes.ts'
import { ROOT } from '../../support/sources.ts'

/** Checks that « Tout va bien » is said where nothing is wrong, and what the team is told where something is. */

let web: WebServer
let relay: Relay
let browser: Browser
beforeAll(async () => {
  relay = await startRelay()
  web = await startWeb({ smtpUrl: relay.url })
  browser = await signInByLink(web)
})
afterAll(async () => {
  await web.stop()
  await relay.stop()
})

const TABLES = ['delivery', 'activity', 'cafe', 'peer', 'mail', 'hour_measure'] as const
beforeEach(async () => {
  const { db } = web.context
  for (const table of TABLES) await db.deleteFrom(table).execute()
  for (const name of ['backup-state', 'restoration', 'held', 'alerts', 'certificate'])
    await db.deleteFrom('setting').where('name', 'like', `%${name}%`).execute()
  await db.deleteFrom('setting').where('name', '=', 'cut-off-since').execute()
  relay.taken.splice(0)
})

const hoursAgo = (hours: number) => web.context.now().subtract({ hours })

async function queueDelivery(): Promise<number> {
  const { db, now } = web.context
  const uri = 'https://node.example/cafes/told'
  await saveCafe(db, aCafe({ uri, url: uri, organizationId: web.organization.id }))
  const activity = { id: `${uri}#1`, actor: 'cafes', type: 'Update', objectUri: uri, body: '{}' }
  const activitySeq = await insertActivity(db, activity, now())
  const its = { activitySeq, type: 'Update', signer: 'cafes', kind: 'cafe', line: uri } as const
  await insertDeliveries(db, { ...its, inboxes: ['https://sourd.example/inbox'] }, hoursAgo(1))
  const row = await db.selectFrom('delivery').select('id').executeTakeFirstOrThrow()
  return row.id
}

/** How each trouble begins; the disk, the memory and the database are those of this machine. */
const BEGIN: Partial<Record<Trouble, () => Promise<unknown>>> = {
  'pages-closed': () =>
    saveRestoration(web.context.db, {
      ...{ at: hoursAgo(1), since: hoursAgo(2), isLost: true, isClosed: true },
      uris: ['https://annuaire.example/actors/instance'],
    }),
  'requests-failing': () => addToHour(web.context.db, { failures: 2 }, web.context.now()),
  'backup-late': () =>
    saveBackupState(web.context.db, { since: hoursAgo(72), last: undefined, problem: 'Plein.' }),
  'backup-copy-failing': () =>
    saveBackupState(web.context.db, {
      ...{ since: hoursAgo(72), last: { at: hoursAgo(3), file: 'x', bytes: 1 }, problem: 'Plein.' },
      ...{ copyFailingSince: hoursAgo(3), copySettings: ['CAFE_IA_BACKUP_COPY'] },
    }),
  'certificate-ending': () =>
    saveCertificate(web.context.db, { from: hoursAgo(24 * 85), until: hoursAgo(-24 * 5) }),
  'sending-held': () => saveHeld(web.context.db, web.context.now()),
  'sending-late': queueDelivery,
  'not-delivered': async () =>
    markDeliveryFailed(
      web.context.db,
      { id: await queueDelivery(), error: '400' },
      web.context.now(),
    ),
  'mails-late': async () => {
    const params = { siteName: 'x', lists: '', isWeekly: false, settings: '' }
    const mail = { template: 'to-do', params, to: 'lou@lieu.example', expiresAt: hoursAgo(-48) }
    await appendMail(web.context.db, mail, hoursAgo(2))
  },
  'jobs-late': () => measureHour({ ...web.context, now: () => hoursAgo(5) }),
  'cut-off': () => saveSetting(web.context.db, 'cut-off-since', web.context.now().toString()),
  'members-silent': async () => {
    const { db, now } = web.context
    const actorUri = 'https://muet.example/actors/instance'
    const { id } = await upsertPeer(db, { actorUri, name: 'Muet' })
    await setMembership(db, id, 'member', now())
    const since = hoursAgo(80).toString({ smallestUnit: 'second' })
    await db.updateTable('peer').set({ failing_since: since, silent_since: since }).execute()
  },
}
const OF_THE_MACHINE: Trouble[] = ['not-writable', 'little-disk', 'memory-high']

const pageText = async () => readable((await browser.get('/administration/etat')).text)

test('all is well is said where nothing is wrong, with plots that begin', async () => {
  const { db, now } = web.context
  const page = await pageText()
  expect(page).toContain('Tout va bien.')
  expect(page).toContain('La première mesure vient dans l’heure.')
  await measureHour(web.context)
  await addToHour(db, { sent: 3, resent: 1 }, now())
  await measureHour(web.context)
  expect(await listMeasures(db, now())).toMatchObject([{ sent: 3, resent: 1, waiting: 0 }])
  const measured = await pageText()
  expect(measured).toMatch(/3\senvois reçus du premier coup, 1\srepris\./)
  expect(measured).toContain('camille@mediatheque.example')
})

test('each trouble can be provoked, or is one of the machine', () => {
  expect([...Object.keys(BEGIN), ...OF_THE_MACHINE].sort()).toEqual([...TROUBLES].sort())
})

test.each(Object.keys(BEGIN) as Trouble[])('all is not well with %s', async (trouble) => {
  const uptime = process.uptime
  process.uptime = () => 3600
  try {
    await BEGIN[trouble]?.()
    const { troubles } = await findSiteState(web.context)
    expect(troubles).toEqual([trouble])
    const page = await pageText()
    expect(page).not.toContain('Tout va bien.')
    expect(page).toContain(`id="${trouble}"`)
  } finally {
    process.uptime = uptime
  }
})

const watch = () => sendSiteAlerts(web.context)
const subjects = () =>
  relay.taken.map(({ raw }) => /^Subject: (.*(?:\r\n .*)*)/m.exec(raw)?.[1]?.replace(/\s+/g, ' '))

test('who administers is told by mail when it begins and when it is over, although nothing leaves the queue', async () => {
  await saveHeld(web.context.db, web.context.now())
  await watch()
  expect(relay.taken).toEqual([])
  web.advance({ minutes: 10 })
  // A relay that is down is tried again.
  relay.refuseNext(451)
  await watch()
  expect(relay.taken).toEqual([])
  for (let look = 0; look < 30; look += 1) {
    web.advance({ minutes: 10 })
    await watch()
  }
  expect(subjects()).toHaveLength(1)
  expect(relay.taken[0]?.to).toEqual(['camille@mediatheque.example'])
  expect(await pageText()).toContain('Dernière alerte')
  await web.context.db.deleteFrom('setting').where('name', 'like', '%held%').execute()
  for (let look = 0; look < 30; look += 1) {
    web.advance({ minutes: 10 })
    await watch()
  }
  expect(subjects()).toHaveLength(2)
  expect(subjects()[1]).toMatch(/fini/)
})

test('the home leads to the state of a site that is in trouble', async () => {
  await addToHour(web.context.db, { failures: 1 }, web.context.now())
  const home = readable((await browser.get('/administration')).text)
  expect(home).toContain('Le site a un ennui')
  expect(home).toContain('href="/administration/etat"')
})

test('what is stored of alerts by another version is no obstacle', async () => {
  await saveAlerts(web.context.db, [])
  await saveSetting(web.context.db, 'alerts', '[{"trouble":"of-tomorrow"}]')
  await watch()
})

test('every metric that the dashboard, the alert rules and the page about metrics name is given, and none is left out', async () => {
  await saveCertificate(web.context.db, { from: hoursAgo(1), until: hoursAgo(-24 * 80) })
  // `/healthz` and `/metrics` look once a second at most.
  const given = async () =>
    [...(await (await fetch(`${web.origin}/metrics`)).text()).matchAll(/^(\w+) /gm)].map(
      ([, name]) => name,
    )
  await expect.poll(given).toContain('cafe_ia_certificate_end_timestamp_seconds')
  const namesIn = (file: string): string[] =>
    readFileSync(join(ROOT, file), 'utf8').match(/\b(?:cafe_ia|process)_\w*[a-z]\b/g) ?? []
  const folder = 'contrib/monitoring'
  const named = ['docs/metrics.md', `${folder}/grafana.json`, `${folder}/prometheus-alerts.yml`]
  const names = await given()
  for (const file of named)
    expect([file, namesIn(file).filter((name) => !names.includes(name))]).toEqual([file, []])
  expect(names.filter((name) => !namesIn('docs/metrics.md').includes(name ?? ''))).toEqual([])
})

test('everybody reads how a directory is: its members, what is late, and what went wrong', async () => {
  const hub = await startWeb({ role: 'hub' })
  try {
    const { db, now } = hub.context
    const read = async () => readable(await (await fetch(`${hub.origin}/etat`)).text())
    expect(await read()).toMatch(/L’annuaire marche\.[\s\S]*0\ssite est membre/)
    const actorUri = 'https://muet.example/actors/instance'
    const { id } = await upsertPeer(db, { actorUri, name: 'Le Muet' })
    await setMembership(db, id, 'member', now())
    const since = now().subtract({ hours: 80 }).toString({ smallestUnit: 'second' })
    await db.updateTable('peer').set({ failing_since: since, silent_since: since }).execute()
    const at = (hours: number) => now().subtract({ hours })
    await measureHour({ ...hub.context, now: () => at(9) })
    await addToHour(db, { failures: 1 }, at(4))
    hub.advance({ minutes: 1 })
    const page = await read()
    expect(page).toContain('L’annuaire marche.')
    expect(page).toContain('Le Muet')
    expect(page).toMatch(/n’a pas marché pendant 7\sheures/)
    expect(page).toMatch(/Des pages ont échoué/)
  } finally {
    await hub.stop()
  }
})
