import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { purge } from '../../../node/jobs/purge.ts'
import { relayMessages } from '../../../node/jobs/relay-messages.ts'
import {
  askAboutDirectories,
  sendConsentRenewals,
  unpublishExpired,
} from '../../../node/jobs/renew-consents.ts'
import { sendMails } from '../../../node/jobs/send-mails.ts'
import { createMailer } from '../../../node/mail.ts'
import { insertLinkTo } from '../../../node/store/accounts/links.ts'
import {
  insertNewcomer,
  insertPaperProfileLink,
} from '../../../node/store/facilitators/own-profiles.ts'
import { findFirstOrganization } from '../../../node/store/structures/organizations.ts'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { announce, CAFE, signInByLink } from '../../support/admin.ts'
import { type Browser, type Fields, openBrowser, type Page } from '../../support/browser.ts'
import { joinTestDirectory } from '../../support/facilitator-profiles.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import { headerOf, type Relay, startRelay, textOfMail } from '../../support/relay.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { jpeg, listMedia, submitWithImage } from '../../support/uploads.ts'

const DIRECTORY = 'annuaire.example'

let relay: Relay
let server: WebServer
let visitor: Browser
let admin: Browser
beforeAll(async () => {
  relay = await startRelay()
  server = await startWeb({ smtpUrl: relay.url, trustProxy: '127.0.0.1' })
  visitor = openBrowser(server.origin)
  admin = await signInByLink(server)
  await joinTestDirectory(server.context, DIRECTORY)
})
afterAll(async () => {
  await server.stop()
  await relay.stop()
})

type Mail = { to: string; replyTo: string | undefined; subject: string; text: string; link: string }

/** What the relay takes now. */
async function deliver(): Promise<Mail[]> {
  const { mail } = server.context.config
  if (!mail) throw new Error('no mail')
  relay.taken.length = 0
  await sendMails(server.context, createMailer(mail))
  return relay.taken.map(({ to, raw }) => {
    const text = textOfMail(raw).replace(/[\u00a0\u202f]/gu, ' ')
    const link = /\/animation\/moi\/[\w-]{43}/.exec(text)?.[0] ?? ''
    const replyTo = headerOf(raw, 'reply-to')
    return { to: to.join(), replyTo, subject: headerOf(raw, 'subject') ?? '', text, link }
  })
}

const PROFILE: Fields = {
  name: 'Lou D.',
  word: 'animateur',
  ou: '35000 Rennes',
  extent: 'epci',
  radiusKm: '30',
  presentation: 'Je lance le débat, vous faites le reste.',
  formats: 'débat mouvant, atelier',
  themes: 'emploi',
  languages: 'fr',
  contact: 'relay',
  isAdult: '1',
  level: 'public',
}

async function invite(email: string, name = 'Lou'): Promise<string> {
  const page = await admin.get('/administration/animation')
  const action = '/administration/animation/invitations'
  const sent = await admin.submit(page, action, { name, email, way: 'mail' })
  expect(sent.status).toBe(303)
  const [mail] = await deliver()
  expect(mail?.to).toBe(email)
  return mail?.link ?? ''
}

async function fill(link: string, fields: Fields = {}): Promise<Page> {
  const form = await visitor.get(`${link}/profil`)
  return visitor.submit(form, `${link}/profil`, { ...PROFILE, ...fields })
}

async function publish(link: string, ticked: Fields = {}): Promise<Page> {
  const preview = await visitor.get(`${link}/apercu`)
  return visitor.submit(preview, `${link}/apercu`, { page: '1', ...ticked })
}

/** The page of somebody who is published here, by the name that was agreed to. */
const addressOf = async (name: string): Promise<string> => {
  const { handle } = await server.context.db
    .selectFrom('facilitator')
    .select('handle')
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return `/animation/${handle}`
}

const changes = async () =>
  (await server.context.db.selectFrom('change').select('body').orderBy('id').execute()).map(
    ({ body }) => JSON.parse(body) as { type: string },
  )

const everyRow = async () => {
  const { db } = server.context
  const tables = [
    ...(['facilitator', 'facilitator_contact', 'facilitator_draft', 'link'] as const),
    ...(['consent', 'mail', 'withdrawal', 'media', 'document'] as const),
  ]
  const rows = await Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute()))
  return JSON.stringify(rows)
}

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
    // Three letters alone stand in what is drawn at random too.
    expect(await everyRow()).not.toMatch(/zoé|zoe@|introuvable/i)
    expect((await changes()).at(-1)).toMatchObject({ type: 'facilitator-withdrawn' })
    // Whoever had just written hears that it did not arrive, and not from whom it was kept.
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

