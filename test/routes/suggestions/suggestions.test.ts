import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { purge } from '../../../node/jobs/purge.ts'
import { askForReports } from '../../../node/jobs/reports/ask-for-reports.ts'
import { sendMails } from '../../../node/jobs/send-mails.ts'
import { createMailer } from '../../../node/server/mail.ts'
import { findCafe } from '../../../node/store/cafes/cafes.ts'
import { signInByLink } from '../../support/admin.ts'
import { type Browser, fieldsOf, openBrowser } from '../../support/browser.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import { readable } from '../../support/readable.ts'
import { enterAdmin, makeLegal } from '../../support/referents.ts'
import { type Relay, startRelay, textOfMail } from '../../support/relay.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

/** « Proposer un café »: from the form of somebody without an account to the page of the café, and back. */

let relay: Relay
let hub: WebServer
let team: Browser
let referent: Browser
const visitor = () => openBrowser(hub.origin)
beforeAll(async () => {
  relay = await startRelay()
  hub = await startWeb({ role: 'hub', smtpUrl: relay.url, trustProxy: '127.0.0.1' })
  await makeLegal(hub)
  team = await signInByLink(hub)
  referent = (await enterAdmin(hub)).browser
})
afterAll(async () => {
  await hub.stop()
  await relay.stop()
})

const FIELDS = {
  announcedFor: 'Amicale laïque',
  title: 'Un café à la salle des fêtes',
  date: '2026-12-19',
  time: '14:00',
  'venue.id': '',
  'venue.name': 'Salle des fêtes',
  'venue.town': '35500 Vitré',
  courriel: 'lou@mail.example',
}

let network = 0

/** Sends the form as a person does, seconds after it was shown; each from a network of its own. */
async function suggest(fields: Record<string, string> = {}, from = `198.51.${network++}.1`) {
  const browser = visitor()
  const page = await browser.get('/proposer')
  hub.advance({ seconds: 5 })
  const sent = { ...fieldsOf(page.text, '/proposer'), ...FIELDS, ...fields }
  return browser.post('/proposer', sent, { 'x-forwarded-for': from })
}

type Mail = { to: string; text: string; link: string }

async function deliver(): Promise<Mail[]> {
  const { mail } = hub.context.config
  if (!mail) throw new Error('no mail')
  relay.taken.length = 0
  await sendMails(hub.context, createMailer(mail))
  return relay.taken.map(({ to, raw }) => {
    const text = readable(textOfMail(raw))
    const link = /\/propositions\/[\w-]{43}/.exec(text)?.[0] ?? ''
    return { to: to.join(), text, link }
  })
}

/** Suggests a café and confirms the address; returns the link and the id of the draft. */
async function suggestProven(fields: Record<string, string> = {}) {
  await deliver()
  await suggest({ courriel: `p${network}@mail.example`, ...fields })
  const link = (await deliver())[0]?.link ?? ''
  const browser = visitor()
  const done = await browser.submit(await browser.get(link), link)
  if (done.status !== 200) throw new Error(done.text)
  const row = await hub.context.db
    .selectFrom('suggestion')
    .select(['id', 'cafe_id'])
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  return { link, cafeId: row.cafe_id ?? '', id: row.id }
}

const pathOf = (id: string) => `/administration/cafes/${id}`
const publish = async (browser: Browser, id: string) =>
  browser.submit(await browser.get(pathOf(id)), pathOf(id), { save: 'publish' })
const suggestions = () => hub.context.db.selectFrom('suggestion').selectAll().execute()
const change = async (link: string, fields: Record<string, string>) => {
  const browser = visitor()
  return browser.submit(await browser.get(link), `${link}/modifier`, fields)
}

