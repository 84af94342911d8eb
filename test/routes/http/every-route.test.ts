import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Config } from '../../../node/config.ts'
import type { Facilitator } from '../../../node/domain/facilitators/facilitator.ts'
import { findAccountByEmail } from '../../../node/store/accounts/accounts.ts'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import { insertReferent } from '../../../node/store/referents/referents.ts'
import { announce, EMAIL, signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser, type Page } from '../../support/browser.ts'
import { isOnPostgres } from '../../support/database.ts'
import { listFieldNames, pathsOf } from '../../support/every-route.ts'
import { publishTestFacilitator } from '../../support/facilitator-profiles.ts'
import { aCafe } from '../../support/format-cafe.ts'
import { IS_FULL } from '../../support/full.ts'
import { knowCafe, RENNES } from '../../support/known-peer.ts'
import { appoint } from '../../support/referents.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { aMail } from '../../support/some-mail.ts'

type Site = { web: WebServer; admin: Browser; editor: Browser; id: string }

const sites: Partial<Record<Config['role'], Site>> = {}
const ROLES = ['node', 'hub'] as const

beforeAll(async () => {
  for (const role of ROLES) {
    const web = await startWeb({ role })
    const admin = await signInByLink(web)
    const id = await announce(admin)
    sites[role] = { web, admin, editor: await joinAsEditor(web, admin), id }
  }
})
afterAll(async () => {
  for (const { web } of Object.values(sites)) await web.stop()
})

async function joinAsEditor({ origin }: WebServer, admin: Browser): Promise<Browser> {
  const team = '/administration/equipe'
  const invitation = { way: 'paper', role: 'editor' }
  const paper = await admin.submit(await admin.get(team), `${team}/invitations`, invitation)
  const path = /\/administration\/invitation\/[\w-]+/.exec(paper.text)?.[0] ?? ''
  const editor = openBrowser(origin)
  const joined = await editor.submit(await editor.get(path), path, {
    name: 'Noa',
    email: 'noa@mediatheque.example',
    password: 'cinq petits chats gris',
    passwordAgain: 'cinq petits chats gris',
  })
  expect(joined.status).toBe(303)
  return editor
}

const siteOf = (role: Config['role']): Site => sites[role] ?? expect.fail()

/** Returns the paths of all routes, once with the café's id and once with an unknown value for each parameter. */
const pathsTo = ({ web, id }: Site, method: string): string[] => [
  ...new Set([...pathsOf(web, method, id), ...pathsOf(web, method, 'x')]),
]

/** 503 is no failure: the files of open data are being made. */
/** 501 is the answer of oEmbed to a format that it does not give (§2.3.4), 503 that of a site that has no time. */
const isFailure = ({ status }: Pick<Page, 'status'>): boolean =>
  status >= 500 && status !== 501 && status !== 503

/** This test runs on SQLite only: the pages are the same on both databases, and other tests read them on both. */
test.skipIf(isOnPostgres).each(ROLES)(
  'every page of a %s answers HEAD as it answers GET, to the team and to visitors',
  async (role) => {
    const { web, admin } = siteOf(role)
    const paths = pathsTo(siteOf(role), 'GET')
    expect(paths.length).toBeGreaterThan(100)
    const wrong: unknown[] = []
    for (const browser of [admin, openBrowser(web.origin)])
      for (const path of paths) {
        const asked = await browser.head(path)
        const got = await browser.get(path)
        if (asked.status !== got.status || isFailure(asked) || asked.text !== '')
          wrong.push([path, asked.status, got.status, asked.text.length])
      }
    expect(wrong).toEqual([])
    expect(web.failures).toEqual([])
  },
  120_000,
)

/** This runs on SQLite only, like the test above. */
test.skipIf(isOnPostgres).each(ROLES)(
  'no page of the administration of a %s says twice what was done',
  async (role) => {
    const { web, admin } = siteOf(role)
    const twice: string[] = []
    let once = 0
    for (const path of pathsOf(web, 'GET', siteOf(role).id))
      for (const key of path.startsWith('/administration') ? ['done', 'requested'] : []) {
        const { text } = await admin.get(`${path}?fait=${key}`)
        const flashes = text.match(/class="flash"/g) ?? []
        if (flashes.length > 1) twice.push(path)
        once += flashes.length
      }
    expect(twice).toEqual([])
    expect(once).toBeGreaterThan(10)
  },
  60_000,
)