describe('the address of a profile', () => {
  const TAKEN = 'Cette adresse n’est pas libre'
  const readable = ({ text }: Page) => text.replace(/[\u00a0\u202f]/gu, ' ')
  const askFor = async (link: string, alias: string, name = 'Une personne') =>
    fill(link, { name, alias })
  const chosenBy = async (name: string, alias: string) => {
    const link = await invite(`${alias}@mail.example`, name)
    expect((await askFor(link, alias, name)).status).toBe(303)
    expect((await publish(link, { fediverse: '1' })).status).toBe(303)
    return link
  }

  test('is one that the person chooses, sees before they agree, and agrees to', async () => {
    const link = await invite('choix@mail.example', 'Choix')
    const form = await visitor.get(`${link}/profil`)
    expect(readable(form)).toContain('Laissée vide, elle est tirée au hasard')
    expect((await askFor(link, 'Ma-Plume', 'Choix')).status).toBe(303)
    const preview = await visitor.get(`${link}/apercu`)
    expect(await findHtmlErrors(preview.text)).toEqual([])
    expect(preview.text).toContain(`${server.origin}/animation/ma-plume`)
    expect(readable(preview)).toContain('Vous l’avez choisie')
    expect(readable(preview)).toContain('nom, adresse choisie,')
    expect((await visitor.get('/animation/ma-plume')).status).toBe(404)
    expect((await publish(link, { fediverse: '1' })).status).toBe(303)
    expect(await everyRow()).toContain('"field":"alias"')

    const page = await visitor.get('/animation/ma-plume')
    expect(page.status).toBe(200)
    expect(page.text).toContain(`rel="canonical" href="${server.origin}/animation/ma-plume"`)
    expect((await visitor.get('/animation')).text).toContain('href="/animation/ma-plume"')
    expect((await visitor.get(link)).text).toContain('href="/animation/ma-plume"')
    // What identifies the profile, and its account, says nothing of it.
    const random = await addressOf('Choix')
    expect((await visitor.get(random)).text).toContain('/animation/ma-plume"')
    const asProgram = { accept: 'application/activity+json' }
    const led = await fetch(`${server.origin}/animation/ma-plume`, { headers: asProgram })
    expect([led.url, led.status]).toEqual([server.origin + random, 200])
    expect(await led.json()).toMatchObject({
      id: server.origin + random,
      url: `${server.origin}/animation/ma-plume`,
    })
    const account = server.origin + random.replace('/animation/', '/actors/')
    const { host } = new URL(server.origin)
    for (const name of ['ma-plume', random.split('/').at(-1)]) {
      const resource = `${server.origin}/.well-known/webfinger?resource=acct:${name}@${host}`
      const found = await (await fetch(resource)).json()
      expect(found).toMatchObject({ subject: `acct:ma-plume@${host}`, aliases: [account] })
    }
    const actor = await (await fetch(account, { headers: asProgram })).json()
    expect(actor).toMatchObject({ id: account, preferredUsername: 'ma-plume' })
    expect((await fetch(`${server.origin}/actors/ma-plume`, { headers: asProgram })).status).toBe(
      404,
    )
  })

  test.each([
    ['deux mots', 'Trois à trente lettres'],
    ['ab', 'Trois à trente lettres'],
    ['é'.repeat(4), 'Trois à trente lettres'],
    ['../admin', 'Trois à trente lettres'],
    ['a--b', 'Trois à trente lettres'],
    ['abc-', 'Trois à trente lettres'],
    ['a'.repeat(31), 'Trois à trente lettres'],
    ['a@b.example', 'Trois à trente lettres'],
    ['moi', TAKEN],
    ['instance', TAKEN],
    ['Cafes-35', TAKEN],
    ['reseau-poste', TAKEN],
    ['postmaster', TAKEN],
  ])('is not %s: said beside the field, and what was typed stays', async (alias, words) => {
    const link = await invite(`non${Math.random()}@mail.example`)
    const page = await askFor(link, alias)
    expect(page.status).toBe(422)
    expect(readable(page)).toContain(words)
    expect(page.text).toContain(`name="alias" type="text" value="${alias}"`)
    expect(await findHtmlErrors(page.text)).toEqual([])
  })

  test('is nobody else’s, chosen or drawn, nor was; nothing says whose', async () => {
    const first = await chosenBy('Première', 'premiere-venue')
    const random = (await addressOf('Première')).split('/').at(-1) ?? ''
    const other = await invite('seconde@mail.example')
    const refusals = []
    for (const alias of ['premiere-venue', 'PREMIERE-VENUE', random]) {
      // A random one that begins with a figure is none that could be chosen.
      if (/^\d/.test(alias)) continue
      const page = await askFor(other, alias)
      expect(page.status, alias).toBe(422)
      refusals.push(readable(page).includes(TAKEN))
    }
    const ask = await visitor.get(`${first}/retrait`)
    await visitor.submit(ask, `${first}/retrait`, {})
    expect(await everyRow()).not.toContain('premiere-venue')
    expect((await visitor.get('/animation/premiere-venue')).status).toBe(410)
    const page = await askFor(other, 'premiere-venue')
    expect(page.status).toBe(422)
    expect([...refusals, readable(page).includes(TAKEN)]).not.toContain(false)
  })

  test('that two wrote is of who publishes first; the other is told before anything is shown', async () => {
    const late = await invite('tard@mail.example', 'Tardive')
    expect((await askFor(late, 'a-deux', 'Tardive')).status).toBe(303)
    const seen = await visitor.get(`${late}/apercu`)
    await chosenBy('Rapide', 'a-deux')
    await visitor.submit(seen, `${late}/apercu`, { page: '1' })
    expect((await visitor.get('/animation/a-deux')).text).toContain('Rapide')
    expect((await visitor.get('/animation')).text).not.toContain('Tardive')
    const preview = await visitor.get(`${late}/apercu`)
    expect(readable(preview)).toContain('n’est plus libre')
    expect((await askFor(late, '', 'Tardive')).status).toBe(303)
    expect((await publish(late)).status).toBe(303)
    expect(await addressOf('Tardive')).toMatch(/^\/animation\/[a-z2-9]{10}$/)
  })

  test('changes when its person wants, seen and agreed to; the one before leads nowhere and is nobody’s', async () => {
    const link = await chosenBy('Constante', 'constante')
    const statusOf = async (path: string) => (await visitor.get(path)).status
    const own = await visitor.get(link)
    expect(await findHtmlErrors(own.text)).toEqual([])
    expect(own.text).toContain(`href="${link}/profil#alias"`)
    const form = await visitor.get(`${link}/profil`)
    expect(readable(form)).toContain('ne mène plus nulle part')
    // Another name changes what is shown, not where.
    expect((await fill(link, { name: 'Renommée' })).status).toBe(303)
    expect((await publish(link)).status).toBe(303)
    expect((await visitor.get('/animation/constante')).text).toContain('Renommée')

    const random = await addressOf('Renommée')
    const others = { name: 'Renommée', email: 'constante@mail.example' }
    expect((await fill(link, { ...others, alias: 'autrement' })).status).toBe(303)
    const preview = await visitor.get(`${link}/apercu`)
    expect(await findHtmlErrors(preview.text)).toEqual([])
    expect(preview.text).toContain(`${server.origin}/animation/autrement`)
    expect(readable(preview)).toContain(
      `L’adresse d’avant, ${server.origin}/animation/constante, ne mènera plus nulle part`,
    )
    expect(readable(preview)).toContain('À tout le monde : adresse choisie.')
    expect(await statusOf('/animation/constante')).toBe(200)
    expect((await publish(link)).status).toBe(303)
    expect((await changes()).at(-1)).toMatchObject({ type: 'facilitator-changed' })
    expect((await visitor.get('/animation/autrement')).text).toContain('Renommée')
    expect((await visitor.get(random)).text).toContain('/animation/autrement"')
    const gone = await visitor.get('/animation/constante')
    expect([gone.status, gone.text.includes('Renommée')]).toEqual([410, false])
    const webFinger = (name: string) => {
      const { host } = new URL(server.origin)
      return visitor.get(`/.well-known/webfinger?resource=acct:${name}@${host}`)
    }
    expect([(await webFinger('constante')).status, (await webFinger('autrement')).status]).toEqual([
      404, 200,
    ])
    expect(await everyRow()).not.toMatch(/animation\/constante|"constante"/)
    const other = await invite('reprend@mail.example', 'Reprend')
    for (const who of [other, link]) {
      const refused = await askFor(who, 'constante', 'Reprend')
      expect([refused.status, readable(refused).includes(TAKEN)]).toEqual([422, true])
    }

    // Hidden, it stays theirs; given up for the random one, it is gone as well.
    await visitor.submit(await visitor.get(link), `${link}/masquer`, {})
    expect(await statusOf('/animation/autrement')).toBe(404)
    expect((await askFor(other, 'autrement', 'Reprend')).status).toBe(422)
    expect((await fill(link, others)).status).toBe(303)
    expect((await publish(link)).status).toBe(303)
    expect((await fill(link, { ...others, alias: '' })).status).toBe(303)
    const less = await visitor.get(`${link}/apercu`)
    expect(less.text).toContain('vous n’avez rien à accepter')
    expect((await visitor.submit(less, `${link}/apercu`)).location).toContain('fait=published')
    expect([await statusOf('/animation/autrement'), await statusOf(random)]).toEqual([410, 200])
  })

  test('is not what somebody takes away from all others, one after the other', async () => {
    const link = await chosenBy('Nomade', 'nomade-0')
    const published: string[] = []
    for (let time = 1; time <= 4; time++) {
      const email = 'nomade-0@mail.example'
      await fill(link, { name: 'Nomade', email, alias: `nomade-${time}` })
      const { status, text } = await publish(link)
      if (status === 429) expect(text).toContain('trois fois aujourd’hui')
      published.push(`${status}`)
    }
    expect(published).toEqual(['303', '303', '303', '429'])
    expect((await visitor.get('/animation/nomade-3')).status).toBe(200)
  })
})

