import { z } from 'zod'
import type { Database } from '../database/database.ts'
import { findSetting, saveSetting } from '../database/settings.ts'
import { forgetUnknownClaims } from './claimed-erasures.ts'

/**
 * What a site that was restored asks the directories that it had joined, until each has answered. There is one
 * restoration at most: the last one.
 */

const NAME = 'restoration'

const InstantSchema = z.string().transform((text) => Temporal.Instant.from(text))

const StoredSchema = z.object({
  /** When the backup was made; when the cafés were recovered where there was none. */
  since: InstantSchema,
  /** When the site was restored. */
  at: InstantSchema,
  /** The same, or when an earlier restore was made after which not all directories had answered. */
  splitAt: InstantSchema,
  /** Whether there was no backup, so that the directory is asked for the servers of the followers too. */
  isLost: z.boolean(),
  /** Whether public pages are closed until everybody has answered. */
  isClosed: z.boolean(),
  /** Whether what is changed here of a café of before is told to nobody until everybody has answered. */
  areEditsHeld: z.boolean(),
  directories: z.array(
    z.object({
      /** The actor of the directory. */
      uri: z.string(),
      /**
       * `refused` means that its team does not give the servers of the followers; `unable`, that it cannot answer, did
       * not answer in time, or is no longer a directory of ours.
       */
      state: z.enum(['waiting', 'answered', 'refused', 'unable']),
      /** Why the last attempt failed. */
      problem: z.enum(['unreachable', 'unknown', 'endless']).optional(),
      /** When it answered. */
      answeredAt: InstantSchema.optional(),
      /** Where there was a backup: what became of the question about servers that followed after it. */
      followers: z.enum(['waiting', 'answered', 'refused', 'unable']).optional(),
      /** How many servers of followers hear this site again. */
      servers: z.int(),
      /** How many cafés came back as this site signed them after the backup. */
      taken: z.int(),
      /** How many texts were refused, since no key of this site has signed them. */
      refused: z.int(),
      /** How many of the other words of this site, and mandates of its people, came back. */
      words: z.int().default(0),
      /** How many words were changed here since, so that the history alone has the others. */
      aside: z.int().default(0),
    }),
  ),
})

export type Restoration = z.output<typeof StoredSchema>
export type AskedDirectory = Restoration['directories'][number]

type NewRestoration = Omit<Restoration, 'directories' | 'splitAt' | 'areEditsHeld'> & {
  /** The actors of the directories. */
  uris: readonly string[]
}

/**
 * Stores what is asked from now on. A question that was under way in the backup begins anew, and what was asked after an
 * earlier restore and not answered is asked as well.
 */
export async function saveRestoration(
  trx: Database,
  { uris, ...restoration }: NewRestoration,
): Promise<void> {
  await trx.deleteFrom('task').where('kind', '=', 'restoration').execute()
  const former = await findRestoration(trx)
  const isOpen = former && isUnanswered(former)
  const since = isOpen ? earlier(former.since, restoration.since) : restoration.since
  const splitAt = isOpen ? former.splitAt : restoration.at
  const directories = uris.map((uri) => ({
    ...{ uri, ...NOTHING_YET },
    followers: restoration.isLost ? undefined : ('waiting' as const),
  }))
  const areEditsHeld = uris.length > 0 && !restoration.isLost
  const isClosed = restoration.isClosed && uris.length > 0
  await save(trx, { ...restoration, since, splitAt, isClosed, areEditsHeld, directories })
}

const earlier = (one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant =>
  Temporal.Instant.compare(one, other) < 0 ? one : other

const NOTHING_YET = {
  state: 'waiting',
  servers: 0,
  taken: 0,
  refused: 0,
  words: 0,
  aside: 0,
} as const

const isWaiting = ({ state }: Pick<AskedDirectory, 'state'>): boolean => state === 'waiting'

const save = (db: Database, restoration: Restoration): Promise<void> =>
  saveSetting(db, NAME, JSON.stringify(restoration))

/** Finds the last restoration; undefined where there was none. */
export async function findRestoration(db: Database): Promise<Restoration | undefined> {
  const text = await findSetting(db, NAME)
  return text === undefined ? undefined : StoredSchema.parse(JSON.parse(text))
}

/** Returns whether public pages are still closed. */
export const isClosed = async (db: Database): Promise<boolean> =>
  (await findRestoration(db))?.isClosed ?? false

/** Returns whether something is to be asked of a directory: what it knows of the site, or the servers of followers. */
export const isToAsk = ({ state, followers }: AskedDirectory): boolean =>
  state === 'waiting' || followers === 'waiting'

/** Returns whether a directory has not yet said what it knows of this site since it was restored from a backup. */
export const isUnanswered = ({ isLost, directories }: Restoration): boolean =>
  !isLost && directories.some(isWaiting)

/** Stores what became of the question to one directory; the site opens with the last answer. */
export const settleDirectory = (
  trx: Database,
  { uri, ...became }: Pick<AskedDirectory, 'uri'> & Partial<AskedDirectory>,
): Promise<void> => changeDirectory(trx, uri, () => ({ problem: undefined, ...became }))

/** Adds what came of the texts of one page of an answer. */
export const addTexts = (
  trx: Database,
  { uri, ...more }: Pick<AskedDirectory, 'uri' | 'taken' | 'refused' | 'words' | 'aside'>,
): Promise<void> =>
  changeDirectory(trx, uri, ({ taken, refused, words, aside }) => ({
    words: words + more.words,
    aside: aside + more.aside,
    taken: taken + more.taken,
    refused: refused + more.refused,
  }))

async function changeDirectory(
  trx: Database,
  uri: string,
  change: (asked: AskedDirectory) => Partial<AskedDirectory>,
): Promise<void> {
  const restoration = await findRestoration(trx)
  if (!restoration) return
  const directories = restoration.directories.map((each) =>
    each.uri === uri ? { ...each, ...change(each) } : each,
  )
  const isStill = directories.some(isWaiting)
  await save(trx, {
    ...{ ...restoration, directories, isClosed: restoration.isClosed && isStill },
    areEditsHeld: restoration.areEditsHeld && isStill,
  })
  if (!isStill) await forgetUnknownClaims(trx)
}

/**
 * Opens the pages and tells what was changed here, because a person says not to wait for the answers; the directories
 * are still asked, and are told nothing of cafés before they have answered.
 */
export async function endWaiting(trx: Database): Promise<void> {
  const restoration = await findRestoration(trx)
  if (restoration) await save(trx, { ...restoration, isClosed: false, areEditsHeld: false })
}
