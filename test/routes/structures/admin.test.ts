import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listPendingChanges } from '../../../node/store/queues/changes.ts'
import { announce, signInByLink } from '../../support/admin.ts'
import type { Browser, Fields, Page } from '../../support/browser.ts'
import { openBrowser } from '../../support/browser.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

const PLACE: Fields = {
  name: 'Médiathèque du Canal',
  kind: 'BIB',
  presentationMarkdown: 'Une maison **ouverte** à tout le monde.',
  streetAddress: '12 quai du Canal',
  town: '35000 Rennes',
  phone: '02 99 12 34 56',
  email: 'bonjour@mediatheque.example',
  website: 'https://mediatheque.example/',
  links: 'https://mastodon.example/@canal\nhttps://peertube.example/c/canal',
  siret: '130 026 032 00016',
  rna: '',
}

const LEGAL: Fields = {
  legalName: 'Ville de Rennes',
  legalAddress: 'Place de la Mairie\n35000 Rennes',
  legalPhone: '02 23 62 10 10',
  publicationDirector: 'Camille Martin',
  hostName: 'Hébergeur du Canal',
  hostAddress: '1 rue du Serveur, 35000 Rennes',
  hostPhone: '02 99 00 00 00',
  dataContact: 'dpo@mediatheque.example',
  dataContactIsDpo: 'oui',
  accessibility: 'none',
}

const readable = (text: string) =>
  text
    .replace(/<[^>]*>/g, ' ')
    .replace(/[\u00a0\u202f\s]+/gu, ' ')
    .replaceAll('&#39;', "'")

let server: WebServer
let team: Browser

async function save(path: string, fields: Fields): Promise<Page> {
  return team.submit(await team.get(path), path.split('?')[0] ?? '', fields)
}

const pending = async (): Promise<string[]> => {
  const [found] = await listPendingChanges(server.context.db, server.context.now(), 1)
  return found ? [found.change.type] : []
}