describe('a directory', () => {
  const LATER = 'autre-annuaire.example'
  const consentsOf = async (name: string) => {
    const rows = await server.context.db
      .selectFrom('consent')
      .innerJoin('facilitator', 'facilitator.id', 'consent.facilitator_id')
      .select(['consent.host', 'consent.text', 'consent.ended_at'])
      .where('facilitator.name', '=', name)
      .where('consent.field', '=', 'directory')
      .orderBy('consent.host')
      .execute()
    return rows.map(({ host, text, ended_at }) => [
      host,
      text.includes(host ?? '?'),
      ended_at === null,
    ])
  }
  const questionsTo = async (to: string) => {
    await askAboutDirectories(server.context)
    const mails = (await deliver()).filter((mail) => mail.to === to)
    return mails.filter(({ text }) => text.includes('est maintenant membre de'))
  }

  test('is kept with the consent, by its host; one that is joined later is asked about once', async () => {
    const link = await invite('ida@mail.example', 'Ida')
    await fill(link, { name: 'Ida' })
    expect((await visitor.get(`${link}/apercu`)).text).not.toContain(LATER)
    // Who names a directory that was not on the page agrees to nothing.
    await publish(link, { directory: [DIRECTORY, LATER] })
    expect(await consentsOf('Ida')).toEqual([[DIRECTORY, true, true]])
    expect(await questionsTo('ida@mail.example')).toEqual([])

    await joinTestDirectory(server.context, LATER)
    const [question, ...more] = await questionsTo('ida@mail.example')
    expect([question?.text.includes(LATER), more]).toEqual([true, []])
    expect(await questionsTo('ida@mail.example')).toEqual([])
    const own = question?.link ?? ''
    const page = await visitor.get(own)
    expect(await findHtmlErrors(page.text)).toEqual([])
    expect(page.text).toContain(`Votre profil n’est pas dans l’annuaire ${LATER}`)
    expect(await consentsOf('Ida')).toHaveLength(1)

    const action = `${own}/annuaires`
    const until = async () =>
      (
        await server.context.db
          .selectFrom('facilitator')
          .select('expires_at')
          .where('name', '=', 'Ida')
          .executeTakeFirstOrThrow()
      ).expires_at
    const end = await until()
    await visitor.submit(page, action, { host: 'nulle-part.example', answer: 'yes' })
    expect(await consentsOf('Ida')).toHaveLength(1)
    await visitor.submit(page, action, { host: LATER, answer: 'yes' })
    await visitor.submit(page, action, { host: LATER, answer: 'yes' })
    expect(await consentsOf('Ida')).toEqual([
      [DIRECTORY, true, true],
      [LATER, true, true],
    ])
    expect(await until()).toBe(end)
    await visitor.submit(page, action, { host: DIRECTORY, answer: 'no' })
    expect(await consentsOf('Ida')).toEqual([
      [DIRECTORY, true, false],
      [LATER, true, true],
    ])
    await server.context.db.deleteFrom('following').where('address', 'like', '%autre%').execute()
  })
})

