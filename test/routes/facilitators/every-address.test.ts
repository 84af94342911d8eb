import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createKeyRing } from '../../../federation/actors/keys.ts'
import { unpublishExpired } from '../../../node/jobs/renew-consents.ts'
import { insertLinkTo } from '../../../node/store/accounts/links.ts'
import { listJoinedHosts } from '../../../node/store/facilitators/directories.ts'
import { findFacilitatorByUri } from '../../../node/store/facilitators/facilitators.ts'
import { insertNewcomer } from '../../../node/store/facilitators/own-profiles.ts'
import { readMediaFile } from '../../../node/store/files/media-storage.ts'
import { decideShown } from '../../../node/store/referents/decide-shown.ts'
import { signInByLink } from '../../support/admin.ts'
import { type Fields, openBrowser } from '../../support/browser.ts'
import { fillPattern, patternsOf, siteOf } from '../../support/every-route.ts'
import { setLedBy } from '../../support/led-cafes.ts'
import { writtenMails } from '../../support/mails.ts'
import { type Site, startPair, until, untilAtRest } from '../../support/network.ts'
import { signByFedify } from '../../support/request-signer.ts'
import { listMedia, submitWithImage } from '../../support/uploads.ts'

/**
 * Each address of a site, from the router itself, is asked by each kind of reader about a person in each state: what
 * comes back is searched for every part of the person's profile and for each byte of their photo. What a reader may see
 * must be somewhere, and all else nowhere.
 */

/** The parts of a profile, each of which has a word of its own here. */
const PARTS = ['name', 'formats', 'presentation', 'availability', 'email', 'photo'] as const
type Part = (typeof PARTS)[number]

/** What is written in every profile: the presentation is for structures, the availability for nobody. */
const LEVELS = { 'niveau.presentation': 'network', 'niveau.availability': 'nobody' }
/** The team knows whom it invited, and their photo; the rest of what is not shown is its person's. */
const KNOWN: Part[] = ['name', 'photo']
const ALL_TEXTS: Part[] = ['name', 'formats']
const ALL: Part[] = [...ALL_TEXTS, 'photo']
/** What a member reads at a directory: the search has no photos, and their pages are those of everybody. */
const TEXTS: Part[] = ['name', 'formats', 'presentation']
const NETWORK: Part[] = [...TEXTS, 'photo']

/**
 * The states, with what is read by everybody, by a directory that the site has joined, by the site's team, and at that
 * directory by everybody and by a member that signs.
 */
const STATES = {
  draft: { team: KNOWN },
  published: { all: ALL, joined: NETWORK, team: ALL, hub: ALL, member: NETWORK },
  structures: { joined: NETWORK, team: KNOWN, member: TEXTS },
  portrait: { all: ALL_TEXTS, joined: NETWORK, team: ALL, hub: ALL_TEXTS, member: TEXTS },
  // The directory is not told of them; what everybody reads, it may read too.
  elsewhere: { all: ALL, joined: ALL, team: ALL },
  expired: { team: KNOWN },
  taken: { team: KNOWN },
  withdrawn: {},
  hidden: { all: ALL, joined: NETWORK, team: ALL },
} satisfies Record<string, Partial<Record<Reader, readonly Part[]>>>
type Reader = 'all' | 'joined' | 'team' | 'hub' | 'member'
type State = keyof typeof STATES

/** How the profile of a state is written, beside what all have. */
const WRITTEN: Partial<Record<State, Fields>> = {
  structures: { level: 'network' },
  portrait: { 'niveau.photo': 'network' },
}

type Person = {
  state: State
  id: string
  handle: string
  uri: string
  token: string
  media: string
}

let hub: Site
let node: Site
let people: Person[]
let cafeId: string
let idsAtHub: string[]
/** What says that bytes are a person's photo: the state of each, by the hash of a file. */
const portraits = new Map<string, State>()

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const wordOf = (state: State, part: Part) =>
  part === 'email' ? `${state}@zinzolin.example` : `Zin${part}${state}`

beforeAll(async () => {
  ;({ hub, node } = await startPair())
  people = []
  for (const [at, state] of (Object.keys(STATES) as State[]).entries())
    people.push(await write(state, at))
  const cafe = await node.publish({ title: 'Un café' })
  const { id } = (await node.find(cafe)) ?? expect.fail()
  cafeId = id
  await setLedBy(
    node.context,
    id,
    people.flatMap((each) => (each.state === 'withdrawn' ? [] : [each.id])),
  )
  await untilAtRest(node)
  await until(async () => (await atHub('hidden')) && (await atHub('structures')))
  await until(async () => (await copies()).length >= 5, { what: 'the portraits' })
  idsAtHub = (await hub.context.db.selectFrom('facilitator').select('id').execute()).map(
    (each) => each.id,
  )
  for (const { bytes, uri } of await copies()) {
    const person = people.find((each) => each.uri === uri)
    if (person) portraits.set(hashOf(bytes), person.state)
  }
  await change()
  for (const name of await listMedia(node)) await note(node, name)
  await untilAtRest(node)
  await untilAtRest(hub)
}, 120_000)
afterAll(() => Promise.all([hub.close(), node.close()]))