describe('the place', () => {
  beforeEach(async () => {
    server = await startWeb()
    team = await signInByLink(server)
  })
  afterEach(() => server.stop())

  test('says who it is on its home page, and the form holds what was said', async () => {
    const answer = await save('/administration/lieu', PLACE)
    expect([answer.status, answer.location]).toEqual([303, '/administration/lieu?fait=done'])
    const home = await openBrowser(server.origin).get('/')
    const words = readable(home.text)
    expect(words).toContain('Le lieu Bibliothèque, médiathèque Une maison ouverte à tout le monde.')
    expect(words).toContain('12 quai du Canal 35000 Rennes')
    expect(home.text).toContain('href="tel:0299123456"')
    expect(home.text).toContain('href="mailto:bonjour@mediatheque.example"')
    expect(home.text).toContain('href="https://mastodon.example/@canal"')
    const again = await team.get('/administration/lieu')
    expect(again.text).toContain('value="13002603200016"')
    expect(again.text).toMatch(/<option value="BIB" selected/)
  })

  test('tells the network when it says something new, and only then', async () => {
    await save('/administration/lieu', PLACE)
    expect(await pending()).toEqual(['profile-updated'])
    expect(server.wakes()).toBe(1)
    const { context } = server
    const count = () =>
      context.db
        .selectFrom('change')
        .select('id')
        .execute()
        .then((rows) => rows.length)
    await save('/administration/lieu', {})
    expect(await count()).toBe(1)
    await save('/administration/lieu', { name: 'La Fabrique' })
    expect(await count()).toBe(2)
    expect((await openBrowser(server.origin).get('/')).text).toContain('<h1>La Fabrique</h1>')
  })

  test('its actor carries the same facts, as profile fields', async () => {
    await save('/administration/lieu', PLACE)
    const accept = { accept: 'application/activity+json' }
    const { text } = await openBrowser(server.origin).get('/actors/cafes', accept)
    const actor = JSON.parse(text)
    expect(actor.attachment).toEqual([
      { type: 'PropertyValue', name: 'Adresse', value: '12 quai du Canal, 35000 Rennes' },
      {
        type: 'PropertyValue',
        name: 'Site web',
        value:
          '<a href="https://mediatheque.example/" rel="nofollow noopener noreferrer">https://mediatheque.example/</a>',
      },
      { type: 'PropertyValue', name: 'E-mail', value: 'bonjour@mediatheque.example' },
      { type: 'PropertyValue', name: 'Téléphone', value: '02 99 12 34 56' },
    ])
    expect(actor.summary).toContain('<p>Une maison <strong>ouverte</strong> à tout le monde.</p>')
  })

  test('lets nobody write HTML or a script on its home page', async () => {
    await save('/administration/lieu', {
      ...PLACE,
      streetAddress: '<script>alert(1)</script>',
      presentationMarkdown: '<img src=x onerror=alert(1)> [ici](javascript:alert(1))',
    })
    const { text } = await openBrowser(server.origin).get('/')
    expect(text).not.toMatch(/<script|<img|href="javascript:/)
    expect(text).toContain('&lt;script&gt;')
  })

  test('every wrong answer is said beside its field, and nothing typed is lost', async () => {
    const page = await save('/administration/lieu', {
      ...PLACE,
      name: '',
      siret: '12345678901234',
      rna: '123',
      email: 'camille',
      phone: 'demandez',
      website: 'mediatheque',
      town: 'Nulle-Part-sur-Mer',
    })
    expect(page.status).toBe(422)
    const words = readable(page.text)
    expect(words).toContain('7 réponses sont à corriger')
    expect(words).toContain('Ce SIRET n’existe pas')
    expect(words).toContain('Un numéro RNA commence par W')
    expect(words).toContain('Cette commune n’est pas connue')
    expect(page.text).toContain('value="12345678901234"')
    expect(page.text).toContain('href="#siret"')
    expect((await openBrowser(server.origin).get('/')).text).not.toContain('quai du Canal')
  })

  test('a town that could be several is offered as a choice', async () => {
    const page = await save('/administration/lieu', { ...PLACE, town: 'Saint-Denis' })
    expect(page.status).toBe(422)
    expect(page.text).toContain('name="codeInsee" value="97411"')
    const chosen = await team.submit(page, '/administration/lieu', { codeInsee: '97411' })
    expect(chosen.status).toBe(303)
    expect(readable((await openBrowser(server.origin).get('/')).text)).toContain('Saint-Denis')
  })
})

describe('the pages that the law asks for', () => {
  beforeEach(async () => {
    server = await startWeb()
    team = await signInByLink(server)
  })
  afterEach(() => server.stop())

  const PAGES = [
    ['/mentions-legales', 'Mentions légales'],
    ['/donnees-personnelles', 'Données personnelles'],
    ['/accessibilite', 'Accessibilité : non conforme'],
    ['/contact', 'Contact'],
    ['/code-source', 'Code source'],
  ] as const

  test('are linked from the foot of every page', async () => {
    const visitor = openBrowser(server.origin)
    for (const path of ['/', '/cafes', '/nulle-part', ...PAGES.map(([path]) => path)]) {
      const { text } = await visitor.get(path)
      const footer = text.slice(text.indexOf('<footer'))
      for (const [href, label] of PAGES) {
        expect(footer).toContain(`href="${href}"`)
        expect(readable(footer)).toContain(label)
      }
    }
  })

  test('say that something is missing rather than nothing', async () => {
    const { text, status } = await openBrowser(server.origin).get('/mentions-legales')
    expect(status).toBe(200)
    expect(text.match(/À compléter par l’équipe de ce site/g)).toHaveLength(7)
  })

  test('say what the settings say', async () => {
    await save('/administration/lieu', PLACE)
    expect((await save('/administration/reglages', LEGAL)).status).toBe(303)
    const visitor = openBrowser(server.origin)
    const words = async (path: string) => readable((await visitor.get(path)).text)

    const notice = await words('/mentions-legales')
    for (const said of [
      'Ville de Rennes',
      'Camille Martin',
      'Hébergeur du Canal',
      '02 99 00 00 00',
    ])
      expect(notice).toContain(said)
    expect(notice).not.toContain('À compléter')

    const data = await words('/donnees-personnelles')
    expect(data).toContain('retirer à tout moment un accord')
    expect(data).toContain('recevoir vos données dans un fichier')
    expect(data).toContain('va aux annuaires qu’elle a acceptés')
    expect(data).toContain('Ville de Rennes est responsable')
    expect(data).toContain('Délégué à la protection des données dpo@mediatheque.example')
    expect(data).toContain('Ce site ne dépose aucun cookie chez les personnes qui le visitent,')
    expect(data).toContain('Aucune page ne charge quoi que ce soit depuis un autre site.')

    const contact = await words('/contact')
    expect(contact).toContain('bonjour@mediatheque.example')
    expect((await visitor.get('/cookies')).location).toBe('/donnees-personnelles#cookies')
  })

  test('tell visitors the truth: reading every page leaves no cookie', async () => {
    const visitor = openBrowser(server.origin)
    for (const path of ['/', '/cafes', '/agenda.ics', ...PAGES.map(([path]) => path)])
      await visitor.get(path)
    expect(visitor.setCookies).toEqual([])
  })

  test('the accessibility statement has all the parts that the State prescribes, in order', async () => {
    await save('/administration/reglages', LEGAL)
    const { text } = await openBrowser(server.origin).get('/accessibilite')
    const headings = [...text.matchAll(/<h2[^>]*>(.*?)<\/h2>/g)].map(([, words]) => words)
    expect(headings).toEqual([
      'État de conformité',
      'Contenus non accessibles',
      'Établissement de cette déclaration d’accessibilité',
      'Retour d’information et contact',
      'Voies de recours',
    ])
    const words = readable(text)
    expect(words).toContain('est non conforme avec le référentiel général')
    expect(words).toContain('Cette déclaration a été établie le 25 novembre 2026.')
    expect(words).toContain('Aucun audit de conformité n’a encore été réalisé.')
    expect(words).toContain('Aucun schéma pluriannuel')
  })

  test('the history says the state and the day of an audit in words', async () => {
    const audited = { ...LEGAL, accessibility: 'partial', auditedOn: '2024-01-10', auditRate: '72' }
    await save('/administration/reglages', audited)
    await save('/administration/reglages', { ...LEGAL, auditedOn: '' })
    const history = readable((await team.get('/administration/reglages/historique')).text)
    expect(history).toContain('10 janvier 2024')
    expect(history).toMatch(/partiellement/i)
    expect(history).not.toContain('2024-01-10')
  })

  test('an audit changes the statement and the foot of the page, for three years', async () => {
    await save('/administration/reglages', {
      ...LEGAL,
      accessibility: 'partial',
      auditedOn: '2024-01-10',
      auditedBy: 'Cabinet du Canal',
      auditRate: '72,5',
      accessibilityGaps: 'Carte sans texte\nVidéo sans sous-titres',
      accessibilityContact: 'acces@mediatheque.example',
      accessibilityPlan: 'https://ville.example/schema',
      accessibilityActions: 'https://ville.example/actions-2026',
    })
    const visitor = openBrowser(server.origin)
    const { text } = await visitor.get('/accessibilite')
    for (const path of ['schema', 'actions-2026'])
      expect(text).toContain(`<a href="https://ville.example/${path}">`)
    const words = readable(text)
    expect(words).not.toContain('Aucun schéma')
    expect(words).toContain('est partiellement conforme')
    expect(words).toContain('réalisé le 10 janvier 2024 par Cabinet du Canal.')
    expect(words).toContain('72,5 % des critères')
    expect(words).toContain('Carte sans texte Vidéo sans sous-titres')
    expect(words).toContain('Écrire à : acces@mediatheque.example')
    expect(words).not.toContain('plus de trois ans')
    expect(readable((await visitor.get('/')).text)).toContain(
      'Accessibilité : partiellement conforme',
    )
    server.advance({ hours: 24 * 60 })
    const later = readable((await visitor.get('/accessibilite')).text)
    expect(later).toContain('plus de trois ans')
    expect(later).toContain('est non conforme avec le référentiel')
    expect(later).toContain('en raison de l’absence d’un audit en cours de validité.')
    expect(later).toContain('Accessibilité : non conforme')
  })

  test('without an audit the team cannot say that the site is accessible', async () => {
    const page = await save('/administration/reglages', { ...LEGAL, accessibility: 'full' })
    expect(page.status).toBe(422)
    expect(readable(page.text)).toContain('Donnez la date de l’audit.')
  })

  test('nor with fewer criteria than the level requires', async () => {
    const page = await save('/administration/reglages', {
      ...LEGAL,
      accessibility: 'full',
      auditedOn: '2026-10-01',
      auditRate: '72,5',
    })
    expect(page.status).toBe(422)
    expect(readable(page.text)).toContain('Critères respectés, en % : Il faut 100 % des critères')
  })
})

describe('the colour', () => {
  beforeEach(async () => {
    server = await startWeb()
    team = await signInByLink(server)
  })
  afterEach(() => server.stop())

  test('is refused with its ratio when nobody could read it, and not kept', async () => {
    const page = await save('/administration/reglages', { ...LEGAL, themeColour: '#e0a12a' })
    expect(page.status).toBe(422)
    expect(readable(page.text)).toContain('son contraste est de 2,1 pour 1, et il faut 4,5')
    expect((await openBrowser(server.origin).get('/public/theme.css')).status).toBe(404)
  })

  test('comes as a stylesheet of its own, on every page', async () => {
    await save('/administration/reglages', { ...LEGAL, themeColour: '#7A2A6A' })
    const visitor = openBrowser(server.origin)
    const { text, headers } = await visitor.get('/cafes')
    const [, href = ''] = /href="(\/public\/theme\.css[^"]*)"/.exec(text) ?? []
    expect(href).toBe('/public/theme.css?v=7A2A6A')
    expect(headers.get('content-security-policy')).not.toContain('unsafe-inline')
    const css = await visitor.get(href)
    expect(css.headers.get('content-type')).toBe('text/css; charset=utf-8')
    expect(css.text).toContain('--accent:#7a2a6a')
  })
})

