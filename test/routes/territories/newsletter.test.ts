import MarkdownIt from 'markdown-it'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { announce, revise, signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import { readable } from '../../support/readable.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let server: WebServer
let visitor: Browser
let admin: Browser
let csrf: string

beforeAll(async () => {
  server = await startWeb({ role: 'hub' })
  visitor = openBrowser(server.origin)
  admin = await signInByLink(server)
  await announce(admin, { title: 'À Rennes', 'venue.town': '35000', date: '2026-12-03' })
  await announce(admin, {
    title: 'À Die, [avec] *étoiles*',
    'venue.town': 'Die',
    date: '2026-12-02',
  })
  await announce(admin, { title: 'À Valence', 'venue.town': '26000', date: '2026-12-04' })
  await announce(admin, { title: 'Trop tard', 'venue.town': '35000', date: '2026-12-20' })
  await announce(admin, {
    title: 'En ligne',
    date: '2026-12-03',
    attendanceMode: 'online',
    onlineUrl: 'https://visio.example/salle',
  })
  csrf =
    (await admin.get('/administration/lettre')).text.match(/name="csrf" value="([^"]+)"/)?.[1] ?? ''
})
afterAll(() => server.stop())

const letterText = async (): Promise<string> => readable((await visitor.get('/lettre.txt')).text)

/** Returns the id of a café in the team's page of the newsletter. */
async function idOf(title: string): Promise<string> {
  const { text } = await admin.get('/administration/lettre')
  return text.match(new RegExp(`href="/cafes/([0-9a-f-]+)">${title}`))?.[1] ?? ''
}

const choose = async (title: string, choix: string) =>
  admin.post(`/administration/lettre/cafes/${await idOf(title)}`, { csrf, choix })