const NAMES = listFieldNames()
const ODD = [
  '\u0000',
  '\ud800'.toWellFormed(),
  '%_%_"(NEAR*',
  '999999-12-31',
  '-1e309',
  '2026-12',
  '35',
  '[1,{"toString":1}]',
  'https://[',
  '',
]

/** Returns a value for every known parameter and field; after ten rounds each has had each value. */
const fieldsOf = (round: number): [string, string][] =>
  NAMES.map((name, at) => [name, ODD[(at + round) % ODD.length] ?? ''])
const queryOf = (round: number): string => String(new URLSearchParams(fieldsOf(round)))

/** Malformed query strings. */
const SHAPES = [
  '&'.repeat(12_000),
  'a[]=&'.repeat(2400),
  '%FF%ED%A0%80%'.repeat(900),
  `q=${'a%20'.repeat(3000)}&ou=%FF`,
  `q=${'%CC%81%CC%96'.repeat(1000)}&page=%00`,
]

/** Unusual values of the headers about the client and its preferences. */
const HEADERS: Record<string, string>[] = [
  { accept: 'application/activity+json;q='.repeat(500), 'accept-language': 'en-'.repeat(400) },
  { accept: 'a/b,'.repeat(1500), 'if-none-match': 'W/"x",'.repeat(400) },
  { range: `bytes=${'0-1,'.repeat(1000)}-5`, 'if-range': '"x"', 'accept-encoding': 'br;q=,' },
  { 'x-forwarded-for': '::1,'.repeat(500), 'x-forwarded-host': 'evil.example', forwarded: 'for=' },
  { authorization: `Bearer ${'x'.repeat(3000)}`, range: 'bytes=-0', 'if-modified-since': 'hier' },
  { signature: 'keyId="x",'.repeat(300), 'signature-input': 'sig1=("@method"'.repeat(99) },
  { cookie: '__Host-session=x; session="'.repeat(99), accept: 'text/html' },
]
const CSRF = /name="csrf" value="([^"]*)"/
const METHODS = ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'POST']