const atHub = (state: State) =>
  findFacilitatorByUri(hub.context.db, people.find((each) => each.state === state)?.uri ?? '')

const copies = () =>
  hub.context.db
    .selectFrom('facilitator_picture')
    .innerJoin('facilitator', 'facilitator.id', 'facilitator_picture.facilitator_id')
    .select(['bytes', 'uri'])
    .execute()

async function note(site: Site, name: string): Promise<void> {
  const person = people.find(({ media }) => name.startsWith(media))
  const bytes = await readMediaFile(site.context, name)
  if (person && bytes) portraits.set(hashOf(bytes), person.state)
}

/** Has a person write a profile with a photo by their own link, and publish it unless it is to stay a draft. */
async function write(state: State, at: number): Promise<Person> {
  const { db, now, config } = node.context
  const { id: organizationId } = await db
    .selectFrom('organization')
    .select('id')
    .executeTakeFirstOrThrow()
  const email = wordOf(state, 'email')
  const newcomer = { organizationId, origin: config.origin, name: 'Une personne', email }
  const { id } = await insertNewcomer(db, { ...newcomer, isApproved: true }, now())
  const token = await insertLinkTo(
    db,
    { purpose: 'own-profile', subject: id, mailedTo: email },
    now(),
  )
  const link = `/animation/moi/${token}`
  const browser = openBrowser(node.origin)
  const words = Object.fromEntries(
    (['name', 'formats', 'presentation', 'availability'] as const).map((part) => [
      part,
      wordOf(state, part),
    ]),
  )
  const fields = {
    ...{ ...words, ou: '35000 Rennes', extent: 'commune', word: 'neutre', contact: 'relay' },
    ...{ isAdult: '1', level: 'public', 'image.alt': 'Une personne', ...LEVELS, ...WRITTEN[state] },
  }
  const background = { r: 10 + at * 20, g: 200 - at * 15, b: 90 }
  const bytes = await sharp({ create: { width: 640, height: 480, channels: 3, background } })
    .jpeg()
    .toBuffer()
  const written = await submitWithImage({ server: node, browser }, `${link}/profil`, {
    ...{ page: await browser.get(`${link}/profil`), fields, file: { bytes } },
  })
  expect([state, written.status]).toEqual([state, 303])
  if (state !== 'draft') {
    const directory = state === 'elsewhere' ? [] : await listJoinedHosts(db)
    const agreed = { page: '1', directory, fediverse: '1' }
    const preview = await browser.get(`${link}/apercu`)
    expect((await browser.submit(preview, `${link}/apercu`, agreed)).location).toContain(
      'published',
    )
  }
  const table = state === 'draft' ? 'facilitator_draft' : 'facilitator'
  const row = await db
    .selectFrom('facilitator')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const { media_id } =
    table === 'facilitator'
      ? row
      : {
          media_id: (
            await db.selectFrom('media').select('id').where('of_person', '=', 1).execute()
          )[0]?.id,
        }
  return { state, id, handle: row.handle, uri: row.uri, token, media: media_id ?? '' }
}

/** Brings those who were published into the state that they are named by. */
async function change(): Promise<void> {
  const browser = openBrowser(node.origin)
  const linkOf = (state: State) =>
    `/animation/moi/${people.find((each) => each.state === state)?.token}`
  for (const name of await listMedia(node)) await note(node, name)
  for (const { context } of [node, hub])
    await context.db
      .updateTable('facilitator')
      .set({ expires_at: '2020-01-01T00:00:00Z' })
      .where('name', '=', wordOf('expired', 'name'))
      .execute()
  // Otherwise the job of each minute does it while the tests read.
  await unpublishExpired(node.context)
  const hide = `${linkOf('taken')}/masquer`
  await browser.submit(await browser.get(linkOf('taken')), hide)
  const leave = `${linkOf('withdrawn')}/retrait`
  await browser.submit(await browser.get(leave), leave)
  const uri = people.find(({ state }) => state === 'hidden')?.uri ?? ''
  const by = { kind: 'team', name: 'Camille' } as const
  const judged = { kind: 'facilitator', uri, shown: false, by, reason: 'Un essai.' } as const
  expect(await decideShown(hub.context.db, judged, hub.context.now())).toBe(true)
  for (const state of ['taken', 'withdrawn'] as const)
    await until(async () => !(await atHub(state)), { what: state })
}

