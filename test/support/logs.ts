import { getConfig } from '@logtape/logtape'
import { configureLog } from '../../node/server/log.ts'
import type { Database } from '../../node/store/database/database.ts'

/** What the servers of this process have logged, at every level. */
const lines: string[] = []
/** The maximum number of lines that are kept: of the longest files, which make a flood, a part is checked. */
const MOST_LINES = 20_000

/** Servers may be started together; one of them configures the log. */
let configuring: Promise<void> | undefined

/** Makes every line that a server of this process logs be checked when one stops. */
export async function watchLogs(): Promise<void> {
  const keep = (line: string) => lines.length < MOST_LINES && lines.push(line)
  // A test that reads the log itself has configured it.
  if (getConfig() === null)
    configuring ??= configureLog('debug', keep).finally(() => {
      configuring = undefined
    })
  await configuring
}

/** The maximum number of rows of each table that are looked for: tests that make thousands make them alike. */
const MOST = 100
/** A shorter word is part of others. */
const SHORTEST = 6
/**
 * The form of random handles (`newHandle`), which lead to a person; tests give other handles too, which are in no real
 * log.
 */
const DRAWN = /^[a-z2-9]{10}$/

/** Lists people's names and how they are reached, from this database. */
async function listPersonalWords(db: Database): Promise<string[]> {
  const words = await Promise.all([
    db.selectFrom('account').select('email as word').limit(MOST).execute(),
    db.selectFrom('alert').select('email as word').limit(MOST).execute(),
    db.selectFrom('referent').select('email as word').limit(MOST).execute(),
    db.selectFrom('facilitator_contact').select('email as word').limit(MOST).execute(),
    db.selectFrom('facilitator').select('name as word').limit(MOST).execute(),
    db.selectFrom('mail').select('recipient as word').limit(MOST).execute(),
    db.selectFrom('registration').select('email as word').limit(MOST).execute(),
    db.selectFrom('suggestion').select('email as word').limit(MOST).execute(),
    db.selectFrom('registration').select('phone as word').limit(MOST).execute(),
    db.selectFrom('registration').select('handle as word').limit(MOST).execute(),
  ])
  const handles = await db.selectFrom('facilitator').select('handle').limit(MOST).execute()
  return [
    ...words.flat().flatMap(({ word }) => (word && word.length >= SHORTEST ? [word] : [])),
    ...handles.flatMap(({ handle }) => (DRAWN.test(handle) ? [handle] : [])),
  ]
}

/**
 * Checks the logs.
 * @param written - What a server of another process wrote; without it, everything of this process.
 * @throws Error with the lines in which a person of this database is named.
 */
export async function checkLogs(db: Database, written: readonly string[] = lines): Promise<void> {
  if (written.length === 0) return
  const words = await listPersonalWords(db).catch((error) => {
    // A test may have removed a table, to see an internal failure.
    if (/no such table|does not exist/.test(String(error))) return []
    throw error
  })
  const naming = written.filter((line) => words.some((word) => line.includes(word)))
  if (naming.length === 0) return
  if (written === lines) lines.length = 0
  throw new Error(`somebody is named in the log:\n${naming.slice(0, 3).join('\n')}`)
}
