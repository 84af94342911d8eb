import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DeliveryKind } from '../../../node/domain/federation/delivery.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { insertActivity } from '../../../node/store/queues/activities.ts'
import {
  type Delivery,
  deleteDeliveries,
  deleteDeliveriesTo,
  insertDeliveries,
  isReplaced,
  postponeHost,
} from '../../../node/store/queues/deliveries.ts'
import { type LeaseRequest, leaseDeliveries } from '../../../node/store/queues/lease-deliveries.ts'
import {
  addReading,
  findSpent,
  listStoppedToday,
  takeCafeOfDay,
} from '../../../node/store/queues/peer-days.ts'
import { releaseLeases } from '../../../node/store/queues/release-leases.ts'
import {
  enqueueTask,
  hurryTasksAt,
  LIGHT_VISIT,
  leaseTask,
  listTaskHeads,
  postponeTask,
  postponeTasksAt,
  saveTaskCursor,
  settleTask,
} from '../../../node/store/queues/tasks.ts'
import { openTestDatabase } from '../../support/database.ts'

let db: OpenDatabase
let close: () => Promise<void>
const now = Temporal.Instant.from('2026-11-27T09:00:00Z')
beforeEach(async () => {
  ;({ db, close } = await openTestDatabase())
})
afterEach(() => close())

const fetchBy = (requester: `peer:${string}` | `stranger:${string}`, subject: string) =>
  enqueueTask(db, { kind: 'fetch', subject, requester }, now)

const countTasks = async () => (await db.selectFrom('task').select('id').execute()).length

const countDropped = async () =>
  (await db.selectFrom('daily_count').selectAll().where('name', '=', 'task:dropped').execute())[0]
    ?.total

describe('the queue of readings', () => {
  test('each requester has its own queue, oldest first', async () => {
    for (const n of [1, 2, 3]) await fetchBy('peer:a.test', `https://x.test/${n}`)
    await fetchBy('peer:b.test', 'https://y.test/1')
    const heads = await listTaskHeads(db, now)
    expect(heads.map(({ requester, host }) => [requester, host]).sort()).toEqual([
      ['peer:a.test', 'x.test'],
      ['peer:b.test', 'y.test'],
    ])
  })

  test('a host with a reading under way gets no second one, not even for the same list', async () => {
    await fetchBy('peer:a.test', 'https://x.test/1')
    await fetchBy('peer:b.test', 'https://x.test/1')
    await fetchBy('peer:b.test', 'https://y.test/1')
    const [first] = (await listTaskHeads(db, now)).filter(({ host }) => host === 'x.test')
    expect(await leaseTask(db, first?.id ?? 0, now)).toMatchObject({ host: 'x.test' })
    expect(await leaseTask(db, first?.id ?? 0, now)).toBeUndefined()
    const left = await listTaskHeads(db, now)
    expect(left.map(({ host }) => host)).toEqual(['y.test'])
  })

  test('a reading that is asked for while it is under way is done once more, a whole one from its beginning', async () => {
    const { id: peerId } = await upsertPeer(db, {
      actorUri: 'https://a.test/actors/instance',
      name: 'A',
    })
    const readings = [
      { kind: 'backfill', subject: peerId },
      { kind: 'visit', subject: 'https://x.test', cursor: LIGHT_VISIT },
      { kind: 'fetch', subject: 'https://y.test/1', cursor: peerId },
    ] as const
    for (const reading of readings) {
      const ask = () => enqueueTask(db, reading, now)
      const lease = async () => {
        const [head] = await listTaskHeads(db, now)
        return leaseTask(db, head?.id ?? 0, now)
      }
      await ask()
      const { id = 0 } = (await lease()) ?? {}
      if (reading.kind === 'backfill') await saveTaskCursor(db, { id, cursor: 'page 2' }, now)
      for (let times = 0; times < 3; times++) await ask()
      // The lease stays with its holder, so that no other process asks the same host.
      expect(await lease()).toBeUndefined()
      await settleTask(db, id)
      const cursor = reading.kind === 'backfill' ? undefined : reading.cursor
      expect(await lease()).toMatchObject({ id, cursor })
      await settleTask(db, id)
      expect(await countTasks()).toBe(0)
    }
  })

  test('two hundred readings of one member wait; those that failed before make room for new ones', async () => {
    for (let n = 0; n < 205; n++) await fetchBy('peer:a.test', `https://x.test/${n}`)
    expect(await countTasks()).toBe(200)
    expect(await countDropped()).toBe(5)
    await postponeTasksAt(db, { host: 'x.test', until: now.add({ seconds: 30 }) })
    expect(await listTaskHeads(db, now)).toEqual([])
    await fetchBy('peer:a.test', 'https://y.test/1')
    expect(await countTasks()).toBe(200)
    expect((await listTaskHeads(db, now)).map(({ host }) => host)).toEqual(['y.test'])
    // A task that is requested again keeps its place in the queue; that of another member is not affected.
    await fetchBy('peer:a.test', 'https://y.test/1')
    await fetchBy('peer:b.test', 'https://z.test/1')
    expect(await countTasks()).toBe(201)
    expect(await countDropped()).toBe(6)
  })

  test('of all strangers five hundred wait, and whole readings are never left out', async () => {
    for (let n = 0; n < 510; n++) await fetchBy(`stranger:s${n}.test`, `https://s${n}.test/`)
    expect(await countTasks()).toBe(500)
    const peer = await upsertPeer(db, { actorUri: 'https://a.test/actors/instance', name: 'A' })
    for (let n = 0; n < 200; n++) await fetchBy('peer:a.test', `https://x.test/${n}`)
    await enqueueTask(
      db,
      { kind: 'backfill', subject: peer.id, requester: 'peer:a.test' },
      now.subtract({ seconds: 1 }),
    )
    const head = (await listTaskHeads(db, now)).find(({ requester }) => requester === 'peer:a.test')
    expect(head?.host).toBe('a.test')
  })

  test('a reading that the team asked for is not postponed with its host', async () => {
    await enqueueTask(db, { kind: 'visit', subject: 'https://x.test', requester: 'team' }, now)
    await fetchBy('peer:a.test', 'https://x.test/1')
    await postponeTasksAt(db, { host: 'x.test', until: now.add({ seconds: 30 }) })
    const heads = await listTaskHeads(db, now)
    expect(heads.map(({ requester }) => requester)).toEqual(['team'])
    for (const { id } of heads)
      await postponeTask(db, { id, error: 'silent', until: now.add({ seconds: 5 }) })
    expect(await listTaskHeads(db, now)).toEqual([])
    for (const { id } of heads) await settleTask(db, id)
    expect(await countTasks()).toBe(1)
  })
})