describe('a correction', () => {
  test('asks for what changes alone; the rest, its end and where it goes stay as they were agreed to', async () => {
    const link = await invite('corrige@mail.example', 'Corrige')
    const { db } = server.context
    const own = async () =>
      db
        .selectFrom('facilitator')
        .select(['id', 'expires_at', 'directories', 'fediverse', 'consented_at'])
        .where('name', '=', 'Corrige')
        .executeTakeFirstOrThrow()
    const open = async () =>
      (
        await db
          .selectFrom('consent')
          .select(['field', 'at', 'text'])
          .where('facilitator_id', '=', (await own()).id)
          .where('ended_at', 'is', null)
          .orderBy('field')
          .execute()
      ).map(({ field, text }) => [field, text.includes('montre ces changements')])
    await fill(link, { name: 'Corrige', email: 'corrige@mail.example' })
    await publish(link, { directory: DIRECTORY, fediverse: '1' })
    const [before, agreed] = [await own(), await open()]
    server.advance({ hours: 1 })

    await fill(link, {
      name: 'Corrige',
      themes: 'école',
      formats: '',
      email: 'corrige@mail.example',
    })
    const preview = await visitor.get(`${link}/apercu`)
    expect(await findHtmlErrors(preview.text)).toEqual([])
    expect(preview.text).toContain('À tout le monde\u00a0: thèmes.')
    expect(preview.text).toContain(`${DIRECTORY}, Mastodon`)
    expect(preview.text).not.toContain('name="directory"')
    expect((await visitor.submit(preview, `${link}/apercu`, {})).status).toBe(422)
    await publish(link)
    expect(await own()).toEqual(before)
    expect(await open()).toEqual(
      agreed.filter(([field]) => field !== 'formats').map(([field]) => [field, field === 'themes']),
    )

    // Who shows less has nothing to agree to.
    await fill(link, {
      name: 'Corrige',
      ...{ themes: 'école', formats: '', email: 'corrige@mail.example' },
      'niveau.radiusKm': 'nobody',
    })
    const less = await visitor.get(`${link}/apercu`)
    expect(less.text).toContain('vous n’avez rien à accepter')
    const done = await visitor.submit(less, `${link}/apercu`)
    expect(done.location).toContain('fait=published')
    expect((await open()).map(([field]) => field)).not.toContain('radiusKm')
    expect(await own()).toEqual(before)
  })
})

describe('what is held about a person', () => {
  test('is theirs to read and to take away, whole', async () => {
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
    // In words, not in the names of a program.
    const { names } = messagesFor('fr').facilitator.ownData
    expect(namesIn(Object.values(data)).filter((name) => !(name in names))).toEqual([])
    expect(page.text).not.toMatch(/<dt>[a-z]+[A-Z_]|>true<|>false<|\dT\d\d:\d\d/)
    // Nothing in it opens anything.
    expect(file.text).not.toContain(link.split('/').at(-1))
  })
})

