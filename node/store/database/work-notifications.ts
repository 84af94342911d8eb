import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type pg from 'pg'
import { isPostgresUrl } from './address.ts'
import type { OpenDatabase } from './database.ts'
import { LIVE_WORKERS, lockShared, tryExclusive } from './locks.ts'

/** How the processes of one site notify each other that work waits. */
export type WorkChannel = {
  /**
   * Notifies the others, at most twenty times a second; returns at once. Work without a notification is found two
   * seconds later.
   */
  notify: () => void
  close: () => Promise<void>
}

export type Worker = {
  /** Is called when another process said that work waits. */
  onWork: () => void
  /**
   * Is called when no other worker lives, and none begins before this is done: leases that are left are those of dead
   * workers.
   */
  onFirst: () => Promise<void>
}

const CHANNEL = 'cafe_ia_work'
const PAUSE_MS = 50

/**
 * Opens the channel for a worker, or for a process that only notifies. On SQLite one process does everything: it is
 * always the first.
 */
export async function openWorkChannel(
  db: OpenDatabase,
  address: string,
  worker: Worker | undefined,
): Promise<WorkChannel> {
  if (!isPostgresUrl(address)) {
    await worker?.onFirst()
    return { notify: () => undefined, close: async () => undefined }
  }
  const ownName = randomUUID()
  const listener = worker && (await listen(address, ownName, worker))
  let pending: Promise<void> | undefined
  const notifySoon = async () => {
    await sleep(PAUSE_MS)
    pending = undefined
    await sql`select pg_notify(${CHANNEL}, ${ownName})`.execute(db)
  }
  return {
    notify: () => {
      // A failed notification needs no handling: a process with work to do notices that its database is unreachable.
      pending ??= notifySoon().catch(() => undefined)
    },
    close: async () => {
      await pending
      await listener?.close()
    },
  }
}

/**
 * Listens to the others on a connection of its own, which also shows them that this worker lives; it is made again
 * when it is cut.
 */
async function listen(
  address: string,
  ownName: string,
  { onWork, onFirst }: Worker,
): Promise<{ close: () => Promise<void> }> {
  const { connectOnce } = await import('./postgres.ts')
  let closed = false
  let client: pg.Client | undefined
  const connect = async (): Promise<void> => {
    const next = connectOnce(address)
    next.on('error', () => undefined)
    next.on('notification', ({ payload }) => {
      if (payload !== ownName) onWork()
    })
    await next.connect()
    if (await tryExclusive(next, LIVE_WORKERS)) await onFirst()
    await lockShared(next, LIVE_WORKERS)
    await next.query(`listen ${CHANNEL}`)
    next.once('end', () => void reconnect())
    client = next
  }
  const reconnect = async () => {
    while (!closed) {
      await sleep(1_000, undefined, { ref: false })
      if (closed) return
      const back = await connect().then(
        () => true,
        () => false,
      )
      if (back) return onWork()
    }
  }
  await connect()
  return {
    close: async () => {
      closed = true
      await client?.end()
    },
  }
}