test('a reading that waits for its budget is not advanced by anything that its server does', async () => {
  const host = 'x.test'
  const subjects = ['spent', 'silent'].map((name) => `https://${host}/${name}`)
  for (const subject of subjects) await fetchBy('peer:a.test', subject)
  const [spent, silent] = await db.selectFrom('task').select('id').orderBy('id').execute()
  const tomorrow = now.add({ hours: 15 })
  const later = now.add({ minutes: 50 })
  await postponeTask(db, { id: spent?.id ?? 0, error: 'spent', until: tomorrow, isSpent: true })
  const dueSubjects = async (at = now) => {
    const due = db.selectFrom('task').select('subject').where('due_at', '<=', at.toString())
    return (await due.orderBy('id').execute()).map(({ subject }) => subject)
  }
  for (const hurry of [
    () => hurryTasksAt(db, host, now),
    () => releaseLeases(db, now),
    async () => {
      for (const subject of subjects) await fetchBy('peer:a.test', subject)
    },
  ]) {
    await postponeTask(db, { id: silent?.id ?? 0, error: 'silent', until: later })
    expect(await dueSubjects()).toEqual([])
    await hurry()
    expect(await dueSubjects()).toEqual([subjects[1]])
  }
  // It is not due before its day either when its host was away for longer and answers again.
  await postponeTasksAt(db, { host, until: tomorrow.add({ hours: 1 }) })
  await hurryTasksAt(db, host, now)
  expect(await dueSubjects()).toEqual([subjects[1]])
  await hurryTasksAt(db, host, tomorrow)
  expect(await dueSubjects(tomorrow)).toEqual(subjects)
})

