import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Config, readConfig } from '../../node/config.ts'
import { createDueBackup } from '../../node/jobs/backup/daily-backup.ts'
import { logErasures } from '../../node/jobs/backup/log-erasures.ts'
import { openS3Storage } from '../../node/jobs/backup/s3-storage.ts'
import { findBackupState } from '../../node/store/backup/backup-state.ts'
import { JOURNAL_FILE } from '../../node/store/backup/erasure-journal.ts'
import { saveCafe } from '../../node/store/cafes/cafes.ts'
import type { OpenDatabase } from '../../node/store/database/database.ts'
import { saveSetting } from '../../node/store/database/settings.ts'
import { openDatabase } from '../../node/store/open-database.ts'
import { insertOrganization } from '../../node/store/structures/organizations.ts'
import { removeCafe } from '../support/own-cafes.ts'
import { freePort } from '../support/ports.ts'
import { run } from '../support/program.ts'
import { aCafe } from '../support/some-cafes.ts'

/** Backups go to a storage by another author, which checks each signature, and are restored from it. */

const PROGRAM = fileURLToPath(new URL('./s3rver/peer.js', import.meta.url))
const isHere = existsSync(new URL('./s3rver/node_modules', import.meta.url))
if (!isHere && process.env.CAFE_IA_REQUIRE_PEERS)
  throw new Error('npm ci was not run in test/peers/s3rver')

const NIGHT = Temporal.Instant.from('2026-11-25T01:20:00Z')

