import { afterEach, expect, test } from 'vitest'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import { insertOrganization } from '../../../node/store/structures/organizations.ts'
import { signInByLink } from '../../support/admin.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { aCafe } from '../../support/some-cafes.ts'

const LIST = '/administration/cafes'

let server: WebServer
afterEach(() => server.stop())

const own = (changes: object) =>
  saveCafe(server.context.db, aCafe({ organizationId: server.organization.id, ...changes }))

const daysFromNow = (days: number) => server.context.now().add({ hours: days * 24 })

const titlesIn = (text: string) =>
  [...text.matchAll(/<th scope="row"[^>]*><a [^>]*>([^<]*)/g)].map(([, title]) => title)

test('each café is in one of four states, and found by its words and month', async () => {
  server = await startWeb()
  const browser = await signInByLink(server)
  const list = async (query: string) => titlesIn((await browser.get(`${LIST}?${query}`)).text)
  await own({ title: 'Noël et l’IA', startsAt: daysFromNow(20) })
  await own({ title: 'Demain', startsAt: daysFromNow(1) })
  await own({
    title: 'Programmé',
    startsAt: daysFromNow(40),
    publication: 'scheduled',
    publishAt: daysFromNow(30),
  })
  await own({ title: 'Sans date', startsAt: daysFromNow(-9), status: 'postponed' })
  await own({ title: 'À finir', startsAt: daysFromNow(-2), publication: 'draft' })
  await own({ title: 'Pas eu lieu', startsAt: daysFromNow(-3), status: 'cancelled' })
  await own({ title: 'Hier', startsAt: daysFromNow(-1) })
  await own({ title: 'Avant-hier', startsAt: daysFromNow(-2) })
  const { db, now } = server.context
  await insertOrganization(db, { id: 'other', slug: 'ailleurs', name: 'Ailleurs' }, now())
  await own({ title: 'D’ailleurs', organizationId: 'other' })

  expect(await list('')).toEqual(['Sans date', 'Demain', 'Noël et l’IA', 'Programmé'])
  expect(await list('etat=brouillons')).toEqual(['À finir'])
  expect(await list('etat=annules')).toEqual(['Pas eu lieu'])
  expect(await list('etat=passes')).toEqual(['Hier', 'Avant-hier'])
  expect(await list('q=noel')).toEqual(['Noël et l’IA'])
  expect(await list('mois=2027-01')).toEqual(['Programmé'])
  expect(await list('q=noel&mois=2027-01')).toEqual([])
  const { text } = await browser.get(`${LIST}?etat=passes&q=<b>`)
  expect(text).toContain('Aucun café ne correspond.')
  expect(text).toContain('value="&lt;b&gt;"')
  expect(text).toContain('Passés (2)')
})

test('5,000 cafés: the home stays small, the list is leafed through', async () => {
  server = await startWeb()
  const browser = await signInByLink(server)
  const { db } = server.context
  await own({ startsAt: daysFromNow(10) })
  const row = await db.selectFrom('cafe').selectAll().executeTakeFirstOrThrow()
  const cafes = Array.from({ length: 5000 }, (_, number) => {
    const startsAt = daysFromNow(number / 8 - 300)
    const id = `${String(number).padStart(8, '0')}-0000-4000-8000-000000000000`
    const uri = `${server.origin}/cafes/${id}`
    return {
      ...{ ...row, id, uri, uid: id, title: `Café numéro ${number} `.repeat(5) },
      ...{ starts_at: startsAt.toString(), ends_at: startsAt.add({ hours: 2 }).toString() },
      wall_starts_at: startsAt.toString().slice(0, 16),
    }
  })
  await db.transaction().execute(async (trx) => {
    for (let from = 0; from < cafes.length; from += 250)
      await trx
        .insertInto('cafe')
        .values(cafes.slice(from, from + 250))
        .execute()
  })
  const home = await browser.get('/administration')
  expect(Buffer.byteLength(home.text)).toBeLessThan(60_000)
  expect(
    home.text.match(/<ul class="rows of-cafes">[\s\S]*?<\/ul>/)?.[0].split('<li>'),
  ).toHaveLength(6)
  const first = await browser.get(LIST)
  expect(titlesIn(first.text)).toHaveLength(50)
  const last = (await browser.get(`${LIST}?page=9999`)).text.replace(/\u00a0/gu, ' ')
  expect(last).toContain('Page 53 sur 53')
  expect(last).not.toContain('Page suivante')
})
