import { afterEach, beforeEach, expect, test } from 'vitest'
import { changeNoteHtml } from '../../../federation/wire/event-text.ts'
import { knownStateOf } from '../../../node/domain/cafes/change-message.ts'
import { findCafe } from '../../../node/store/cafes/cafes.ts'
import { announce, signInByLink } from '../../support/admin.ts'
import { type Browser, type Fields, fieldsOf, type Page } from '../../support/browser.ts'
import { readable } from '../../support/readable.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { jpeg, submitWithImage } from '../../support/uploads.ts'

let server: WebServer
let browser: Browser
let id: string
beforeEach(async () => {
  server = await startWeb()
  browser = await signInByLink(server)
  id = await announce(browser)
})
afterEach(() => server.stop())

const editing = () => `/administration/cafes/${id}`

const send = async (fields: Fields): Promise<Page> =>
  browser.submit(await browser.get(editing()), editing(), { save: 'publish', ...fields })

const cafeOf = async () => {
  const cafe = await findCafe(server.context.db, id)
  if (!cafe) throw new Error(`no café ${id}`)
  return cafe
}

const countChanges = async () =>
  (await server.context.db.selectFrom('change').select('id').execute()).length

/** Returns the text of some HTML, one line per line, with ordinary spaces. */
const wordsOf = (html: string): string =>
  readable(
    html.replaceAll(/<br>|<\/(?:p|span|strong|figcaption)>/g, '\n').replaceAll(/<[^>]*>/g, ''),
  )
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .join('\n')

const MOVES: [what: string, fields: Fields][] = [
  ['another day', { date: '2026-12-16' }],
  ['another hour', { time: '20:00' }],
  ['another address', { 'venue.streetAddress': '3 rue du Port' }],
  ['another venue', { 'venue.name': 'Péniche <Spray>', 'venue.town': '35500 Vitré' }],
  ['another way to come', { attendanceMode: 'mixed', onlineUrl: 'https://visio.example/a' }],
]

test.each(MOVES)(
  '%s is shown in the words that leave, and saved by the next click',
  async (_, fields) => {
    const [before, told] = [await cafeOf(), await countChanges()]
    const asked = await send({ ...fields, title: 'Un titre & <un autre>' })
    expect(asked.status).toBe(200)
    expect(await cafeOf()).toEqual(before)
    expect(await countChanges()).toBe(told)
    const done = await browser.submit(asked, editing(), { confirmed: '1' })
    expect([done.status, done.location]).toEqual([303, `${editing()}/en-ligne?fait=saved`])
    const after = await cafeOf()
    expect(after.title).toBe('Un titre & <un autre>')
    expect(await countChanges()).toBe(told + 1)
    const note = wordsOf(changeNoteHtml(knownStateOf(before), after))
    expect(wordsOf(asked.text)).toContain(note)
  },
)

test('a venue that is named after its town has it once', async () => {
  const { text } = await send({ 'venue.name': 'Médiathèque de Bruz', 'venue.town': '35170 Bruz' })
  const after = wordsOf(/<dt>Après<\/dt><dd>(.*?)<\/dd>/s.exec(text)?.[1] ?? '')
  expect(after).toMatch(/, Médiathèque de Bruz$/)
})

test('a new date says both days, and another title alone asks nothing', async () => {
  const { text } = await send({ date: '2026-12-16' })
  expect(wordsOf(text)).toMatch(/Avant\s*Mercredi 9 décembre 2026/u)
  expect(wordsOf(text)).toMatch(/Après\s*Mercredi 16 décembre 2026/u)
  expect((await send({ title: 'Un autre titre' })).status).toBe(303)
  expect((await cafeOf()).title).toBe('Un autre titre')
})

test('back in the form, all that was typed is there, the new picture too', async () => {
  const bytes = await jpeg(800, 600)
  const asked = await submitWithImage({ server, browser }, editing(), {
    page: await browser.get(editing()),
    fields: {
      'image.alt': 'Trois tasses',
      date: '2026-12-16',
      descriptionMarkdown: 'Deux lignes\n& « plus »',
      save: 'publish',
    },
    file: { bytes },
  })
  const back = await browser.submit(asked, editing(), { revoir: '1' })
  expect(back.status).toBe(200)
  const media = fieldsOf(asked.text, editing())['image.media']
  expect(media?.[0]).toMatch(/^[\da-f]{32}$/)
  expect(fieldsOf(back.text, editing())).toMatchObject({
    date: ['2026-12-16'],
    // A browser sends line breaks as two characters; they are stored as one.
    descriptionMarkdown: ['Deux lignes\n& « plus »'],
    'image.alt': ['Trois tasses'],
    'image.media': media,
  })
  expect(back.text).toContain(`/media/${media}`)
  expect((await cafeOf()).image).toBeUndefined()
  await browser.submit(asked, editing(), { confirmed: '1' })
  expect(await cafeOf()).toMatchObject({ status: 'rescheduled', image: { alt: 'Trois tasses' } })
})

test('two clicks on yes change it once; a draft is moved without a question', async () => {
  const asked = await send({ date: '2026-12-16' })
  const told = await countChanges()
  await Promise.all([1, 2].map(() => browser.submit(asked, editing(), { confirmed: '1' })))
  expect(await countChanges()).toBe(told + 1)
  id = await announce(browser, { save: 'draft', title: 'Brouillon' })
  expect((await send({ save: 'draft', date: '2026-12-16' })).status).toBe(303)
})

const SITUATIONS: [what: string, path: string, fields: Fields][] = [
  ['cancelled', 'annuler', {}],
  ['cancelled', 'situation', { situation: 'cancelled' }],
  ['postponed', 'situation', { situation: 'postponed' }],
  [
    'moved online',
    'situation',
    { situation: 'moved-online', onlineUrl: 'https://visio.example/a' },
  ],
]

test.each(SITUATIONS)(
  '%s: the page shows the message that followers then get',
  async (_, end, fields) => {
    const path = `${editing()}/${end}`
    const before = knownStateOf(await cafeOf())
    const page = await browser.get(path)
    expect((await browser.submit(page, path, fields)).status).toBe(303)
    const after = await cafeOf()
    const shown = wordsOf(page.text).replaceAll(/\[votre explication\]\n/gu, '')
    expect(shown).toContain(wordsOf(changeNoteHtml(before, after)))
  },
)