describe('the queue of deliveries', () => {
  const deliver = async ({ type, kind, line, inboxes }: Said) => {
    const objectUri = `https://ours.test/cafes/${crypto.randomUUID()}`
    const activity = { id: `${objectUri}#${type}`, type, actor: 'cafes', objectUri, body: '{}' }
    const activitySeq = await insertActivity(db, activity, now)
    const to = { kind, line: line ?? objectUri, inboxes }
    await insertDeliveries(db, { activitySeq, type, signer: 'cafes', ...to }, now)
  }
  type Said = { type: string; kind: DeliveryKind; line?: string; inboxes: string[] }
  const deliverTo = (inboxes: string[]) => deliver({ type: 'Create', kind: 'cafe', inboxes })
  const to = (host: string, count: number) =>
    Array.from({ length: count }, (_, n) => `https://${host}/inbox/${n}`)
  const lease = (request: Partial<LeaseRequest> = {}) =>
    leaseDeliveries(db, {
      now,
      limit: { all: 32, aside: 24 },
      perHost: { all: 2, aside: 1 },
      busyHosts: new Map(),
      failing: { all: 8, aside: 4 },
      ...request,
    })

  test('a thousand deliveries to one slow host do not delay those to others', async () => {
    await deliverTo([...to('slow.test', 1000), ...to('prompt.test', 1)])
    const busyHosts = new Map([['slow.test', { all: 2, aside: 0 }]])
    const first = await lease({ busyHosts, limit: { all: 1, aside: 1 } })
    expect(first.map(({ host }) => host)).toEqual(['prompt.test'])
    expect(await lease({ busyHosts })).toEqual([])
    const slow = await lease()
    expect(slow.map(({ host }) => host)).toEqual(['slow.test', 'slow.test'])
  })

  test('hosts whose last call failed share the places of failing hosts', async () => {
    const dead = Array.from({ length: 900 }, (_, n) => `https://d${n}.test/inbox`)
    await deliverTo([...dead, 'https://prompt.test/inbox'])
    const leased = await lease({
      failing: { all: 3, aside: 3 },
      isFailing: (host) => host !== 'prompt.test',
    })
    expect(leased.map(({ host }) => host)).toEqual(['d0.test', 'd1.test', 'd2.test', 'prompt.test'])
  })

  test('a thousand Notes leave room for a café, at their own host and everywhere', async () => {
    for (const kind of ['note', 'announce', 'copy'] as const)
      for (let n = 0; n < 40; n++)
        await deliver({ type: 'Create', kind, inboxes: [`https://${kind}${n}.test/inbox`] })
    for (let n = 0; n < 5; n++)
      await deliver({ type: 'Create', kind: 'note', inboxes: to('deaf.test', 1) })
    const asides = await lease({ limit: { all: 32, aside: 24 } })
    expect(asides).toHaveLength(24)
    await deliver({ type: 'Update', kind: 'cafe', inboxes: to('deaf.test', 1) })
    const busyHosts = new Map([['deaf.test', { all: 1, aside: 1 }]])
    const [next, ...others] = await lease({ busyHosts, limit: { all: 8, aside: 0 } })
    expect([next?.kind, next?.host, others]).toEqual(['cafe', 'deaf.test', []])
  })

  test('hosts that do not answer Notes take half of the places of failing hosts', async () => {
    const isFailing = () => true
    for (let n = 0; n < 9; n++) {
      await deliver({ type: 'Create', kind: 'note', inboxes: [`https://n${n}.test/inbox`] })
      await deliver({ type: 'Create', kind: 'cafe', inboxes: [`https://c${n}.test/inbox`] })
    }
    const noCafe = await lease({ isFailing, failing: { all: 8, aside: 4 } })
    expect(noCafe.map(({ kind }) => kind)).toEqual(Array(8).fill('cafe'))
    const rest = await lease({ isFailing })
    expect(rest.map(({ kind }) => kind).sort()).toEqual(['cafe', ...Array(4).fill('note')])
  })

  test('of deliveries in one line only the newest is sent, once; one under way is not sent again', async () => {
    const [inbox = ''] = to('host.test', 1)
    const said = { kind: 'cafe' as const, line: 'https://ours.test/cafes/1', inboxes: [inbox] }
    const types = async () =>
      (
        await db
          .selectFrom('delivery')
          .innerJoin('activity', 'activity.seq', 'delivery.activity_seq')
          .select('activity.type')
          .orderBy('delivery.id')
          .execute()
      ).map(({ type }) => type)
    await deliver({ type: 'Create', ...said })
    for (let n = 0; n < 3; n++) await deliver({ type: 'Update', ...said })
    expect(await types()).toEqual(['Create', 'Update'])
    const [create] = await lease()
    expect(create?.type).toBe('Create')
    expect(await isReplaced(db, create as Delivery)).toBe(false)
    await deleteDeliveries(db, [create?.id ?? 0])

    const [update] = await lease()
    await deliver({ type: 'Update', ...said })
    expect(await types()).toEqual(['Update', 'Update'])
    expect(await isReplaced(db, update as Delivery)).toBe(true)
    await deliver({ type: 'Delete', ...said })
    expect(await types()).toEqual(['Update', 'Delete'])
    // Deliveries of another line, or of another kind in the same line, are kept.
    await deliver({ type: 'Update', ...said, kind: 'word' })
    await deliver({ type: 'Update', ...said, line: 'https://ours.test/cafes/2' })
    expect(await types()).toEqual(['Update', 'Delete', 'Update', 'Update'])
  })

  test('a host that does not answer one kind of message gets that kind later, one that is off everything later', async () => {
    const kinds = ['cafe', 'word', 'note', 'announce', 'copy'] as const
    for (const kind of kinds) await deliver({ type: 'Create', kind, inboxes: to('host.test', 1) })
    const until = now.add({ hours: 1 })
    const dueKinds = async () => {
      const rows = await db.selectFrom('delivery').select(['kind', 'due_at']).execute()
      return rows.flatMap(({ kind, due_at }) => (due_at === now.toString() ? [kind] : []))
    }
    await postponeHost(db, { host: 'host.test', kind: 'note', until })
    expect(await dueKinds()).toEqual(kinds.filter((kind) => kind !== 'note'))
    await postponeHost(db, { host: 'host.test', until })
    expect(await dueKinds()).toEqual([])
  })
})

