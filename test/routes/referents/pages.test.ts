import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CITIES_WITH_ARRONDISSEMENTS, communeAt, index } from '../../../node/geo/commune-table.ts'
import { findCommune } from '../../../node/geo/communes.ts'
import { codesOfCommune } from '../../../node/geo/epci-communes.ts'
import { findAnswering } from '../../../node/routes/territories/referents.ts'
import { findAccountByEmail } from '../../../node/store/accounts/accounts.ts'
import {
  deleteOldReferents,
  endReferent,
  findReferent,
  insertReferent,
  listConsents,
  listReferents,
} from '../../../node/store/referents/referents.ts'
import { signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { writtenMails } from '../../support/mails.ts'
import { appoint, enterAdmin } from '../../support/referents.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let hub: WebServer
beforeEach(async () => {
  hub = await startWeb({ role: 'hub', smtpUrl: 'smtp://127.0.0.1:1', trustProxy: '127.0.0.1' })
})
afterEach(() => hub.stop())

/** Of the 35,000, how many are passed over between two that are asked for. */
const EACH = 20
const LIST = '/administration/referents'
const readable = (text: string) => text.replace(/[\u00a0\u202f]/gu, ' ')

const mails = () => writtenMails(hub)

/** The path of such a link in a mail to somebody. */
async function mailedPath(to: string, pattern: RegExp): Promise<string> {
  const written = (await mails()).filter(({ to: recipient }) => recipient === to)
  const [path] = written.flatMap(({ text }) => pattern.exec(text)?.[0] ?? [])
  if (!path) throw new Error(`no link to ${to}`)
  return path
}

const PROPOSED = {
  name: 'Claire Morin',
  word: 'référente',
  email: 'claire@lieu.example',
  territory: 'Ille-et-Vilaine',
}

async function propose(team: Browser, fields = {}) {
  return team.submit(await team.get(LIST), LIST, { ...PROPOSED, ...fields })
}

const api = async (query = '') =>
  (await (await fetch(`${hub.origin}/api/v1/referents${query}`)).json()) as Record<string, unknown>

describe('from the proposal to the office', () => {
  test('the team proposes, the person agrees by the mailed link, the team appoints, everyone sees', async () => {
    const team = await signInByLink(hub)
    const proposed = await propose(team)
    expect(proposed.status).toBe(303)
    const one = proposed.location?.split('?')[0] ?? ''

    const person = openBrowser(hub.origin)
    const path = await mailedPath(PROPOSED.email, /\/referents\/mandat\/[\w-]+/)
    const asked = await person.get(path)
    expect(asked.headers.get('cache-control')).toBe('no-store')
    // With `no-referrer` a browser would send this page's own form with `Origin: null`, which is refused.
    expect(asked.headers.get('referrer-policy')).toBe('same-origin')
    expect(readable(asked.text)).toContain('Mon adresse e-mail n’est jamais montrée')
    expect((await person.get('/territoires/35')).text).not.toContain('Claire')

    const unticked = await person.submit(asked, path, { name: 'Claire M.' })
    expect(unticked.status).toBe(422)
    expect(unticked.text).toContain('value="Claire M."')
    const agreed = await person.submit(asked, path, { name: 'Claire M.', agree: '1' })
    expect(agreed.status).toBe(303)
    expect((await person.get('/territoires/35')).text).not.toContain('Claire')

    const page = await team.get(one)
    expect(readable(page.text)).toContain('J’accepte que')
    await team.submit(page, `${one}/nommer`)
    expect(readable((await person.get('/territoires/35')).text)).toContain(
      'Claire M., référente : Ille-et-Vilaine (35)',
    )
    expect(readable((await person.get('/territoires/35')).text)).toContain('Votre référente locale')
    expect((await person.get('/referents')).text).toContain('Claire M.')
    expect(await api('?territory=c-35238')).toMatchObject({
      territory: { code: 'c-35238' },
      level: { code: '35' },
      items: [{ name: 'Claire M.', word: 'référente', territory: { code: '35' } }],
    })
    expect(await mailedPath(PROPOSED.email, /\/referents\/acces\/[\w-]+/)).toBeTruthy()
  })

  test('one domain that proposes many stands beside the others, a page at a time', async () => {
    const team = await signInByLink(hub)
    const { db, now } = hub.context
    const day = Temporal.PlainDate.from('2026-12-01')
    const proposeFrom = (domain: string, name: string) =>
      insertReferent(
        db,
        {
          ...{ territory: '35', name, word: 'neutre', email: `${name}@x.example`, domain },
          ...{ proposedBy: domain },
          ...{ startsOn: day, endsOn: day.add({ days: 365 }) },
        },
        now(),
      )
    for (let i = 0; i < 60; i++) await proposeFrom('beaucoup.example', `A${100 + i}`)
    await proposeFrom('honnete.example', 'Zoe')
    const namesAt = async (query = '') => {
      const [, list = ''] = (await team.get(`${LIST}${query}`)).text.split('id="proposes"')
      return list.split('id="en-fonction"')[0]?.match(/>(A\d{3}|Zoe)</g)?.length
    }
    expect((await team.get(LIST)).text).toContain('>Zoe<')
    expect(await namesAt()).toBe(6)
    expect(await namesAt('?domaine=beaucoup.example')).toBe(50)
    expect(await namesAt('?domaine=beaucoup.example&propositions=2')).toBe(10)
  })

  test('nobody is appointed who did not agree', async () => {
    const team = await signInByLink(hub)
    const one = (await propose(team)).location?.split('?')[0] ?? ''
    const page = await team.get(one)
    expect(page.text).not.toContain(`${one}/nommer`)
    const forced = { csrf: /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '' }
    await team.post(`${one}/nommer`, forced)
    expect((await listReferents(hub.context.db, ['appointed'])).length).toBe(0)
  })

  test('who declines is forgotten, their address at once', async () => {
    const team = await signInByLink(hub)
    await propose(team)
    const path = await mailedPath(PROPOSED.email, /\/referents\/mandat\/[\w-]+/)
    const person = openBrowser(hub.origin)
    const asked = await person.get(path)
    const answered = await person.post(path, { answer: 'non' })
    expect(answered.status).toBe(303)
    expect((await person.get(path)).text).toContain('C’est noté')
    const [declined] = await listReferents(hub.context.db, ['declined'])
    expect(declined?.email).toBeUndefined()
    expect((await mails()).filter(({ to }) => to === PROPOSED.email)).toEqual([])
    expect(
      JSON.stringify(await hub.context.db.selectFrom('mail').selectAll().execute()),
    ).not.toContain(PROPOSED.email)
    // The yes of a second tab comes too late.
    await person.submit(asked, path, { agree: '1' })
    expect((await listReferents(hub.context.db, ['consented'])).length).toBe(0)
  })

  test('of a proposal that the team withdraws no address stays', async () => {
    const team = await signInByLink(hub)
    const one = (await propose(team)).location?.split('?')[0] ?? ''
    expect(await mails()).toHaveLength(1)
    await team.submit(await team.get(one), `${one}/retirer`)
    expect(await listReferents(hub.context.db, ['proposed'])).toEqual([])
    expect(await hub.context.db.selectFrom('mail').selectAll().execute()).toEqual([])
  })

  test('thirty days after the end the address is gone, and the account that was for nothing else', async () => {
    const { db, now } = hub.context
    const { id } = await enterAdmin(hub)
    // Of the team as well, whose account stays.
    const team = await signInByLink(hub)
    const { id: other } = await enterAdmin(hub, { email: 'deux@lieu.example', territory: '29' })
    const account = async (email: string) => findAccountByEmail(db, email)
    await endReferent(db, { id, reason: 'ended' }, now())
    hub.advance({ hours: 29 * 24 })
    await deleteOldReferents(db, now())
    expect(await account('claire@lieu.example')).toBeDefined()
    hub.advance({ hours: 25 })
    await deleteOldReferents(db, now())
    expect(await account('claire@lieu.example')).toBeUndefined()
    expect(await findReferent(db, id)).toMatchObject({ email: undefined, accountId: undefined })
    expect(await account('deux@lieu.example')).toBeDefined()
    expect(await findReferent(db, other)).toMatchObject({ email: 'deux@lieu.example' })
    expect((await team.get('/administration')).status).toBeLessThan(400)
  })

  test('a paper link is shown once, and asks for the address that nobody gave', async () => {
    const team = await signInByLink(hub)
    const one = (await propose(team, { email: '' })).location?.split('?')[0] ?? ''
    expect((await mails()).length).toBe(0)
    const shown = await team.submit(await team.get(one), `${one}/lien`, { way: 'papier' })
    const [path = ''] = /\/referents\/mandat\/[\w-]+/.exec(shown.text) ?? []
    const person = openBrowser(hub.origin)
    const asked = await person.get(path)
    expect((await person.submit(asked, path, { agree: '1' })).status).toBe(422)
    const agreed = await person.submit(asked, path, { agree: '1', email: 'c@lieu.example' })
    expect(agreed.status).toBe(303)
    expect((await listReferents(hub.context.db, ['consented']))[0]?.email).toBe('c@lieu.example')
    expect((await team.get(one)).text).not.toContain(path)
  })

  test('on a hub without mail both links are short, and shown to be handed over', async () => {
    await hub.stop()
    hub = await startWeb({ role: 'hub' })
    const team = await signInByLink(hub)
    const id = await appoint(hub)
    const one = `${LIST}/${id}`
    const page = await team.get(one)
    expect(readable(page.text)).toContain('Aucun courriel ne part de ce site')
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    const asked = async (link: string) => {
      const { text } = await team.post(`${one}/lien`, { csrf, way: 'papier', link })
      return /<strong class="paper-link">([^<]+)/.exec(text)?.[1] ?? text
    }
    const code = '[a-z2-9]{5}-[a-z2-9]{5}-[a-z2-9]{5}$'
    const access = await asked('access')
    expect(access).toMatch(new RegExp(`^${hub.origin}/referents/acces/${code}`))
    const person = await asked('person')
    expect(person).toMatch(new RegExp(`^${hub.origin}/referents/mandat/${code}`))
    for (const link of [access.toUpperCase().slice(-17), access.slice(-17)])
      expect((await openBrowser(hub.origin).get(`/referents/acces/${link}`)).status).toBe(200)
    expect((await openBrowser(hub.origin).get(new URL(person).pathname)).status).toBe(200)
    expect((await team.get(one)).text).not.toContain(access)
  })

  test('the person stops by the same link, and is nowhere any more', async () => {
    const team = await signInByLink(hub)
    await propose(team)
    const path = await mailedPath(PROPOSED.email, /\/referents\/mandat\/[\w-]+/)
    const id = await appoint(hub, { email: 'autre@lieu.example', name: 'Une autre' })
    const person = openBrowser(hub.origin)
    await person.submit(await person.get(path), path, { agree: '1' })
    const [consented] = await listReferents(hub.context.db, ['consented'])
    const one = `${LIST}/${consented?.id}`
    await team.submit(await team.get(one), `${one}/nommer`)
    expect((await person.get('/territoires/35')).text).toContain('Claire Morin')

    hub.advance({ minutes: 1 })
    expect((await person.post(path, { answer: 'fin' })).status).toBe(303)
    expect((await person.get(path)).text).toContain('Vous n’êtes plus référente')
    for (const page of ['/territoires/35', '/referents', '/api/v1/referents'])
      expect((await person.get(page)).text).not.toContain('Claire Morin')
    const consents = await listConsents(hub.context.db, consented?.id ?? '')
    expect(consents.map(({ act }) => act)).toEqual(['consented', 'resigned'])
    expect((await findReferent(hub.context.db, id))?.state).toBe('appointed')
  })

  test.each([
    ['name', { name: ' ' }, 'Écrivez le nom'],
    ['territory', { territory: 'Zzz' }, 'Ce territoire n’est pas connu'],
    ['email', { email: 'claire' }, 'incomplète'],
    ['endsOn', { endsOn: '2026-01-01' }, 'déjà passée'],
    ['endsOn', { endsOn: '2036-01-01' }, 'trois ans au plus'],
  ])('a wrong %s is said beside it, and nothing is kept', async (_, fields, message) => {
    const team = await signInByLink(hub)
    const refused = await propose(team, fields)
    expect(refused.status).toBe(422)
    expect(readable(refused.text)).toContain(message)
    expect(await listReferents(hub.context.db, ['proposed'])).toEqual([])
  })

  test('of several territories of one name the team chooses', async () => {
    const team = await signInByLink(hub)
    const several = await propose(team, { territory: 'Saint-Denis' })
    expect(several.status).toBe(422)
    expect(several.text).toContain('value="c-97411"')
    const chosen = await team.submit(several, LIST, { ...PROPOSED, territory: 'c-97411' })
    expect(chosen.status).toBe(303)
  })

  test('a link that nobody made answers 410, whatever it looks like', async () => {
    const person = openBrowser(hub.origin)
    for (const path of ['/referents/mandat/x', '/referents/acces/x'])
      expect((await person.get(path)).status).toBe(410)
  })
})

describe('a mandate is what its person agreed to', () => {
  const day = (text: string) => Temporal.PlainDate.from(text)

  /** Proposed and agreed to from today for a year; the team's page of it, and the person's. */
  async function agree() {
    const team = await signInByLink(hub)
    const one = (await propose(team)).location?.split('?')[0] ?? ''
    const path = await mailedPath(PROPOSED.email, /\/referents\/mandat\/[\w-]+/)
    const person = openBrowser(hub.origin)
    await person.submit(await person.get(path), path, { agree: '1' })
    const find = async () => {
      const referent = await findReferent(hub.context.db, one.split('/').at(-1) ?? '')
      if (!referent) throw new Error('the mandate is gone')
      return referent
    }
    return { team, one, person, path, find }
  }

  test.each([
    ['a longer term', { endsOn: '2028-06-01' }],
    ['a shorter one', { endsOn: '2026-12-31' }],
    ['another first day', { startsOn: '2026-12-01' }],
  ])('%s is asked again, and appoints nobody before the answer', async (_, days) => {
    const { team, one, person, path, find } = await agree()
    const before = await person.get(path)
    await team.submit(await team.get(one), `${one}/nommer`, days)
    expect(await find()).toMatchObject({ state: 'proposed' })
    expect((await mails()).filter(({ to }) => to === PROPOSED.email)).toHaveLength(2)
    // What was on their screen before is not what they would agree to now.
    await person.submit(before, path, { answer: 'oui', agree: '1' })
    expect(await find()).toMatchObject({ state: 'proposed' })
    await person.submit(await person.get(path), path, { agree: '1' })
    expect(await find()).toMatchObject({ state: 'consented' })
    // The very same form a moment later would be a double click.
    await team.submit(await team.get(one), `${one}/nommer`, { second: '1' })
    const { startsOn, endsOn, state } = await find()
    expect({ state, startsOn: `${startsOn}`, endsOn: `${endsOn}` }).toMatchObject({
      state: 'appointed',
      ...days,
    })
  })

  test('the yes of a page that was open while the dates changed is not taken', async () => {
    const team = await signInByLink(hub)
    await propose(team)
    const path = await mailedPath(PROPOSED.email, /\/referents\/mandat\/[\w-]+/)
    const person = openBrowser(hub.origin)
    const asked = await person.get(path)
    await hub.context.db.updateTable('referent').set({ ends_on: '2029-01-01' }).execute()
    const late = await person.submit(asked, path, { agree: '1' })
    expect(late.status).toBe(422)
    expect(readable(late.text)).toContain('Les dates ont changé')
    expect(readable(late.text)).toContain('1er janvier 2029')
    expect((await listReferents(hub.context.db, ['consented'])).length).toBe(0)
    const form = { answer: 'oui', agree: '1', name: 'Claire', email: PROPOSED.email }
    await person.post(path, form)
    expect((await listReferents(hub.context.db, ['consented'])).length).toBe(0)
  })

  test('an extension changes nothing before the person accepts it, in words that are kept', async () => {
    const { team, one, person, path, find } = await agree()
    await team.submit(await team.get(one), `${one}/nommer`)
    const { endsOn: agreed } = await find()
    const prolong = async (endsOn: string) =>
      team.submit(await team.get(one), `${one}/prolonger`, { endsOn })
    await prolong('2028-06-01')
    expect((await find()).endsOn).toEqual(agreed)
    expect(readable((await team.get(one)).text)).toContain('jusqu’au 1er juin 2028, sans réponse')
    const subjects = (await mails()).map(({ subject }) => readable(subject))
    expect(subjects).toContain('Une autre date pour votre mandat : Ille-et-Vilaine (35) ?')

    const asked = await person.get(path)
    expect(readable(asked.text)).toContain('Continuer jusqu’au 1er juin 2028 ?')
    await person.post(path, { answer: 'garder' })
    expect(await find()).toMatchObject({ endsOn: agreed, askedEndsOn: undefined })

    hub.advance({ minutes: 1 })
    // A yes to what was declined, to what is asked no more and to what was never shown.
    await prolong('2027-12-31')
    await person.submit(asked, path, { answer: 'prolonger' })
    await person.post(path, { answer: 'prolonger' })
    expect((await find()).endsOn).toEqual(agreed)
    await person.submit(await person.get(path), path, {
      answer: 'prolonger',
      shownUntil: '2027-12-31',
    })
    expect(await find()).toMatchObject({ endsOn: day('2027-12-31'), askedEndsOn: undefined })
    const consents = await listConsents(hub.context.db, (await find()).id)
    expect(consents.map(({ act }) => act)).toEqual(['consented', 'consented'])
    expect(readable(consents.at(-1)?.text ?? '')).toContain('au 31 décembre 2027')
  })
})

describe('somebody always answers', () => {
  test('the narrowest, then wider, then the team', async () => {
    const team = async (code: string) => (await api(`?territory=${code}`)).level
    expect(await team('c-35238')).toBeNull()
    await appoint(hub, { territory: 'r-53', email: 'r@lieu.example', name: 'Région' })
    expect(await team('c-35238')).toMatchObject({ code: 'r-53' })
    await appoint(hub, { territory: 'e-243500139', email: 'e@lieu.example', name: 'Métropole' })
    expect(await team('c-35238')).toMatchObject({ code: 'e-243500139' })
    expect(await team('c-35288')).toMatchObject({ code: 'r-53' })
    expect(await team('35238')).toMatchObject({ code: 'e-243500139' })
    // Former commune of Ille-et-Vilaine, today in another.
    expect(await team('35026')).toMatchObject({ code: 'r-53' })
    expect((await fetch(`${hub.origin}/api/v1/referents?territory=zzz`)).status).toBe(404)
  })

  test('for any commune of any département, overseas too, and for each arrondissement', async () => {
    for (const [place, territory] of ['r-53', '972', 'c-69123', '75', '2A', '987'].entries())
      await appoint(hub, { territory, email: `${place}@lieu.example`, name: `De ${territory}` })
    const all = index().names.map((_, row) => communeAt(row))
    const byDepartement = Map.groupBy(all, ({ departement }) => departement)
    expect(byDepartement.size).toBeGreaterThan(100)
    const some = [...byDepartement.values()].flatMap((communes) => [communes[0], communes.at(-1)])
    const within = CITIES_WITH_ARRONDISSEMENTS.flatMap((code) =>
      codesOfCommune(code).map((each) => findCommune(each)),
    )
    const asked = [...new Set([...some, ...within])].filter((commune) => commune !== undefined)
    expect(asked.length).toBeGreaterThan(240)
    for (const { codeInsee, departement, region } of asked) {
      const answer = await api(`?territory=${codeInsee}`)
      const isLyon = /^69(123|38\d)$/.test(codeInsee)
      const level =
        (isLyon && 'c-69123') ||
        ['972', '75', '2A', '987'].find((code) => code === departement) ||
        (region === '53' && 'r-53')
      expect([codeInsee, answer.level]).toEqual([
        codeInsee,
        level ? expect.objectContaining({ code: level }) : null,
      ])
      expect([codeInsee, (answer.items as unknown[]).length]).toEqual([codeInsee, level ? 1 : 0])
      expect(answer.contact).toMatchObject({ url: `${hub.origin}/referents/ecrire/c-${codeInsee}` })
    }
  })

  test('communes all over France have an answer of the store', async () => {
    await appoint(hub, { territory: 'r-53' })
    const codes = index().names.map((_, row) => communeAt(row))
    let answered = 0
    for (const [place, { codeInsee, region }] of codes.entries()) {
      if (place % EACH !== 0) continue
      const answer = await findAnswering(hub.context, codeInsee)
      expect([codeInsee, answer?.territory.code]).toEqual([
        codeInsee,
        region === '53' ? 'r-53' : undefined,
      ])
      answered += 1
    }
    expect(answered).toBeGreaterThan(1000)
  })

  test('a mandate counts on its own days, where the territory is', async () => {
    await appoint(hub, {
      startsOn: Temporal.PlainDate.from('2026-11-26'),
      endsOn: Temporal.PlainDate.from('2026-12-31'),
    })
    expect(await api()).toMatchObject({ items: [] })
    hub.advance({ hours: 15 })
    expect(await api()).toMatchObject({ items: [{ name: 'Claire' }] })
    hub.advance({ hours: 24 * 36 })
    expect(await api()).toMatchObject({ items: [] })
  })
})

describe('writing to them', () => {
  const FORM = '/referents/ecrire/c-35238'
  const said = {
    'contact.name': 'Une bibliothèque',
    'contact.email': 'bibli@ville.example',
    'contact.message': 'Bonjour,\nnous aimerions accueillir un café.',
  }

  test('the message is handed over; neither page nor form ever says an address', async () => {
    await appoint(hub)
    const visitor = openBrowser(hub.origin)
    const page = await visitor.get('/territoires/c-35238')
    const sent = await visitor.submit(page, FORM, said)
    expect(sent.status).toBe(200)
    expect(sent.text).toContain('Message en route')
    expect(sent.text).toContain('Sans réponse, écrivez à l’équipe')
    const [mail] = await mails()
    expect(mail).toMatchObject({
      to: 'claire@lieu.example',
      replyTo: 'bibli@ville.example',
    })
    expect(mail?.text).toContain('nous aimerions accueillir un café.')
    for (const path of ['/territoires/35', '/referents', FORM, '/api/v1/referents'])
      expect((await visitor.get(path)).text).not.toContain('claire@lieu.example')
  })

  test('where nobody is appointed it goes to the team', async () => {
    await signInByLink(hub)
    const visitor = openBrowser(hub.origin)
    await visitor.submit(await visitor.get(FORM), FORM, said)
    expect((await mails()).map(({ to }) => to)).toEqual(['camille@mediatheque.example'])
  })

  test.each([
    ['contact.email', 'x@y.example\r\nBcc: a@b.example'],
    ['contact.email', 'rien'],
    ['contact.name', '  '],
    ['contact.message', ''],
    ['contact.message', 'a'.repeat(3001)],
  ])('a wrong %s is refused beside the field, what was typed stays', async (name, value) => {
    await appoint(hub)
    const visitor = openBrowser(hub.origin)
    const refused = await visitor.submit(await visitor.get(FORM), FORM, { ...said, [name]: value })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain(`id="${name.replace('.', '-')}-erreur"`)
    expect(await mails()).toEqual([])
  })

  test('a flood from one network stops', async () => {
    await appoint(hub)
    const visitor = openBrowser(hub.origin)
    const page = await visitor.get(FORM)
    const statuses: number[] = []
    for (let i = 0; i < 7; i++) statuses.push((await visitor.submit(page, FORM, said)).status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429])
  })

  test('a few writers, however much they write, silence nobody for the day', async () => {
    await appoint(hub)
    const writeFrom = async (address: string) => {
      const headers = { 'x-forwarded-for': address }
      return (await openBrowser(hub.origin).post(FORM, said, headers)).status
    }
    const statuses: number[] = []
    for (let network = 1; network <= 12; network++)
      for (let i = 0; i < 5; i++) statuses.push(await writeFrom(`192.0.${network}.1`))
    for (let i = 1; i <= 5; i++) statuses.push(await writeFrom(`2001:db8:1:${i}::1`))
    expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(40)
    expect(await writeFrom('198.51.100.7')).toBe(200)
  })

  test('who writes by the forms of many communes writes to the same few, and no more to them', async () => {
    await appoint(hub)
    const communes = Array.from({ length: 60 }, (_, at) => `352${String(at + 10)}`)
    const statuses = await Promise.all(
      communes.map(async (code, at) => {
        const headers = { 'x-forwarded-for': `192.0.${at}.1` }
        const form = `/referents/ecrire/c-${code}`
        return (await openBrowser(hub.origin).post(form, said, headers)).status
      }),
    )
    expect(new Set(statuses)).toEqual(new Set([200, 429]))
    expect(await mails()).toHaveLength(40)
  })

  test('from another site nothing is sent', async () => {
    await appoint(hub)
    const visitor = openBrowser(hub.origin)
    const forged = await visitor.post(FORM, said, {
      origin: 'https://evil.example',
      'sec-fetch-site': 'cross-site',
    })
    expect(forged.status).toBe(403)
    expect(await mails()).toEqual([])
  })
})
