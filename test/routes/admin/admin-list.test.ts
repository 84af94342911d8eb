import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findCafe, saveCafe } from '../../../node/store/cafes/cafes.ts'
import { insertOrganization } from '../../../node/store/structures/organizations.ts'
import { signInByLink } from '../../support/admin.ts'
import type { Browser, Page } from '../../support/browser.ts'
import { removeCafe, reviseCafe } from '../../support/own-cafes.ts'
import { makeLegal } from '../../support/referents.ts'
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

const MANY = `${LIST}/plusieurs`

/** Returns the value of the box of each café of a list. */
const boxesIn = ({ text }: Pick<Page, 'text'>) =>
  [...text.matchAll(/name="item" value="([^"]*)"/g)].map(([, value = '']) => value)

/** The words of a page without its tags. */
const plain = ({ text }: Pick<Page, 'text'>) =>
  text.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

describe('several cafés at once', () => {
  let browser: Browser
  beforeEach(async () => {
    server = await startWeb()
    browser = await signInByLink(server)
  })

  test('are cancelled for one reason, after a page that says what follows; each is in the history', async () => {
    await own({ id: uuid(1), title: 'Premier', startsAt: daysFromNow(3) })
    await own({ id: uuid(2), title: 'Second', startsAt: daysFromNow(4) })
    await own({ id: uuid(3), title: 'Autre', startsAt: daysFromNow(5) })
    await own({
      ...{ id: uuid(4), title: 'Plus tard', startsAt: daysFromNow(9) },
      ...{ publication: 'scheduled', publishAt: daysFromNow(8) },
    })
    const list = await browser.get(LIST)
    const [first = '', second = '', , later = ''] = boxesIn(list)
    const act = { act: 'annuler', item: [first, second, later] }
    const asked = await browser.submit(list, MANY, act)
    expect(asked.status).toBe(200)
    expect(plain(asked)).toMatch(/Annuler 2 cafés.*Premier.*Second.*Pas fait.*Plus tard/su)
    const long = await browser.submit(asked, MANY, { reason: 'x'.repeat(256) })
    expect(long.status).toBe(422)
    const done = await browser.submit(asked, MANY, { reason: 'La salle est fermée.' })
    expect(plain(done)).toMatch(/C’est fait pour 2 lignes\..*Premier Second/su)
    const { db } = server.context
    for (const [n, status] of [
      [1, 'cancelled'],
      [2, 'cancelled'],
      [3, 'scheduled'],
      [4, 'scheduled'],
    ] as const)
      expect(await findCafe(db, uuid(n))).toMatchObject({ status })
    const history = plain(await browser.get(`${LIST}/${uuid(1)}/historique`))
    expect(history).toMatch(/Annulé La salle est fermée\./)
    const changes = await db.selectFrom('change').select('body').execute()
    expect(changes.filter(({ body }) => body.includes('cafe-'))).toHaveLength(2)
  })

  test('that somebody changed, deleted or owns elsewhere stop none of the others, and nothing is overwritten', async () => {
    const { db, now } = server.context
    await insertOrganization(db, { id: 'other', slug: 'ailleurs', name: 'Ailleurs' }, now())
    for (const [n, title] of ['Changé', 'Supprimé', 'Reste'].entries())
      await own({ id: uuid(n), title, startsAt: daysFromNow(n + 2) })
    await own({ id: uuid(9), organizationId: 'other', startsAt: daysFromNow(2) })
    const list = await browser.get(LIST)
    const item = [...boxesIn(list), `${uuid(9)} 1`]
    const asked = await browser.submit(list, MANY, { act: 'annuler', item })
    const content = { title: 'Mieux dit' }
    const before = await findCafe(db, uuid(0))
    if (before) await reviseCafe(db, { id: uuid(0), content: { ...before, ...content } }, now())
    await removeCafe(db, uuid(1), now())
    const done = plain(await browser.submit(asked, MANY))
    expect(done).toMatch(/C’est fait pour 1 ligne, pas pour 2\./)
    expect(done).toContain('Mieux dit A changé pendant que la liste était ouverte')
    expect(await findCafe(db, uuid(0))).toMatchObject({ title: 'Mieux dit', status: 'scheduled' })
    expect(await findCafe(db, uuid(2))).toMatchObject({ status: 'cancelled' })
    expect(await findCafe(db, uuid(9))).toMatchObject({ status: 'scheduled' })
    const forged = await browser.submit(list, MANY, { act: 'annuler', confirmed: '1', item })
    expect(plain(forged)).toContain('Rien n’a été fait.')
    const nothingLeft = plain(await browser.submit(list, MANY, { act: 'annuler', item }))
    expect(nothingLeft).toContain('Rien n’a été fait.')
    expect(nothingLeft).not.toContain('Annuler 0 café')
  })

  test('that are drafts are published where nothing is missing, or deleted', async () => {
    const draft = { publication: 'draft', startsAt: daysFromNow(6) }
    await own({ id: uuid(1), title: 'Entier', attendanceMode: 'online', ...draft })
    await own({
      id: uuid(2),
      title: 'Sans lieu',
      venue: undefined,
      attendanceMode: 'offline',
      ...draft,
    })
    await own({ id: uuid(3), title: 'De trop', ...draft })
    await makeLegal(server)
    const list = await browser.get(`${LIST}?etat=brouillons`)
    const [first = '', second = '', third = ''] = boxesIn(list)
    const asked = await browser.submit(list, MANY, { act: 'publier', item: [first, second] })
    expect(plain(asked)).toMatch(/Publier 1 café.*Entier.*Pas fait Sans lieu/su)
    await browser.submit(asked, MANY)
    const { db } = server.context
    expect(await findCafe(db, uuid(1))).toMatchObject({ publication: 'published' })
    expect(await findCafe(db, uuid(2))).toMatchObject({ publication: 'draft' })
    const remove = await browser.submit(list, MANY, { act: 'supprimer', item: third })
    expect(plain(remove)).toMatch(/Supprimer 1 brouillon.*Cela ne se défait pas/su)
    await browser.submit(remove, MANY)
    expect(await findCafe(db, uuid(3))).toBeUndefined()
    const none = await browser.submit(list, MANY, { act: 'supprimer' })
    expect(none.location).toBe(`${LIST}?fait=noneChosen`)
  })
})

const uuid = (n: number) => `0000000${n}-0000-4000-8000-000000000000`
