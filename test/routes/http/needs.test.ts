import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decideDeletion, OPERATOR } from '../../../node/domain/cafes/edit.ts'
import { TOKEN_SCOPES, type TokenScope } from '../../../node/domain/structures/token-scope.ts'
import {
  type DeclaredRoute,
  declareGate,
  type Need,
  needsOf,
  open,
} from '../../../node/routes/http/needs.ts'
import { csrfTokenOf } from '../../../node/routes/http/session-cookie.ts'
import { createToken } from '../../../node/store/accounts/api-tokens.ts'
import { saveEdit } from '../../../node/store/accounts/saved-edit.ts'
import { createSession, SESSION_HOURS } from '../../../node/store/accounts/sessions.ts'
import { insertColleague } from '../../../node/store/accounts/team.ts'
import { createTeamInvitation } from '../../../node/store/accounts/team-invitations.ts'
import { findCafe } from '../../../node/store/cafes/cafes.ts'
import { followCalendar } from '../../../node/store/cafes/followed-calendars.ts'
import { OWN_CAFE } from '../../../node/store/cafes/own-cafes.ts'
import { inTransaction } from '../../../node/store/database/database.ts'
import { insertNewcomer } from '../../../node/store/facilitators/own-profiles.ts'
import { addManager } from '../../../node/store/networks/managers.ts'
import { declareNetwork } from '../../../node/store/networks/networks.ts'
import { findMark } from '../../../node/store/search/changed-cafes.ts'
import { insertOrganization } from '../../../node/store/structures/organizations.ts'
import { insertWebhook } from '../../../node/store/webhooks/webhooks.ts'
import { announce, signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser, type Page } from '../../support/browser.ts'
import { isOnPostgres } from '../../support/database.ts'
import { fillPattern, siteOf } from '../../support/every-route.ts'
import { appoint, enterAdmin } from '../../support/referents.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

const ROLES = ['node', 'hub'] as const
type Role = (typeof ROLES)[number]

/** Somebody who asks, with the token of their forms. */
type Stranger = { browser: Browser; csrf: string; from: readonly Need[] }

type Site = {
  web: WebServer
  routes: DeclaredRoute[]
  cafeId: string
  /** The ids of everything of our structure that an address may name. */
  ours: string[]
  networkSlug: string
  strangers: Record<string, Stranger>
  tokenOfOther: string
}

const sites: Partial<Record<Role, Site>> = {}

/** The parts of the administration that need no administrator; one more is a decision, and stands here. */
const EDITORS_MAY = [
  '',
  'animation',
  'bienvenue',
  'cafes',
  'demandes',
  'import',
  'series',
  // The choice of the structure for which they work.
  'structures',
  'lieux',
  'ressources',
  'masques',
  'questions',
]

/** The parts of the administration that are each structure's own; one more is a decision, and stands here. */
const HOSTED_MAY = [
  ...['', 'animation', 'bienvenue', 'cafes', 'equipe', 'import', 'jetons', 'lieu', 'lieux'],
  ...['masques', 'ressources', 'series', 'structures', 'webhooks'],
]

/**
 * The parts of the administration whose addresses name nothing of a structure: other servers, territories, the mails and
 * the letter of the whole site. One more is a decision, and stands here.
 */
const OF_THE_SITE = [
  ...['a-traiter', 'courriels', 'lettre', 'reseau', 'structures', 'tableau-de-bord', 'territoire'],
]

/** What only a session gives. */
const WITH_SESSION: readonly Need[] = [
  'signed-in',
  'team',
  'administrator',
  'site',
  'mandate',
  'manager',
]

beforeAll(async () => {
  for (const role of ROLES) sites[role] = await fill(await startWeb({ role }))
}, 120_000)
afterAll(async () => {
  for (const { web } of Object.values(sites)) await web.stop()
})

