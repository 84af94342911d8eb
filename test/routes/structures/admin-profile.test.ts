import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { logoName } from '../../../node/domain/values/logo.ts'
import { purge } from '../../../node/jobs/purge.ts'
import { listVenues } from '../../../node/store/cafes/venues.ts'
import { findStructureProfile } from '../../../node/store/structures/profiles.ts'
import { announce, signInByLink } from '../../support/admin.ts'
import { type Browser, type Fields, fieldsOf, openBrowser } from '../../support/browser.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import { readable } from '../../support/readable.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { pngBomb, submitWithImage } from '../../support/uploads.ts'

const PLACE = '/administration/lieu'
const FILE = '/administration/lieu/fichier'
const VENUE_FILE = '/administration/lieux/fichier'
const NEW_VENUE = '/administration/lieux/nouveau'

let server: WebServer
let team: Browser
beforeEach(async () => {
  server = await startWeb()
  team = await signInByLink(server)
})
afterEach(() => server.stop())

const mark = (width = 600, height = 300) =>
  sharp({ create: { width, height, channels: 4, background: '#c000' } })
    .png()
    .toBuffer()

const sendLogo = async (bytes: Uint8Array, fields: Fields = {}) =>
  submitWithImage({ server, browser: team }, PLACE, {
    page: await team.get(PLACE),
    fields,
    file: { bytes, name: 'logo.svg', type: 'image/svg+xml', field: 'logo' },
  })

const logoOf = async () =>
  (await findStructureProfile(server.context.db, server.organization.id))?.logo
const actor = async () => {
  const accept = { accept: 'application/activity+json' }
  return JSON.parse((await openBrowser(server.origin).get('/actors/cafes', accept)).text)
}
const changes = async () =>
  (await server.context.db.selectFrom('change').select('id').execute()).length

describe('the logo of a place', () => {
  test('is in the head of every page, on its home with its name, and the icon of its accounts', async () => {
    expect((await actor()).icon.url).toBe(`${server.origin}/public/icon.png`)
    expect((await sendLogo(await mark())).status).toBe(303)
    const logo = await logoOf()
    expect(logo).toMatchObject({ width: 512, height: 256, sizes: [132, 512] })
    const visitor = openBrowser(server.origin)
    for (const path of ['/', '/cafes', '/contact', '/nulle-part']) {
      const { text } = await visitor.get(path)
      const head = text.slice(text.indexOf('<header'), text.indexOf('</header'))
      expect([path, head]).toEqual([
        path,
        expect.stringMatching(
          /<img class="own-logo small" [^>]* alt="" [^>]*>.*Médiathèque du Canal/s,
        ),
      ])
      expect(await findHtmlErrors(text)).toEqual([])
    }
    const { text } = await visitor.get('/')
    expect(text).toMatch(/<img class="own-logo large" [^>]* alt="Médiathèque du Canal"/)
    const { icon } = await actor()
    expect(icon).toMatchObject({ type: 'Image', mediaType: 'image/png', width: 400, height: 400 })
    const files = [...text.matchAll(/(?:src|srcset)="(\/media\/[^"]+)"/g)].map(([, path]) => path)
    for (const path of [...new Set(files), new URL(icon.url).pathname]) {
      const response = await fetch(server.origin + path)
      const { format } = await sharp(await response.bytes()).metadata()
      expect([path, response.status, format]).toEqual([
        path,
        200,
        response.headers.get('content-type')?.replace('image/', ''),
      ])
    }
  })

  test('is sent to followers when it is added, changed and removed; saving it again sends nothing', async () => {
    await sendLogo(await mark())
    const first = (await actor()).icon.url
    expect(await changes()).toBe(1)
    await team.submit(await team.get(PLACE), PLACE)
    expect(await changes()).toBe(1)
    await sendLogo(await mark(300, 300))
    expect((await actor()).icon.url).not.toBe(first)
    expect(await changes()).toBe(2)
    await team.submit(await team.get(PLACE), PLACE, { 'logo.remove': '1' })
    expect(await changes()).toBe(3)
    expect(await logoOf()).toBeUndefined()
    expect((await openBrowser(server.origin).get('/')).text).not.toContain('own-logo')
  })

  test('waits in the form when something else is wrong, and outlives the purge', async () => {
    const refused = await sendLogo(await mark(), { email: 'camille' })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('own-logo large')
    expect(await logoOf()).toBeUndefined()
    await team.submit(refused, PLACE, { email: '' })
    const logo = await logoOf()
    expect(logo?.mediaId).toMatch(/^[0-9a-f]{32}$/)
    server.advance({ hours: 24 * 30 })
    await purge(server.context)
    expect((await fetch((await actor()).icon.url)).status).toBe(200)
  })

  test('that cannot be read is told beside its field, and the one before stays', async () => {
    await sendLogo(await mark())
    const before = await logoOf()
    const svg = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    )
    for (const bytes of [svg, pngBomb(30_000, 30_000)]) {
      const refused = await sendLogo(bytes)
      expect(refused.status).toBe(422)
      expect(refused.text).toContain('id="logo-erreur"')
      expect(refused.text).toContain('href="#logo"')
      expect(await logoOf()).toEqual(before)
    }
  })
})

