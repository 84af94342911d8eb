import { describe, expect, test } from 'vitest'
import { findHtmlErrors } from '../../support/html-errors.ts'
import { readable } from '../../support/readable.ts'
import {
  addressOf,
  changes,
  everyRow,
  fill,
  invite,
  publish,
  server,
  useProfileSite,
  visitor,
} from './profile-site.ts'

useProfileSite()

describe('the address of a profile', () => {
  const TAKEN = 'Cette adresse n’est pas libre'
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
    expect(readable(form.text)).toContain('Laissée vide, elle est tirée au hasard')
    expect((await askFor(link, 'Ma-Plume', 'Choix')).status).toBe(303)
    const preview = await visitor.get(`${link}/apercu`)
    expect(await findHtmlErrors(preview.text)).toEqual([])
    expect(preview.text).toContain(`${server.origin}/animation/ma-plume`)
    expect(readable(preview.text)).toContain('Vous l’avez choisie')
    expect(readable(preview.text)).toContain('nom, adresse choisie,')
    expect((await visitor.get('/animation/ma-plume')).status).toBe(404)
    expect((await publish(link, { fediverse: '1' })).status).toBe(303)
    expect(await everyRow()).toContain('"field":"alias"')

    const page = await visitor.get('/animation/ma-plume')
    expect(page.status).toBe(200)
    expect(page.text).toContain(`rel="canonical" href="${server.origin}/animation/ma-plume"`)
    expect((await visitor.get('/animation')).text).toContain('href="/animation/ma-plume"')
    expect((await visitor.get(link)).text).toContain('href="/animation/ma-plume"')
    // The id of the profile and of its account does not contain the chosen address.
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
    expect(readable(page.text)).toContain(words)
    expect(page.text).toContain(`name="alias" type="text" value="${alias}"`)
    expect(await findHtmlErrors(page.text)).toEqual([])
  })

  test('cannot be one that somebody else has or had, chosen or random; nothing says whose', async () => {
    const first = await chosenBy('Première', 'premiere-venue')
    const random = (await addressOf('Première')).split('/').at(-1) ?? ''
    const other = await invite('seconde@mail.example')
    const refusals = []
    for (const alias of ['premiere-venue', 'PREMIERE-VENUE', random]) {
      // A random address that begins with a digit is not a valid choice.
      if (/^\d/.test(alias)) continue
      const page = await askFor(other, alias)
      expect(page.status, alias).toBe(422)
      refusals.push(readable(page.text).includes(TAKEN))
    }
    const ask = await visitor.get(`${first}/retrait`)
    await visitor.submit(ask, `${first}/retrait`, {})
    expect(await everyRow()).not.toContain('premiere-venue')
    expect((await visitor.get('/animation/premiere-venue')).status).toBe(410)
    const page = await askFor(other, 'premiere-venue')
    expect(page.status).toBe(422)
    expect([...refusals, readable(page.text).includes(TAKEN)]).not.toContain(false)
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
    expect(readable(preview.text)).toContain('n’est plus libre')
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
    expect(readable(form.text)).toContain('ne mène plus nulle part')
    // Another name changes the text of the page, not its address.
    expect((await fill(link, { name: 'Renommée' })).status).toBe(303)
    expect((await publish(link)).status).toBe(303)
    expect((await visitor.get('/animation/constante')).text).toContain('Renommée')

    const random = await addressOf('Renommée')
    const others = { name: 'Renommée', email: 'constante@mail.example' }
    expect((await fill(link, { ...others, alias: 'autrement' })).status).toBe(303)
    const preview = await visitor.get(`${link}/apercu`)
    expect(await findHtmlErrors(preview.text)).toEqual([])
    expect(preview.text).toContain(`${server.origin}/animation/autrement`)
    expect(readable(preview.text)).toContain(
      `L’adresse d’avant, ${server.origin}/animation/constante, ne mènera plus nulle part`,
    )
    expect(readable(preview.text)).toContain('À tout le monde : adresse choisie.')
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
      expect([refused.status, readable(refused.text).includes(TAKEN)]).toEqual([422, true])
    }

    // While the profile is hidden, the address stays reserved; once it is replaced by the random one, it is free.
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

  test('cannot be changed so often that one person uses up the names of others', async () => {
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
