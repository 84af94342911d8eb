import { afterAll, beforeAll, expect, test } from 'vitest'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { saveFlag } from '../../../node/store/flags/cases.ts'
import { setMembership } from '../../../node/store/memberships.ts'
import { saveMandateAct } from '../../../node/store/referents/mandate-acts.ts'
import { announce, CAFE, EMAIL, PASSWORD, signInByLink } from '../../support/admin.ts'
import {
  type Browser,
  type Fields,
  fieldsOf,
  openBrowser,
  type Page,
} from '../../support/browser.ts'
import { patternsOf } from '../../support/every-route.ts'
import { appoint } from '../../support/referents.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

/**
 * Two people of a team have the same page open, and one of them deletes what it is about, or answers. What the other one
 * sends then changes nothing, and its words come back.
 */

let server: WebServer
let browser: Browser
let colleague: Browser
beforeAll(async () => {
  server = await startWeb({ role: 'hub' })
  browser = await signInByLink(server)
  colleague = openBrowser(server.origin)
  const signIn = `${HOME}/connexion`
  const who = { email: EMAIL, password: PASSWORD }
  await colleague.submit(await colleague.get(signIn), signIn, who)
})
afterAll(() => server.stop())

const HOME = '/administration'
const WORDS = 'Tout ce que j’avais écrit, mot par mot'

/** Opens the page of a form and sends it, as the colleague. */
const send = async (page: string, action = page, fields: Fields = {}) =>
  colleague.submit(await colleague.get(page), action, fields)

const linkIn = async (page: string, pattern: RegExp): Promise<string> =>
  pattern.exec((await browser.get(page)).text)?.[1] ?? expect.fail(`no ${pattern} on ${page}`)

/** Something that a colleague made, the page about it, and what the colleague does to it meanwhile. */
type Made = { page: string; meanwhile: () => Promise<unknown> }

async function aCafe(hour: number, save = 'publish'): Promise<Made> {
  const page = `${HOME}/cafes/${await announce(browser, { time: `${hour}:00`, save })}`
  return { page, meanwhile: () => send(`${page}/supprimer`) }
}

async function aRegistration(): Promise<Made> {
  const cafe = await announce(browser, { time: '14:00', 'registration.mode': 'local' })
  const list = `${HOME}/cafes/${cafe}/inscrits`
  await send(list, list, { prenom: 'Sol', places: '1', contact: '0639980000' })
  const page = await linkIn(
    list,
    /href="(\/administration\/cafes\/[\da-f-]{36}\/inscrits\/[^"?]+)"/,
  )
  return { page, meanwhile: () => send(page, page, { act: 'cancel', reason: 'Parti' }) }
}

async function aVenue(): Promise<Made> {
  const made = { name: 'Salle', town: '35000 Rennes' }
  await send(`${HOME}/lieux/nouveau`, `${HOME}/lieux/nouveau`, made)
  const page = await linkIn(`${HOME}/lieux`, /href="(\/administration\/lieux\/[\da-f-]{36})"/)
  return { page, meanwhile: () => send(`${page}/supprimer`) }
}

async function aSeries(): Promise<Made> {
  const action = `${HOME}/cafes/nouveau`
  const dates = { dates: 'several', repeats: 'weekly', ends: 'count', count: '2' }
  const typed = { ...CAFE, ...dates, save: 'publish' }
  const shown = await browser.submit(await browser.get(action), action, typed)
  const { location } = await browser.submit(shown, action, { save: 'publish' })
  const page = new URL(location ?? '', server.origin).pathname
  const remove = async () =>
    colleague.submit(await send(page, page, { act: 'delete' }), page, { confirmed: '1' })
  return { page, meanwhile: remove }
}

async function aResource(): Promise<Made> {
  const form = `${HOME}/ressources/nouvelle`
  const given = { title: 'Jeu de cartes', summary: 'On joue.', kind: 'game', author: 'Nous' }
  await send(form, form, given)
  const list = `${HOME}/ressources`
  const page = await linkIn(list, /href="(\/administration\/ressources\/[\da-f-]{36})"/)
  return { page, meanwhile: () => send(`${page}/supprimer`) }
}