describe('the partners of a place', () => {
  const partnersOf = async () =>
    (await findStructureProfile(server.context.db, server.organization.id))?.partners ?? []
  const send = async (line: number, bytes: Uint8Array, fields: Fields) =>
    submitWithImage({ server, browser: team }, PLACE, {
      page: await team.get(PLACE),
      fields,
      file: { bytes, name: 'logo.png', type: 'image/png', field: `partner${line}.logo` },
    })
  const posterTag = async () =>
    (await fetch(`${server.origin}/cafes/${cafe}/affiche.pdf`)).headers.get('etag')
  let cafe: string

  test('stand on its sheets with their names, are seen by all, outlive the purge, and go when their name is erased', async () => {
    cafe = await announce(team)
    const before = await posterTag()
    expect((await send(3, await mark(), { partner3: 'Département' })).status).toBe(303)
    const [partner] = await partnersOf()
    expect(partner).toMatchObject({ line: 3, name: 'Département', logo: { width: 512 } })
    const withOne = await posterTag()
    expect(withOne).not.toBe(before)
    // A colleague whose page is older saves something else.
    const older = await team.get(PLACE)
    await send(3, await mark(300, 300), {})
    expect((await team.submit(older, PLACE, { website: 'https://canal.example' })).status).toBe(303)
    expect((await partnersOf())[0]?.logo.width).toBe(300)
    await team.submit(await team.get(PLACE), PLACE, { partner3: '' })
    expect(await partnersOf()).toEqual([])
    expect(await posterTag()).toBe(before)
    await send(1, await mark(), { partner1: 'Ville' })
    const [{ logo } = expect.fail()] = await partnersOf()
    server.advance({ hours: 24 * 30 })
    await purge(server.context)
    const file = `${server.origin}/media/${logoName(logo.mediaId, 512, 'png')}`
    expect((await fetch(file)).status).toBe(200)
  })

  test('say what is wrong beside the field, and keep the logo that was sent', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')
    for (const bytes of [svg, pngBomb(30_000, 30_000)]) {
      const refused = await send(1, bytes, { partner1: 'Ville' })
      expect([refused.status, refused.text.includes('id="partner1-logo-erreur"')]).toEqual([
        422,
        true,
      ])
    }
    const alone = await team.submit(await team.get(PLACE), PLACE, { partner2: 'Sans logo' })
    expect(alone.text).toContain('id="partner2-logo-erreur"')
    const nameless = await send(4, await mark(), {})
    expect(nameless.text).toContain('id="partner4-erreur"')
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`partner${index + 1}`, 'Un partenaire']),
    )
    const twelve = await team.submit(await team.get(PLACE), PLACE, many)
    expect(readable(twelve.text)).toContain('Il y en a trop : 4 au plus')
    for (const { text } of [twelve, nameless]) expect(await findHtmlErrors(text)).toEqual([])
    expect(await partnersOf()).toEqual([])
    expect((await team.submit(nameless, PLACE, { partner4: 'Caisse' })).status).toBe(303)
    expect(await partnersOf()).toMatchObject([{ line: 4, name: 'Caisse' }])
  })
})

const HEAD =
  'nom;commune;code_postal;adresse;telephone;courriels;site_web;horaires;typologie;pivot;prise_en_charge_specifique;fiche_acces_libre;latitude;longitude'
const CANAL =
  'La Fabrique;Rennes;35000;3 rue du Port;+33299001122;bonjour@fabrique.example;https://fabrique.example;Mo-Fr 09:00-18:00;TIERS_LIEUX;13002603200016;Handicaps moteurs;https://acceslibre.beta.gouv.fr/app/f/;48,1;-1,6'
const BREST = 'Maison du Port;Brest;29200;1 quai;;;;;;;;;;'

const fill = async (path: string, fields: Fields) => team.submit(await team.get(path), path, fields)

