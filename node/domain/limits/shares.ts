/**
 * The most that one registrable domain may have here, for members and strangers and all host names below it together.
 * What is kept is counted as it is now, and what is passed on is counted by day (UTC).
 */
export type Shares = {
  /** Requests to join that wait for the team; twice as many may be made in a day. */
  joinRequests: number
  /** Proposals of referents that are not answered yet. */
  proposals: number
  /** Messages to people that are passed on in a day. */
  messages: number
  /** Networks of structures, including those that have ended, since their names stay taken. */
  networks: number
  /** Pairs of a structure and a network about which one of the two has said something. */
  memberships: number
  /** Accounts that follow accounts of ours. */
  followers: number
  /** Different inboxes of those accounts, since a café is posted to each. */
  inboxes: number
  /** Profiles of people who lead cafés. */
  people: number
  /** Deletions that are remembered. */
  deletions: number
  /** Signed texts of cafés, as they are stored in the database. */
  megabytes: number
}

/** The default limits, enough for a node of 17,000 places that each have a dozen coming cafés. */
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

/** The limit of all domains together, as a multiple of one domain's share: as much as a team can still read. */
export const DOMAINS_READ = 50
