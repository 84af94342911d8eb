import type { Context } from '../context.ts'
import { isVisitDue } from '../domain/federation/reachability.ts'
import { findRestoration, isToAsk, settleDirectory } from '../store/backup/restoration.ts'
import { type Database, inTransaction } from '../store/database/database.ts'
import { listUnaskedOrigins } from '../store/directory/hosts.ts'
import { listPeers } from '../store/directory/peers.ts'
import { requesterOf } from '../store/directory/requesters.ts'
import {
  findCutOffSince,
  listTrackedServers,
  updateReachability,
} from '../store/directory/unreachable-peers.ts'
import { listOtherSenders } from '../store/networks/memberships.ts'
import { enqueueTask, LIGHT_VISIT } from '../store/queues/tasks.ts'
import { runAsLongWork } from '../turns/turns.ts'

/**
 * Plans that each server that we hear is read as a whole once a day, so that a lost message is missing for a day at
 * most.
 */
export async function planReconciliations({ db, config, now, wake }: Context): Promise<void> {
  for (const peer of await listPeers(db))
    if (peer.following === 'accepted')
      await enqueueTask(db, { kind: 'reconcile', subject: peer.id }, now())
  // A network and a structure of it need not hear each other's cafés. They are in another order each night: where
  // strangers are too many for one night, the others wait until the next.
  for (const subject of shuffle(await listOtherSenders(db, config.origin))) {
    const requester = await requesterOf(db, new URL(subject).origin)
    await enqueueTask(db, { kind: 'memberships', subject, requester }, now())
  }
  wake()
}

const shuffle = <Item>(items: readonly Item[]): Item[] =>
  items
    .map((item) => ({ item, at: Math.random() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ item }) => item)

/** Plans many tasks in one transaction, which gives way to requests: a directory may have thousands of members. */
const planTogether = (db: Database, plan: (trx: Database) => Promise<void>): Promise<void> =>
  runAsLongWork(() => inTransaction(db, plan))

/**
 * Plans, at the start after a long absence, that every server is read that was not read for a day, instead of in the
 * next night.
 */
export async function planMissedReconciliations({ db, now }: Context): Promise<void> {
  const yesterday = now().subtract({ hours: 24 })
  await planTogether(db, async (trx) => {
    for (const peer of await listPeers(trx)) {
      const missed = peer.reconciledAt && Temporal.Instant.compare(peer.reconciledAt, yesterday) < 0
      if (peer.following === 'accepted' && missed)
        await enqueueTask(trx, { kind: 'reconcile', subject: peer.id }, now())
    }
  })
}

/**
 * Plans to ask, at the start, every server that we trust whether it is there, unless it answered a moment ago. A server
 * that failed to reach us meanwhile learns in this way that we are back, and sends at once what waits
 * (`planVisitOfAsker`).
 */
export async function planReturnVisits({ db, now }: Context): Promise<void> {
  const lately = now().subtract({ minutes: HEARD_LATELY_MINUTES })
  await planTogether(db, async (trx) => {
    for (const { origin, lastSeenAt } of await listTrackedServers(trx))
      if (!lastSeenAt || Temporal.Instant.compare(lastSeenAt, lately) < 0)
        await enqueueTask(trx, { kind: 'visit', subject: origin, cursor: LIGHT_VISIT }, now())
  })
}

/** The number of days for which a directory keeps servers that its member no longer names. */
const FOLLOWERS_KEPT_DAYS = 30

/** Plans, after a restore, to ask each directory that has not yet said what it knows of this site. */
export async function planRestoration({ db, now, wake }: Context): Promise<void> {
  const restoration = await findRestoration(db)
  for (const asked of restoration?.directories ?? []) {
    if (!restoration || !isToAsk(asked)) continue
    const { uri, state } = asked
    const isLate = restoration.at.until(now()).total('hours') / 24 > FOLLOWERS_KEPT_DAYS
    const isOfFollowers = restoration.isLost || state !== 'waiting'
    if (isLate && isOfFollowers)
      await settleDirectory(db, {
        uri,
        ...(state === 'waiting' ? { state: 'unable' } : { followers: 'unable' }),
      })
    else await enqueueTask(db, { kind: 'restoration', subject: uri }, now())
  }
  wake()
}

const HEARD_LATELY_MINUTES = 2

const ASKED_AGAIN_HOURS = 7 * 24

/** Plans that each follower's server is asked once a week what software it runs. */
export async function planSoftwareVisits({ db, now, wake }: Context): Promise<void> {
  const before = now().subtract({ hours: ASKED_AGAIN_HOURS })
  for (const subject of await listUnaskedOrigins(db, before))
    await enqueueTask(db, { kind: 'visit', subject }, now())
  wake()
}

/**
 * Updates which servers have been silent for too long, and plans visits of those that have not answered for an hour or,
 * while they fail, for longer and longer.
 */
export async function planVisits({ db, now, wake, isDirectory }: Context): Promise<void> {
  await updateReachability(db, now())
  const isOurs = !isDirectory || (await findCutOffSince(db)) !== undefined
  for (const server of await listTrackedServers(db)) {
    if (!isVisitDue(server, now(), isOurs)) continue
    const visit = { kind: 'visit', subject: server.origin, cursor: LIGHT_VISIT } as const
    await enqueueTask(db, visit, now())
  }
  wake()
}