describe('the team, for a person', () => {
  test('withdraws a published profile with a reason, which the person reads and the journal keeps', async () => {
    const link = await invite('perdue@mail.example', 'Boîte')
    await fill(link, { name: 'Boîte Perdue', email: 'perdue@mail.example' })
    await publish(link, { directory: DIRECTORY })
    const list = await admin.get('/administration/animation')
    const { id = '' } = await server.context.db
      .selectFrom('facilitator')
      .select('id')
      .where('name', '=', 'Boîte Perdue')
      .executeTakeFirstOrThrow()
    const action = `/administration/animation/${id}/effacer`
    expect(list.text).toContain(action)
    const asked = await admin.get(action)
    expect(await findHtmlErrors(asked.text)).toEqual([])
    expect(asked.text).toContain('La personne reçoit un courriel')
    const refused = await admin.submit(asked, action, { reason: '' })
    expect([refused.status, refused.text.includes('Dites pourquoi')]).toEqual([422, true])
    expect((await visitor.get(link)).status).toBe(200)

    const done = await admin.submit(asked, action, { reason: 'Lettre reçue le 3 mars' })
    expect(done.status).toBe(303)
    expect((await visitor.get(link)).status).toBe(410)
    expect((await visitor.get('/animation')).text).not.toContain('Boîte Perdue')
    expect((await changes()).at(-1)).toMatchObject({ type: 'facilitator-withdrawn' })
    const [told] = await deliver()
    expect([told?.to, told?.text.includes('Lettre reçue le 3 mars')]).toEqual([
      'perdue@mail.example',
      true,
    ])
    const journal = await admin.get('/administration/animation')
    expect(journal.text).toContain('Lettre reçue le 3 mars')
    expect(journal.text).not.toContain('Boîte Perdue')
    expect(await everyRow()).not.toMatch(/Boîte Perdue|perdue@mail/)
    const rows = await server.context.db.selectFrom('journal').selectAll().execute()
    expect(JSON.stringify(rows)).not.toMatch(/Boîte|perdue@/)
  })
})

describe('a photo', () => {
  const named = async (link: string, fields: Fields, bytes?: Uint8Array) => {
    const page = await visitor.get(`${link}/profil`)
    const action = `${link}/profil`
    const all = { ...PROFILE, 'image.alt': 'Devant un tableau', ...fields }
    return bytes
      ? submitWithImage({ server, browser: visitor }, action, {
          page,
          fields: all,
          file: { bytes },
        })
      : visitor.submit(page, action, all)
  }
  const pictureOf = async (name: string) =>
    /"(\/media\/[\w.-]+\.jpg)/.exec((await visitor.get(await addressOf(name))).text)?.[1] ?? ''

  test('that another replaces is gone once nothing shows it', async () => {
    const link = await invite('ines@mail.example', 'Inès')
    await named(link, { name: 'Inès' }, await jpeg(640, 480))
    await publish(link)
    const first = await pictureOf('Inès')
    await named(link, { name: 'Inès' }, await jpeg(640, 400))
    expect((await visitor.get(first)).status).toBe(200)
    await publish(link)
    const second = await pictureOf('Inès')
    expect([(await visitor.get(first)).status, (await visitor.get(second)).status]).toEqual([
      404, 200,
    ])
    await visitor.submit(await visitor.get(`${link}/retrait`), `${link}/retrait`)
    expect(await listMedia(server)).toEqual([])
  })

  test('of a form that is refused is kept nowhere, whatever is wrong with it', async () => {
    const link = await invite('refus@mail.example', 'Refus')
    const { isAdult: _, ...minor } = PROFILE
    const wrongs: Fields[] = [
      { ...minor, 'image.alt': 'Moi' },
      { ...PROFILE, name: '', 'image.alt': 'Moi' },
      { ...PROFILE, ou: 'Saint-Denis', 'image.alt': 'Moi' },
      { ...PROFILE, 'image.alt': '' },
    ]
    for (const fields of wrongs) {
      const page = await visitor.get(`${link}/profil`)
      const refused = await submitWithImage({ server, browser: visitor }, `${link}/profil`, {
        page,
        fields,
        file: { bytes: await jpeg(640, 480) },
      })
      expect(refused.status).toBe(422)
      expect(refused.text).toContain('Choisissez la photo à nouveau')
      expect(await findHtmlErrors(refused.text)).toEqual([])
      expect(await server.context.db.selectFrom('media').selectAll().execute()).toEqual([])
      expect(await listMedia(server).catch(() => [])).toEqual([])
    }
    await named(link, { name: 'Refus' }, await jpeg(640, 480))
    await named(link, { name: '' })
    await publish(link)
    const kept = await visitor.get(await pictureOf('Refus'))
    expect([kept.status, kept.headers.get('cache-control')]).toEqual([200, 'private, max-age=3600'])
    await visitor.submit(await visitor.get(`${link}/retrait`), `${link}/retrait`)
  })

  test('of somebody is nobody else’s to show, and who takes it back is not held up', async () => {
    const link = await invite('ana@mail.example', 'Ana')
    await named(link, { name: 'Ana' }, await jpeg(640, 480))
    await publish(link)
    const media = /[0-9a-f]{32}/.exec(await pictureOf('Ana'))?.[0] ?? ''
    const other = await invite('eve@mail.example', 'Eve')
    await named(other, { name: 'Eve', 'image.media': media })
    await publish(other)
    expect((await visitor.get(await addressOf('Eve'))).text).not.toContain(media)
    const cafe = await admin.get('/administration/cafes/nouveau')
    const fields = { ...CAFE, save: 'publish', 'image.media': media, 'image.alt': 'Ana' }
    await admin.submit(cafe, '/administration/cafes/nouveau', fields)
    expect((await visitor.get('/cafes')).text).not.toContain(media)
    const done = await visitor.submit(await visitor.get(`${link}/retrait`), `${link}/retrait`)
    expect(done.status).toBe(303)
    expect(await listMedia(server)).toEqual([])
  })
})