describe('from the form to the page', () => {
  test('nobody reads it before its address is proven, and a link that is opened changes nothing', async () => {
    const form = await visitor().get('/proposer')
    expect(await findHtmlErrors(form.text)).toEqual([])
    expect((await visitor().get('/organiser')).text).toContain('href="/proposer"')
    expect(readable((await suggest()).text)).toContain('Ouvrez votre boîte aux lettres')
    const [mail] = await deliver()
    expect(mail?.to).toBe('lou@mail.example')
    expect(mail?.text).toContain(FIELDS.title)
    const page = await visitor().get(mail?.link ?? '')
    expect(await findHtmlErrors(page.text)).toEqual([])
    expect(page.headers.get('cache-control')).toBe('no-store')
    expect(page.text).toContain('value="Salle des fêtes"')
    expect((await suggestions())[0]).toMatchObject({ cafe_id: null })
    expect(readable((await team.get('/administration')).text)).not.toContain('proposé à lire')
    const browser = visitor()
    const shown = await browser.get(mail?.link ?? '')
    // Two clicks make one draft.
    for (const _click of [1, 2]) await browser.submit(shown, mail?.link ?? '')
    const [row] = await suggestions()
    expect(row).toMatchObject({ typed: null, title: FIELDS.title })
    const cafe = await findCafe(hub.context.db, row?.cafe_id ?? '')
    expect(cafe).toMatchObject({
      ...{ publication: 'draft', announcedFor: 'Amicale laïque', announcedUnder: '35' },
      ...{ title: FIELDS.title, organizationId: hub.organization.id },
    })
    expect((await visitor().get(`/cafes/${cafe?.id}`)).status).toBe(404)
  })

  test('the team and the referent of the territory find it, and its author hears that it is published', async () => {
    const [row] = await suggestions()
    const id = row?.cafe_id ?? ''
    const home = readable((await team.get('/administration')).text)
    expect(home).toMatch(/café\sproposé à lire/)
    expect(home).not.toMatch(/brouillon\sà terminer/)
    const territory = await referent.get('/administration/territoire/35')
    expect(territory.text).toContain('Cafés proposés')
    expect(territory.text).toContain(`href="${pathOf(id)}"`)
    const form = await referent.get(pathOf(id))
    expect(readable(form.text)).toContain('Proposé par lou@mail.example')
    expect((await publish(referent, id)).status).toBe(303)
    const [told] = await deliver()
    expect(told?.to).toBe('lou@mail.example')
    expect(told?.text).toContain(`/cafes/${id}`)
    const page = await visitor().get(`/cafes/${id}`)
    expect(page.text).toContain('Organisé par <strong>Amicale laïque</strong>')
    expect(page.text).not.toContain('lou@mail.example')
    const journal = readable((await referent.get('/administration/territoire/35/journal')).text)
    expect(journal).toContain(FIELDS.title)
  })

  test('its author changes the hour at once, not the words, and cancels it', async () => {
    const { link, cafeId } = await suggestProven({ title: 'À corriger' })
    expect((await publish(team, cafeId)).status).toBe(303)
    await deliver()
    const moved = await change(link, { time: '16:30', title: 'Publicité' })
    expect(readable(moved.text)).toContain('C’est enregistré.')
    const cafe = await findCafe(hub.context.db, cafeId)
    expect(cafe).toMatchObject({ title: 'À corriger', venue: { name: 'Salle des fêtes' } })
    expect(cafe?.startsAt.toString()).toBe('2026-12-19T15:30:00Z')
    expect((await team.get(`${pathOf(cafeId)}/historique`)).text).toContain('Amicale laïque')
    expect((await deliver())[0]?.text).toContain('16 h 30')
    const browser = visitor()
    const page = await browser.get(link)
    const done = await browser.submit(page, `${link}/retirer`, { raison: 'La salle est prise.' })
    expect(readable(done.text)).toContain('Le café est annulé')
    expect(await findCafe(hub.context.db, cafeId)).toMatchObject({
      ...{ status: 'cancelled', statusNote: 'La salle est prise.' },
    })
  })

  test('another place of its author waits for somebody who agrees, and the page warns meanwhile', async () => {
    const { link, cafeId } = await suggestProven({ title: 'Ailleurs' })
    await publish(team, cafeId)
    await deliver()
    const venueOf = async () => (await findCafe(hub.context.db, cafeId))?.venue?.name
    const warning = 'Le lieu va peut-être changer'
    const pageOf = async () => {
      hub.advance({ seconds: 60 })
      return readable((await visitor().get(`/cafes/${cafeId}`)).text)
    }
    expect(await pageOf()).not.toContain(warning)
    const asked = await change(link, { 'venue.name': 'Chez <b>moi</b>' })
    expect(readable(asked.text)).toContain('Vous demandez un autre lieu : Chez &lt;b&gt;moi')
    expect(asked.text).toContain('value="Chez &lt;b&gt;moi&lt;/b&gt;"')
    expect([await venueOf(), (await deliver()).length]).toEqual(['Salle des fêtes', 0])
    expect(await pageOf()).toContain(warning)
    expect(readable((await team.get('/administration')).text)).toContain(
      'Ailleurs : un autre lieu est demandé',
    )
    expect((await referent.get('/administration/territoire/35')).text).toContain(pathOf(cafeId))

    const at = `${pathOf(cafeId)}/lieu`
    const before = await team.get(pathOf(cafeId))
    expect(await findHtmlErrors(before.text)).toEqual([])
    await change(link, { 'venue.name': 'Mairie' })
    const late = await team.submit(before, at, { lieu: 'demande' })
    expect([late.headers.get('location'), await venueOf()]).toEqual([
      ...[`${pathOf(cafeId)}?fait=placeStale`, 'Salle des fêtes'],
    ])
    await team.submit(await team.get(pathOf(cafeId)), at, {
      ...{ lieu: 'annonce', raison: 'La mairie est fermée.' },
    })
    expect((await deliver())[0]?.text).toMatch(/Salle des fêtes[\s\S]+La mairie est fermée\./)
    expect(await pageOf()).not.toContain(warning)

    await change(link, { 'venue.name': 'École' })
    const yes = await referent.submit(await referent.get(pathOf(cafeId)), at, { lieu: 'demande' })
    expect([yes.status, await venueOf()]).toEqual([303, 'École'])
    expect((await deliver())[0]?.text).toContain('École')
    expect(await pageOf()).not.toContain(warning)
    expect((await suggestions()).find(({ cafe_id }) => cafe_id === cafeId)?.typed).toBe(null)

    // What is said again as it is announced asks for nothing, and a cancelled café waits for nobody.
    await change(link, { 'venue.name': 'Mairie' })
    await change(link, { 'venue.name': 'École' })
    expect(await pageOf()).not.toContain(warning)
    await change(link, { 'venue.name': 'Mairie' })
    await visitor().submit(await visitor().get(link), `${link}/retirer`, { raison: 'Fermé.' })
    expect(readable((await team.get('/administration')).text)).not.toContain('un autre lieu')
    await deliver()
  })

  test('a refusal needs a reason, which its author reads in the mail and by the link', async () => {
    const { link, cafeId } = await suggestProven({ title: 'Refusé' })
    const at = `${pathOf(cafeId)}/supprimer`
    const page = await team.get(at)
    expect(readable(page.text)).toContain('Refuser cette proposition')
    const none = await team.submit(page, at, { reason: '' })
    expect([none.status, none.text.includes('id="reason-erreur"')]).toEqual([422, true])
    expect((await team.submit(none, at, { reason: 'C’est une vente.' })).status).toBe(303)
    const [mail] = await deliver()
    expect(mail?.text).toContain('C’est une vente.')
    const own = await visitor().get(link)
    expect(readable(own.text)).toContain('La raison donnée : « C’est une vente. »')
    expect(await findHtmlErrors(own.text)).toEqual([])
    const browser = visitor()
    const gone = await browser.submit(await browser.get(link), `${link}/effacer`)
    expect(readable(gone.text)).toContain('C’est effacé')
    expect((await visitor().get(link)).status).toBe(410)
  })

  test('what a colleague changed meanwhile is not overwritten by its author', async () => {
    const { link, cafeId } = await suggestProven({ title: 'À deux' })
    const browser = visitor()
    const before = await browser.get(link)
    await team.submit(await team.get(pathOf(cafeId)), pathOf(cafeId), {
      ...{ save: 'draft', title: 'Mieux dit' },
    })
    const late = await browser.submit(before, `${link}/modifier`, { title: 'Autrement' })
    expect(late.status).toBe(409)
    expect(late.text).toContain('value="Autrement"')
    expect((await findCafe(hub.context.db, cafeId))?.title).toBe('Mieux dit')
    const again = await browser.submit(late, `${link}/modifier`)
    expect([again.status, (await findCafe(hub.context.db, cafeId))?.title]).toEqual([
      ...[200, 'Autrement'],
    ])
    await browser.submit(await browser.get(link), `${link}/retirer`)
    expect(await findCafe(hub.context.db, cafeId)).toBeUndefined()
    expect(await deliver()).toEqual([])
  })

  test('a structure that has its own site by then takes the café over', async () => {
    const { link, cafeId } = await suggestProven({ title: 'Repris' })
    await publish(team, cafeId)
    const browser = visitor()
    const page = await browser.get(link)
    expect(page.text).toContain(`href="/cafes/${cafeId}.ics"`)
    await browser.submit(page, `${link}/effacer`, { cafe: 'aussi' })
    expect((await visitor().get(`/cafes/${cafeId}`)).status).toBe(410)
  })
})

