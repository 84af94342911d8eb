import type { Generated } from 'kysely'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import type { OtherVersion } from '../../domain/cafes/other-version.ts'
import type { HourMeasure } from '../../domain/monitoring/measure.ts'
import type { OtherWord } from '../../domain/structures/other-word.ts'
import { CAFE } from './cafes.ts'
import {
  choice,
  describe,
  flag,
  instant,
  json,
  type Kind,
  number,
  optional,
  type RowOf,
  text,
} from './table.ts'

/** A café as the JSON of its row. */
const cafeRow: Kind<string, Cafe> = {
  toColumn: (cafe) => JSON.stringify(CAFE.toRow(cafe)),
  fromColumn: (column) => CAFE.fromRow(JSON.parse(column)),
}

/** The columns of what a directory has of a café of ours, after a restore. */
export const OTHER_VERSION = describe<OtherVersion>()({
  cafeId: text,
  directory: text,
  reason: choice<OtherVersion['reason']>(),
  cafe: cafeRow,
})

/** A text of the structure or of a network that a directory has; `said` is as JSON. */
export const OTHER_WORD = describe<OtherWord>()({
  noun: choice<OtherWord['noun']>(),
  subject: text,
  directory: text,
  reason: choice<OtherWord['reason']>(),
  said: json<object>(),
  at: instant,
})

/** The columns of what is known of an hour. */
export const HOUR_MEASURE = describe<HourMeasure>()({
  hour: instant,
  sent: number,
  resent: number,
  givenUp: number,
  failures: number,
  waiting: optional(number),
  lateMinutes: optional(number),
  memoryBytes: optional(number),
  diskUsedBytes: optional(number),
  diskTotalBytes: optional(number),
  backupAt: optional(instant),
  isCopyFailing: flag,
})

/** The tables of settings, and of counts of use. */
export interface SettingTables {
  setting: { name: string; value: string }
  daily_count: { name: string; day: string; total: number }
  hour_measure: RowOf<typeof HOUR_MEASURE>
  rate_limit: { key: string; points: number; expire: number | null }
  gone_row: { number: Generated<number>; kind: string; id: string; at: string }
  claimed_erasure: { kind: 'cafe' | 'facilitator'; subject: string; directory: string; at: string }
  other_version: RowOf<typeof OTHER_VERSION>
  other_word: RowOf<typeof OTHER_WORD>
  erasure: { writer: number; total: number; flushed: Generated<number> }
  content_version: { writer: number; version: number }
}