async function aNetwork(): Promise<Made> {
  const made = { name: 'Réseau du Livre', presentation: '', website: '' }
  const home = `${HOME}/tetes-de-reseau`
  const { location } = await send(home, `${home}/nouveau`, made)
  const page = new URL(location ?? '', server.origin).pathname
  return { page, meanwhile: () => send(`${page}/fermer`) }
}

async function aSite(membership: 'requested' | 'member'): Promise<Made> {
  const { db, now } = server.context
  const actorUri = `https://lieu-${Math.random()}.example/actors/instance`
  const { id } = await upsertPeer(db, { actorUri, name: 'Tiers-lieu de Die' })
  await setMembership(db, id, membership, now())
  const page = `${HOME}/reseau/${id}`
  const isIn = membership === 'member'
  return {
    page,
    meanwhile: () =>
      send(isIn ? `${page}/arreter` : page, `${page}/${isIn ? 'arreter' : 'accepter'}`),
  }
}

async function aCase(): Promise<Made> {
  const { db, now } = server.context
  const { page } = await aCafe(7)
  const id = page.split('/').at(-1) ?? ''
  const of = { kind: 'cafe', uri: `https://lieu.example/${id}`, path: page, name: 'x', id } as const
  const said = { reason: 'paid', words: '15 euros', email: undefined, host: undefined } as const
  const flagged = { ...of, territory: undefined, peerId: undefined }
  const { flagCase } = await saveFlag(db, flagged, said, now())
  const path = `${HOME}/a-traiter/${flagCase.id}`
  return { page: path, meanwhile: () => send(path, path, { outcome: 'kept', answer: 'Bien.' }) }
}

async function aMandate(): Promise<Made> {
  const page = `${HOME}/referents/${await appoint(server, { email: `${Math.random()}@lieu.example` })}`
  return { page, meanwhile: () => send(page, `${page}/terminer`) }
}

async function aConsent(): Promise<Made> {
  const id = await appoint(server, { email: `${Math.random()}@lieu.example` }, 'agree')
  const page = `${HOME}/referents/${id}`
  return { page, meanwhile: () => send(page, `${page}/terminer`) }
}

async function aProposal(): Promise<Made> {
  const proposed = {
    name: 'Noor',
    word: 'référente',
    territory: 'Morbihan',
    email: `${Math.random()}@lieu.example`,
  }
  const { location } = await send(`${HOME}/referents`, `${HOME}/referents`, proposed)
  const page = new URL(location ?? '', server.origin).pathname
  return { page, meanwhile: () => send(page, `${page}/retirer`) }
}

/** A proposal to which the person says no meanwhile. */
async function anAnswer(): Promise<Made> {
  const { page } = await aProposal()
  const id = page.split('/').at(-1) ?? ''
  const by = { kind: 'link', name: '' } as const
  const said = { text: 'Non', lang: 'fr' } as const
  const { db, now } = server.context
  return { page, meanwhile: () => saveMandateAct(db, id, { act: 'decline', said, by }, now()) }
}

async function aFacilitator(): Promise<Made> {
  const home = `${HOME}/animation`
  await send(home, `${home}/invitations`, { name: 'Lou', way: 'paper' })
  const page = await linkIn(home, /action="([^"]*)\/retirer"/)
  return { page, meanwhile: () => send(home, `${page}/retirer`) }
}

/** A form about one thing: what it is about, its page and its address below that of the thing, and what is typed. */
type Case = { make: () => Promise<Made>; page?: string; action?: string; typed?: Fields }

const own = { typed: { reason: WORDS } }
const NETWORK = `${HOME}/tetes-de-reseau/reseaux/:slug`
const SITE = `${HOME}/reseau/:id/:action{accepter|refuser|reessayer|bloquer|arreter}`

