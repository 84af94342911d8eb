import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import type { Peer } from '../../node/domain/federation/peer.ts'
import type { ReferentSettings } from '../../node/domain/referents/referent.ts'
import type { FlashKey } from '../admin/layout.tsx'
import type { NavLink, Site } from '../components/site.ts'
import type { Messages } from '../locales/messages.ts'

/** Somebody signed in under a mandate. */
export type TerritorySession = { csrf: string; territory: { code: string; label: string } }

/** Characters of the reason of an act. */
export const REASON_MAX = 300

/** The form whose reason is missing or too long, by its address, and what was typed. */
export type WrongReason = { form: string; reason: string }

export type ReferentDashboardPageProps = {
  site: Site
  session: TerritorySession
  until: Temporal.PlainDate
  /** Where there are several mandates. */
  others: NavLink[]
  /** Where else this person works. */
  workspaces?: NavLink[] | undefined
  joining: Peer[]
  /** What this person has said of some of them, by their ids. */
  advice: ReadonlyMap<string, string>
  duplicates: { one: Cafe; other: Cafe }[]
  hidden: Cafe[]
  silent: Peer[]
  joiningMay: ReferentSettings['joining']
  demands: { total: number; communes: { label: string; total: number }[] }
  /** Announced by the directory under this territory, for structures. */
  announced: Cafe[]
  cafes: Cafe[]
  toCome: number
  past: number
  structures: { name: string; href: string; toCome: number; held: number }[]
  structureTotal: number
  /** Those who are shown to everybody. */
  people: { name: string; href: string }[]
  peopleTotal: number
  wrong?: WrongReason | undefined
  isDone?: boolean | undefined
  /** What has just been done to a café that was announced for a structure. */
  flash?: FlashKey | undefined
}

export type Shown = ReferentDashboardPageProps & { t: Messages }