describe('who begins', () => {
  test('answers two questions, and is given a person, a programme and a date in three clicks', async () => {
    const { text } = await visitor().get('/commencer?ou=35500+Vitr%C3%A9&qui=ados')
    const said = readable(text)
    expect(await findHtmlErrors(text)).toEqual([])
    expect(said).toContain('À Vitré (35), avec des ados : par où commencer')
    expect(text).toContain('href="/referents/ecrire/c-35360"')
    expect(text).toContain('href="/premier-cafe.pdf"')
    expect(said).toContain('Aucun autre café n’est annoncé à 25 km le jeudi')
    for (const from of ['/', '/organiser', '/proposer'])
      expect((await visitor().get(from)).text).toContain('href="/commencer"')
  })

  test('is asked again where no place has that name, and keeps what was typed', async () => {
    const { status, text } = await visitor().get('/commencer?ou=Xyzabc&qui=aines')
    expect(status).toBe(422)
    expect(text).toContain('value="Xyzabc"')
    expect(text).toMatch(/value="aines" checked/)
    expect((await visitor().get('/commencer?ou=&qui=personne')).status).toBe(422)
    expect((await visitor().get(`/commencer?ou=${'a'.repeat(5000)}`)).status).toBe(422)
    expect((await visitor().get('/commencer?ou=France')).status).toBe(200)
    const several = await visitor().get('/commencer?ou=Saint-Denis&qui=tous')
    expect(several.text).toContain('Vous vouliez dire')
  })

  test('sees the series that the directory holds online, on the first page and as a date', async () => {
    expect((await visitor().get('/')).text).not.toContain('id="en-ligne"')
    const season = 'Le café en ligne du jeudi'
    const form = '/administration/cafes/nouveau'
    const seen = await team.submit(await team.get(form), form, {
      ...{ title: season, date: '2027-02-04', time: '13:00', 'venue.id': 'online' },
      ...{ attendanceMode: 'online', onlineUrl: 'https://visio.example/salle', save: 'publish' },
      ...{ dates: 'several', repeats: 'weekly', ends: 'date', lastDay: '2027-02-25' },
    })
    await team.submit(seen, form, { save: 'publish' })
    for (const path of ['/', '/commencer?ou=France'])
      expect(readable((await visitor().get(path)).text)).toContain(season)
    const first = readable((await visitor().get('/')).text)
    expect(first).toMatch(/La prochaine fois\s:\s+jeudi\s4\sfévrier\s2027/)
  })
})

