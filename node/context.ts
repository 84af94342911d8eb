import type { Config } from './config.ts'
import type { OpenDatabase } from './store/database.ts'

/** What every route, job and protocol handler receives. Built once, in main.ts or in a test. */
export type Context = {
  config: Config
  db: OpenDatabase
  now: () => Temporal.Instant
  /** Admits members and announces their cafés: what makes a server a directory. */
  isDirectory: boolean
  /** Says that a change or a delivery waits, so that it leaves at once. Never awaited by a page. */
  wake: () => void
  /** What a page must ask the network; made in federation/, 10 s at most. */
  network: Network
}

export type Network = {
  /** A calendar or a spreadsheet at an address that a person typed. */
  fetchCalendar(url: string): Promise<FetchedFile>
}

export type FetchedFile =
  | { outcome: 'fetched'; bytes: Buffer; contentType: string }
  | { outcome: 'refused'; reason: string }
