import { constants } from 'node:fs'
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import type { OpenDatabase } from '../../node/store/database/database.ts'
import { openDatabase } from '../../node/store/open-database.ts'

/** Which of the two databases this run of a test file is on. */
export const isOnPostgres = process.env.CAFE_IA_TEST_DATABASE === 'postgres'

export type TestDatabase = {
  /** A path, or a `postgres://` address. */
  address: string
  /** Where it is, as a setting of a server: none for the file in its data folder. */
  setting: { CAFE_IA_DATABASE?: string }
  remove: () => Promise<void>
}

/** A new database with empty tables; on SQLite a file in `folder`, where one that is there already is left as it is. */
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

/** On PostgreSQL, whatever the rest of the run is on; an empty one, or with the tables of a first start. */
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

/** An open one, and how to leave nothing of it. */
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
