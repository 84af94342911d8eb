import { type Dialect, type Statements, toList } from '../dialect.ts'
import { accounts } from './accounts.ts'
import { actors } from './actors.ts'
import { agreements } from './agreements.ts'
import { cafeRows } from './cafe-rows.ts'
import { cafeIndexes, cafes, suggestions, venues } from './cafes.ts'
import { consents } from './consents.ts'
import { contentVersion } from './content-version.ts'
import { deletions, peers, recoveries } from './directory.ts'
import { erasures } from './erasures.ts'
import { facilitatorRows, facilitators } from './facilitators.ts'
import { feeds } from './feeds.ts'
import { files } from './files.ts'
import { flags, hiddenObjects } from './flags.ts'
import { goneRows } from './gone-rows.ts'
import { listings } from './listings.ts'
import { networks } from './networks.ts'
import { mails, received, sent, webhooks } from './queues.ts'
import { attestations, referents } from './referents.ts'
import { registrations, reports } from './registrations.ts'
import { resources } from './resources/tables.ts'
import { searchOnPostgres } from './search/postgres.ts'
import { searchOnSqlite } from './search/sqlite.ts'
import { searchTables } from './search/tables.ts'
import { series } from './series.ts'
import { settings } from './settings.ts'
import { organizations, structures } from './structures.ts'
import { alerts, newsletters, questions, statistics } from './territories.ts'

/** Each part comes after the tables to which it refers. */
const PARTS: readonly ((dialect: Dialect) => Statements)[] = [
  settings,
  organizations,
  files,
  accounts,
  peers,
  deletions,
  recoveries,
  actors,
  structures,
  venues,
  cafes,
  cafeIndexes,
  cafeRows,
  series,
  registrations,
  reports,
  suggestions,
  facilitators,
  facilitatorRows,
  resources,
  hiddenObjects,
  flags,
  consents,
  referents,
  attestations,
  networks,
  agreements,
  feeds,
  alerts,
  newsletters,
  statistics,
  sent,
  received,
  mails,
  webhooks,
  searchTables,
  ({ isPostgres }) => (isPostgres ? searchOnPostgres : searchOnSqlite),
  questions,
  listings,
]

/** What watches the tables, which are all there by then. */
const AFTER: readonly ((dialect: Dialect, tables: readonly string[]) => Statements)[] = [
  contentVersion,
  erasures,
  goneRows,
]

/**
 * All tables of version 0.1. Instants are text `YYYY-MM-DDTHH:MM:SSZ`; lists are JSON arrays of strings; booleans are 1
 * or 0.
 */
export function initial(dialect: Dialect): Statements {
  const made = PARTS.flatMap((part) => toList(part(dialect)))
  const tables = made.flatMap((statement) => /^\s*create table (\w+)/.exec(statement)?.[1] ?? [])
  return [...made, ...AFTER.flatMap((part) => toList(part(dialect, tables)))]
}
