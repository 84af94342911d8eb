import { sql } from 'kysely'
import type { OpenDatabase } from '../database/database.ts'
import { dialectOf } from '../search-index/dialects.ts'

/** The share of cafés from which a prefix counts as frequent; it is then tested on what the rest of a search finds. */
const FREQUENT = 0.2

/** Samples enough to tell a fifth of a million cafés from a sixth; of fewer cafés all are read. */
const SAMPLES = 40
const SAMPLE_SIZE = 50

/** Longer prefixes are as rare as the words themselves. */
const LETTERS_MAX = 12

/** Stores the prefixes of words that very many upcoming cafés have, from a sample over all their dates. */
export async function saveFrequentBeginnings(db: OpenDatabase): Promise<void> {
  const counts = new Map<string, number>()
  const texts = await sample(db)
  for (const text of texts)
    for (const letters of beginningsOf(text)) counts.set(letters, (counts.get(letters) ?? 0) + 1)
  const frequent = [...counts]
    .filter(([, count]) => count > texts.length * FREQUENT)
    .map(([letters]) => ({ letters }))
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('search_frequent_beginning').execute()
    if (frequent.length > 0)
      await trx.insertInto('search_frequent_beginning').values(frequent).execute()
  })
}

function beginningsOf(text: string): Set<string> {
  const beginnings = new Set<string>()
  for (const word of text.trim().split(' ')) {
    const letters = [...word].slice(0, LETTERS_MAX)
    for (let end = 1; end <= letters.length; end++) beginnings.add(letters.slice(0, end).join(''))
  }
  return beginnings
}

async function sample(db: OpenDatabase): Promise<string[]> {
  const { alongDates, join, text } = dialectOf(db)
  const bounds = await db
    .selectFrom('search_entry')
    .select((eb) => [eb.fn.min('position').as('first'), eb.fn.max('position').as('last')])
    .where('archived', '=', 0)
    .executeTakeFirst()
  const first = bounds?.first ?? 0
  const last = bounds?.last ?? 0
  const texts = new Map<number, string>()
  for (let turn = 0; turn < SAMPLES; turn++) {
    const { rows } = await sql<{ position: number; text: string }>`
      select entry.position, ${text} as text
      from ${alongDates(false)} ${join} cafe on cafe.id = entry.cafe_id
      where entry.archived = 0
        and entry.position >= ${Math.floor(first + ((last - first) * turn) / SAMPLES)}
      order by entry.position limit ${sql.lit(SAMPLE_SIZE)}`.execute(db)
    for (const { position, text } of rows) texts.set(position, text)
  }
  return [...texts.values()]
}