async function fill(web: WebServer): Promise<Site> {
  const { db, now } = web.context
  const admin = await signInByLink(web)
  const cafeId = await announce(admin, { 'venue.keep': ['1'] })
  const [cookie = ''] = admin.cookies.keys()
  await insertOrganization(db, { id: 'other', slug: 'ailleurs', name: 'Ailleurs' }, now())

  const enter = async (
    from: readonly Need[],
    role: 'administrator' | 'editor' | undefined,
    organizationId = web.organization.id,
    at = now(),
  ): Promise<Stranger & { email: string }> => {
    const id = crypto.randomUUID()
    const account = { id, email: `${id}@lieu.example`, name: 'Noa', passwordHash: 'x' }
    await insertColleague(db, { ...account, role: role ?? 'editor', organizationId }, now())
    if (!role) await db.deleteFrom('role').where('account_id', '=', id).execute()
    const token = await createSession(db, { accountId: id, userAgent: '' }, at)
    const browser = openBrowser(web.origin)
    browser.cookies.set(cookie, token)
    return { browser, csrf: csrfTokenOf(token), from, email: account.email }
  }

  const over = now().subtract({ hours: SESSION_HOURS + 1 })
  const notOfTeam = ['team', 'administrator', 'site', 'mandate', 'manager'] as const
  const strangers: Site['strangers'] = {
    nobody: { browser: openBrowser(web.origin), csrf: 'x', from: WITH_SESSION },
    'somebody whose session is over': await enter(WITH_SESSION, 'administrator', 'other', over),
    'an editor of the structure': await enter(['administrator', 'mandate', 'manager'], 'editor'),
    'an administrator of another structure': await enter(
      ['site', 'mandate', 'manager'],
      'administrator',
      'other',
    ),
    'an editor of another structure': await enter(
      ['administrator', 'site', 'mandate', 'manager'],
      'editor',
      'other',
    ),
    'somebody without any role': await enter(notOfTeam, undefined),
  }
  const declare = async (name: string, organizationId: string) => {
    const home = { organizationId, origin: web.origin, actorUri: `${web.origin}/actors/instance` }
    const description = { name, presentation: '', website: undefined }
    return declareNetwork(db, { description, home, by: OPERATOR }, now())
  }
  const ourNetwork = await declare('Médiathèques', web.organization.id)
  const otherNetwork = await declare('Ludothèques', 'other')
  const manager = await enter(notOfTeam, undefined)
  await addManager(db, { networkId: otherNetwork.id, email: manager.email }, now())
  strangers['a manager of another network'] = manager
  if (web.context.isDirectory) {
    const { browser } = await enterAdmin(web, { territory: '26' })
    const csrf = csrfTokenOf(browser.cookies.get(cookie) ?? '')
    strangers['a referent of another territory'] = { browser, csrf, from: notOfTeam }
  }
  const { token: tokenOfOther } = await createToken(
    db,
    { organizationId: 'other', label: 'x' },
    now(),
  )
  const { id: ourToken } = await createToken(
    db,
    { organizationId: web.organization.id, label: 'x' },
    now(),
  )
  const others = [...(await addOurs(web, admin)), await addWebhook(web, ourToken)]
  const venue = await db.selectFrom('venue').select('id').executeTakeFirst()
  const { account_id } = await db
    .selectFrom('role')
    .select('account_id')
    .where('organization_id', '=', web.organization.id)
    .executeTakeFirstOrThrow()
  return {
    ...{ web, cafeId, strangers, tokenOfOther, routes: needsOf(siteOf(web)) },
    ours: [cafeId, ourToken, account_id, ourNetwork.slug, ...(venue ? [venue.id] : []), ...others],
    networkSlug: ourNetwork.slug,
  }
}

/** Adds what else an address may name of a structure, with a café that was deleted; returns the ids. */
async function addOurs(web: WebServer, admin: Browser): Promise<string[]> {
  const { db, now, config, isDirectory } = web.context
  const organizationId = web.organization.id
  const [account] = await db.selectFrom('account').select('id').execute()
  const deleted = await announce(admin, { title: 'Un café supprimé' })
  const deletion = { id: deleted, by: OPERATOR, seen: undefined, decide: decideDeletion }
  await saveEdit(db, OWN_CAFE, deletion, now())
  const address = 'https://agenda.example/cafes.ics'
  await followCalendar(db, { organizationId, address, publication: 'draft', leftOut: [] }, now())
  const calendar = await db.selectFrom('followed_calendar').select('id').executeTakeFirstOrThrow()
  const who = { organizationId, origin: config.origin, name: 'Lou', email: 'lou@lieu.example' }
  const person = await inTransaction(db, (trx) =>
    insertNewcomer(trx, { ...who, isApproved: false }, now()),
  )
  const invitation = await createTeamInvitation(
    db,
    { organizationId, role: 'editor', email: undefined, invitedBy: account?.id ?? '' },
    now(),
  )
  const mandates = isDirectory ? [await appoint(web, { territory: '22' })] : []
  return [deleted, calendar.id, person.id, invitation.id, ...mandates]
}

async function addWebhook({ context, organization }: WebServer, tokenId: string) {
  const { db, now } = context
  const organizationId = organization.id
  const asked = { organizationId, tokenId, url: 'https://ville.example/', search: '' }
  const { id } = await insertWebhook(db, { ...asked, mark: await findMark(db) }, now())
  return id
}

const site = (role: Role): Site => sites[role] ?? expect.fail()

/** Reads what our structure has: cafés, places, networks, tokens, webhooks, calendars, people, mandates and team. */
async function readOurs({ web }: Site): Promise<unknown> {
  const { db } = web.context
  const tables = [
    ...(['cafe', 'venue', 'network', 'api_token', 'role', 'followed_calendar'] as const),
    ...(['facilitator', 'team_invitation', 'referent', 'webhook'] as const),
  ]
  return Promise.all(
    tables.map((table) =>
      db.selectFrom(table).selectAll().where('organization_id', '=', web.organization.id).execute(),
    ),
  )
}