describe('the newsletter', () => {
  test('lists the cafés of two weeks by région, online ones at the end', async () => {
    const text = await letterText()
    const at = (words: string) => text.indexOf(words)
    expect(text).toContain('DU 25 NOVEMBRE 2026 AU 8 DÉCEMBRE 2026')
    expect(at('Auvergne-Rhône-Alpes')).toBeGreaterThan(0)
    expect(at('Auvergne-Rhône-Alpes')).toBeLessThan(at('À Die'))
    expect(at('À Die')).toBeLessThan(at('À Valence'))
    expect(at('À Valence')).toBeLessThan(at('Bretagne'))
    expect(at('À Rennes')).toBeLessThan(at('* En ligne'))
    expect(text).not.toContain('Trop tard')
  })

  test('has the same content as HTML, Markdown and text, whatever characters a title contains', async () => {
    const { text: html } = await visitor.get('/lettre.html')
    const { text: markdown } = await visitor.get('/lettre.md')
    const rendered = new MarkdownIt().render(markdown)
    const words = (code: string) =>
      code
        .replaceAll(/<[^>]+>/g, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim()
    expect(words(rendered)).toBe(words(html))
    expect(words(html)).toContain('À Die, [avec] *étoiles*')
    const links = (code: string) => [...code.matchAll(/href="([^"]+)"/g)].map(([, href]) => href)
    expect(links(rendered)).toEqual(links(html))
  })

  test('is shown on a page to copy from, which works without scripts', async () => {
    const { text, headers } = await visitor.get('/lettre')
    expect(await findHtmlErrors(text)).toEqual([])
    expect(headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(text.match(/<textarea/g)).toHaveLength(3)
  })

  test('of a territory has its cafés alone, under the names of its départements, in each form', async () => {
    const { text, headers } = await visitor.get('/lettre.txt?territoire=26')
    expect(headers.get('content-disposition')).toContain('lettre-cafes-ia-26-2026-11-25.txt')
    expect(readable(text)).toContain('LES CAFÉS IA DANS LA DRÔME, DU 25 NOVEMBRE 2026')
    expect(text).toContain('À Valence')
    expect(text).not.toMatch(/À Rennes|\* En ligne/)
    expect(text).toContain(`${server.origin}/territoires/26`)
    const region = (await visitor.get('/lettre.txt?territoire=r-84')).text
    expect(region).toMatch(/\nDrôme\n-+\n[\s\S]*À Die/)
    const page = await visitor.get('/lettre?territoire=26')
    expect(await findHtmlErrors(page.text)).toEqual([])
    expect(readable(page.text)).toContain('<h1>La lettre des cafés dans la Drôme (26)</h1>')
    expect(page.text).toContain('href="/lettre.md?territoire=26"')
    expect(page.text).toContain('<option value="26" selected')
  })

  test('asks for the territory first, counts the cafés of each, and folds that of everywhere', async () => {
    const { text } = await visitor.get('/lettre')
    const before = text.slice(0, text.indexOf('<details class="more-fields"'))
    expect(before).toContain('name="territoire"')
    expect(before).toMatch(/href="\/lettre\?territoire=r-84">Auvergne-Rhône-Alpes<\/a> <small>2</)
    expect(before).not.toContain('À Die')
    expect((await visitor.get('/lettre?territoire=rien')).text).toContain('À Die')
  })

  test('begins with what the team puts forward, in its order, without what it leaves out', async () => {
    await choose('À Valence', 'avant')
    await choose('À Rennes', 'avant')
    await choose('À Rennes', 'monter')
    await choose('En ligne', 'dehors')
    const text = await letterText()
    expect(text.indexOf('À ne pas manquer')).toBeLessThan(text.indexOf('À Rennes'))
    expect(text.indexOf('À Rennes')).toBeLessThan(text.indexOf('À Valence'))
    expect(text.split('À Rennes')).toHaveLength(2)
    expect(text).not.toContain('* En ligne')
  })

  test('begins with the words of the team, of which a colleague’s are never overwritten', async () => {
    const path = '/administration/lettre'
    const before = await admin.get(path)
    const long = await admin.submit(before, path, { ouverture: 'a'.repeat(2001) })
    expect(long.status).toBe(422)
    expect(long.text).toContain('aaaa')
    const ouverture = 'Bonjour <b>toutes</b>.\r\n\r\nUne semaine chargée.'
    expect((await admin.submit(before, path, { ouverture })).status).toBe(303)
    expect((await visitor.get('/lettre.html')).text).toContain('Bonjour &lt;b&gt;toutes&lt;/b&gt;.')
    const late = await admin.submit(before, path, { ouverture: 'Le mien.' })
    expect(late.status).toBe(409)
    expect(late.text).toContain('Le mien.')
    expect(late.text).toContain('Une semaine chargée.')
    expect(await letterText()).toContain('Une semaine chargée.')
    expect(await findHtmlErrors(late.text)).toEqual([])
  })

  test('lists the cafés that were cancelled since the last one was sent', async () => {
    expect((await admin.post('/administration/lettre/envoyee', { csrf })).status).toBe(303)
    expect(await letterText()).not.toMatch(/Ce qui a changé|Une semaine chargée/)
    const id = await idOf('À Rennes')
    const path = `/administration/cafes/${id}/annuler`
    const { status } = await admin.submit(await admin.get(path), path, {
      reason: 'La salle est fermée',
    })
    expect(status).toBe(303)
    const text = await letterText()
    expect(text).toContain('Ce qui a changé depuis la dernière lettre')
    expect(text).toContain('Annulé. « La salle est fermée »')
    expect(text.indexOf('Bretagne')).toBe(-1)
  })

  test('gives the new date and the new place of a café that moved, on the team’s page too', async () => {
    const id = await idOf('À Valence')
    const answer = await revise(admin, id, {
      date: '2026-12-05',
      'venue.name': 'Maison de quartier',
      'venue.town': 'Die',
    })
    expect(answer.status).toBe(303)
    const text = await letterText()
    expect(text).toContain(
      'Nouvelle date : samedi 5 décembre 2026 à 18 h 30. À un autre endroit : Maison de quartier, Die (au lieu de Médiathèque du Canal, Valence).',
    )
    const page = (await admin.get('/administration/lettre')).text
    expect(page).toMatch(/À Valence<\/a> ?.: nouvelle date, à un autre endroit/)
    expect(await findHtmlErrors(page)).toEqual([])
    expect((await admin.post('/administration/lettre/envoyee', { csrf })).status).toBe(303)
    expect(await letterText()).not.toContain('Ce qui a changé')
  })
})

test('only the team of a directory decides on the newsletter', async () => {
  expect((await visitor.get('/administration/lettre')).status).toBe(302)
  const forged = await admin.post(`/administration/lettre/envoyee`, { csrf: 'autre' })
  expect(forged.status).toBe(403)
  const place = await startWeb()
  const team = await signInByLink(place)
  expect((await team.get('/administration/lettre')).status).toBe(404)
  expect((await openBrowser(place.origin).get('/lettre')).status).toBe(404)
  await place.stop()
})
