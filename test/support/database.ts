import { constants } from 'node:fs'
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import type { OpenDatabase } from '../../node/store/database/database.ts'
import { openDatabase } from '../../node/store/open-database.ts'

/** Whether this run of a test file uses PostgreSQL, and not SQLite. */
export const isOnPostgres = process.env.CAFE_IA_TEST_DATABASE === 'postgres'

export type TestDatabase = {
  /** A path, or a `postgres://` address. */
  address: string
  /** The setting of a server that uses it; empty for the file in its data folder. */
  setting: { CAFE_IA_DATABASE?: string }
  remove: () => Promise<void>
}

/** Makes a new database with empty tables; on SQLite a file in `folder`, where an existing one is left as it is. */
export const createTestDatabase = (folder: string): Promise<TestDatabase> =>
  isOnPostgres ? createPostgresDatabase('with_tables') : createFile(folder)

async function createFile(folder: string): Promise<TestDatabase> {
  const address = join(folder, 'cafe-ia.sqlite')
  await mkdir(folder, { recursive: true })
  await copyFile(inject('sqliteTemplate'), address, constants.COPYFILE_EXCL).catch(ignoreExisting)
  return { address, setting: {}, remove: async () => undefined }
}

const ignoreExisting = (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EEXIST') throw error
}

/**
 * Makes a database on PostgreSQL, whatever the rest of the run uses: an empty one, or with the tables of a first start.
 */
export async function createPostgresDatabase(
  template: 'template0' | 'with_tables' = 'template0',
): Promise<TestDatabase> {
  const server = await askForServer()
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  await administer(
    server,
    `create database ${name} template ${template} strategy file_copy locale 'C'`,
  )
  const address = `${server}/${name}`
  return {
    address,
    setting: { CAFE_IA_DATABASE: address },
    remove: () => administer(server, `drop database if exists ${name} with (force)`),
  }
}

/** Opens a database, and returns it with the function that removes all of it. */
export async function openTestDatabase(): Promise<{
  db: OpenDatabase
  address: string
  close: () => Promise<void>
}> {
  const folder = await mkdtemp(join(tmpdir(), 'cafe-ia-database-'))
  const { address, remove } = await createTestDatabase(folder)
  const db = await openDatabase(address)
  return {
    db,
    address,
    close: async () => {
      await db.destroy()
      await remove()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function askForServer(): Promise<string> {
  const response = await fetch(inject('postgresAdmin'))
  const answer = await response.text()
  if (!response.ok) throw new Error(answer)
  return answer
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${server}/postgres` })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