type Ask = (path: string, accept: string) => Promise<Response>
type Seen = Map<State, Map<Part, string>>

/** Every address of a site beside its style and scripts, once for each of these values in place of what is variable. */
const addressesOf = (site: Site, values: readonly string[]): string[] => [
  ...new Set(
    patternsOf(site, 'GET')
      .filter((pattern) => !pattern.startsWith('/public/'))
      .flatMap((pattern) => values.map((value) => fillPattern(pattern, value))),
  ),
]

const PAGE = 'text/html'
const OBJECT = 'application/activity+json'

/** Asks all of these addresses; returns which part of whom was read, and where first. */
async function read(paths: readonly string[], ask: Ask, accepts = [PAGE, OBJECT]): Promise<Seen> {
  const seen: Seen = new Map()
  const see = (state: State, part: Part, path: string) => {
    const parts = seen.get(state) ?? new Map<Part, string>()
    seen.set(state, parts)
    if (!parts.has(part)) parts.set(part, path)
  }
  const cut: string[] = []
  for (const path of paths)
    for (const accept of accepts) {
      const answer = await ask(path, accept)
      if (answer.status === 429 || answer.status >= 500) cut.push(`${path} ${answer.status}`)
      const bytes = new Uint8Array(await answer.arrayBuffer())
      const portrait = portraits.get(hashOf(bytes))
      if (portrait) see(portrait, 'photo', path)
      const text = Buffer.from(bytes).toString() + (answer.headers.get('location') ?? '')
      if (!text.includes('Zin') && !text.includes('zinzolin')) continue
      for (const state of Object.keys(STATES) as State[])
        for (const part of PARTS) if (text.includes(wordOf(state, part))) see(state, part, path)
    }
  // Files of open data are being made at the first request.
  expect(cut.filter((each) => !/donnees-ouvertes.* 503$/.test(each))).toEqual([])
  return seen
}

/** Returns the parts that were read, each with its first address where it was not to be read. */
const partsOf = (seen: Seen, may: Record<State, readonly Part[]>): Record<string, string[]> =>
  Object.fromEntries(
    (Object.keys(STATES) as State[]).map((state) => [
      state,
      [...(seen.get(state) ?? [])]
        .map(([part, path]) => (may[state].includes(part) ? part : `${part} at ${path}`))
        .toSorted(),
    ]),
  )

const sorted = (may: Record<State, readonly Part[]>) =>
  Object.fromEntries(Object.entries(may).map(([state, parts]) => [state, parts.toSorted()]))

const mayOf = (reader: Reader) =>
  Object.fromEntries(
    people.map(({ state }) => [
      state,
      (STATES[state] as Partial<Record<Reader, readonly Part[]>>)[reader] ?? [],
    ]),
  ) as Record<State, readonly Part[]>

/** The list of mails, which are handed over here, since no relay sends them. */
const MAILS = '/administration/courriels'

const isOpen = (path: string) => !path.startsWith('/administration')

let asked = 0
/** Each request comes from a network of its own: nothing here is about limits. */
const nextNetwork = () => {
  asked += 1
  const remoteAddress = `10.${asked >> 16}.${(asked >> 8) & 255}.${asked & 255}`
  return { incoming: { socket: { remoteAddress }, headers: {} } } as never
}

const askOf = (site: Site, headers: Record<string, string> = {}): Ask => {
  const app = siteOf(site)
  return async (path, accept) =>
    app.request(site.origin + path, { headers: { accept, ...headers } }, nextNetwork())
}

/** Asks as the instance of another server, which signs. */
function signedBy(site: Site, asker: Site): Ask {
  const app = siteOf(site)
  const keys = createKeyRing(asker.context).keysOf('instance')
  return async (path, accept) => {
    const { keyId, privateKey } = (await keys).rsa
    const request = new Request(site.origin + path, { headers: { accept } })
    return app.request(await signByFedify(request, { privateKey, keyId }), {}, nextNetwork())
  }
}

const signedIn = new Map<Site, { cookie: string }>()
const cookiesOf = async (site: Site) => {
  const { cookies } = signedIn.has(site) ? { cookies: [] } : await signInByLink(site)
  const cookie = [...cookies].map((each) => each.join('=')).join('; ')
  const known = signedIn.get(site) ?? { cookie }
  signedIn.set(site, known)
  return known
}

const valuesAtNode = async () => {
  const media = (await listMedia(node)).filter((name) => name.endsWith('.jpg'))
  return ['x', cafeId, ...people.flatMap(({ id, handle }) => [id, handle]), ...media]
}
const valuesAtHub = () => {
  const { host } = node
  return ['x', ...idsAtHub, ...people.map(({ handle }) => `${handle}@${host}`)]
}
const searches = (path: string, name: string) =>
  people.map(({ state }) => `${path}?${name}=${wordOf(state, 'name')}`)

