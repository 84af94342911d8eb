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
  /** Whether there was no backup, so that the directory is asked for the servers of the followers too. */
  isLost: z.boolean(),
  /** Whether public pages are closed until everybody has answered. */
  isClosed: z.boolean(),
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
      /** How many servers of followers hear this site again. */
      servers: z.int(),
      /** How many cafés came back as this site signed them after the backup. */
      taken: z.int(),
      /** How many texts were refused, since no key of this site has signed them. */
      refused: z.int(),
      /** The addresses of cafés that were changed after the backup, and here since the restore. */
      conflicts: z.array(z.string()),
    }),
  ),
})

export type Restoration = z.output<typeof StoredSchema>
export type AskedDirectory = Restoration['directories'][number]

/**
 * Stores what is asked from now on; nothing is where there is no directory to ask. A question that was under way in the
 * backup begins anew.
 * @param uris - The actors of the directories.
 */
export async function saveRestoration(
  trx: Database,
  { uris, ...restoration }: Omit<Restoration, 'directories'> & { uris: readonly string[] },
): Promise<void> {
  if (uris.length === 0) return
  await trx.deleteFrom('task').where('kind', '=', 'restoration').execute()
  const directories = uris.map((uri) => ({ uri, ...NOTHING_YET, conflicts: [] }))
  await save(trx, { ...restoration, directories })
}

const NOTHING_YET = { state: 'waiting', servers: 0, taken: 0, refused: 0 } as const

const save = (db: Database, restoration: Restoration): Promise<void> =>
  saveSetting(db, NAME, JSON.stringify(restoration))

/** Finds the last restoration; undefined where there was none, or no directory that could be asked. */
export async function findRestoration(db: Database): Promise<Restoration | undefined> {
  const text = await findSetting(db, NAME)
  return text === undefined ? undefined : StoredSchema.parse(JSON.parse(text))
}

/** Returns whether public pages are still closed. */
export const isClosed = async (db: Database): Promise<boolean> =>
  (await findRestoration(db))?.isClosed ?? false

/** Stores what became of the question to one directory; the site opens with the last answer. */
export const settleDirectory = (
  trx: Database,
  { uri, ...became }: Pick<AskedDirectory, 'uri'> & Partial<AskedDirectory>,
): Promise<void> => changeDirectory(trx, uri, () => ({ problem: undefined, ...became }))

/** The maximum number of cafés changed on both sides that are listed for a directory. */
const MOST_CONFLICTS = 50

/** Adds what came of the texts of one page of an answer. */
export const addTexts = (
  trx: Database,
  { uri, ...more }: Pick<AskedDirectory, 'uri' | 'taken' | 'refused' | 'conflicts'>,
): Promise<void> =>
  changeDirectory(trx, uri, ({ taken, refused, conflicts }) => ({
    taken: taken + more.taken,
    refused: refused + more.refused,
    conflicts: [...new Set([...conflicts, ...more.conflicts])].slice(0, MOST_CONFLICTS),
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
  const isWaiting = directories.some(({ state }) => state === 'waiting')
  await save(trx, { ...restoration, directories, isClosed: restoration.isClosed && isWaiting })
  if (!isWaiting) await forgetUnknownClaims(trx)
}

/** Opens the pages because a person says not to wait for the answers; the directories are still asked. */
export async function openPages(trx: Database): Promise<void> {
  const restoration = await findRestoration(trx)
  if (restoration) await save(trx, { ...restoration, isClosed: false })
}
