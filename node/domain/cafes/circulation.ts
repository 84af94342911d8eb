/**
 * What a directory is known to do with a café of ours. Asked just now: it shows the latest text, an `older` one, none
 * (`missing`), or does not answer (`silent`). It said before: it does not show this café (`hidden`), it has not admitted
 * this site yet (`asked`) or refuses it (`refused`), or its address leads nowhere (`failed`).
 */
export type DirectoryStanding = {
  name: string
  outcome: 'shown' | 'older' | 'missing' | 'silent' | 'hidden' | 'asked' | 'refused' | 'failed'
  /** The reason of its team for `hidden`; empty where none was given. */
  reason?: string | undefined
}

/** An account of this directory that has a café, and what its followers were told of it. */
export type FeedStanding = {
  title: string
  followers: number
  /**
   * `told`: they were; `waiting`: the next digest tells them; `later`: they hear of this date of a series a week before
   * it; `listed`: it is only in the list of the account.
   */
  state: 'told' | 'waiting' | 'later' | 'listed'
}

/** Who was told of a café of ours, and who is still to be. */
export type CafeCirculation = {
  directories: readonly DirectoryStanding[] | 'own'
  /** The number of accounts that follow this site. */
  followers: number
  feeds: readonly FeedStanding[]
  /**
   * `held`: nothing leaves this site since a restore. `waiting`: the latest text, or a message about it, is still to be
   * sent to somebody. `sent`: all of it was sent, or given up. `later`: it was to directories, and followers hear of this
   * date of a series a week before it.
   */
  sending: 'held' | 'waiting' | 'sent' | 'later'
  /** The hosts for which sending was given up. */
  unreached: readonly string[]
  /** The number of people whose e-mail alert has this café and was not sent yet. */
  alerts: number
}