describe('who asks by themselves', () => {
  test('proves their address, writes, and is published once the team says yes', async () => {
    const form = await visitor.get('/animation/demande')
    expect(await findHtmlErrors(form.text)).toEqual([])
    await visitor.submit(form, '/animation/demande', { name: 'Sacha', email: 'sacha@mail.example' })
    const [mail] = await deliver()
    const link = mail?.link ?? ''
    expect((await admin.get('/administration/animation')).text).not.toContain('Sacha')
    await fill(link, { name: 'Sacha' })
    const preview = await visitor.get(`${link}/apercu`)
    expect(preview.text).toContain('doit d’abord accepter votre demande')
    expect(preview.text).not.toContain('name="seen"')

    const page = await admin.get('/administration/animation')
    expect(await findHtmlErrors(page.text)).toEqual([])
    const [, action = ''] =
      /"(\/administration\/animation\/[\w-]+\/accepter)"/.exec(page.text) ?? []
    await admin.submit(page, action, {})
    const [yes] = await deliver()
    expect(yes?.text).toContain('a accepté votre demande')
    expect((await publish(yes?.link ?? '')).status).toBe(303)
    expect((await visitor.get(await addressOf('Sacha'))).status).toBe(200)
  })

  test('a paper link opens the profile, whose address must be proved before it is published', async () => {
    const page = await admin.get('/administration/animation')
    const action = '/administration/animation/invitations'
    const paper = await admin.submit(page, action, { name: 'Noa', email: '', way: 'paper' })
    expect(await findHtmlErrors(paper.text)).toEqual([])
    const [link = ''] =
      /\/animation\/moi\/[a-z0-9]{5}-[a-z0-9]{5}-[a-z0-9]{5}/.exec(paper.text) ?? []
    await fill(link, { name: 'Noa', email: 'noa@mail.example' })
    expect((await visitor.get(`${link}/apercu`)).text).toContain('Un lien part vers votre adresse')
    const [mail] = await deliver()
    expect(mail?.to).toBe('noa@mail.example')
    expect((await publish(mail?.link ?? '')).status).toBe(303)
    expect((await visitor.get(await addressOf('Noa'))).status).toBe(200)

    // What is agreed to by a link that the team had in its hands is marked so, for the person to see.
    const { db, now } = server.context
    const of = db.selectFrom('facilitator').select('id').where('name', '=', 'Noa')
    const { id } = await of.executeTakeFirstOrThrow()
    const handed = `/animation/moi/${await insertPaperProfileLink(db, id, now())}`
    await fill(handed, { name: 'Noa', presentation: 'Par le lien de l’équipe.' })
    expect((await publish(handed)).status).toBe(303)
    const own = (await visitor.get(handed)).text
    expect(own.match(/par un lien que l’équipe a remis/g)).toHaveLength(1)
    const { consents } = JSON.parse((await visitor.get(`${handed}/donnees?format=json`)).text)
    const marks = (consents as { isByHandedLink: boolean }[]).map((one) => one.isByHandedLink)
    expect([marks.filter(Boolean).length, marks.length > 1]).toEqual([1, true])
    const forTeam = (await admin.get('/administration/animation')).text
    expect(forTeam.match(/Accord donné par un lien que l’équipe a remis/g)).toHaveLength(1)
  })
})