describe.skipIf(!isHere)('backups on a storage that speaks S3', () => {
  let folder: string
  let port: number
  let server: ChildProcess
  let db: OpenDatabase
  let config: Config
  let settings: Record<string, string>
  let now = NIGHT

  async function startStorage(): Promise<void> {
    const args = [PROGRAM, join(folder, 'storage'), String(port)]
    server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(server.stdout as NodeJS.ReadableStream, 'data')
  }

  async function stopStorage(): Promise<void> {
    const ended = once(server, 'exit')
    server.kill()
    await ended
  }

  const read = () =>
    readConfig(
      Object.fromEntries(
        Object.entries(settings).map(([name, value]) => [`CAFE_IA_${name}`, value]),
      ),
    )

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cafe-ia-s3-'))
    port = await freePort()
    await mkdir(join(folder, 'storage'))
    await startStorage()
    settings = {
      ORIGIN: 'https://cafes.example',
      DATA: join(folder, 'data'),
      BACKUP_PASSPHRASE: 'quatre mots pris au hasard',
      BACKUP_S3: `http://127.0.0.1:${port}/seau/cafe-ia`,
      BACKUP_S3_KEY: 'S3RVER',
      BACKUP_S3_SECRET: 'S3RVER',
    }
    config = read()
    await mkdir(join(config.data, 'media'), { recursive: true })
    db = await openDatabase(config.database)
    await saveSetting(db, 'origin', config.origin)
    await insertOrganization(db, { id: 'organization-1', slug: 'cafes', name: 'Médiathèque' }, now)
  }, 60_000)
  afterAll(async () => {
    await db?.destroy()
    if (server?.exitCode === null) await stopStorage()
    await rm(folder, { recursive: true, force: true })
  })

  async function night(): Promise<string | undefined> {
    await createDueBackup({ db, config, now: () => now })
    now = now.add({ hours: 24 })
    return (await findBackupState(db))?.problem
  }

  const list = async () => {
    const storage = openS3Storage(read().backups.s3 ?? expect.unreachable(), config)
    return (await storage.list().finally(storage.close)).sort()
  }

  async function addPicture(): Promise<string> {
    const id = randomBytes(16).toString('hex')
    await writeFile(join(config.data, 'media', `${id}-640.webp`), randomBytes(3_000))
    const row = { id, organization_id: 'organization-1', width: 640, height: 400, sizes: '[640]' }
    await db
      .insertInto('media')
      .values({ ...row, created_at: now.toString() })
      .execute()
    return id
  }

  const command = (args: string[], more: Record<string, string> = {}) =>
    run(args, { ...settings, ...more }, folder).ended()

  test('each night there is one more, new pictures alone go there, and what is old goes', {
    timeout: 120_000,
  }, async () => {
    const first = await addPicture()
    expect(await night()).toBeUndefined()
    expect(await list()).toEqual([
      'cafe-ia-2026-11-25T0120Z.tar.gz.age',
      expect.stringMatching(/^images\/..\/.*\.age$/),
    ])
    await addPicture()
    expect(await night()).toBeUndefined()
    expect(await list()).toHaveLength(4)
    await db.deleteFrom('media').where('id', '=', first).execute()
    await rm(join(config.data, 'media', `${first}-640.webp`))
    now = NIGHT.add({ hours: 24 * 40 })
    expect(await night()).toBeUndefined()
    expect(await list()).toEqual([
      'cafe-ia-2027-01-04T0120Z.tar.gz.age',
      expect.stringMatching(/^images\//),
    ])
  })

  test('an empty machine fetches the last one and restores it, and what was erased stays so', {
    timeout: 60_000,
  }, async () => {
    const cafe = aCafe({ title: 'Un café supprimé' })
    await saveCafe(db, cafe)
    expect(await night()).toBeUndefined()
    await removeCafe(db, cafe.id, now)
    await logErasures({ db, config, now: () => now })
    const into = join(folder, 'fetched')
    const fetched = await command(['fetch-backup', into], { DATA: join(folder, 'new') })
    expect(fetched).toMatchObject({ code: 0 })
    const [, file = ''] = /^Reçue : (.*)$/m.exec(fetched.stdout) ?? []
    expect(await readFile(join(into, JOURNAL_FILE), 'utf8')).toMatch(/"kind":"cafe"/)
    const restored = await command(['restore', file], { DATA: join(folder, 'new') })
    expect(restored).toMatchObject({ code: 0 })
    expect(restored.stdout).toMatch(/restés effacés : 1\u00a0café,/)
    expect(await readdir(join(folder, 'new', 'media'))).toHaveLength(1)
    // A second machine with an empty journal does not shorten the journal in the storage.
    await rm(join(config.data, 'backups', JOURNAL_FILE))
    const other = aCafe({ title: 'Un autre' })
    await saveCafe(db, other)
    await removeCafe(db, other.id, now)
    await logErasures({ db, config, now: () => now })
    const storage = openS3Storage(config.backups.s3 ?? expect.unreachable(), config)
    const journal = (await storage.readText(JOURNAL_FILE))?.trim().split('\n')
    expect(journal).toHaveLength(2)
    await storage.close()
  })

  test('what does not work is said in one sentence, by the doctor too, and the site has its own', {
    timeout: 120_000,
  }, async () => {
    const said = async (more: Record<string, string>) => {
      const { stdout } = await command(['doctor'], more)
      return stdout.split('\n').find((line) => line.includes(`127.0.0.1:${port}`))
    }
    expect(await said({ BACKUP_S3_SECRET: 'faux' })).toMatch(
      /✗ Le stockage .* a refusé \(SignatureDoesNotMatch\) : vérifiez CAFE_IA_BACKUP_S3_SECRET/,
    )
    expect(await said({ BACKUP_S3_KEY: 'personne' })).toMatch(/InvalidAccessKeyId.*BACKUP_S3_KEY/)
    expect(await said({ BACKUP_S3: `http://127.0.0.1:${port}/ailleurs` })).toMatch(/NoSuchBucket/)
    await stopStorage()
    expect(await said({})).toMatch(/✗ Le stockage .* ne répond pas/)
    const failed = now
    expect(await night()).toMatch(/ne répond pas/)
    expect(await night()).toMatch(/ne répond pas/)
    const state = await findBackupState(db)
    expect(state?.copyFailingSince).toEqual(failed)
    expect(state?.last?.at).toEqual(failed.add({ hours: 24 }))
    await startStorage()
    expect(await night()).toBeUndefined()
    expect((await findBackupState(db))?.copyFailingSince).toBeUndefined()
  })
})
