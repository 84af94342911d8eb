import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { insertAccount } from '../../../node/store/accounts/accounts.ts'
import { announce, signInByLink } from '../../support/admin.ts'
import { type Browser, fieldsOf, openBrowser } from '../../support/browser.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let server: WebServer
let browser: Browser
let csrf: string
let id: string
let accountId: string
beforeAll(async () => {
  server = await startWeb()
  browser = await signInByLink(server)
  id = await announce(browser)
  const { db } = server.context
  accountId = (await db.selectFrom('account').select('id').executeTakeFirstOrThrow()).id
  // A second administrator makes it possible to take the role from the first one.
  await insertAccount(
    db,
    {
      email: 'noa@mediatheque.example',
      organizationId: server.organization.id,
      role: 'administrator',
    },
    server.context.now(),
  )
  const { text } = await browser.get('/administration')
  csrf = String(fieldsOf(text, '/administration/deconnexion').csrf)
})
afterAll(() => server.stop())

/** Returns every address that changes something. */
const actions = () => [
  '/administration/cafes/nouveau',
  `/administration/cafes/${id}`,
  `/administration/cafes/${id}/annuler`,
  `/administration/cafes/${id}/situation`,
  `/administration/cafes/${id}/confirmer`,
  `/administration/cafes/${id}/publier`,
  `/administration/cafes/${id}/supprimer`,
  '/administration/lieux/nouveau',
  '/administration/import',
  '/administration/import/confirmer',
  '/administration/jetons',
  '/administration/jetons/x/revoquer',
  '/administration/reseau/rejoindre',
  '/administration/reseau/suivre',
  '/administration/reseau/suivis/x/reessayer',
  '/administration/reseau/suivis/x/arreter',
  '/administration/reseau/envois/reessayer',
  '/administration/reseau/cafes/x/montrer',
  '/administration/reseau/invitations',
  '/administration/reseau/blocages',
  '/administration/reseau/blocages/lever',
  '/administration/reseau/x/accepter',
  '/administration/equipe/invitations',
  '/administration/equipe/invitations/x/retirer',
  `/administration/equipe/${accountId}/role`,
  `/administration/equipe/${accountId}/retirer`,
  '/administration/compte',
  '/administration/compte/mot-de-passe',
  '/administration/compte/sessions/x/fermer',
  '/administration/bienvenue',
  '/administration/deconnexion',
]

/** Returns all rows that a forged request could have changed. */
async function everything(): Promise<unknown> {
  const { db } = server.context
  const [cafes, changes, accounts, tokens, blocks, invitations, sessions, team] = await Promise.all(
    [
      db.selectFrom('cafe').selectAll().execute(),
      db.selectFrom('change').selectAll().execute(),
      db.selectFrom('account').selectAll().execute(),
      db.selectFrom('api_token').selectAll().execute(),
      db.selectFrom('block').selectAll().execute(),
      db.selectFrom('invitation').selectAll().execute(),
      db.selectFrom('session').select('token_hash').execute(),
      Promise.all([
        db.selectFrom('role').selectAll().execute(),
        db.selectFrom('team_invitation').selectAll().execute(),
        db.selectFrom('mail').selectAll().execute(),
      ]),
    ],
  )
  return { team, cafes, changes, accounts, tokens, blocks, invitations, sessions: sessions.length }
}

/** Field values with which each form would change something if it were accepted. */
const bait = {
  title: 'Faux café',
  date: '2026-12-10',
  time: '18:00',
  'venue.name': 'Ailleurs',
  'venue.town': '35000',
  label: 'faux',
  'invitation.label': 'faux',
  'block.domain': 'mediatheque.example',
  'join.address': 'https://evil.example',
  organization: 'Faux nom',
  name: 'Faux',
  email: 'faux@evil.example',
  role: 'editor',
  way: 'mail',
}

