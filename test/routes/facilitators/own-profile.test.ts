import { describe, expect, test } from 'vitest'
import { relayMessages } from '../../../node/jobs/relay-messages.ts'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import { jpeg, listMedia, submitWithImage } from '../../support/uploads.ts'
import {
  addressOf,
  changes,
  DIRECTORY,
  deliver,
  everyRow,
  fill,
  invite,
  PROFILE,
  publish,
  server,
  useProfileSite,
  visitor,
} from './profile-site.ts'

useProfileSite()

describe('a person who leads cafés', () => {
  test('is invited, writes, sees what will be shown, agrees, and is shown', async () => {
    const link = await invite('lou@mail.example')
    const first = await visitor.get(link)
    expect(await findHtmlErrors(first.text)).toEqual([])
    expect(first.headers.get('referrer-policy')).toBe('no-referrer')
    expect(first.headers.get('cache-control')).toContain('no-store')

    const written = await fill(link)
    expect([written.status, written.headers.get('location')]).toEqual([303, `${link}/apercu`])
    const preview = await visitor.get(`${link}/apercu`)
    expect(await findHtmlErrors(preview.text)).toEqual([])
    expect(preview.text).toContain('Rennes Métropole')
    expect(preview.text).not.toContain('lou@mail.example')
    expect((await visitor.get('/animation')).text).not.toContain('Lou D.')

    const refused = await visitor.submit(preview, `${link}/apercu`, {})
    expect([refused.status, refused.text.includes('rien n’est publié')]).toEqual([422, true])
    expect((await publish(link)).status).toBe(303)

    const list = await visitor.get('/animation')
    const address = await addressOf('Lou D.')
    expect(address).toMatch(/^\/animation\/[a-z2-9]{10}$/)
    expect(preview.text).toContain(address)
    expect(list.text).toContain(`${address}"`)
    const page = await visitor.get(address)
    expect([page.status, await findHtmlErrors(page.text)]).toEqual([200, []])
    expect(page.text).toContain('débat mouvant')
    expect(page.text).not.toContain('lou@mail.example')
    expect((await changes()).at(-1)).toMatchObject({ type: 'facilitator-published' })

    const home = await visitor.get(link)
    expect(home.text).toContain('rend publics pendant un an')
    const rows = await server.context.db.selectFrom('consent').selectAll().execute()
    expect(rows.map(({ field }) => field).sort()).toEqual([
      'contact',
      'formats',
      'languages',
      'name',
      'presentation',
      'radiusKm',
      'territory',
      'themes',
    ])
    expect(new Set(rows.map(({ text }) => text)).size).toBe(1)
    expect(rows[0]?.text).toContain('nom, territoire')
  })

  test('is written to without a trace of the address on the page', async () => {
    const address = await addressOf('Lou D.')
    const page = await visitor.get(address)
    const action = `${address}/message`
    const wrong = await visitor.submit(page, action, { name: 'Sam', email: 'sam', message: '' })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('value="Sam"')
    const bot = { name: 'Bot', email: 'bot@spam.example', message: 'x', site_web: 'http://spam' }
    expect((await visitor.submit(page, action, bot)).status).toBe(200)
    expect(await deliver()).toEqual([])
    const sent = await visitor.submit(page, action, {
      name: 'Sam Petit',
      structure: 'Médiathèque de Bruz',
      email: 'sam@bruz.example',
      message: 'Le 12 mars, 20 personnes ?',
    })
    expect(sent.status).toBe(200)
    expect(sent.text).not.toContain('Message envoyé')
    expect(sent.text).not.toContain('lou@mail.example')
    const [mail] = await deliver()
    expect(mail).toMatchObject({ to: 'lou@mail.example', replyTo: 'sam@bruz.example' })
    expect(mail?.text).toContain('Le 12 mars, 20 personnes ?')
    for (let count = 0; count < 3; count++)
      await visitor.submit(page, action, { ...bot, site_web: '', message: `n° ${count}` })
    const flood = await visitor.submit(page, action, { ...bot, site_web: '' })
    expect([flood.status, flood.headers.get('retry-after')]).toEqual([429, '3600'])
    await deliver()
  })

  test('changes what is shown only by agreeing again, and field by field', async () => {
    const [own] = await server.context.db.selectFrom('facilitator').selectAll().execute()
    expect(own?.name).toBe('Lou D.')
    const form = await visitor.get('/animation/moi')
    await visitor.submit(form, '/animation/moi', { email: 'lou@mail.example' })
    const [mail] = await deliver()
    const link = mail?.link ?? ''
    await publish(link, { directory: DIRECTORY })
    const asked = (await visitor.get(`${link}/apercu`)).text
    expect(asked.match(/Votre profil y est déjà/g)).toHaveLength(1)
    await fill(link, { themes: 'école', 'niveau.radiusKm': 'nobody', 'niveau.formats': 'network' })
    expect((await visitor.get(await addressOf('Lou D.'))).text).toContain('emploi')
    expect((await publish(link, { directory: DIRECTORY })).status).toBe(303)
    const { text } = await visitor.get(await addressOf('Lou D.'))
    expect(text).toContain('école')
    expect(text).not.toContain('emploi')
    expect(text).not.toContain('débat mouvant')
    expect(text).not.toContain('30\u00a0km')
    expect((await changes()).at(-1)).toMatchObject({
      type: 'facilitator-changed',
      leftDirectory: false,
    })
    await publish(link)
    expect((await changes()).at(-1)).toMatchObject({ leftDirectory: true })
  })

  test('what changed in another window since it was shown is not published unseen', async () => {
    const link = await invite('alex@mail.example', 'Alex')
    await fill(link, { name: 'Alex' })
    const preview = await visitor.get(`${link}/apercu`)
    await fill(link, { name: 'Alexandre Dupont' })
    const again = await visitor.submit(preview, `${link}/apercu`, { page: '1' })
    expect([again.status, again.text.includes('Alexandre Dupont')]).toEqual([200, true])
    expect((await visitor.get('/animation')).text).not.toContain('Alexandre')
  })

  test('minors are refused kindly, and nothing of what they typed is kept', async () => {
    const link = await invite('mineur@mail.example', 'Élève')
    const page = await visitor.get(`${link}/profil`)
    const { isAdult: _, ...typed } = PROFILE
    const refused = await visitor.submit(page, `${link}/profil`, { ...typed, name: 'Élève de 3e' })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('18\u00a0ans ou plus pour figurer ici')
    expect(refused.text).toContain('value="Élève de 3e"')
    expect(await findHtmlErrors(refused.text)).toEqual([])
    expect(await everyRow()).not.toContain('Élève de 3e')
  })

  test('several towns of a name are offered, and a point that may be a home is not taken', async () => {
    const link = await invite('dom@mail.example', 'Dom')
    const several = await fill(link, { ou: 'Saint-Denis' })
    expect([several.status, await findHtmlErrors(several.text)]).toEqual([422, []])
    expect(several.text).toContain('Choisissez votre commune')
    expect((await fill(link, { ou: '48.1101,-1.6702' })).status).toBe(422)
  })

  test('withdraws: nothing of it is left, in the database, on pages or on the disk', async () => {
    const link = await invite('zoe@mail.example', 'Zoé')
    const page = await visitor.get(`${link}/profil`)
    const sent = await submitWithImage({ server, browser: visitor }, `${link}/profil`, {
      page,
      fields: { ...PROFILE, name: 'Zoé Introuvable', 'image.alt': 'Zoé devant un tableau' },
      file: { bytes: await jpeg(640, 480) },
    })
    expect(sent.status).toBe(303)
    await publish(link, { directory: DIRECTORY, fediverse: '1' })
    const address = await addressOf('Zoé Introuvable')
    const shown = await visitor.get(address)
    const [, picture = ''] = /"(\/media\/[\w.-]+\.jpg)/.exec(shown.text) ?? []
    expect((await visitor.get(picture)).status).toBe(200)

    const said = { name: 'Sam', email: 'sam@tard.example', message: 'Le 12 ?' }
    const written = await visitor.post(`${address}/message`, said, {
      'x-forwarded-for': '192.0.2.77',
    })
    expect(written.status).toBe(200)

    const ask = await visitor.get(`${link}/retrait`)
    expect(await findHtmlErrors(ask.text)).toEqual([])
    expect((await visitor.get(address)).status).toBe(200)
    const done = await visitor.submit(ask, `${link}/retrait`, {})
    const report = await visitor.get(done.headers.get('location') ?? '')
    expect([report.status, await findHtmlErrors(report.text)]).toEqual([200, []])
    expect(report.text).not.toContain('Zoé')

    expect((await visitor.get(link)).status).toBe(410)
    expect((await visitor.get('/animation')).text).not.toContain('Zoé')
    const gone = await visitor.get(address)
    expect([gone.status, gone.text.includes('Zoé')]).toEqual([410, false])
    expect((await visitor.get(picture)).status).toBe(404)
    expect(await listMedia(server)).toEqual([])
    // `zoe` alone is not searched for, since random texts may contain three such letters.
    expect(await everyRow()).not.toMatch(/zoé|zoe@|introuvable/i)
    expect((await changes()).at(-1)).toMatchObject({ type: 'facilitator-withdrawn' })
    // A person who had just written is told that the message did not arrive, but not the name of its recipient.
    await relayMessages(server.context)
    const told = await deliver()
    expect(told.map(({ to }) => to)).toEqual(['sam@tard.example'])
    expect(told[0]?.text).toContain('n’a pas pu être remis')
    expect(told[0]?.text).not.toContain('Zoé')

    const again = await invite('autre@mail.example', 'Autre')
    await fill(again, { name: 'Zoé Introuvable' })
    await publish(again)
    expect(await addressOf('Zoé Introuvable')).not.toBe(address)
  })
})