test('everybody reads of a person what they show to all, and no byte of anything else', async () => {
  const paths = [
    ...addressesOf(node, await valuesAtNode()),
    ...searches('/api/v1/facilitators', 'q'),
  ]
  const seen = await read(paths, askOf(node))
  expect(partsOf(seen, mayOf('all'))).toEqual(sorted(mayOf('all')))
}, 60_000)

test('a joined directory that signs reads what is for structures, of who agreed to be in it', async () => {
  const paths = addressesOf(node, await valuesAtNode()).filter(isOpen)
  const seen = await read(paths, signedBy(node, hub), [OBJECT])
  expect(partsOf(seen, mayOf('joined'))).toEqual(sorted(mayOf('joined')))
}, 60_000)

test('a person reads all of their own by their link, and nothing of others that is not for all', async () => {
  const { withdrawn: _, ...states } = STATES
  for (const state of Object.keys(states) as State[]) {
    const { token = '', handle = '' } = people.find((each) => each.state === state) ?? {}
    const behind = patternsOf(node, 'GET').filter((pattern) =>
      pattern.startsWith('/animation/moi/:'),
    )
    const media = (await listMedia(node)).filter((name) => name.endsWith('.jpg'))
    const paths = behind.flatMap((pattern) =>
      media.map((name) => fillPattern(pattern.replace(':token', token), name)),
    )
    const seen = await read([...new Set(paths)], askOf(node), [PAGE])
    const may = { ...mayOf('all'), [state]: PARTS }
    expect(partsOf(seen, may)[state], `${state} ${handle}`).toEqual(PARTS.toSorted())
    const others = Object.entries(partsOf(seen, may)).filter(([each]) => each !== state)
    expect(others.flatMap(([, parts]) => parts.filter((part) => part.includes(' at ')))).toEqual([])
  }
}, 60_000)

test('the site’s team reads of what is not shown the name and the photo alone, and of who withdrew nothing', async () => {
  const paths = addressesOf(node, await valuesAtNode()).filter((path) => path !== MAILS)
  const seen = await read(paths, askOf(node, await cookiesOf(node)), [PAGE])
  expect(partsOf(seen, mayOf('team'))).toEqual(sorted(mayOf('team')))
}, 60_000)

test('it reads to whom a mail goes that it hands over, and nothing else of a person there', async () => {
  const seen = await read([MAILS], askOf(node, await cookiesOf(node)), [PAGE])
  expect([...seen].map(([state, parts]) => [state, [...parts.keys()]])).toEqual([
    ['expired', ['email']],
  ])
}, 60_000)

test('at the directory everybody reads what a person shows to all there, and nothing of who is hidden', async () => {
  const paths = [...addressesOf(hub, valuesAtHub()), ...searches('/api/v1/facilitators', 'q')]
  const seen = await read(paths, askOf(hub))
  expect(partsOf(seen, mayOf('hub'))).toEqual(sorted(mayOf('hub')))
}, 60_000)

test('there a member that signs reads what is for structures', async () => {
  const paths = addressesOf(hub, valuesAtHub()).filter(isOpen)
  const seen = await read(paths, signedBy(hub, node), [OBJECT])
  expect(partsOf(seen, mayOf('member'))).toEqual(sorted(mayOf('member')))
}, 60_000)

test('what a mail says of a person, and what its links open, is that of its reader', async () => {
  const visitor = openBrowser(node.origin)
  const ask = '/animation/moi'
  for (const { state } of people)
    await visitor.submit(await visitor.get(ask), ask, { email: wordOf(state, 'email') })
  const mails = [...(await writtenMails(node)), ...(await writtenMails(hub))]
  const wrong: string[] = []
  for (const { to, subject, text } of mails) {
    const links = [...text.matchAll(/https?:\/\/127\.0\.0\.1:\d+(\/\S*)/g)].map(
      ([, path = '']) => path,
    )
    const seen = await read(links, askOf(text.includes(hub.origin) ? hub : node), [PAGE])
    for (const { state } of people)
      for (const part of PARTS) {
        if (to === wordOf(state, 'email') || mayOf('all')[state].includes(part)) continue
        if (`${subject} ${text}`.includes(wordOf(state, part)))
          wrong.push(`${part} of ${state} to ${to}`)
        if (seen.get(state)?.has(part)) wrong.push(`${part} of ${state} by a link to ${to}`)
      }
  }
  expect(mails.length).toBeGreaterThan(0)
  expect(wrong).toEqual([])
}, 60_000)
