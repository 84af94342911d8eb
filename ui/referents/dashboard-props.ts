import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import type { Peer } from '../../node/domain/federation/peer.ts'
import type { ReferentSettings } from '../../node/domain/referents/referent.ts'
import type { FlashKey } from '../admin/layout.tsx'
import type { NavLink, Site } from '../components/site.ts'
import type { Messages } from '../locales/messages.ts'

/** The session of somebody who is signed in under a mandate. */
export type TerritorySession = { csrf: string; territory: { code: string; label: string } }

/** The maximum length of an act's reason, in characters. */
export const REASON_MAX = 300

/**
 * The address of the form whose reason is missing or too long, and the reason as it was typed; `isNothing` where nothing
 * was chosen.
 */
export type WrongReason = { form: string; reason: string; isNothing?: boolean }

/** What was told of a café of another server, with the parts of it that may be hidden. */
type TerritoryReport = {
  cafe: Cafe
  participants: number | undefined
  parts: readonly { address: string; text: string | undefined; hiddenReason: string | undefined }[]
}

export type ReferentDashboardPageProps = {
  site: Site
  session: TerritorySession
  until: Temporal.PlainDate
  /** The person's other territories. */
  others: NavLink[]
  /** The other places where this person works. */
  workspaces?: NavLink[] | undefined
  joining: Peer[]
  /** What this person advised about some of these sites, by their ids. */
  advice: ReadonlyMap<string, string>
  duplicates: { one: Cafe; other: Cafe }[]
  hidden: Cafe[]
  silent: Peer[]
  /** Cafés that somebody suggested. */
  suggested: Cafe[]
  joiningMay: ReferentSettings['joining']
  requests: { total: number; communes: { label: string; total: number }[] }
  /** Cafés that the directory announces for structures of this territory. */
  announced: Cafe[]
  cafes: Cafe[]
  reported: readonly TerritoryReport[]
  toCome: number
  past: number
  structures: { name: string; href: string; toCome: number; held: number }[]
  structureTotal: number
  /** Facilitators with a public profile. */
  people: { name: string; href: string }[]
  peopleTotal: number
  wrong?: WrongReason | undefined
  isDone?: boolean | undefined
  /** What has just been done to a café that was announced for a structure. */
  flash?: FlashKey | undefined
}

export type Shown = ReferentDashboardPageProps & { t: Messages }