describe('the data about a person', () => {
  test('can be read and downloaded by that person, all of it', async () => {
    const link = await invite('toutes@mail.example', 'Tout')
    await fill(link, { name: 'Tout Dire', email: 'toutes@mail.example' })
    await publish(link, { directory: DIRECTORY })
    await fill(link, { name: 'Tout Dire', presentation: 'Un brouillon à moi.' })
    const page = await visitor.get(`${link}/donnees`)
    expect(await findHtmlErrors(page.text)).toEqual([])
    const file = await visitor.get(`${link}/donnees?format=json`)
    expect(file.headers.get('content-disposition')).toContain('attachment')
    const data = JSON.parse(file.text)
    for (const held of ['Tout Dire', 'toutes@mail.example', 'Un brouillon à moi.', DIRECTORY])
      expect([held, page.text.includes(held), file.text.includes(held)]).toEqual([held, true, true])
    expect(data.consents.length).toBeGreaterThan(5)
    // The file uses the terms of people, not the names of properties.
    const { names } = messagesFor('fr').facilitator.ownData
    expect(namesIn(Object.values(data)).filter((name) => !(name in names))).toEqual([])
    expect(page.text).not.toMatch(/<dt>[a-z]+[A-Z_]|>true<|>false<|\dT\d\d:\d\d/)
    // The file contains no secret that gives access.
    expect(file.text).not.toContain(link.split('/').at(-1))
  })
})

/** Returns the names of all properties, at any depth. */
function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  const own = Array.isArray(value) ? [] : Object.keys(value)
  return [...new Set([...own, ...Object.values(value).flatMap(namesIn)])]
}