describe('at a public address', () => {
  beforeEach(async () => {
    server = await startWeb({ origin: 'https://cafes.mediatheque.example' })
    team = await signInByLink(server)
  })
  afterEach(() => server.stop())

  const isPublic = async (path: string) =>
    (await openBrowser(server.origin).get(path)).status === 200

  test('a café waits as a draft until the law’s minimum is said; then it is published', async () => {
    const before = await team.get('/administration')
    expect(readable(before.text)).toContain('il manque 9 réponses')
    const id = await announce(team)
    expect(await isPublic(`/cafes/${id}`)).toBe(false)
    const refused = await team.get('/administration?fait=refused')
    expect(readable(refused.text)).toContain('Publication refusée')

    await save('/administration/lieu', PLACE)
    await save('/administration/reglages', LEGAL)
    expect(readable((await team.get('/administration')).text)).not.toContain('il manque')
    const form = await team.get(`/administration/cafes/${id}`)
    const saved = await team.submit(form, `/administration/cafes/${id}`, { save: 'publish' })
    expect(saved.location).toBe(`/administration/cafes/${id}/en-ligne?fait=published`)
    expect(await isPublic(`/cafes/${id}`)).toBe(true)
  })

  test('what is published stays so when a setting is emptied later', async () => {
    await save('/administration/lieu', PLACE)
    await save('/administration/reglages', LEGAL)
    const id = await announce(team)
    await save('/administration/reglages', { ...LEGAL, hostPhone: '' })
    const form = await team.get(`/administration/cafes/${id}`)
    await team.submit(form, `/administration/cafes/${id}`, {
      title: 'Autre titre',
      save: 'publish',
    })
    expect(await isPublic(`/cafes/${id}`)).toBe(true)
    expect((await openBrowser(server.origin).get(`/cafes/${id}`)).text).toContain('Autre titre')
  })

  test('an import publishes nothing either', async () => {
    const page = await team.get('/administration/import')
    const answer = await team.submit(page, '/administration/import', {
      url: 'https://agenda.example/a.ics',
    })
    expect(answer.location).toBe('/administration?fait=importRefused')
  })
})
