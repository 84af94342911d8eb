import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shortCodeOf } from '../../../node/domain/values/short-code.ts'
import { findColours, readPictures } from '../../../node/routes/kit/look.ts'
import { findCafe } from '../../../node/store/cafes/cafes.ts'
import { writeMediaFile } from '../../../node/store/files/media-storage.ts'
import { seriesSheetWords } from '../../../ui/kit/series-words.ts'
import { announce, revise, signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { aCafe } from '../../support/format-cafe.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import { readable } from '../../support/readable.ts'
import { scan } from '../../support/scan.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { SHEET_WORDS } from '../../support/sheet-words.ts'

let web: WebServer
let id: string
let admin: Browser
beforeAll(async () => {
  web = await startWeb({ role: 'node' })
  admin = await signInByLink(web)
  id = await announce(admin)
})
afterAll(() => web.stop())

const leadsTo = async (path: string) => {
  const answer = await fetch(web.origin + path, { redirect: 'manual' })
  return [answer.status, answer.headers.get('location')]
}

test('the code of a café is scanned as its short address, which leads to its page however it is typed', async () => {
  const svg = await (await fetch(`${web.origin}/cafes/${id}/code.svg`)).arrayBuffer()
  const scanned = await scan(await sharp(Buffer.from(svg)).resize(300).png().toBuffer())
  const code = shortCodeOf(id)
  expect(scanned).toBe(`${web.origin}/c/${code}`)
  for (const typed of [code, code.toUpperCase(), `${code.slice(0, 4)}-${code.slice(4)}`])
    expect(await leadsTo(`/c/${typed}`)).toEqual([302, `/cafes/${id}`])
})

test.each(['00000000', 'x', 'u2345678', '%E9', `${'0'.repeat(2000)}`])(
  'a code that was mistyped has a page that says so: %#',
  async (code) => {
    const page = await openBrowser(web.origin).get(`/c/${code}`)
    expect(page.status).toBe(404)
  },
)

const SHEETS = [
  'affiche.pdf',
  'affiche.pdf?modele=chaleureux&fond-perdu=1',
  'affiche.pdf?modele=autre',
  'tract.pdf',
  'vignettes.pdf',
  'diapositive.pdf',
  'partage/paysage.png',
  'partage/carre.png',
  'partage/portrait.png',
]

test.each(SHEETS)(
  'everybody may take %s of a published café, and ask whether it still holds',
  async (sheet) => {
    const answer = await fetch(`${web.origin}/cafes/${id}/${sheet}`)
    expect(answer.status).toBe(200)
    const type = sheet.includes('png') ? 'image/png' : 'application/pdf'
    expect(answer.headers.get('content-type')).toBe(type)
    expect(answer.headers.get('content-disposition')).toMatch(
      /^inline; filename="cafe-ia-2026-12-09-/,
    )
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(bytes.subarray(1, 4).toString()).toBe(type === 'image/png' ? 'PNG' : 'PDF')
    expect(bytes.length).toBeLessThan(300_000)
    const headers = { 'If-None-Match': answer.headers.get('etag') ?? '' }
    expect((await fetch(`${web.origin}/cafes/${id}/${sheet}`, { headers })).status).toBe(304)
  },
)

test('the pictures to share have the sizes that networks ask for', async () => {
  const sizes = ['paysage', 'carre', 'portrait'].map(async (name) => {
    const answer = await fetch(`${web.origin}/cafes/${id}/partage/${name}.png`)
    const { width, height } = await sharp(await answer.arrayBuffer()).metadata()
    return [width, height]
  })
  expect(await Promise.all(sizes)).toEqual([
    [1200, 630],
    [1080, 1080],
    [1080, 1350],
  ])
})

test('the sheets of a draft are for its team, and nothing is printed of what is not there', async () => {
  const draft = await announce(admin, { title: 'Brouillon', save: 'draft' })
  const path = `/cafes/${draft}/affiche.pdf`
  expect((await openBrowser(web.origin).get(path)).status).toBe(404)
  const mine = await admin.get(path)
  expect([mine.status, mine.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
  expect((await openBrowser(web.origin).get('/cafes/x/tract.pdf')).status).toBe(404)
  expect((await openBrowser(web.origin).get(`/cafes/${id}/autre.pdf`)).status).toBe(404)
})

test('a sheet says what holds now: it is another one once the café is cancelled', async () => {
  const cancelled = await announce(admin, { title: 'Bientôt annulé' })
  const tagOf = async () =>
    (await fetch(`${web.origin}/cafes/${cancelled}/affiche.pdf`)).headers.get('etag')
  const before = await tagOf()
  const path = `/administration/cafes/${cancelled}/annuler`
  await admin.submit(await admin.get(path), path, { note: 'La salle est prise.' })
  expect(await tagOf()).not.toBe(before)
})

test('the page of the kit has previews, words to copy and what to print again', async () => {
  const mine = await announce(admin, { title: 'À faire savoir', summary: 'On en parle.' })
  const path = `/administration/cafes/${mine}/kit`
  const before = await admin.get(path)
  expect(await findHtmlErrors(before.text)).toEqual([])
  expect(before.text).not.toContain('Réimprimez')
  for (const name of ['affiche', 'chaleureux', 'tract', 'vignettes', 'diapositive'])
    expect((await admin.get(`${path}/${name}.webp`)).status).toBe(200)
  const text = readable(before.text)
  expect(text).toContain('Médiathèque du Canal vous invite à un café IA : « À faire savoir ».')
  expect(text).toContain(`${web.origin}/c/${shortCodeOf(mine)}`)
  // Visitors who print it have nothing to do with the team.
  await openBrowser(web.origin).get(`/cafes/${mine}/affiche.pdf`)
  await revise(admin, mine, { date: '2026-12-16' })
  expect((await admin.get(path)).text).not.toContain('Réimprimez')
  await admin.get(`/cafes/${mine}/affiche.pdf`)
  await revise(admin, mine, { date: '2026-12-17' })
  expect(readable((await admin.get(path)).text)).toMatch(
    /Celle prise le \d+(?:er)?\s\S+\s2026 porte l’ancienne date\s:\smercredi 16\sdécembre\s2026/,
  )
  await admin.get(`/cafes/${mine}/tract.pdf`)
  expect((await admin.get(path)).text).not.toContain('Réimprimez')
  const cancel = `/administration/cafes/${mine}/annuler`
  await admin.submit(await admin.get(cancel), cancel, { note: 'La salle est prise.' })
  const off = readable((await admin.get(path)).text)
  expect(off).toContain('ne dit pas « Annulé »')
  expect(off).toContain('Annulé : le café IA « À faire savoir »')
  // Once the words before are erased, nobody knows what a sheet on a wall says.
  const history = `/administration/cafes/${mine}/historique`
  await admin.submit(await admin.get(history), history)
  const erased = await admin.get(path)
  expect([erased.status, erased.text.includes('Réimprimez')]).toEqual([200, false])
})

test('the kit is offered where a café was just published, on its row, and its poster on its page', async () => {
  const link = `href="/administration/cafes/${id}/kit"`
  expect((await admin.get(`/administration/cafes/${id}/en-ligne`)).text).toContain(link)
  expect((await admin.get('/administration/cafes')).text).toContain(link)
  const page = await openBrowser(web.origin).get(`/cafes/${id}`)
  expect(page.text).toContain(`href="/cafes/${id}/affiche.pdf"`)
})

test.each([
  '/programme.pdf',
  '/programme.pdf?mois=2027-03',
  '/programme.pdf?mois=x',
  '/premier-cafe.pdf?lang=en',
])('%s is a PDF for everybody', async (path) => {
  const answer = await fetch(web.origin + path)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf'])
})

test('who asks for many months at once waits, then is told to come later; the present one is there', async () => {
  const ask = (month: number) =>
    fetch(`${web.origin}/programme.pdf?mois=2028-${String(month).padStart(2, '0')}`)
  const months = Array.from({ length: 12 }, (_, index) => index + 1)
  const asked = [...months, ...months].map(async (month) => {
    const answer = await ask(month)
    return [answer.status, answer.headers.get('retry-after')]
  })
  expect((await fetch(`${web.origin}/programme.pdf`)).status).toBe(200)
  const answers = await Promise.all(asked)
  expect(answers).toContainEqual([200, null])
  expect(answers).toContainEqual([503, '10'])
  expect(answers.filter(([status]) => status !== 200 && status !== 503)).toEqual([])
  expect((await ask(1)).status).toBe(200)
})

test('sheets bear the name and the logo that the operator set, and the cup where its file is no picture', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cafe-ia-movement-'))
  const file = (name: string, bytes: string | Buffer) => {
    writeFileSync(join(folder, name), bytes)
    return join(folder, name)
  }
  const { db, config } = web.context
  const movementWith = async (logoFile: string | undefined) => {
    const movement = { name: 'La charte', logoFile }
    return (await findColours({ db, config: { ...config, movement } })).movement
  }
  const png = await sharp({ create: { width: 800, height: 400, channels: 4, background: '#c00a' } })
    .png()
    .toBuffer()
  const { logo } = await movementWith(file('logo.png', png))
  expect(logo).toMatchObject({ name: 'La charte', width: 360, height: 180 })
  for (const wrong of [file('logo.svg', '<svg><script/></svg>'), join(folder, 'none.png')])
    expect(await movementWith(wrong)).toEqual({ name: 'La charte', logo: undefined })
  expect((await findColours(web.context)).movement).toEqual({ name: 'Café IA', logo: undefined })
  rmSync(folder, { recursive: true })
})

test('a poster bears the name of whoever’s logo is no picture any more', async () => {
  const file = `${'c0'.repeat(16)}-360.png`
  const logo = { name: 'Le lieu', file, width: 9, height: 9 }
  await writeMediaFile(web.context, file, Buffer.from('not a picture'))
  const words = { ...SHEET_WORDS, host: { name: 'Le lieu', logo }, partners: [logo] }
  const order = { words, sheet: 'affiche', template: 'sobre', hasBleed: false } as const
  expect(await readPictures(web.context, order)).toMatchObject({ words: { host: { logo } } })
})

test('a series has a poster with how often it is held and its next dates', async () => {
  const { organizer } = await findCafe(web.context.db, id).then((cafe) => cafe ?? expect.fail())
  const now = web.context.now()
  const day = (after: number) =>
    now.toZonedDateTimeISO('Europe/Paris').toPlainDate().add({ days: after })
  const start = `${day(3)}T13:30`
  const dates = [3, 10, 24].map((after) => ({
    ...aCafe(),
    startsAt: startOf(day(after)),
    organizer,
  }))
  const words = seriesSheetWords(
    {
      recurrence: { start, duration: 90, rrule: 'FREQ=WEEKLY', include: [], exclude: [] } as never,
      ...{ cafe: dates[0] ?? expect.fail(), dates, skipped: [day(17).toString()] },
    },
    {
      ...{ movement: SHEET_WORDS.movement, accent: '#0b6355', accentSoft: '#e2f0ec' },
      ...{ host: SHEET_WORDS.host, partners: [], address: 'https://a.example/c/01234567' },
      ...{ phone: undefined, access: undefined, others: [], now },
    },
  )
  expect(words.series?.often).toMatch(/^Tous les \S+s$/)
  expect(words.series?.dates.map(({ off }) => off)).toEqual([
    undefined,
    undefined,
    'pas de café',
    undefined,
  ])
  expect((await fetch(`${web.origin}/series/x/affiche.pdf`)).status).toBe(404)
})

const startOf = (day: Temporal.PlainDate): Temporal.Instant =>
  day.toZonedDateTime({ timeZone: 'Europe/Paris', plainTime: '13:30' }).toInstant()