describe('bad input', () => {
  test.each([
    ['a day that is over', { date: '2020-01-01' }, 'date'],
    ['no structure', { announcedFor: '' }, 'announcedFor'],
    ['a town that nobody knows', { 'venue.town': 'Nulle-Part-les-Oies' }, 'venue-town'],
    ['no address', { courriel: 'lou' }, 'courriel'],
    ['a title without end', { title: 'x'.repeat(9000) }, 'title'],
  ])('%s is said beside its field, and nothing is kept', async (_, fields, field) => {
    const before = (await suggestions()).length
    const answer = await suggest(fields)
    expect(answer.status).toBe(422)
    expect(answer.text).toContain(`id="${field}-erreur"`)
    expect((await suggestions()).length).toBe(before)
    expect(await deliver()).toEqual([])
  })

  test('markup and fields that the form does not have come to nothing', async () => {
    const { cafeId } = await suggestProven({
      ...{ title: 'Avec <b>gras</b>', descriptionMarkdown: '<script>alert(1)</script>Bonjour' },
      ...{ 'registration.mode': 'local', 'image.media': 'x', save: 'publish', openTo: 'reserved' },
    })
    const cafe = await findCafe(hub.context.db, cafeId)
    expect(cafe).toMatchObject({ publication: 'draft', openTo: 'public', image: undefined })
    expect(cafe?.registration.mode).toBe('none')
    expect(cafe?.descriptionHtml).not.toContain('<script')
    await publish(team, cafeId)
    expect((await visitor().get(`/cafes/${cafeId}`)).text).toContain('Avec &lt;b&gt;gras')
  })

  test('the same twice is one row, and an address has five such mails a day', async () => {
    const said = { title: 'Deux fois', courriel: 'deux@mail.example' }
    for (let time = 0; time < 6; time++)
      expect(
        (await suggest({ ...said, title: time % 2 ? 'deux  FOIS !' : said.title })).status,
      ).toBe(200)
    expect((await suggestions()).filter(({ email }) => email === said.courriel)).toHaveLength(1)
    expect((await deliver()).filter(({ to }) => to === said.courriel)).toHaveLength(5)
  })

  test('one network has ten in an hour', async () => {
    const answers = []
    for (let n = 0; n < 11; n++)
      answers.push((await suggest({ courriel: `n${n}@mail.example` }, '203.0.113.9')).status)
    expect(answers).toEqual([...Array(10).fill(200), 429])
    await deliver()
  })

  test('a program that answers at once, or fills the hidden field, is told to try again', async () => {
    const browser = visitor()
    const page = await browser.get('/proposer')
    const fields = { ...fieldsOf(page.text, '/proposer'), ...FIELDS }
    expect((await browser.post('/proposer', fields)).status).toBe(422)
    hub.advance({ seconds: 5 })
    expect((await browser.post('/proposer', { ...fields, site_web: 'x' })).status).toBe(422)
  })

  test('the morning after, its author tells by the link of a mail how it was', async () => {
    const { link, cafeId } = await suggestProven({ title: 'Raconté', date: '2026-12-02' })
    await publish(team, cafeId)
    await deliver()
    const { startsAt } = (await findCafe(hub.context.db, cafeId)) ?? expect.fail()
    hub.advance({
      seconds: hub.context
        .now()
        .until(startsAt.add({ hours: 24 }))
        .total('seconds'),
    })
    await askForReports(hub.context)
    const mails = await deliver()
    expect(mails.map(({ text }) => text.includes('« Raconté »'))).toEqual([true])
    const told = /\/bilans\/[\w-]{43}/.exec(mails[0]?.text ?? '')?.[0] ?? ''
    const page = await visitor().get(`${told}?n=12`)
    expect(await findHtmlErrors(page.text)).toEqual([])
    await visitor().submit(page, told, {})
    expect((await visitor().get(`/cafes/${cafeId}`)).text).toMatch(/12\spersonnes/)
    // Who has the address erased has no way in any more.
    const own = await visitor().get(link)
    await visitor().submit(own, `${link}/effacer`, {})
    expect((await visitor().get(told)).status).toBe(410)
  })

  test('after the café nothing changes any more, and after its term nothing is left', async () => {
    const { link, cafeId, id } = await suggestProven({ title: 'Passé', date: '2026-12-12' })
    await publish(team, cafeId)
    await deliver()
    hub.advance({ hours: 24 * 20 })
    const page = await visitor().get(link)
    expect(readable(page.text)).toContain('Ce café est passé, ou annulé.')
    expect(page.text).not.toContain(`${link}/modifier`)
    const late = await visitor().post(`${link}/modifier`, { time: '20:00' })
    expect([late.status, (await findCafe(hub.context.db, cafeId))?.venue?.name]).toEqual([
      ...[200, 'Salle des fêtes'],
    ])
    hub.advance({ hours: 24 * 31 })
    await purge(hub.context)
    expect((await suggestions()).map((row) => row.id)).not.toContain(id)
    expect((await visitor().get(link)).status).toBe(410)
    const left = await hub.context.db.selectFrom('mail').select('recipient').execute()
    expect(left.filter(({ recipient }) => recipient === 'n1@mail.example')).toEqual([])
  })
})
