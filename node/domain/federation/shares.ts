/**
 * The most that one registrable domain may have here, whoever speaks for it: a member, a stranger with a key, a
 * thousand names below one domain. What is kept is counted now, what is handed on by day (UTC).
 */
export type Shares = {
  /** Requests to join that wait for the team; twice as many may be made in a day. */
  joinRequests: number
  /** Proposals of referents that nobody has answered. */
  proposals: number
  /** Messages to people that are handed on in a day. */
  messages: number
  /** Networks of structures, those that have ended included: their names are taken for ever. */
  networks: number
  /** Pairs of a structure and a network that one of the two has spoken of. */
  memberships: number
  /** Accounts that follow some of ours. */
  followers: number
  /** Different inboxes of those accounts: a café is posted to each. */
  inboxes: number
  /** Profiles of people who lead cafés. */
  people: number
  /** Deletions that are remembered. */
  deletions: number
  /** Signed texts of cafés, as they lie in the database. */
  megabytes: number
}

/** Room for a node of 17,000 places, each with a dozen cafés to come. */
export const USUAL_SHARES: Shares = {
  joinRequests: 5,
  proposals: 20,
  messages: 100,
  networks: 50,
  memberships: 50_000,
  followers: 100_000,
  inboxes: 100,
  people: 20_000,
  deletions: 100_000,
  megabytes: 1024,
}

/** Of all domains together, so many times the share of one: what a team can still read. */
export const DOMAINS_READ = 50
