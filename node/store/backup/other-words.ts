import { createHash } from 'node:crypto'
import type { Author } from '../../domain/cafes/edit.ts'
import type { OtherWord } from '../../domain/structures/other-word.ts'
import { saveEdit } from '../accounts/saved-edit.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { OTHER_WORD } from '../schema/settings.ts'
import { appendAnew, listTextChanges, WORD_NOUNS, type WordNoun } from './word-nouns.ts'

/**
 * What directories have of the structure and the networks of a restored site, until the team has chosen between it and
 * what is here. The same for its cafés is in `other-versions.ts`.
 */

/** Keeps a text for the team; of one directory the latest. */
export async function saveOtherWord(trx: Database, word: OtherWord): Promise<void> {
  const row = OTHER_WORD.toRow(word)
  await trx
    .insertInto('other_word')
    .values(row)
    .onConflict((oc) =>
      oc.columns(['subject', 'directory']).doUpdateSet(row).where('other_word.at', '<=', row.at),
    )
    .execute()
}

/** Returns whether the team has to choose a text of the structure or of a network. */
export async function isWordUndecided(db: Database): Promise<boolean> {
  return (await countOtherWords(db)) > 0
}

/** Counts the texts that wait for the team. */
export async function countOtherWords(db: Database): Promise<number> {
  const { total } = await db
    .selectFrom('other_word')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

export type ComparedWord = OtherWord & {
  /** The version of what is here, for `WordChoice.seen`. */
  seen: string
  /** What is here and what is there, by the names of the form. */
  here: Record<string, string>
  there: Record<string, string>
}

/** Lists what waits for the team, with the texts that are here. */
export async function listOtherWords(
  db: Database,
  { limit }: { limit: number },
): Promise<ComparedWord[]> {
  const rows = await db
    .selectFrom('other_word')
    .selectAll()
    .orderBy('noun', 'desc')
    .orderBy('subject')
    .orderBy('directory')
    .limit(limit)
    .execute()
  const compared: ComparedWord[] = []
  for (const word of rows.map(OTHER_WORD.fromRow)) {
    const noun = WORD_NOUNS[word.noun] as WordNoun<unknown, object>
    const value = await noun.edited.find(db, word.subject)
    if (value === undefined) continue
    const here = noun.textsOf(value)
    const there = noun.textsOf(noun.merge(value, word.said))
    compared.push({ ...word, seen: hashVersion(noun.edited.versionOf(value)), here, there })
  }
  return compared
}

const hashVersion = (version: string): string =>
  createHash('sha256').update(version).digest('base64url')

export type WordChoice = {
  subject: string
  /** The host whose text is taken; undefined where what is here holds. */
  directory: string | undefined
  /** The version of what is here that the person saw. */
  seen: string
  by: Author
}

/**
 * Does what the team has chosen for the structure or a network. What holds is told anew, dated later than each of the
 * texts; the other one is in the history.
 *
 * @returns `stale` where it was edited meanwhile, `gone` where nothing waits any more; nothing is done then.
 */
export const settleWord = (
  db: Database,
  { subject, directory, seen, by }: WordChoice,
  now: Temporal.Instant,
): Promise<'settled' | 'stale' | 'gone'> =>
  inTransaction(db, async (trx) => {
    const words = await wordsOf(trx, subject)
    const word = words.find((each) => directory === undefined || each.directory === directory)
    if (!word) return 'gone'
    const noun = WORD_NOUNS[word.noun] as WordNoun<unknown, object>
    const stored = await noun.edited.find(trx, subject)
    if (stored !== undefined) {
      if (seen !== hashVersion(noun.edited.versionOf(stored))) return 'stale'
      const value = await saveChosen(
        trx,
        noun,
        { word, stored, by, isTaken: directory !== undefined },
        now,
      )
      await appendAnew(trx, noun, { id: subject, value, after: latestOf(words) }, now)
    }
    await deleteOtherWords(trx, subject)
    return 'settled'
  })

async function saveChosen<T>(
  trx: Database,
  { edited, merge, textsOf }: WordNoun<T, object>,
  { word, stored, by, isTaken }: { word: OtherWord; stored: T; by: Author; isTaken: boolean },
  now: Temporal.Instant,
): Promise<T> {
  const theirs = merge(stored, word.said)
  const value = isTaken ? theirs : stored
  const [left, kept] = isTaken ? [stored, theirs] : [theirs, stored]
  const changes = listTextChanges(textsOf(left), textsOf(kept))
  const changesOf = () =>
    isTaken ? changes : changes.map((change) => ({ ...change, isSetAside: true as const }))
  const edit = { id: word.subject, by, seen: undefined, changesOf, decide: () => ({ value }) }
  await saveEdit(trx, edited, edit, now)
  return value
}

const latestOf = (words: readonly OtherWord[]): Temporal.Instant =>
  words.map(({ at }) => at).reduce((one, at) => (Temporal.Instant.compare(at, one) > 0 ? at : one))

async function wordsOf(db: Database, subject: string): Promise<OtherWord[]> {
  const rows = await db
    .selectFrom('other_word')
    .selectAll()
    .where('subject', '=', subject)
    .orderBy('directory')
    .execute()
  return rows.map(OTHER_WORD.fromRow)
}

/** Forgets what directories have of it, once it was decided or has ended. */
async function deleteOtherWords(trx: Database, subject: string): Promise<void> {
  await trx.deleteFrom('other_word').where('subject', '=', subject).execute()
}
