import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findCafeByUri } from '../../../node/store/cafes/cafes.ts'
import { markMissing, showFoundCafe } from '../../../node/store/cafes/missing-cafes.ts'
import { showCafe } from '../../../node/store/cafes/moderated-cafes.ts'
import { withdrawCafe } from '../../../node/store/cafes/private-cafes.ts'
import { deleteReceivedCafe, receiveCafe } from '../../../node/store/cafes/received-cafes.ts'
import { deleteBlock, saveBlock } from '../../../node/store/directory/blocks.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { deletePeer, setMembership } from '../../../node/store/memberships.ts'
import { times } from '../../support/full.ts'
import { aCafe } from '../../support/some-cafes.ts'
import { DIE } from '../../support/venues.ts'
import { type ApiServer, aBody, NOW, startApi } from './api-server.ts'

/** A client that copies a search by asking for changes and for removals has the same cafés as one full reading. */

let api: ApiServer
beforeAll(async () => {
  api = await startApi({ CAFE_IA_TRUST_PROXY: '127.0.0.1' })
})
afterAll(async () => {
  expect(api.failures).toEqual([])
  await api.stop()
})

type Item = Record<string, unknown> & { id: string }
type Page = { items: Item[]; next: string | null; changes: string; removed: string }

let asked = 0
async function read(address: string): Promise<Page> {
  // Each request comes from another network, since the limit per network is not tested here.
  const from = `10.${(asked >> 8) % 256}.${asked++ % 256}.1`
  const answer = await api.get(address.replace(api.origin, ''), { 'X-Forwarded-For': from })
  expect(answer.status, address).toBe(200)
  return answer.json()
}

/**
 * Removes the people who lead a café and the time at which its server was last heard, which change and are no part of a
 * copy.
 */
const copied = ({ peer: _, facilitators: __, ...cafe }: Item): Item => cafe

/** Returns all that a search lists, earliest first. */
async function readAll(search: string): Promise<Item[]> {
  const items: Item[] = []
  let next: string | null = `/api/v1/cafes?limit=50&${search}`
  while (next) {
    const page: Page = await read(next)
    items.push(...page.items.map(copied))
    next = page.next
  }
  return items.sort(byId)
}
const byId = (one: Item, other: Item) => (one.id < other.id ? -1 : 1)

/** Keeps a copy of a search by single requests; the test changes cafés between them. */
class Mirror {
  readonly search: string
  private readonly kept = new Map<string, Item>()
  private changes: string
  private steps: (() => Promise<void>)[] = []

  constructor(search: string) {
    this.search = search
    this.changes = `/api/v1/cafes?limit=4&updatedSince=2000-01-01&${search}`
  }

  /** Makes one request of the round, or the first one of the next round. */
  async step(): Promise<void> {
    if (this.steps.length === 0) this.begin()
    await this.steps.shift()?.()
  }

  async finishRound(): Promise<void> {
    do await this.step()
    while (this.steps.length > 0)
  }

  private begin(): void {
    const read_ = (address: string) => async () => {
      const page = await read(address)
      for (const item of page.items) this.kept.set(item.id, copied(item))
      this.changes = page.changes
      this.steps.push(page.next ? read_(page.next) : forget(page.removed))
    }
    const forget = (address: string) => async () => {
      const page = await read(address)
      for (const { id } of page.items) this.kept.delete(id)
      if (page.next) this.steps.push(forget(page.next))
    }
    this.steps.push(read_(this.changes))
  }

  items = (): Item[] => [...this.kept.values()].sort(byId)
}

const SITES = ['one.example', 'two.example', 'late.example']
const SLOTS = 4

const said = fc.record({
  title: fc.constantFrom('Café IA', 'Café IA des parents', 'Débat'),
  openTo: fc.constantFrom('public', 'public', 'reserved'),
  status: fc.constantFrom('scheduled', 'cancelled', 'moved-online'),
  days: fc.constantFrom(-3, 5, 5, 12),
  isPlaced: fc.boolean(),
})