/** The pages to which somebody is led who may not see one of the team's. */
const LEADS_AWAY = /^\/administration\/(?:connexion|territoire$|tableau-de-bord$)/

const isRefused = ({ status, location }: Pick<Page, 'status' | 'location'>): boolean =>
  [401, 403, 404, 405, 410].includes(status) || (location !== null && LEADS_AWAY.test(location))

const ask = ({ browser, csrf }: Stranger, method: string, path: string): Promise<Page> =>
  method === 'GET' ? browser.get(path) : browser.post(path, { csrf })

/** Returns the scope of the token that a route needs; undefined where it needs none. */
const scopeOf = (needs: ReadonlySet<Need>): TokenScope | undefined =>
  TOKEN_SCOPES.find((scope) => needs.has(`token:${scope}`))

/** Lists the routes that have one of these needs and answer a browser. */
const routesFor = ({ routes }: Site, needs: readonly Need[]): DeclaredRoute[] =>
  routes.filter(
    (route) => needs.some((need) => route.needs.has(need)) && /^(?:GET|POST)$/.test(route.method),
  )

describe.skipIf(isOnPostgres).each(ROLES)('at a %s', (role) => {
  test('every route says what it needs', () => {
    const { routes } = site(role)
    expect(routes.length).toBeGreaterThan(200)
    expect(routes.filter(({ needs }) => needs.size === 0)).toEqual([])
    const counts = Map.groupBy(
      routes.flatMap(({ needs }) => [...needs]),
      (need) => need,
    )
    const scopes = TOKEN_SCOPES.map((scope): Need => `token:${scope}`)
    for (const need of [...WITH_SESSION, ...scopes, 'link', 'anybody', 'signature'] as const)
      expect([need, (counts.get(need) ?? []).length > 0]).toEqual([need, true])
  })

  test('an editor has no other pages than these of the administration', () => {
    const open = site(role).routes.filter(
      ({ needs }) => needs.has('team') && !needs.has('administrator'),
    )
    const parts = new Set(open.map(({ path }) => path.split('/')[2]?.replace(/\.csv$/, '') ?? ''))
    expect([...parts].filter((part) => !EDITORS_MAY.includes(part))).toEqual([])
  })

  test('people of a hosted structure have no other parts of the administration than these', () => {
    const open = site(role).routes.filter(({ needs }) => needs.has('team') && !needs.has('site'))
    const parts = new Set(open.map(({ path }) => path.split('/')[2] ?? ''))
    expect([...parts].filter((part) => !HOSTED_MAY.includes(part))).toEqual([])
  })

  test('every address that names something of a structure says that it must not be another’s', () => {
    const wrong = site(role).routes.filter(
      ({ needs, path }) =>
        /:(?:id|slug)\b/.test(path) &&
        (needs.has('team') || scopeOf(needs) !== undefined) &&
        ![...needs].some((need) => need.startsWith('own:')) &&
        !OF_THE_SITE.includes(path.split('/')[2] ?? ''),
    )
    expect(wrong).toEqual([])
  })

  test('a stranger is refused at every address that needs what they have not', async () => {
    const wrong: unknown[] = []
    const values = [site(role).cafeId, '35', site(role).networkSlug]
    for (const [who, stranger] of Object.entries(site(role).strangers))
      for (const { method, path } of routesFor(site(role), stranger.from))
        for (const asked of new Set(values.map((value) => fillPattern(path, value)))) {
          const page = await ask(stranger, method, asked)
          if (!isRefused(page)) wrong.push([who, method, path, page.status, page.location])
        }
    expect(wrong).toEqual([])
    expect(site(role).web.failures).toEqual([])
  }, 240_000)

  test('whoever works for another structure opens and changes nothing of ours', async () => {
    const { strangers, ours } = site(role)
    const before = await readOurs(site(role))
    const opened: unknown[] = []
    const told: unknown[] = []
    const routes = routesFor(site(role), ['team']).filter(({ path }) => /:(?:id|slug)\b/.test(path))
    for (const who of ['an administrator of another structure', 'an editor of another structure']) {
      const stranger = strangers[who] ?? expect.fail()
      for (const { method, path, needs } of routes) {
        // Who lacks this is refused before anything is looked up: the test above.
        if (stranger.from.some((need) => needs.has(need))) continue
        const answers = new Set<number>()
        for (const id of [...ours, crypto.randomUUID()]) {
          const page = await ask(stranger, method, fillPattern(path, id))
          if (page.status < 300) opened.push([who, method, path, page.status])
          // A form that says nothing is refused before anything is looked up.
          if (page.status !== 422) answers.add(page.status)
        }
        // Nothing says that it is somebody else’s: what never was has the same answer. That a reason was read needs no
        // thing that is still hidden.
        const isOwned = [...needs].some((need) => need.startsWith('own:'))
        const isRead = path.endsWith('/masques/:id/vu')
        if (isOwned && !isRead && answers.size > 1) told.push([who, method, path, ...answers])
      }
    }
    expect(opened).toEqual([])
    expect(told).toEqual([])
    expect(await readOurs(site(role))).toEqual(before)
  }, 240_000)

  test('no write of the API works without a token, with a false one, or with that of another structure', async () => {
    const { routes, web, cafeId, tokenOfOther } = site(role)
    const before = await findCafe(web.context.db, cafeId)
    const wrong: unknown[] = []
    for (const { method, path } of routes.filter(({ needs }) => scopeOf(needs)))
      for (const token of [undefined, `cafeia_${'x'.repeat(43)}`, tokenOfOther]) {
        const { status } = await fetch(web.origin + fillPattern(path, cafeId), {
          method,
          headers: {
            'content-type': 'application/json',
            ...(token && { authorization: `Bearer ${token}` }),
          },
          body: method === 'GET' ? null : '{}',
        })
        const isFine =
          token === tokenOfOther ? status >= 400 && status < 500 : [401, 429].includes(status)
        const isOfNoCafe = token === tokenOfOther && !path.includes(':id')
        if (!isFine && !isOfNoCafe) wrong.push([token, method, path, status])
      }
    expect(wrong).toEqual([])
    expect(await findCafe(web.context.db, cafeId)).toEqual(before)
  }, 120_000)

  test('a token serves for its scopes alone: the refusal and the OpenAPI document name the one that it lacks', async () => {
    const { routes, web, cafeId } = site(role)
    const { db, now } = web.context
    const organizationId = web.organization.id
    const openapi = await (await fetch(`${web.origin}/api/v1/openapi.json`)).json()
    for (const scope of TOKEN_SCOPES) {
      const scopes = TOKEN_SCOPES.filter((other) => other !== scope)
      const { token } = await createToken(db, { organizationId, label: 'x', scopes }, now())
      const guarded = routes.filter(({ needs }) => scopeOf(needs) === scope)
      for (const { method, path } of guarded) {
        const answer = await fetch(web.origin + fillPattern(path, cafeId), {
          method,
          headers: { authorization: `Bearer ${token}`, 'accept-language': 'en' },
        })
        const problem = await answer.json()
        expect([method, path, answer.status, problem.detail]).toEqual([
          ...[method, path, 403],
          expect.stringContaining(`"${scope}"`),
        ])
        const described = path.replace('/api/v1', '').replaceAll(/:(\w+)/g, '{$1}')
        const { security } = openapi.paths[described][method.toLowerCase()]
        expect([path, security]).toEqual([path, [{ token: [scope] }]])
      }
      if (scope !== 'cafes') continue
      const headers = { authorization: `Bearer ${token}` }
      expect((await fetch(`${web.origin}/api/v1/cafes?mine=1`, { headers })).status).toBe(403)
    }
  })
})

