import { expect, test } from 'vitest'
import { readSources } from './support/sources.ts'

/**
 * What is equal by the order of a list is in the same order on SQLite and on PostgreSQL, at each reading, and on the page
 * that follows: each list is ordered to the last row. Texts are compared by bytes on both (`postgres.ts` refuses any
 * other collation).
 */

/** Columns of which no two rows of one list have the same. */
const UNIQUE = new Set([
  ...['id', 'uri', 'cafe_id', 'actor_uri', 'facilitator_id', 'owner_uri', 'peer_id'],
  ...['object_uri', 'activity_id', 'one_id', 'other_id', 'referent_id', 'token_hash', 'key_id'],
  ...['number', 'seq', 'host', 'domain', 'origin', 'slug', 'code', 'code_insee', 'key'],
  ...['target'],
])

/** What else ends an order, by its file: one row for each, or no list that anybody sees. */
const OTHERS: { readonly [file: string]: readonly string[] } = {
  // The name of a feed is its key.
  'feeds/feeds.ts': ['name'],
  // By the other side of the agreement, which is part of its key.
  'agreements/agreements.ts': ['other', 'otherColumn', 'kind'],
  // People asked for seats of one café in an order without ties (`unique (cafe_id, rank)`).
  'registrations/attendance.ts': ['rank'],
  // Inboxes, each once.
  'queues/registration-notices.ts': ['at'],
  // The hour is the key.
  'monitoring/hour-measures.ts': ['hour'],
  // The domain or address that is blocked is the key of its list.
  'directory/block-list.ts': ['target'],
  'directory/blocks.ts': ['target'],
  // One row for each directory and café, actor, month, manager, kind, field or position.
  'backup/other-versions.ts': ['directory'],
  'backup/other-words.ts': ['directory'],
  // By a group, a wording, a theme, a month or a place in a report: there is one row for each.
  'reports/asked-questions.ts': ['position'],
  'reports/questions.ts': ['group_id', 'wording', 'theme', 'month'],
  'cafes/admin-list.ts': ['wallMonth'],
  'directory/actor-keys.ts': ['actor'],
  'directory/hidden-elsewhere.ts': ['directory'],
  'facilitators/cafe-facilitators.ts': ['position'],
  'facilitators/consents.ts': ['field'],
  'facilitators/own-data.ts': ['kind', 'at'],
  'networks/cafes.ts': ['month'],
  'networks/managers.ts': ['email'],
  // One of each number in a café, one of each date in a series.
  'registrations/registrations.ts': ['rank', 'need', 'question', 'answer'],
  'series/series.ts': ['date'],
  // The number of a café, one row of which is in each feed: which comes first is no matter, all are made due.
  'feeds/series-dates.ts': ['cafe'],
  'territories/newsletters.ts': ['position'],
  // One row for each group of a grouping.
  'territories/statistics.ts': ['month', 'grouping'],
  // The month alone is read of the first row.
  'search/calendar.ts': ['starts_at', 'month'],
  // The oldest of those that are forgotten: only its time is read.
  'directory/deletions.ts': ['at'],
  // The distance, which the name and the id follow where the page is made.
  'facilitators/search.ts': ['kmOf'],
}

const ARGUMENTS = String.raw`((?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*)`
const CHAIN = new RegExp(String.raw`(?:\s*\.orderBy\(${ARGUMENTS}\))+`, 'g')

/** Returns the column of an argument of `orderBy`, without its table; the first word of an expression. */
const columnOf = (argument: string): string =>
  /^\s*['"`]?(?:\w+\.)?(\w+)/.exec(argument)?.[1] ?? argument.trim().slice(0, 30)

test('each list is ordered to its last row', () => {
  const wrong = readSources()
    .filter(({ path }) => path.startsWith('node/store/'))
    .flatMap(({ path, code }) =>
      [...code.matchAll(CHAIN)].flatMap((chain) => {
        const column = columnOf(chain[1] ?? '')
        const others = OTHERS[path.replace('node/store/', '')] ?? []
        return UNIQUE.has(column) || others.includes(column) ? [] : [`${path}: ${column}`]
      }),
    )
  expect(wrong).toEqual([])
})