describe('beside a café', () => {
  test('who leads it is shown live: on its page, in the API, in its collection; in no file and no Event', async () => {
    const link = await invite('meryem@mail.example', 'Meryem')
    await fill(link, { name: 'Meryem' })
    await publish(link)
    const { db } = server.context
    const person = await db
      .selectFrom('facilitator')
      .select(['id', 'uri'])
      .where('name', '=', 'Meryem')
      .executeTakeFirstOrThrow()
    const cafe = await announce(admin, {
      title: 'Café avec Meryem',
      'facilitators.shown': '1',
      facilitators: person.id,
    })
    const page = await visitor.get(`/cafes/${cafe}`)
    expect(await findHtmlErrors(page.text)).toEqual([])
    expect(page.text).toContain(`<a href="${await addressOf('Meryem')}">Meryem</a>`)
    const json = JSON.parse((await visitor.get(`/api/v1/cafes/${cafe}`)).text)
    expect(json.facilitators).toEqual([{ id: person.uri, name: 'Meryem' }])
    const led = { accept: 'application/activity+json' }
    const collection = await visitor.get(`/cafes/${cafe}/facilitators`, led)
    expect(JSON.parse(collection.text)).toMatchObject({ totalItems: 1, items: [person.uri] })
    for (const file of ['json', 'ndjson', 'csv', 'jsonld'])
      expect((await visitor.get(`/export/cafes.${file}`)).text).not.toContain('/animation/')
    const own = await visitor.get(await addressOf('Meryem'))
    expect(own.text).toContain('Café avec Meryem')

    const form = await admin.get(`/administration/cafes/${cafe}`)
    const kept = await admin.submit(form, `/administration/cafes/${cafe}`, { save: 'publish' })
    expect(kept.status).toBe(303)
    expect((await visitor.get(`/cafes/${cafe}`)).text).toContain('Meryem</a>')
    const home = await visitor.get(link)
    await visitor.submit(home, `${link}/masquer`, {})
    expect((await visitor.get(`/cafes/${cafe}`)).text).not.toContain('Meryem</a>')
    expect((await visitor.get(await addressOf('Meryem'))).status).toBe(404)
    const after = JSON.parse((await visitor.get(`/api/v1/cafes/${cafe}`)).text)
    expect(after.facilitators).toEqual([])
  })

  test('who leads a draft stays, when its form comes back because its hour is missing', async () => {
    const link = await invite('lena@mail.example', 'Lena')
    await fill(link, { name: 'Lena' })
    await publish(link)
    const { db } = server.context
    const { id } = await db
      .selectFrom('facilitator')
      .select('id')
      .where('name', '=', 'Lena')
      .executeTakeFirstOrThrow()
    const led = { 'facilitators.shown': '1', facilitators: id }
    const cafe = await announce(admin, { ...led, time: '00:00', save: 'draft' })
    const incomplete = await admin.get(`/administration/cafes/${cafe}/publier`)
    expect(incomplete.status).toBe(422)
    const action = `/administration/cafes/${cafe}`
    await admin.submit(incomplete, action, { time: '18:30', save: 'publish' })
    expect((await visitor.get(`/cafes/${cafe}`)).text).toContain('Lena</a>')
  })

  test('the API finds people by place, theme and training, and never by what they hide', async () => {
    const link = await invite('api@mail.example', 'Api')
    await fill(link, {
      name: 'Api Brest',
      ou: '29200 Brest',
      extent: 'commune',
      radiusKm: '20',
      themes: 'santé',
      'niveau.themes': 'network',
      training: 'trained',
      trainedOn: '2026-05',
    })
    await publish(link)
    const find = async (query: string) => {
      const { status, text } = await visitor.get(`/api/v1/facilitators?${query}`)
      expect(status).toBe(200)
      const { items } = JSON.parse(text) as { items: { name: string }[] }
      return items.map(({ name }) => name)
    }
    expect(await find('territory=29')).toEqual(['Api Brest'])
    expect(await find('near=29200&radius=5')).toEqual(['Api Brest'])
    expect(await find('near=29480&radius=1')).toEqual(['Api Brest'])
    expect(await find('near=29000&radius=5')).toEqual([])
    expect(await find('training=trained')).toEqual(['Api Brest'])
    expect(await find('theme=santé')).toEqual([])
    expect(await find('q=sante')).toEqual([])
    expect(await find('theme=emploi')).not.toContain('Api Brest')
    expect((await visitor.get('/api/v1/facilitators?territory=zz')).status).toBe(400)
    const { text } = await visitor.get('/api/v1/facilitators?territory=29')
    expect(text).not.toContain('api@mail.example')
    expect(text).not.toContain('santé')
  })
})

describe('after a year', () => {
  test('the person is asked a month before, and without an answer nothing stays published', async () => {
    const link = await invite('noor@mail.example', 'Noor Benali')
    await fill(link, { name: 'Noor Benali' })
    await publish(link, { directory: DIRECTORY })
    const address = await addressOf('Noor Benali')
    server.advance({ hours: 334 * 24 })
    await sendConsentRenewals(server.context)
    expect((await deliver()).filter(({ to }) => to === 'noor@mail.example')).toEqual([])
    server.advance({ hours: 2 * 24 })
    await sendConsentRenewals(server.context)
    await sendConsentRenewals(server.context)
    const asked = (await deliver()).filter(({ to }) => to === 'noor@mail.example')
    expect(asked).toHaveLength(1)
    expect(asked[0]?.text).toContain('est publié jusqu’au')
    server.advance({ hours: 30 * 24 })
    expect((await visitor.get(address)).status).toBe(404)
    await unpublishExpired(server.context)
    const [told] = (await deliver()).filter(({ to }) => to === 'noor@mail.example')
    expect(told?.text).toContain('n’est plus publié')
    const { id: facilitatorId } = await server.context.db
      .selectFrom('facilitator')
      .select('id')
      .where('name', '=', 'Noor Benali')
      .executeTakeFirstOrThrow()
    const left = { type: 'facilitator-changed', facilitatorId, leftDirectory: true }
    expect(await changes()).toContainEqual(expect.objectContaining(left))
    await publish(told?.link ?? '')
    expect((await visitor.get(address)).status).toBe(200)
    server.advance({ hours: 366 * 24 })
    await unpublishExpired(server.context)
    server.advance({ hours: 91 * 24 })
    await purge(server.context)
    expect(await everyRow()).not.toMatch(/Noor Benali|noor@/)
    expect((await visitor.get(address)).status).toBe(410)
  })
})

