import type { Certificate, Disk, Trouble } from './trouble.ts'

/** What an operator, or whoever watches for them, must know of a site that runs. */
export type SiteState = {
  troubles: Trouble[]
  /** The disk where the data is; undefined where the system does not say. */
  disk: Disk | undefined
  /** The memory of this process, and the most that it may have. */
  memory: { bytes: number; limit: number }
  /** The number of requests that failed because of an error of ours, in this clock hour and the one before. */
  failures: number
  /** How many minutes ago the oldest delivery that waits was due; 0 where none is late. */
  lateMinutes: number
  /** The servers that have not answered for three days: members of a directory, or those that a place follows. */
  silent: string[]
  certificate: Certificate | undefined
  /** The number of servers that do not have some of our cafés as they are now. */
  undelivered: number
  lateMails: number
  /** It is told to anybody. */
  backup: { lastAt: string | null; isLate: boolean; isCopyFailing: boolean }
  /** Why there is no newer backup, or no copy of it elsewhere: a sentence in French, for the team alone. */
  backupProblem: string | undefined
}
