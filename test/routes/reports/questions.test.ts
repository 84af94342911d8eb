import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import type { Report } from '../../../node/domain/reports/report.ts'
import { deleteCafe, saveCafe } from '../../../node/store/cafes/cafes.ts'
import { saveBlock } from '../../../node/store/directory/blocks.ts'
import { deleteEmptyGroups } from '../../../node/store/reports/asked-questions.ts'
import { deleteReport, saveReport } from '../../../node/store/reports/reports.ts'
import { signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import { knowCafe, RENNES } from '../../support/known-peer.ts'
import { readable } from '../../support/readable.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { aCafe } from '../../support/some-cafes.ts'

/** What people asked at the cafés, as everybody reads it. */

let hub: WebServer
let team: Browser
const visitor = () => openBrowser(hub.origin)
beforeAll(async () => {
  hub = await startWeb({ role: 'hub' })
  team = await signInByLink(hub)
})
afterAll(() => hub.stop())
beforeEach(async () => {
  await hub.context.db.deleteFrom('report').execute()
  await hub.context.db.deleteFrom('asked_question').execute()
  await hub.context.db.deleteFrom('question_apart').execute()
})

const PLACE = {
  ...{ id: undefined, name: 'Salle', streetAddress: undefined, postalCode: undefined },
  ...{ latitude: undefined, longitude: undefined },
  codeInsee: '35238',
  departement: '35',
  region: '53',
  commune: 'Rennes',
}

/** Makes a café of this server that took place. */
async function pastCafe(day = '2026-11-12', changes: Partial<Cafe> = {}): Promise<Cafe> {
  const startsAt = Temporal.Instant.from(`${day}T17:00:00Z`)
  const id = randomUUID()
  const cafe = aCafe({
    ...{ id, uri: `${hub.origin}/cafes/${id}`, organizationId: hub.organization.id },
    ...{ startsAt, endsAt: startsAt.add({ hours: 1 }), title: `Café du ${day}`, uid: id },
    ...changes,
  })
  const venue = { ...PLACE, ...changes.venue }
  await saveCafe(hub.context.db, { ...cafe, venue })
  return { ...cafe, venue }
}

async function report(
  cafe: Pick<Cafe, 'id'>,
  texts: readonly string[],
  changes: Partial<Report> = {},
  hidden?: string,
): Promise<void> {
  await saveReport(hub.context.db, {
    ...{ cafeId: cafe.id, organizationId: undefined, uri: undefined, isHeld: true },
    ...{ participants: 12, firstTimers: undefined, format: undefined, nextSteps: undefined },
    ...{ words: undefined, isTextPublic: false, picture: undefined, pictureAlt: undefined },
    ...{ isPicturePublic: false, isCounted: true, hiddenReason: undefined },
    ...{ createdAt: hub.context.now(), updatedAt: hub.context.now() },
    questions: texts.map((text, index) => ({
      ...{ id: `${cafe.id} ${index}`, text, theme: 'École' },
      hiddenReason: text === hidden ? 'Un nom' : undefined,
    })),
    ...changes,
  })
}

type Item = { id: string; text: string; cafes: number; url: string; theme: string | null }
async function listed(query: Record<string, string> = {}): Promise<Item[]> {
  const answer = await fetch(`${hub.origin}/api/v1/questions?${new URLSearchParams(query)}`)
  const { items } = (await answer.json()) as { items: Item[] }
  return items
}
const textsOf = async (query: Record<string, string> = {}) =>
  (await listed(query)).map(({ text, cafes }) => `${cafes} ${text}`)

const ASKED = 'L’IA va-t-elle remplacer mon médecin ?'

test('near-identical ones are one, counted by café, on pages, in the API, the feed and the table', async () => {
  const cafes = [await pastCafe(), await pastCafe('2026-10-03'), await pastCafe('2026-10-04')]
  await report(cafes[0] as Cafe, [ASKED, 'Combien d’eau pour une réponse ?'])
  await report(cafes[1] as Cafe, ['ia : va remplacer mon medecin', ASKED])
  await report(cafes[2] as Cafe, ['Combien d’eau par jour ?', 'Qui a écrit <b>ça</b> ?'])
  const [first, ...others] = await listed()
  expect(first).toMatchObject({ text: ASKED, cafes: 2, theme: 'École' })
  expect(others.map(({ cafes }) => cafes)).toEqual([1, 1, 1])
  const page = await visitor().get('/questions')
  expect(await findHtmlErrors(page.text)).toEqual([])
  expect(readable(page.text)).toMatch(/6\s?questions|5\s?questions/)
  expect(page.text).toContain('Entendue dans 2\u00a0cafés')
  expect(page.text).toContain('Qui a écrit &lt;b&gt;ça&lt;/b&gt;')
  expect(page.text).toContain('href="/questions/2026-11.png"')
  const one = await visitor().get(`/questions/${first?.id}`)
  expect(await findHtmlErrors(one.text)).toEqual([])
  for (const { id } of cafes.slice(0, 2)) expect(one.text).toContain(`href="/cafes/${id}"`)
  expect(one.text).not.toContain(`/cafes/${cafes[2]?.id}`)
  expect(one.text).not.toContain('La mettre à part')
  const csv = await (await fetch(`${hub.origin}/questions/questions.csv`)).text()
  expect(csv.trim().split('\r\n')).toHaveLength(1 + 5)
  expect(csv).toContain(`;2026-11-12;Café du 2026-11-12;`)
  for (const code of ['35', 'r-53', 'c-35238', 'e-243500139']) {
    const within = await fetch(`${hub.origin}/questions/questions.csv?territoire=${code}`)
    expect([code, within.status]).toEqual([code, 200])
  }
  const schema = await (await fetch(`${hub.origin}/questions/schema.json`)).json()
  expect(schema).toMatchObject({ name: 'cafes-ia-bilans', licenses: [{ name: 'etalab-2.0' }] })
  expect(schema.fields.map(({ name }: { name: string }) => name).join(';')).toBe(
    csv.replace('\ufeff', '').split('\r\n')[0],
  )
  const feed = await (await fetch(`${hub.origin}/questions/questions.atom`)).text()
  expect(feed).toContain(`<id>${hub.origin}/questions/${first?.id}</id>`)
  const picture = await fetch(`${hub.origin}/questions/2026-11.png`)
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png'])
  expect((await fetch(`${hub.origin}/questions/2020-01.png`)).status).toBe(404)
})

test('they are found by words, theme, territory and month', async () => {
  const brest = { codeInsee: '29019', departement: '29', region: '53', commune: 'Brest' }
  const [one, other] = [await pastCafe(), await pastCafe('2026-10-03')]
  const far = await pastCafe('2026-10-04', { venue: { ...PLACE, ...brest } })
  await report(one, [ASKED])
  await report(other, ['Une photo, c’est volé ?'])
  await report(far, [ASKED])
  expect(await textsOf({ q: 'médecins remplacer' })).toEqual([`2 ${ASKED}`])
  expect(await textsOf({ q: 'rien' })).toEqual([])
  expect(await textsOf({ territory: '29' })).toEqual([`1 ${ASKED}`])
  expect(await textsOf({ territory: 'r-53' })).toHaveLength(2)
  expect(await textsOf({ territory: 'c-35238', q: 'photo' })).toHaveLength(1)
  expect(await textsOf({ theme: 'Santé' })).toEqual([])
  expect(await textsOf({ from: '2026-11-01', until: '2026-11-30' })).toEqual([`1 ${ASKED}`])
  const month = await visitor().get('/questions?mois=2026-10&territoire=Finistère')
  expect(month.text).toContain('médecin')
  expect(month.text).not.toContain('Une photo')
  expect((await visitor().get('/questions?territoire=Nulle-Part')).text).toContain(
    'id="territoire-erreur"',
  )
  expect((await fetch(`${hub.origin}/api/v1/questions?territory=zz`)).status).toBe(400)
})

describe('what is not for everybody is never there', () => {
  const SECRET = 'Que fait Xylophrene demain ?'
  const shown = async () => {
    const page = await (await fetch(`${hub.origin}/questions`)).text()
    const feed = await (await fetch(`${hub.origin}/questions/questions.atom`)).text()
    const csv = await (await fetch(`${hub.origin}/questions/questions.csv`)).text()
    return [page, feed, csv, JSON.stringify(await listed())].filter((text) =>
      text.includes('Xylophrene'),
    ).length
  }
  const CASES: [string, (cafe: Cafe) => Promise<unknown>][] = [
    ['a hidden question', (cafe) => report(cafe, [SECRET], {}, SECRET)],
    ['a hidden report', (cafe) => report(cafe, [SECRET], { hiddenReason: 'Faux' })],
    ['a report that was deleted', (cafe) => deleteReport(hub.context.db, cafe.id)],
    ['a question that was taken out', (cafe) => report(cafe, ['Autre chose ?'])],
    ['a cancelled café', (cafe) => saveCafe(hub.context.db, { ...cafe, status: 'cancelled' })],
    [
      'a café that is a draft again',
      (cafe) => saveCafe(hub.context.db, { ...cafe, publication: 'draft' }),
    ],
    ['a hidden café', (cafe) => saveCafe(hub.context.db, { ...cafe, hiddenReason: 'team' })],
    ['a deleted café', (cafe) => deleteCafe(hub.context.db, cafe.id)],
  ]
  test.each(CASES)('%s', async (_, hide) => {
    const cafe = await pastCafe()
    await report(cafe, [SECRET])
    const [item] = await listed({ q: 'xylophrene' })
    expect(await shown()).toBe(4)
    await hide(cafe)
    expect(await shown()).toBe(0)
    expect((await visitor().get(`/questions/${item?.id}`)).status).toBe(404)
    await deleteEmptyGroups(hub.context.db)
  })

  test('a server whose word counts no more', async () => {
    const cafe = await knowCafe(hub, { host: 'bloque', place: RENNES })
    await report(cafe, [SECRET], { updatedAt: cafe.startsAt })
    expect(await shown()).toBe(4)
    const { host } = new URL(cafe.uri)
    await saveBlock(hub.context.db, { target: host, reason: 'Faux' }, hub.context.now())
    expect(await shown()).toBe(0)
  })
})

test('the team sets a wording apart wherever it was asked, and puts it back', async () => {
  const [one, other] = [await pastCafe(), await pastCafe('2026-10-03')]
  await report(one, ['Le prof remplace l’IA ?'])
  await report(other, ['L’IA remplace le prof ?'])
  const [together] = await listed()
  expect(together?.cafes).toBe(2)
  const at = '/administration/questions'
  const page = await team.get(`/questions/${together?.id}`)
  const done = await team.submit(page, at, { wording: 'le prof remplace l ia', apart: '1' })
  expect(done.location).toMatch(/^\/questions\/[\da-f]{20}$/)
  expect(await textsOf()).toEqual(['1 Le prof remplace l’IA ?', '1 L’IA remplace le prof ?'])
  const third = await pastCafe('2026-09-01')
  await report(third, ['Le prof remplace l’IA ?!'])
  expect((await textsOf())[0]).toBe('2 Le prof remplace l’IA ?')
  const apart = await team.get(done.location ?? '')
  await team.submit(apart, at, { apart: '0' })
  expect(await textsOf()).toEqual(['3 Le prof remplace l’IA ?'])
  const stranger = await visitor().post(at, { wording: 'le prof remplace l ia', apart: '1' })
  expect(stranger.status).toBe(401)
  expect(await listed()).toHaveLength(1)
})