describe.each(ROLES)('whatever comes to an address of a %s, nothing of ours fails', (role) => {
  let site: Site
  let wrong: unknown[]
  const note = (page: Pick<Page, 'status'>, ...what: unknown[]) => {
    if (isFailure(page)) wrong.push([...what, page.status])
  }
  beforeEach(() => {
    site = siteOf(role)
    wrong = []
  })
  afterEach(() => {
    expect(wrong).toEqual([])
    expect(site.web.failures).toEqual([])
  })

  test('in a query, a header or a method', async () => {
    const { web, admin, id } = site
    const visitor = openBrowser(web.origin)
    for (const [at, path] of pathsOf(web, 'GET', id).entries()) {
      const headers = HEADERS[at % HEADERS.length]
      const browser = path.startsWith('/administration') ? admin : visitor
      note(await browser.get(`${path}?${queryOf(at)}`), path, at)
      note(await visitor.get(`${path}?${SHAPES[at % SHAPES.length]}`, headers), path, headers)
      const method = METHODS[at % METHODS.length] ?? ''
      note(await fetch(web.origin + path, { method, redirect: 'manual' }), path, method)
    }
  })

  test('in the fields of a form', async () => {
    const { web, admin, id } = site
    const { text } = await admin.get('/administration')
    const [, csrf = ''] = CSRF.exec(text) ?? []
    for (const [at, path] of pathsOf(web, 'POST', id).entries()) {
      // An inbox closes the connection before a form is sent, and the API has tests of its own for odd input.
      if (/\/inbox$|^\/api\/|\/deconnexion$/.test(path)) continue
      const fields = { ...Object.fromEntries(fieldsOf(at)), csrf }
      note(await admin.post(path, fields), path, at)
      const files = new FormData()
      // Each part takes about a hundred bytes: all of them together would exceed the limit of some forms.
      for (const [nth, [name, value]] of fieldsOf(at + 1).entries())
        if (nth % 3 === at % 3) files.append(name, new File([value], value))
      files.set('csrf', csrf)
      const sent = new Response(files)
      const headers = {
        origin: web.origin,
        cookie: [...admin.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        connection: 'close',
        'content-type': sent.headers.get('content-type') ?? '',
      }
      // The body is sent in one piece, since a server that answers before it has read all may close in between.
      const body = await sent.bytes()
      const init = { method: 'POST', headers, body, redirect: 'manual' } as const
      note(await fetch(web.origin + path, init), path, 'files')
    }
  })
})

/** The pages that an editor may open: the editor's own work and account, and the links for signing in. */
const FOR_EDITORS =
  /^(?:bienvenue|compte|cafes|series|lieux|import|animation|demandes|masques|questions|ressources|structures\/choisir)\b/
const WAYS_IN = /^(?:connexion|deconnexion|confirmation|invitation|premier-acces|adresse|lien)\b/

/** This runs on SQLite only: who may do what is decided before the database is asked. */
test.skipIf(isOnPostgres && !IS_FULL).each(ROLES)(
  'at a %s, an editor opens and does nothing that is an administrator’s',
  async (role) => {
    const { web, editor } = siteOf(role)
    const { text } = await editor.get('/administration')
    const [, csrf = ''] = CSRF.exec(text) ?? []
    const open: unknown[] = []
    for (const method of ['GET', 'POST'])
      for (const path of pathsOf(web, method, 'x')) {
        const [, rest] = /^\/administration\/(.+)/.exec(path) ?? []
        if (rest === undefined || FOR_EDITORS.test(rest) || WAYS_IN.test(rest)) continue
        const { status } =
          method === 'GET' ? await editor.get(path) : await editor.post(path, { csrf })
        // Pages of other workspaces, and pages that this role does not have, answer 404 to an editor.
        const isElsewhere = role === 'node' || /^(?:territoire|tableau-de-bord)\b/.test(rest)
        if (status !== 403 && !(isElsewhere && status === 404)) open.push([method, path, status])
      }
    expect(open).toEqual([])
  },
)

/** This word is in every text of cafés that only the team may see. */
const SECRET = 'Zinzolin'

/** Adds a draft, a café that waits for the team, and one that its own server has withdrawn. Returns their ids. */
async function hideCafes({ web }: Site): Promise<string[]> {
  const { db, now } = web.context
  const content = {
    title: SECRET,
    summary: SECRET,
    speakers: [SECRET],
    themes: [SECRET],
    descriptionHtml: `<p>${SECRET}</p>`,
    startsAt: now().add({ hours: 48 }),
    endsAt: now().add({ hours: 50 }),
  }
  const own = { organizationId: web.organization.id, peerId: undefined }
  const draft = aCafe({ ...content, ...own, id: randomUUID(), publication: 'draft' })
  await saveCafe(db, { ...draft, uri: `${web.origin}/cafes/${draft.id}` })
  const ids = [draft.id]
  for (const hiddenReason of ['foreign', 'private'] as const) {
    const host = `membre-${hiddenReason}`
    const cafe = await knowCafe(web, { host, place: RENNES, name: 'Un membre' }, content)
    await saveCafe(db, { ...cafe, hiddenReason })
    ids.push(cafe.id)
  }
  return ids
}

test.each(ROLES)('no address of a %s shows a draft, or a café that is held back', async (role) => {
  const site = siteOf(role)
  const ids = await hideCafes(site)
  const paths = new Set(ids.flatMap((id) => pathsOf(site.web, 'GET', id)))
  const visitor = openBrowser(site.web.origin)
  const shown: unknown[] = []
  for (const path of paths)
    for (const accept of ['text/html', 'application/activity+json']) {
      const page = await visitor.get(path, { accept })
      const isPicture = page.headers.get('content-type')?.startsWith('image/') === true
      const isOfOne = ids.some((id) => path.includes(id))
      if (page.text.includes(SECRET) || (isPicture && isOfOne)) shown.push([path, accept])
    }
  expect(shown).toEqual([])
})

/** This word is in every text about people that not everybody may read. */
const NOBODYS = 'zephirinette'

/**
 * Adds people who show nothing or only a part, and rows about others. Returns the names that their pages would have.
 */
async function hidePeople({ web }: Site): Promise<string[]> {
  const { db, now, isDirectory } = web.context
  const [at, later] = [now().toString(), now().add({ hours: 48 }).toString()]
  const email = `${NOBODYS}@chez-elle.example`
  const id = randomUUID()
  const keeper = await findAccountByEmail(db, EMAIL)
  const letter = aMail(NOBODYS, NOBODYS)
  const rows = {
    account: { id, email, name: NOBODYS, created_at: at },
    alert: {
      ...{ id, email, area: 'c-35238', search: '', place: 'Rennes', territory: '35' },
      ...{ created_at: at, confirmed_at: at, expires_at: later },
    },
    mail: {
      ...{ id, template: letter.template, params: JSON.stringify(letter.params) },
      ...{ recipient: email, created_at: at, due_at: at, expires_at: later },
    },
    contact_message: { id, profile_uri: '', name: NOBODYS, email, text: NOBODYS, at },
    session: {
      ...{ token_hash: id, account_id: keeper?.id, user_agent: NOBODYS },
      ...{ created_at: at, last_used_at: at, expires_at: later },
    },
  }
  const act = { at, who: NOBODYS, author: 'team', subject: id, about: NOBODYS, reason: NOBODYS }
  for (const [log, more] of Object.entries({
    journal: { act: 'hide', territory: '35' },
    access: { act: 'token-made' },
    edit: { act: 'changed', changes: '[]' },
  }))
    await db
      .insertInto('act')
      .values({ ...act, ...more, id: `${id}-${log}`, log } as never)
      .execute()
  for (const [table, row] of Object.entries(rows))
    await db
      .insertInto(table as 'alert')
      .values(row as never)
      .execute()
  const text = { presentation: NOBODYS, themes: [NOBODYS], shownContact: email }
  const part = { presentation: 'nobody', themes: 'network', contact: 'nobody' } as const
  const shown = await publishTestFacilitator(web, { ...text, fieldLevels: part }, email)
  const hidden: Partial<Facilitator>[] = [
    { level: 'network' },
    { level: 'nobody' },
    { state: 'unpublished' },
    { state: 'expired' },
    { expiresAt: now().subtract({ hours: 1 }) },
  ]
  const people = [shown]
  for (const change of hidden)
    people.push(await publishTestFacilitator(web, { ...text, name: NOBODYS, ...change }, email))
  const mandates = isDirectory ? [await appoint(web, { email })] : []
  const dates = { startsOn: Temporal.PlainDate.from('2026-11-25'), endsOn: END_OF_MANDATE }
  if (isDirectory)
    mandates.push(
      (await insertReferent(
        db,
        { territory: '29', name: NOBODYS, word: 'neutre', email, proposedBy: NOBODYS, ...dates },
        now(),
      )) ?? '',
    )
  return [id, ...people.map(({ handle }) => handle), ...mandates]
}

/** Matches the addresses of people, accounts and mandates. */
const OF_PEOPLE = /\/(?:animation|actors|facilitators|referents?|attestations)\b/

const END_OF_MANDATE = Temporal.PlainDate.from('2027-11-25')

test.each(ROLES)(
  'no address of a %s says to a visitor what people keep to themselves',
  async (role) => {
    const site = siteOf(role)
    const ids = await hidePeople(site)
    const paths = new Set(
      ids.flatMap((id, at) =>
        pathsOf(site.web, 'GET', id).filter(
          (path) => !path.startsWith('/administration') && (at === 0 || OF_PEOPLE.test(path)),
        ),
      ),
    )
    const visitor = openBrowser(site.web.origin)
    const shown: unknown[] = []
    let read = 0
    for (const path of paths)
      for (const accept of ['text/html', 'application/activity+json']) {
        const page = await visitor.get(path, { accept })
        if (page.status === 200) read += 1
        if (page.text.includes(NOBODYS)) shown.push([path, accept])
      }
    expect(shown).toEqual([])
    expect(read).toBeGreaterThan(60)
  },
  60_000,
)