describe('the daily count of a peer', () => {
  test('takes so many cafés and no more, and begins anew the next day', async () => {
    const { id: peerId } = await upsertPeer(db, { actorUri: 'https://a.test/a', name: 'A' })
    const take = (at = now) => takeCafeOfDay(db, { peerId, limit: 2 }, at)
    expect([await take(), await take(), await take()]).toEqual([true, true, false])
    expect(await listStoppedToday(db, now)).toEqual(new Map([[peerId, 'cafes']]))
    const next = now.add({ hours: 24 })
    expect(await take(next)).toBe(true)
    expect(await listStoppedToday(db, next)).toEqual(new Map())
  })

  test('adds up what its readings used', async () => {
    const { id: peerId } = await upsertPeer(db, { actorUri: 'https://a.test/a', name: 'A' })
    const spent = { pages: 2, items: 50, bytes: 3_000_000_000, seconds: 1.2 }
    await addReading(db, { peerId, spent, stoppedBy: undefined }, now)
    await addReading(db, { peerId, spent, stoppedBy: 'bytes' }, now)
    await addReading(db, { peerId, spent, stoppedBy: undefined }, now)
    const used = { pages: 6, items: 150, bytes: 9_000_000_000, seconds: 6 }
    expect(await findSpent(db, peerId, now)).toEqual(used)
    expect(await listStoppedToday(db, now)).toEqual(new Map([[peerId, 'bytes']]))
    await addReading(db, { peerId: 'gone', spent, stoppedBy: undefined }, now)
    expect(await findSpent(db, peerId, now.add({ hours: 24 }))).toMatchObject({ pages: 0 })
  })
})

test('what had been on its way to an inbox that is gone comes back as the text that was signed', async () => {
  const body = JSON.stringify({ type: 'Create', object: { content: 'Bonjour. '.repeat(100) } })
  const activity = {
    id: 'https://a.test/1',
    actor: 'cafes',
    type: 'Create',
    objectUri: 'https://a.test',
  }
  const seq = await insertActivity(db, { ...activity, body }, now)
  const inbox = 'https://gone.test/inbox'
  const delivery = { kind: 'word', line: 'https://a.test' } as const
  await insertDeliveries(
    db,
    { activitySeq: seq, type: 'Create', signer: 'cafes', inboxes: [inbox], ...delivery },
    now,
  )
  expect(await deleteDeliveriesTo(db, { signer: 'instance', inbox })).toEqual([])
  const gone = await deleteDeliveriesTo(db, { signer: 'cafes', inbox })
  expect(gone).toMatchObject([{ activityId: activity.id, body }])
})