/** One line for each address of the administration to which a page about one thing sends a form. */
const CASES: readonly (readonly [pattern: string, Case])[] = [
  [`${HOME}/cafes/:id`, { make: () => aCafe(8), typed: { save: 'publish', title: WORDS } }],
  [`${HOME}/cafes/:id/publier`, { make: () => aCafe(9, 'draft'), page: '/publier' }],
  [
    `${HOME}/cafes/:id/situation`,
    {
      ...{ make: () => aCafe(10), page: '/situation' },
      typed: { situation: 'full', 'note.full': WORDS },
    },
  ],
  [`${HOME}/cafes/:id/annuler`, { make: () => aCafe(12), page: '/annuler', ...own }],
  [`${HOME}/cafes/:id/supprimer`, { make: () => aCafe(13), page: '/supprimer', ...own }],
  [
    `${HOME}/cafes/:id/inscrits/:registration`,
    { make: aRegistration, typed: { act: 'cancel', reason: WORDS } },
  ],
  [`${HOME}/a-traiter/:id`, { make: aCase, typed: { outcome: 'kept', answer: WORDS } }],
  [`${HOME}/series/:id`, { make: aSeries, typed: { act: 'cancel', reason: WORDS } }],
  [`${HOME}/lieux/:id`, { make: aVenue, typed: { access: WORDS } }],
  [`${HOME}/lieux/:id/supprimer`, { make: aVenue, page: '/supprimer' }],
  [`${HOME}/ressources/:id`, { make: aResource, typed: { descriptionMarkdown: WORDS } }],
  [`${HOME}/ressources/:id/supprimer`, { make: aResource, page: '/supprimer' }],
  [NETWORK, { make: aNetwork, typed: { presentation: WORDS } }],
  [`${NETWORK}/fermer`, { make: aNetwork, page: '/fermer' }],
  [
    `${NETWORK}/responsables`,
    { make: aNetwork, action: '/responsables', typed: { email: 'Zoé@tete.example' } },
  ],
  [
    SITE,
    { make: () => aSite('requested'), action: '/refuser', typed: { why: 'other', words: WORDS } },
  ],
  [SITE, { make: () => aSite('requested'), action: '/accepter' }],
  [
    SITE,
    { make: () => aSite('member'), page: `/arreter?why=other&words=${WORDS}`, action: '/arreter' },
  ],
  [
    `${HOME}/referents/:id/nommer`,
    { make: aConsent, action: '/nommer', typed: { endsOn: '2027-05-17' } },
  ],
  [
    `${HOME}/referents/:id/prolonger`,
    { make: aMandate, action: '/prolonger', typed: { endsOn: '2027-05-17' } },
  ],
  [`${HOME}/referents/:id/terminer`, { make: aMandate, action: '/terminer' }],
  [`${HOME}/referents/:id/retirer`, { make: aProposal, action: '/retirer' }],
  [`${HOME}/referents/:id/retirer`, { make: anAnswer, action: '/retirer' }],
  [`${HOME}/referents/:id/lien`, { make: aProposal, action: '/lien' }],
  [`${HOME}/animation/:id/effacer`, { make: aFacilitator, page: '/effacer', ...own }],
]

test.each(CASES)(
  'a form to %s says what a colleague did, and gives the words back',
  async (_, one) => {
    const { page, meanwhile } = await one.make()
    const form = await browser.get(`${page}${one.page ?? ''}`)
    expect(form.status).toBe(200)
    await meanwhile()
    const changes = await countRows()
    const action = `${page}${one.action ?? one.page ?? ''}`
    const answer = await browser.submit(form, action, one.typed)
    expect([409, 410]).toContain(answer.status)
    for (const word of Object.values(one.typed ?? {})
      .flat()
      .filter((text) => /[A-Z\d]/.test(text)))
      expect(answer.text).toContain(word)
    expect(await countRows()).toEqual(changes)
  },
)

