import { expect, test } from 'vitest'
import { createFederation } from '../../../federation/federation.ts'
import { readPeers } from '../../../federation/peers/read-peers.ts'
import { createRemote } from '../../../federation/peers/remote.ts'
import { createRestingHosts, withoutResting } from '../../../federation/remote/resting-hosts.ts'
import type { Context, Remote } from '../../../node/context.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { setMembership } from '../../../node/store/memberships.ts'
import { enqueueTask } from '../../../node/store/queues/tasks.ts'
import { startLoopbackServer } from '../../support/loopback-server.ts'
import { startWeb } from '../../support/server.ts'

const unsigned = () => Promise.reject(new Error('nothing is signed'))

const start = Temporal.Instant.from('2026-11-27T09:00:00Z')

function atTime() {
  let now = start
  const hosts = createRestingHosts(() => now)
  const secondsLeft = (host: string, most?: number) =>
    hosts.until(host, most)?.since(now).total('seconds')
  return {
    hosts,
    secondsLeft,
    pass: (seconds: number) => {
      now = now.add({ seconds })
    },
    now: () => now,
  }
}

test('a host that did not answer rests longer each time, an hour at most, until it answers', () => {
  const { hosts, secondsLeft, pass, now } = atTime()
  const rests: unknown[] = []
  for (let i = 0; i < 8; i++) {
    const begun = now()
    pass(10)
    hosts.failed('dead.test', begun)
    rests.push(secondsLeft('dead.test'))
    pass(3600)
    expect(secondsLeft('dead.test')).toBeUndefined()
  }
  expect(rests).toEqual([10, 30, 90, 270, 810, 2430, 3600, 3600])
  expect(hosts.isFailing('dead.test')).toBe(true)
  hosts.answered('dead.test')
  expect(hosts.isFailing('dead.test')).toBe(false)
  expect(hosts.until('other.test')).toBeUndefined()
})

test('calls that fail at the same time count as one failure, and as none if another one was answered meanwhile', () => {
  const { hosts, secondsLeft, pass } = atTime()
  pass(10)
  for (let i = 0; i < 25; i++) hosts.failed('slow.test', start)
  expect(secondsLeft('slow.test')).toBe(10)
  pass(20)
  hosts.answered('busy.test')
  pass(5)
  hosts.failed('busy.test', start)
  expect(hosts.until('busy.test')).toBeUndefined()
})

test('a caller may cap the rest; a request to a resting host fails at once', async () => {
  const { hosts, secondsLeft, pass, now } = atTime()
  for (let i = 0; i < 8; i++) {
    hosts.failed('dead.test', now())
    pass(i < 7 ? 3600 : 60)
  }
  expect(secondsLeft('dead.test', 300)).toBe(240)
  const { door, asked } = openDoor()
  const careful = withoutResting(door, hosts)
  await expect(careful.getJson('https://dead.test/x')).rejects.toThrow(/did not answer/)
  await careful.getJson('https://other.test/x')
  expect(asked).toEqual(['https://other.test/x'])
})

/** Makes a way out that notes what is asked, and answers with nothing. */
function openDoor() {
  const asked: string[] = []
  const ask = async (url: string | URL) => {
    asked.push(String(url))
    return { url: '', json: {}, text: '' }
  }
  const door = {
    get: () => Promise.reject(new Error('asked')),
    getJson: ask,
    post: () => Promise.reject(new Error('asked')),
    check: () => undefined,
    close: async () => undefined,
  }
  return { door, asked }
}

test.each<[string, (remote: Remote) => Promise<unknown>, object]>([
  [
    'who asks to be a member',
    (remote) => remote.findRequester('https://dead.test'),
    { outcome: 'silent' },
  ],
  [
    'where a visitor follows',
    (remote) =>
      remote.findFollowPage({
        account: '@lea@dead.test',
        handle: '@cafes@here.test',
        actorUri: 'https://here.test/actors/cafes',
        returnTo: 'https://here.test/',
      }),
    { outcome: 'refused' },
  ],
])('a page that looks up %s asks nothing of a resting host', async (_, look, answer) => {
  const { hosts, now } = atTime()
  hosts.failed('dead.test', now())
  const { door, asked } = openDoor()
  const nothing = {} as Context
  const remote = createRemote(
    { db: nothing.db, config: nothing.config, now },
    { egress: door, hosts, sign: unsigned, signQuestion: unsigned },
  )
  expect(await look(remote)).toMatchObject(answer)
  expect(asked).toEqual([])
})

test('of what waits to be read at a host that does not answer one reading is tried, and the others wait', async () => {
  const silent = await startLoopbackServer(({ socket }) => socket.destroy())
  const web = await startWeb({ role: 'hub', allowLoopback: silent.origin })
  const { db, now } = web.context
  const { services } = createFederation(web.context, {
    version: 'test',
    signal: new AbortController().signal,
    woken: () => new Promise(() => undefined),
  })
  try {
    const { id } = await upsertPeer(db, { actorUri: `${silent.origin}/actors/i`, name: 'Muet' })
    await setMembership(db, id, 'member', now())
    for (const name of ['one', 'two', 'three']) {
      const subject = `${silent.origin}/cafes/${name}`
      await enqueueTask(db, { kind: 'fetch', subject, cursor: id }, now())
    }
    await readPeers(web.context, services)
    expect(silent.connections.total).toBe(1)
    const waiting = await db.selectFrom('task').select('due_at').execute()
    const rest = now().add({ seconds: 10 }).toString({ smallestUnit: 'second' })
    expect(waiting.map(({ due_at }) => due_at)).toEqual([rest, rest, rest])
  } finally {
    await Promise.all([services.egress.close(), web.stop(), silent.close()])
  }
})
