import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { purge } from '../../../node/jobs/purge.ts'
import { runOffers } from '../../../node/jobs/registrations/run-offers.ts'
import { writeSnapshot } from '../../../node/store/backup/snapshot.ts'
import { findCafe } from '../../../node/store/cafes/cafes.ts'
import { flushErased } from '../../../node/store/facilitators/erasures.ts'
import { addRegistration, shareSeats } from '../../../node/store/registrations/seats.ts'
import { isOnPostgres } from '../../support/database.ts'
import { pathsOf } from '../../support/every-route.ts'
import { until } from '../../support/network.ts'
import { startRegistering } from '../../support/registering.ts'
import { readWholeDatabase } from '../../support/whole-database.ts'

/** What people say when they register is looked for in everything that leaves the site, and afterwards in its files. */

let site: Awaited<ReturnType<typeof startRegistering>>
let cafe: string
beforeAll(async () => {
  site = await startRegistering()
  cafe = await site.aCafe(9)
})
afterAll(() => site.stop())

/** Words that are nowhere else: of who registers by mail, by telephone, from another server, and by the team. */
const SEEDS = [
  ...['Xanthippe', 'xanthippe@graine.example', 'Zenobie', '39 98 77 31'],
  ...[
    'Yseulte',
    '@yseulte@ailleurs.example',
    'https://ailleurs.example/@yseulte',
    'join-de-yseulte',
  ],
  ...['Wilhelmine', 'wilhelmine@graine.example'],
]
const inText = (text: string) => {
  // Digits may be grouped in another way, and case may differ.
  const plain = text.toLowerCase()
  const digits = '639987731'
  return [
    ...SEEDS.filter((seed) => plain.includes(seed.toLowerCase())),
    ...(text.replace(/[\s.\u00a0\u202f]/g, '').includes(digits) ? [digits] : []),
  ]
}

async function register() {
  await site.register(cafe, 'xanthippe@graine.example', {
    prenom: 'Xanthippe',
    besoins: 'sign-language',
  })
  const phone = { prenom: 'Zenobie', telephone: '06 39 98 77 31', besoins: 'call-me' }
  expect((await site.ask(cafe, phone, '192.0.2.7')).status).toBe(200)
  const { db, now } = site.server.context
  await shareSeats({ db, now }, cafe, (seating) =>
    addRegistration(seating, {
      ...{ side: 'onsite', seats: 1, name: 'Yseulte', email: undefined, phone: undefined },
      ...{ actorUri: 'https://ailleurs.example/@yseulte', handle: '@yseulte@ailleurs.example' },
      ...{ joinUri: 'https://ailleurs.example/join-de-yseulte', source: 'fediverse' },
      ...{ isByAdult: false, formToken: undefined, needs: [] },
    }),
  )
  const path = `/administration/cafes/${cafe}/inscrits`
  const added = { prenom: 'Wilhelmine', places: '1', contact: 'wilhelmine@graine.example' }
  await site.admin.submit(await site.admin.get(path), path, added)
}

test('nobody without the right reads of them, at any address; others get no mail about them', async () => {
  await register()
  for (const { to, text, html } of await site.deliver()) {
    const own = to.startsWith('xanthippe') ? 'xanthippe' : 'wilhelmine'
    expect(inText(text + html).filter((seed) => !seed.toLowerCase().startsWith(own))).toEqual([])
    expect([own, text.includes('L’équipe du lieu a noté votre inscription')]).toEqual([
      own,
      own === 'wilhelmine',
    ])
  }
  const list = await site.admin.get(`/administration/cafes/${cafe}/inscrits`)
  expect(inText(list.text)).toEqual(expect.arrayContaining(['Xanthippe', 'Yseulte', 'Wilhelmine']))
  const found: string[] = []
  for (const path of [...pathsOf(site.server, 'GET', cafe), '/cafes?q=Xanthippe'])
    for (const accept of ['text/html', 'application/activity+json']) {
      // Twice, since the second answer may come from a cache.
      const { text } = await site.visitor.get(path, { accept })
      found.push(...inText(text).map((seed) => `${path} ${seed}`))
    }
  expect(found.filter((one) => !one.startsWith('/cafes?q=Xanthippe'))).toEqual([])
  await site.register(cafe, 'un-autre@mail.example', { prenom: 'Autre' })
  await runOffers(site.server.context)
  for (const mail of await site.deliver()) expect(inText(mail.text + mail.html)).toEqual([])
  const journal = await site.admin.get('/administration/equipe/journal')
  expect(inText(journal.text)).toEqual([])
})

test('thirty days after the café they are nowhere: no table, no file, no log of SQLite, no new backup', async () => {
  const { context } = site.server
  expect((await readWholeDatabase(site.server)).flatMap(inText)).toContain('Yseulte')
  const { endsAt } = (await findCafe(context.db, cafe)) ?? expect.fail()
  site.server.advance(context.now().until(endsAt.add({ hours: 25 })))
  await purge(context)
  expect(await context.db.selectFrom('registration_need').selectAll().execute()).toEqual([])
  site.server.advance({ hours: 24 * 30 })
  await purge(context)
  await until(() => flushErased(context.db))
  const lines = await readWholeDatabase(site.server)
  expect(
    lines.flatMap((line) => inText(line).map((seed) => `${line.slice(0, 300)} ${seed}`)),
  ).toEqual([])
  const folder = await mkdtemp(join(tmpdir(), 'cafe-ia-seeds-'))
  const path = join(folder, 'fresh')
  if (!isOnPostgres) {
    await writeSnapshot({ database: context.config.database, path, mediaFolder: folder })
    expect(inText(await readFile(path, 'latin1'))).toEqual([])
  }
  await rm(folder, { recursive: true })
})