describe('the links of a person', () => {
  // The clock of the test before has ended every session of the team.
  const newcomer = async (email: string, name: string) => {
    const { db, config, now } = server.context
    const { id: organizationId = '' } = (await findFirstOrganization(db)) ?? {}
    const person = { organizationId, origin: config.origin, name, email, isApproved: true }
    const { id } = await insertNewcomer(db, person, now())
    const link = { purpose: 'own-profile', subject: id, mailedTo: email } as const
    return `/animation/moi/${await insertLinkTo(db, link, now())}`
  }
  const askLink = async (email: string) => {
    const form = await visitor.get('/animation/moi')
    await visitor.submit(form, '/animation/moi', { email })
    return (await deliver()).find(({ to }) => to === email)?.link ?? ''
  }
  const statusOf = async (link: string) => (await visitor.get(link)).status

  test('to another address wait for its mailbox, then end all before them, and the old address is told', async () => {
    const old = await newcomer('avant@mail.example', 'Ava')
    await fill(old, { name: 'Ava', email: 'avant@mail.example' })
    await publish(old)
    await fill(old, { name: 'Ava', themes: 'école', email: 'apres@mail.example' })
    const [asked, ...none] = await deliver()
    expect([asked?.to, none]).toEqual(['apres@mail.example', []])
    // What is written is not published by who has the old mailbox alone; nothing is lost if the new one was mistyped.
    expect((await visitor.get(`${old}/apercu`)).text).not.toContain('name="seen"')
    expect((await visitor.get(old)).text).toContain('apres@mail.example, attend d’être confirmée')
    const next = asked?.link ?? ''
    const page = await visitor.get(next)
    expect(page.text).toContain('Oui, apres@mail.example est mon adresse')
    expect(await statusOf(old)).toBe(200)
    await visitor.submit(page, `${next}/adresse`)
    expect([await statusOf(old), await statusOf(next)]).toEqual([410, 200])
    const [told] = await deliver()
    expect([told?.to, told?.link]).toEqual(['avant@mail.example', ''])
    expect(await askLink('avant@mail.example')).toBe('')
    expect((await publish(next)).location).toContain('fait=published')
  })

  test('ten photos of one profile are drawn in an hour; the form says why no more', async () => {
    const link = await newcomer('photos@mail.example', 'Photos')
    const bytes = await jpeg(9, 9)
    const fields = { ...PROFILE, name: 'Photos', email: 'photos@mail.example', 'image.alt': 'moi' }
    const send = async () => {
      const page = await visitor.get(`${link}/profil`)
      const sent = { page, fields, file: { bytes } }
      return submitWithImage({ server, browser: visitor }, `${link}/profil`, sent)
    }
    const statuses: number[] = []
    for (let count = 0; count < 10; count++) statuses.push((await send()).status)
    expect(new Set(statuses)).toEqual(new Set([303]))
    const refused = await send()
    expect([refused.status, refused.text.includes('id="image-erreur"')]).toEqual([422, true])
    expect((await fill(link, { name: 'Photos', email: 'photos@mail.example' })).status).toBe(303)
  })

  test('of an address that changes back and forth go out three in an hour, and the form says why', async () => {
    const link = await newcomer('detour@mail.example', 'Détour')
    const to: string[] = []
    let last: Page | undefined
    for (let turn = 0; turn < 6; turn++)
      for (const email of ['visee@mail.example', `autre${turn}@mail.example`]) {
        last = await fill(link, { name: 'Détour', email })
        to.push(...(await deliver()).map((mail) => mail.to))
      }
    expect(to).toHaveLength(3)
    expect(last?.status).toBe(422)
    expect(last?.text).toContain('id="email-erreur"')
    expect(last?.text).toContain('value="autre5@mail.example"')
    // From other profiles that mailbox is written to no more either.
    for (const number of [1, 2, 3]) {
      const other = await newcomer(`complice${number}@mail.example`, `Complice ${number}`)
      await fill(other, { name: `Complice ${number}`, email: 'visee@mail.example' })
      to.push(...(await deliver()).map((mail) => mail.to))
    }
    expect(to.filter((recipient) => recipient === 'visee@mail.example')).toHaveLength(3)
    server.advance({ hours: 1, minutes: 1 })
    await fill(link, { name: 'Détour', email: 'bonne@mail.example' })
    expect((await deliver()).map((mail) => mail.to)).toEqual(['bonne@mail.example'])
  })

  test('end when a new one leaves, after 30 days without use, and when the person closes them', async () => {
    const first = await newcomer('liens@mail.example', 'Lien')
    await fill(first, { name: 'Lien', email: 'liens@mail.example' })
    await publish(first)
    const second = await askLink('liens@mail.example')
    expect([await statusOf(first), await statusOf(second)]).toEqual([410, 200])

    server.advance({ hours: 20 * 24 })
    expect(await statusOf(second)).toBe(200)
    server.advance({ hours: 20 * 24 })
    expect(await statusOf(second)).toBe(200)
    const { db, now } = server.context
    const { id: subject } = await db
      .selectFrom('facilitator')
      .select('id')
      .where('name', '=', 'Lien')
      .executeTakeFirstOrThrow()
    const other = await insertLinkTo(db, { purpose: 'own-profile', subject }, now())
    const page = await visitor.get(second)
    expect(page.text).toContain('Un autre lien ouvre aussi votre profil')
    expect(await findHtmlErrors(page.text)).toEqual([])
    await visitor.submit(page, `${second}/liens`)
    expect([await statusOf(`/animation/moi/${other}`), await statusOf(second)]).toEqual([410, 200])
    server.advance({ hours: 31 * 24 })
    expect(await statusOf(second)).toBe(410)
  })
})

/** The names of all properties, at any depth. */
function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  const own = Array.isArray(value) ? [] : Object.keys(value)
  return [...new Set([...own, ...Object.values(value).flatMap(namesIn)])]
}
