import type { ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { isOnPostgres } from '../support/database.ts'
import {
  ACTIVITY,
  activity,
  anEvent,
  CONTEXT,
  create,
  eventually,
  openStage,
  type Stage,
} from '../support/hostile-stage.ts'

/** A member whose lists never end, or contain too much: each reading stops within the budget of a day. */

const BUDGETS = {
  READ_PAGES: '300',
  READ_ITEMS: '1000',
  READ_MEGABYTES: '8',
  READ_SECONDS: '12',
  CAFES_PER_DAY: '60',
}

/** The memory that the server may keep of everything that is read here, after garbage collection. */
const MEMORY_BUDGET = 8 * 1024 * 1024

let stage: Stage
let memory = 0
beforeAll(async () => {
  stage = await openStage({ attackers: 8, settings: BUDGETS })
  memory = await stage.server.readUsedMemory()
})
afterEach(async () => {
  expect(stage.server.ended()).toBeUndefined()
  expect(stage.server.failures()).toEqual([])
  expect((await stage.server.readUsedMemory()) - memory).toBeLessThan(MEMORY_BUDGET)
})
afterAll(() => stage?.close())

type Liar = Stage['v']
type Day = { stopped_by: string; pages: number; items: number; bytes: number; seconds: number }

const dayOf = (liar: Liar): Day | undefined =>
  stage.server.query<Day>(
    'select d.* from peer_day d join peer p on p.id = d.peer_id where p.origin = ?',
    liar.origin,
  )[0]

const page = (liar: Liar, change: object) =>
  JSON.stringify({ '@context': CONTEXT, type: 'OrderedCollectionPage', id: liar.origin, ...change })

const send = (response: ServerResponse, text: string) =>
  response.writeHead(200, { 'content-type': ACTIVITY }).end(text)

/**
 * Admits a member whose list of coming cafés is answered like that. Resolves with its budget row once the reading has
 * stopped.
 */
async function readOne(
  answer: (liar: Liar, asked: number, response: ServerResponse) => void,
): Promise<{ liar: Liar; day: Day | undefined; asked: number }> {
  const liar = stage.nextAttacker()
  let asked = 0
  liar.pages.set('/upcoming', (response) => answer(liar, ++asked, response))
  await stage.admit(liar)
  await eventually('it has stopped', async () => Boolean(dayOf(liar)?.stopped_by), 40_000)
  await eventually('it waits for tomorrow', async () => dueOf(liar) !== undefined)
  expect(Date.parse(dueOf(liar) ?? '')).toBeGreaterThan(Date.now())
  return { liar, day: dayOf(liar), asked }
}

const dueOf = (liar: Liar): string | undefined =>
  stage.server.query<{ due_at: string }>(
    "select due_at from task where host = ? and kind = 'backfill' and last_error is not null",
    new URL(liar.origin).host,
  )[0]?.due_at

const nextOf = (liar: Liar, asked: number) => `${liar.origin}/upcoming?page=${asked + 1}`

it('a list of empty pages is ended', async () => {
  let last = 0
  const { liar, day, asked } = await readOne((liar, asked, response) => {
    last = asked
    send(response, page(liar, { orderedItems: [], next: nextOf(liar, asked) }))
  })
  expect(day?.stopped_by).toBe('empty')
  expect(asked).toBeLessThanOrEqual(103)
  // A follower's server is visited; its answer does not restart the reading on the same day.
  const isVisited = () => stage.server.query("select 1 from task where kind = 'visit'").length === 0
  const visits = liar.hits('/actors/instance')
  const object = `${stage.server.origin}/actors/cafe-ia`
  const follow = activity(liar.cafes, 'Follow', { object })
  expect((await stage.post(follow, { by: liar.cafes })).status).toBe(202)
  await eventually('it is visited', async () => liar.hits('/actors/instance') > visits)
  await eventually('the visit is over', async () => isVisited())
  await stage.settle()
  expect(last).toBe(asked)
  expect(Date.parse(dueOf(liar) ?? '')).toBeGreaterThan(Date.now())
})

it('a list that grows while it is read is stopped by the limit of pages', async () => {
  const { day, asked } = await readOne((liar, asked, response) =>
    send(response, page(liar, { orderedItems: ['x'], next: nextOf(liar, asked) })),
  )
  expect(day?.stopped_by).toBe('pages')
  expect(asked).toBeLessThanOrEqual(301)
})

it('a list that repeats its items is stopped by the limit of items', async () => {
  const { day, asked } = await readOne((liar, asked, response) => {
    const event = { '@context': CONTEXT, ...anEvent(liar.cafes), id: `${liar.origin}/cafes/same` }
    const orderedItems = Array.from({ length: 50 }, () => event)
    send(response, page(liar, { orderedItems, next: nextOf(liar, asked) }))
  })
  expect(day?.stopped_by).toBe('items')
  expect(asked).toBeLessThanOrEqual(22)
})

it('pages of a megabyte are stopped by the limit of bytes', async () => {
  const padding = 'x'.repeat(1_000_000)
  const { day, asked } = await readOne((liar, asked, response) =>
    send(response, page(liar, { padding, orderedItems: ['x'], next: nextOf(liar, asked) })),
  )
  expect(day?.stopped_by).toBe('bytes')
  expect(asked).toBeLessThanOrEqual(10)
})

// This test does not depend on the database.
it.skipIf(isOnPostgres)(
  'slow pages are stopped by the limit of seconds',
  async () => {
    const begun = performance.now()
    const { day } = await readOne((liar, asked, response) => {
      response.writeHead(200, { 'content-type': ACTIVITY })
      const text = page(liar, { orderedItems: ['x'], next: nextOf(liar, asked) })
      const timer = setInterval(() => response.write(' '), 200)
      setTimeout(() => {
        clearInterval(timer)
        response.end(text)
      }, 4000)
    })
    expect(day?.stopped_by).toBe('seconds')
    expect(performance.now() - begun).toBeLessThan(30_000)
  },
  60_000,
)

it('the daily limit of cafés counts a member’s list and messages together', async () => {
  const { liar, day } = await readOne((liar, _asked, response) => {
    const orderedItems = Array.from({ length: 200 }, () => ({
      '@context': CONTEXT,
      ...anEvent(liar.cafes),
    }))
    send(response, page(liar, { orderedItems }))
  })
  expect(day?.stopped_by).toBe('cafes')
  const count = () =>
    stage.server.query<{ total: number }>(
      'select count(*) as total from cafe where uri like ?',
      `${liar.origin}/%`,
    )[0]?.total
  expect(count()).toBe(60)
  expect((await stage.post(create(liar.cafes), { by: liar.cafes })).status).toBe(202)
  await stage.settle()
  expect(count()).toBe(60)
  // Other members are not affected, and a cancellation is still accepted.
  await stage.publish()
  const [known] = stage.server.query<{ uri: string }>(
    'select uri from cafe where uri like ? limit 1',
    `${liar.origin}/%`,
  )
  const cancelled = {
    ...create(liar.cafes, {
      id: known?.uri,
      status: 'CANCELLED',
      updated: Temporal.Now.instant().add({ seconds: 5 }).toString(),
    }),
    type: 'Update',
  }
  expect((await stage.post(cancelled, { by: liar.cafes })).status).toBe(202)
  await eventually(
    'it is cancelled',
    async () => stage.findCafe(known?.uri ?? '')?.status === 'cancelled',
  )
  const edited = create(liar.cafes, { id: known?.uri, name: 'Encore' })
  expect((await stage.post({ ...edited, type: 'Update' }, { by: liar.cafes })).status).toBe(202)
  await stage.settle()
  expect(stage.findCafe(known?.uri ?? '')?.title).toBe('Café IA sans histoires')
})
