import { sql } from 'kysely'
import { giveWay } from '../../turns/turns.ts'
import type { OpenDatabase } from '../database/database.ts'
import { isAmong } from '../database/dialect.ts'
import { dialectOf } from '../search-index/dialects.ts'

/** The share of cafés from which a prefix counts as frequent; it is then tested on what the rest of a search finds. */
const FREQUENT = 0.2

/** Samples enough to tell a fifth of a million cafés from a sixth; of fewer cafés all are read. */
const SAMPLES = 40
const SAMPLE_SIZE = 50

/** Longer prefixes are as rare as the words themselves. */
const LETTERS_MAX = 12

/**
 * The greatest share of cafés by which a count may be too high. Without it, each text of a member that sends words
 * which nobody else has would stay in memory until all are counted.
 */
const ERROR = 0.02

/** So many characters of a text stand for all of it. */
const TEXT_MAX = 4096

/** Prefixes that are examined, or stored, between two turns of other work. */
const AT_ONCE = 1000

/** Stores the prefixes of words that very many upcoming cafés have, from a sample over all their dates. */
export async function saveFrequentBeginnings(db: OpenDatabase): Promise<void> {
  const frequent = await listFrequent(db)
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('search_frequent_beginning').execute()
    for (let at = 0; at < frequent.length; at += AT_ONCE)
      await trx
        .insertInto('search_frequent_beginning')
        .values(frequent.slice(at, at + AT_ONCE).map((letters) => ({ letters })))
        .execute()
  })
}

/** How many texts have a prefix: as many as were counted, and at most `missed` more. */
type Seen = { counted: number; missed: number }

/**
 * Counts prefixes in one pass (Manku and Motwani, "Approximate Frequency Counts over Data Streams", lossy counting):
 * those that have become rare are forgotten after each sample, and what they may have had by then is added if they come
 * again.
 */
async function listFrequent(db: OpenDatabase): Promise<string[]> {
  const seen = new Map<string, Seen>()
  let texts = 0
  for await (const sample of listSamples(db)) {
    const missed = Math.floor(texts * ERROR)
    for (const text of sample) {
      for (const letters of beginningsOf(text)) {
        const known = seen.get(letters)
        if (known) known.counted += 1
        else seen.set(letters, { counted: 1, missed })
      }
      await giveWay()
    }
    texts += sample.length
    await keepAbove(seen, texts * ERROR)
  }
  await keepAbove(seen, texts * FREQUENT)
  return [...seen.keys()]
}

/** Forgets the prefixes that at most so many texts have. */
async function keepAbove(seen: Map<string, Seen>, most: number): Promise<void> {
  let examined = 0
  for (const [letters, { counted, missed }] of seen) {
    if (counted + missed <= most) seen.delete(letters)
    if (++examined % AT_ONCE === 0) await giveWay()
  }
}

function beginningsOf(text: string): Set<string> {
  const beginnings = new Set<string>()
  for (const word of text.trim().split(' ')) {
    const letters = [...word.slice(0, 2 * LETTERS_MAX)].slice(0, LETTERS_MAX)
    for (let end = 1; end <= letters.length; end++) beginnings.add(letters.slice(0, end).join(''))
  }
  return beginnings
}

/** Reads the texts of each sample that were not read before. */
async function* listSamples(db: OpenDatabase): AsyncGenerator<string[]> {
  const { alongDates } = dialectOf(db)
  const bounds = await db
    .selectFrom('search_entry')
    .select((eb) => [eb.fn.min('position').as('first'), eb.fn.max('position').as('last')])
    .where('archived', '=', 0)
    .executeTakeFirst()
  const first = bounds?.first ?? 0
  const last = bounds?.last ?? 0
  let read = -1
  for (let turn = 0; turn < SAMPLES; turn++) {
    const from = Math.max(read + 1, Math.floor(first + ((last - first) * turn) / SAMPLES))
    const { rows } = await sql<Entry>`
      select entry.position, entry.cafe_id from ${alongDates(false)}
      where entry.archived = 0 and entry.position >= ${from}
      order by entry.position limit ${sql.lit(SAMPLE_SIZE)}`.execute(db)
    read = rows.at(-1)?.position ?? read
    yield await readTexts(db, rows)
  }
}

type Entry = { position: number; cafe_id: string }

/** Reads texts a few at a time, since each may have the greatest allowed length. */
async function readTexts(db: OpenDatabase, entries: readonly Entry[]): Promise<string[]> {
  const { text, textsAtOnce } = dialectOf(db)
  const texts: string[] = []
  for (let at = 0; at < entries.length; at += textsAtOnce) {
    const ids = entries.slice(at, at + textsAtOnce).map(({ cafe_id }) => cafe_id)
    const { rows } = await sql<{ text: string }>`
      select ${text} as text from cafe where ${isAmong(db, sql`cafe.id`, ids)}`.execute(db)
    for (const row of rows) texts.push(row.text.slice(0, TEXT_MAX))
    await giveWay()
  }
  return texts
}