/** Counts what was saved and what others are told. */
async function countRows() {
  const { db } = server.context
  const of = async (table: 'change' | 'act' | 'mail' | 'link') =>
    (
      await db
        .selectFrom(table)
        .select((eb) => eb.fn.countAll().as('total'))
        .execute()
    )[0]
  return [await of('change'), await of('act'), await of('mail'), await of('link')]
}

test('two who change the settings for referents lose no word', async () => {
  const action = `${HOME}/referents/reglages`
  const forms = [await browser.get(`${HOME}/referents`), await browser.get(`${HOME}/referents`)]
  const [one, other] = forms as [Page, Page]
  expect((await browser.submit(one, action, { silentDays: '45' })).status).toBe(303)
  const asked = await browser.submit(other, action, { silentDays: '60' })
  expect(asked.status).toBe(409)
  expect(asked.text).toContain('45')
  expect(asked.text).toContain('60')
  expect(fieldsOf((await browser.get(`${HOME}/referents`)).text, action).silentDays).toEqual(['45'])
})

/**
 * The others that name one thing: one button about what is there, and nothing is typed. Pressed by two it does nothing
 * more; an agreement changes only from the state that the page showed.
 */
const BUTTONS = [
  // Who is added is beside those whom a colleague added.
  // The report itself says what a colleague saved: test/routes/reports. A place is answered as it was shown: suggestions.
  ...['inscrits', 'historique', 'compter', 'ecrire', 'bilan', 'bilan/effacer', 'lieu'].map(
    (path) => `${HOME}/cafes/:id/${path}`,
  ),
  ...[`${HOME}/cafes/:id/confirmer`, `${HOME}/lettre/cafes/:id`, `${HOME}/jetons/:id/revoquer`],
  ...['tester', 'reprendre', 'supprimer'].map((act) => `${HOME}/webhooks/:id/${act}`),
  ...['sessions/:id/fermer'].map((path) => `${HOME}/compte/${path}`),
  ...['preparer', 'remis', 'enlever'].map((act) => `${HOME}/courriels/:id/${act}`),
  ...['lire', 'arreter', 'absents'].map((act) => `${HOME}/import/agendas/:id/${act}`),
  ...['suivis/:id/reessayer', 'suivis/:id/arreter', 'cafes/:id/ecarter', 'cafes/:id/montrer'].map(
    (path) => `${HOME}/reseau/${path}`,
  ),
  `${HOME}/reseau/:id/reprise`,
  // Who is suspended already, or not any more, stays so; a share is one number, and the page shows the one that holds.
  ...['suspendre', 'retablir', 'part'].map((act) => `${HOME}/structures/:id/${act}`),
  ...[`${HOME}/import/differences/:id`, `${HOME}/masques/:id/vu`],
  `${HOME}/reseau/accords/:id/:action{accepter|refuser}`,
  `${HOME}/tableau-de-bord/:slug/reponses-lues`,
  ...['inviter', 'plusieurs', 'responsables/:id/retirer', 'reponses-lues'].map(
    (path) => `${NETWORK}/${path}`,
  ),
  ...['accueillir', 'refuser', 'annuler', 'retirer'].map((act) => `${NETWORK}/structures/${act}`),
  ...['invitations/:id/retirer', ':id/role', ':id/retirer', ':id/second-facteur'].map(
    (path) => `${HOME}/equipe/${path}`,
  ),
  ...['accepter', 'refuser', 'retirer'].map((act) => `${HOME}/animation/:id/${act}`),
]

test('every form about one thing is tried above, or is a button', async () => {
  const named = patternsOf(server, 'POST').filter(
    (pattern) => pattern.startsWith(`${HOME}/`) && pattern.includes(':') && !BY_LINK.test(pattern),
  )
  const tried = new Set([...CASES.map(([pattern]) => pattern), ...BUTTONS])
  expect(named.filter((pattern) => !tried.has(pattern))).toEqual([])
})

/**
 * The addresses of secret links, and those of a territory: a new café, and the acts of referents, each with a reason and
 * a journal.
 */
const BY_LINK = /:token|:code/