describe('a file of the lieux de médiation numérique', () => {
  test('fills in the form; nothing is saved before the team says so, then the address is kept too', async () => {
    const before = await findStructureProfile(server.context.db, server.organization.id)
    const form = await submitWithImage({ server, browser: team }, FILE, {
      page: await team.get(FILE),
      fields: {},
      file: {
        bytes: Buffer.from(`${HEAD}\n${CANAL}`),
        name: 'lieux.csv',
        type: 'text/csv',
        field: 'file',
      },
    })
    expect(form.status).toBe(200)
    expect(form.text).toContain('rien n’est encore enregistré')
    expect(await findHtmlErrors(form.text)).toEqual([])
    expect(await findStructureProfile(server.context.db, server.organization.id)).toEqual(before)

    const answer = await team.submit(form, PLACE)
    expect([answer.status, answer.text]).toEqual([303, ''])
    expect(await findStructureProfile(server.context.db, server.organization.id)).toMatchObject({
      name: 'La Fabrique',
      kind: 'TIERS_LIEUX',
      siret: '13002603200016',
      phone: '02 99 00 11 22',
      email: 'bonjour@fabrique.example',
      website: 'https://fabrique.example',
      address: { streetAddress: '3 rue du Port', commune: 'Rennes', codeInsee: '35238' },
      presentationMarkdown: expect.stringContaining('du lundi au vendredi'),
    })
    const again = await team.submit(form, PLACE)
    expect(again.status).toBe(303)
    const venues = await listVenues(server.context.db, server.organization.id)
    expect(venues).toMatchObject([
      {
        name: 'La Fabrique',
        accessibility: ['mi'],
        acceslibreUrl: 'https://acceslibre.beta.gouv.fr/app/f/',
        latitude: 48.1,
        longitude: -1.6,
      },
    ])
  })

  test('with several places lets one choose; a word narrows them down', async () => {
    const pasted = `${HEAD}\n${CANAL}\n${BREST}`
    const several = await fill(FILE, { pasted })
    expect(several.text).toContain('De quel lieu s’agit-il')
    expect(await findHtmlErrors(several.text)).toEqual([])
    const [, second = ''] = [...several.text.matchAll(/name="chosen" value="([^"]*)"/g)].map(
      ([, value = '']) => value.replaceAll('&quot;', '"'),
    )
    const chosen = await team.submit(several, FILE, { chosen: second })
    expect(fieldsOf(chosen.text, PLACE).name).toEqual(['Maison du Port'])
    expect(fieldsOf(chosen.text, PLACE).town).toEqual(['29200 Brest'])
    const narrowed = await fill(FILE, { pasted, search: 'brest' })
    expect(fieldsOf(narrowed.text, PLACE).name).toEqual(['Maison du Port'])
  })

  test('that is wrong, empty, or too large a crowd says what to do, and keeps what was pasted', async () => {
    const crowd = [HEAD, ...Array.from({ length: 60 }, (_, at) => `Lieu ${at};Rennes;35000`)].join(
      '\n',
    )
    for (const [fields, said] of [
      [{}, 'Choisissez un fichier, ou collez'],
      [{ pasted: 'Bonjour' }, 'ne décrit pas de lieux'],
      [{ pasted: '{"nom":' }, 'ni un tableau CSV ni du JSON'],
      [{ pasted: crowd }, '60'],
      [{ pasted: `${HEAD}\n${CANAL}`, search: 'Marseille' }, 'Aucun lieu de ce fichier'],
    ] as [Fields, string][]) {
      const page = await fill(FILE, fields)
      expect([said, page.status]).toEqual([said, 422])
      expect(page.text).toContain(said)
      expect(fieldsOf(page.text, FILE).pasted).toEqual([fields.pasted ?? ''])
      expect(await findHtmlErrors(page.text)).toEqual([])
    }
  })

  test('what is wrong in the address that it brings is told beside its field', async () => {
    const form = await fill(FILE, { pasted: `${HEAD}\n${CANAL}` })
    const wrong = await team.submit(form, PLACE, {
      acceslibreUrl: 'acceslibre',
      access: 'x'.repeat(501),
    })
    expect(wrong.status).toBe(422)
    for (const name of ['acceslibreUrl', 'access'])
      expect(wrong.text).toContain(`id="${name}-erreur"`)
    expect(await listVenues(server.context.db, server.organization.id)).toEqual([])
    const left = await team.submit(wrong, PLACE, { 'add.venue': [] })
    expect(left.status).toBe(303)
    expect(await listVenues(server.context.db, server.organization.id)).toEqual([])
  })

  test('fills in an address of the list as well', async () => {
    const form = await fill(VENUE_FILE, { pasted: `${HEAD}\n${CANAL}` })
    expect(fieldsOf(form.text, NEW_VENUE)).toMatchObject({
      name: ['La Fabrique'],
      town: ['35000 Rennes'],
      accessibility: ['mi'],
      latitude: ['48,1'],
    })
    expect((await team.submit(form, NEW_VENUE)).status).toBe(303)
    expect(await listVenues(server.context.db, server.organization.id)).toHaveLength(1)
  })
})