const one = fc.record({
  site: fc.nat(SITES.length - 1),
  slot: fc.nat(SLOTS - 1),
  what: fc.oneof(
    { weight: 6, arbitrary: fc.constant('say' as const) },
    { weight: 3, arbitrary: fc.constant('poll' as const) },
    {
      weight: 9,
      arbitrary: fc.constantFrom(
        'delete',
        'hide',
        'show',
        'miss',
        'find',
        'withdraw',
        'block',
        'unblock',
        'leave',
        'join',
        'fall silent',
        'be heard',
        'be removed',
        'announce',
        'edit',
        'cancel',
        'erase',
      ),
    },
  ),
  said,
})
type Act = typeof one extends fc.Arbitrary<infer T> ? T : never

/** Counts how often each café of a site was deleted: a deleted address is never used again. */
const lives = new Map<string, number>()
let revisions = 0
const own: string[] = []

const uriOf = ({ site, slot }: Act) => {
  const key = `https://${SITES[site]}/cafes/${slot}`
  return `${key}-${lives.get(key) ?? 0}`
}

const peerOf = async (site: number) =>
  upsertPeer(api.context.db, {
    actorUri: `https://${SITES[site]}/actors/instance`,
    name: SITES[site] ?? '',
  })

async function act(each: Act): Promise<void> {
  const { db } = api.context
  const host = SITES[each.site] ?? ''
  const uri = uriOf(each)
  const cafe = await findCafeByUri(db, uri)
  const inTransaction = db.transaction()
  switch (each.what) {
    case 'say':
      return say(each, uri)
    case 'delete':
      await inTransaction.execute((trx) =>
        deleteReceivedCafe(trx, { uri, activity: undefined, now: NOW, most: 1000 }),
      )
      lives.set(uri.replace(/-\d+$/, ''), (lives.get(uri.replace(/-\d+$/, '')) ?? 0) + 1)
      return
    case 'hide':
    case 'show':
      if (!cafe) return
      return inTransaction.execute((trx) =>
        showCafe(trx, { id: cafe.id, shown: each.what === 'show' }, NOW),
      )
    case 'miss':
      return inTransaction.execute(async (trx) => cafe && markMissing(trx, cafe, NOW))
    case 'find':
      await inTransaction.execute(async (trx) => cafe && showFoundCafe(trx, cafe, NOW))
      return
    case 'withdraw':
      await inTransaction.execute(
        async (trx) => cafe && withdrawCafe(trx, cafe, { updatedAt: cafe.updatedAt, now: NOW }),
      )
      return
    case 'block':
      return saveBlock(db, { target: host, reason: '' }, NOW)
    case 'unblock':
      return deleteBlock(db, host)
    case 'leave':
    case 'join':
      return setMembership(
        db,
        (await peerOf(each.site)).id,
        each.what === 'leave' ? 'left' : 'member',
        NOW,
      )
    case 'fall silent':
    case 'be heard': {
      const hidden_since = each.what === 'be heard' ? null : '2026-11-25T08:00:00Z'
      await db.updateTable('peer').set({ hidden_since }).where('host', '=', host).execute()
      return
    }
    case 'be removed':
      return deletePeer(db, (await peerOf(each.site)).id)
    default:
      return actAsOwner(each)
  }
}

/** Stores a revision of a site's café, with a clock that is weeks late. */
async function say({ site, said: { days, isPlaced, ...content } }: Act, uri: string) {
  const { db } = api.context
  const peer = await peerOf(site)
  if (peer.membership === 'none') await setMembership(db, peer.id, 'member', NOW)
  const startsAt = NOW.add({ hours: days * 24 })
  const cafe = aCafe({ ...(content as object), uri, url: uri, startsAt })
  const organizer = {
    uri: `https://${SITES[site]}/actors/${revisions++ % 3}`,
    name: 'Lieu',
    url: `https://${SITES[site]}/`,
  }
  const received = {
    ...cafe,
    organizer,
    content: cafe,
    publishedAt: NOW,
    updatedAt: Temporal.Instant.from('2026-10-01T00:00:00Z').add({ seconds: revisions }),
    venue: isPlaced ? DIE : undefined,
    hiddenReason: undefined,
    body: '{}',
  }
  await db.transaction().execute(async (trx) =>
    receiveCafe(trx, received, {
      current: await findCafeByUri(trx, received.uri),
      peer,
      readActivity: undefined,
      isNewToReaders: async () => true,
      now: NOW,
      cafesPerDay: 1_000_000,
    }),
  )
}