test.skipIf(isOnPostgres)(
  'a referent opens what was announced under their territory for the structure that appointed them alone',
  async () => {
    const { web, cafeId } = site('hub')
    const { db } = web.context
    const { browser, id } = await enterAdmin(web, { territory: '29', email: 'noe@lieu.example' })
    await db
      .updateTable('cafe')
      .set({ announced_under: '29', announced_for: 'Une association' })
      .where('id', '=', cafeId)
      .execute()
    const cafe = `/administration/cafes/${cafeId}`
    expect((await browser.get(cafe)).status).toBe(200)
    expect((await browser.get('/administration/cafes/nouveau/29')).status).toBe(200)
    await db
      .updateTable('referent')
      .set({ organization_id: 'other' })
      .where('id', '=', id)
      .execute()
    expect(isRefused(await browser.get(cafe))).toBe(true)
    expect((await browser.get('/administration/cafes/nouveau/29')).status).toBe(200)
  },
)

test('a route without a declaration is found, as are all gates in front of one', () => {
  const gate = declareGate('team', async (_, next) => next())
  const inner = declareGate('administrator', async (_, next) => next())
  const app = new Hono()
    .get('/before', (c) => c.text(''))
    .route('/', open(new Hono().get('/page', (c) => c.text(''))))
    .route(
      '/admin',
      new Hono()
        .use(gate)
        .get('/', (c) => c.text(''))
        .get('/keys/:id', inner, (c) => c.text('')),
    )
  expect(needsOf(app).map(({ path, needs }) => [path, ...needs])).toEqual([
    ['/before'],
    ['/page', 'anybody'],
    ['/admin', 'team'],
    ['/admin/keys/:id', 'team', 'administrator'],
  ])
})