describe('a form that no page of this session sent is refused and changes nothing', () => {
  test('without a token, or with an empty, wrong or doubled one', async () => {
    const before = await everything()
    for (const path of actions())
      for (const fields of [{}, { csrf: '' }, { csrf: `${csrf}x` }, { csrf: ['x', csrf] }]) {
        const answer = await browser.post(path, { ...bait, ...fields })
        expect([path, answer.status]).toEqual([path, 403])
      }
    expect(await everything()).toEqual(before)
  })

  test('with the token of another session', async () => {
    const server2 = openBrowser(server.origin)
    await server2.post('/administration/connexion', {
      email: 'camille@mediatheque.example',
      password: 'quatre mots sans rapport',
    })
    const { text } = await server2.get('/administration')
    const other = fieldsOf(text, '/administration/deconnexion').csrf ?? ''
    expect(other).not.toBe(csrf)
    const before = await everything()
    for (const path of actions())
      expect([path, (await browser.post(path, { ...bait, csrf: other })).status]).toEqual([
        path,
        403,
      ])
    expect(await everything()).toEqual(before)
  })

  test('from another origin, by either header, even with the right token', async () => {
    const before = await everything()
    const forged: Record<string, string>[] = [
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example' },
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: `${server.origin}.evil.example` },
    ]
    for (const path of [...actions(), '/administration/connexion'])
      for (const headers of forged) {
        const answer = await browser.post(path, { ...bait, csrf }, headers)
        expect([path, headers, answer.status]).toEqual([path, headers, 403])
      }
    expect(await everything()).toEqual(before)
  })

  test('as a type of body that a form does not have', async () => {
    const before = await everything()
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    for (const path of actions())
      for (const type of ['text/plain', 'application/json', undefined]) {
        const answer = await fetch(server.origin + path, {
          method: 'POST',
          headers: { cookie, origin: server.origin, ...(type && { 'content-type': type }) },
          body: new TextEncoder().encode(`csrf=${csrf}&title=Faux`),
        })
        expect([path, type, answer.status]).toEqual([path, type, 403])
      }
    expect(await everything()).toEqual(before)
  })
})

test('opening an address that changes something changes nothing', async () => {
  const before = await everything()
  const hasPage =
    /\/(nouveau|annuler|situation|supprimer|publier|import|jetons|compte|bienvenue)$|\/cafes\/[^/]+$|\/equipe\/[0-9a-f-]+\/(retirer|role)$|\/blocages(?:\/nouveau)?$/
  for (const path of actions()) {
    const { status } = await browser.get(`${path}?csrf=${csrf}&label=faux&title=Faux`)
    const expected = path.endsWith('/bienvenue') ? 302 : hasPage.test(path) ? 200 : 404
    expect([path, status]).toEqual([path, expected])
  }
  expect(await everything()).toEqual(before)
})

test('no page of the administration is shown or kept without a session', async () => {
  const stranger = openBrowser(server.origin)
  for (const path of ['/administration', '/administration/reseau', '/administration/jetons']) {
    const answer = await stranger.get(path)
    expect(answer.status).toBe(302)
    expect(answer.location).toContain('/administration/connexion')
    expect((await browser.get(path)).headers.get('cache-control')).toBe('no-store')
  }
})

test('what was typed when the session had ended is one click away after signing in', async () => {
  const form = await browser.get('/administration/cafes/nouveau')
  const late = openBrowser(server.origin)
  const typed = {
    title: 'Écrit trop <tard>',
    date: '2026-12-11',
    themes: 'école',
    intentions: ['learn', 'try'],
  }
  const asked = await late.submit(form, '/administration/cafes/nouveau', {
    ...bait,
    ...typed,
    save: 'publish',
  })
  expect(asked.status).toBe(401)
  const resumed = await late.submit(asked, '/administration/connexion', {
    email: 'camille@mediatheque.example',
    password: 'quatre mots sans rapport',
  })
  expect(resumed.status).toBe(200)
  const saved = await late.submit(resumed, '/administration/cafes/nouveau')
  expect(saved.location).toMatch(/\/en-ligne\?fait=published$/)
  const cafe = await server.context.db
    .selectFrom('cafe')
    .select(['intentions', 'themes'])
    .where('title', '=', typed.title)
    .executeTakeFirst()
  expect(cafe).toEqual({ intentions: '["learn","try"]', themes: '["école"]' })
})