/** Makes a change by the API as the structure of this server. */
async function actAsOwner({
  what,
  slot,
  said: { title, days, openTo },
}: Pick<Act, 'what' | 'slot'> & { said: Pick<Act['said'], 'title' | 'days' | 'openTo'> }) {
  const startsAt = NOW.add({ hours: Math.max(days, 1) * 24 }).toString()
  const body = aBody({ title, startsAt, openTo })
  const id = own[slot % Math.max(1, own.length)]
  const path = `/api/v1/cafes/${encodeURIComponent(id ?? '')}`
  if (what === 'announce') {
    const answer = await api.send('POST', '/api/v1/cafes', { ...body, draft: slot === 0 })
    own.push((await answer.json()).id)
  } else if (id === undefined) return
  else if (what === 'edit') await api.send('PUT', path, body)
  else if (what === 'cancel') await api.send('POST', `${path}/cancel`, {})
  else {
    await api.send('DELETE', path)
    own.splice(own.indexOf(id), 1)
  }
}

const AN_ANNOUNCEMENT = {
  what: 'announce',
  slot: 1,
  said: { title: 'Débat', days: 5, openTo: 'public' },
} as const

const dayIn = (days: number) =>
  NOW.add({ hours: 24 * days })
    .toString()
    .slice(0, 10)

const SEARCHES = [
  ...['', 'openTo=all', 'territory=26', 'q=parents', 'bbox=4.5,44.3,5.8,45.2&fields=id,title'],
  `openTo=all&organizer=${encodeURIComponent(`https://${SITES[0]}/actors/1`)}`,
  `openTo=all&from=${dayIn(4)}&until=${dayIn(6)}`,
  `ouvert=tous&au=${dayIn(6)}`,
]

const of = (what: Act['what'], days: 5 | -3 = 5): Act => ({
  ...{ site: 1, slot: 2, what },
  said: { title: 'Café IA', openTo: 'public', status: 'scheduled', days, isPlaced: true },
})
/** A server is removed and comes back with the same address on another day, as a café that this search never finds. */
const COMES_BACK = [of('say'), ...Array<Act>(9).fill(of('poll')), of('be removed'), of('say', -3)]

const THREE = fc.shuffledSubarray(SEARCHES, { minLength: 3, maxLength: 3 })

test('a copy kept by asking for changes is what a full reading gives, whatever happened meanwhile', async () => {
  let seen = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(one, { minLength: 5, maxLength: 25 }),
      THREE,
      async (history, searches) => {
        const mirrors = searches.map((search) => new Mirror(search))
        for (const mirror of mirrors) await mirror.finishRound()
        for (const each of history)
          if (each.what === 'poll') for (const mirror of mirrors) await mirror.step()
          else await act(each)
        // At least one café is visible at the end, whatever happened to the others.
        await actAsOwner(AN_ANNOUNCEMENT)
        for (const mirror of mirrors) {
          await mirror.finishRound()
          await mirror.finishRound()
          const all = await readAll(mirror.search)
          seen += all.length
          expect(mirror.items(), mirror.search).toEqual(all)
        }
      },
    ),
    // A failure is told as it is: its history begins with what the former ones left.
    { numRuns: times(5, 20), endOnFailure: true, examples: [[COMES_BACK, SEARCHES.slice(4)]] },
  )
  expect(seen).toBeGreaterThan(10)
})

test('a copy that was made before a restore of the server is told to begin again', async () => {
  const { changes, removed } = await read('/api/v1/cafes?updatedSince=2000-01-01')
  const later = new URL(changes).searchParams.get('updatedSince') ?? ''
  const removedLater = removed.replace('2000-01-01', later)
  expect((await api.get(removedLater.replace(api.origin, ''))).status).toBe(200)
  await api.context.db.updateTable('listing_state').set({ epoch: '0123456789ab' }).execute()
  for (const address of [changes, removedLater]) {
    const answer = await api.get(address.replace(api.origin, ''), { 'Accept-Language': 'en' })
    expect(answer.status).toBe(410)
    expect((await answer.json()).detail).toContain('Read everything again')
  }
})
