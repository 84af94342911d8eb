import type { Generated } from 'kysely'

/** The tables of settings, and of counts of use. */
export interface SettingTables {
  setting: { name: string; value: string }
  daily_count: { name: string; day: string; total: number }
  rate_limit: { key: string; points: number; expire: number | null }
  gone_row: { number: Generated<number>; kind: string; id: string; at: string }
  claimed_erasure: { kind: 'cafe' | 'facilitator'; subject: string; directory: string; at: string }
  erasure: { writer: number; total: number; flushed: Generated<number> }
  content_version: { writer: number; version: number }
}
