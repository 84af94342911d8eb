import { createWriteStream } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RefusedBackup } from '../../node/domain/backup/backup.ts'
import { createBackup } from '../../node/jobs/backup/create-backup.ts'
import { checkBackup, unpackBackup } from '../../node/jobs/backup/unpack-backup.ts'
import { saveSetting } from '../../node/store/database/settings.ts'
import { openDatabase } from '../../node/store/open-database.ts'
import { manifestOf, partOf, type TarEntry, tarOf, writeGzip } from '../support/backup-files.ts'

/** Files that claim to be backups and are none, or whose content differs from what they claim. */

const NOW = '2026-11-25T03:00:00Z'
const DAMAGED = /abîmée ou incomplète/
const FOREIGN = /n’est pas une sauvegarde de ce programme/

let folder: string
let good: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cafe-ia-hostile-backups-'))
  const database = join(folder, 'cafe-ia.sqlite')
  const db = await openDatabase(database)
  await saveSetting(db, 'origin', 'https://cafes.example')
  await db.destroy()
  good = join(folder, 'good.tar.gz')
  await createBackup({ database, data: folder, file: good, passphrase: undefined }, NOW)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const check = (file: string, passphrase?: string) => checkBackup({ file, passphrase })

/** Lists files that were left in the folder or written outside of the unpacked one. */
const listLeft = async () =>
  (await readdir(folder)).filter((name) => name.startsWith('.') || name === 'evil')

async function refusal(entries: TarEntry[]): Promise<string> {
  const file = await writeGzip(join(folder, 'bad.tar.gz'), tarOf(entries))
  const error = await check(file).then(
    () => new Error('it was taken'),
    (error: Error) => error,
  )
  expect(error.name).toBe('RefusedBackup')
  expect(await listLeft()).toEqual([])
  return error.message
}

const sqlite = Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(4096)])
const database = partOf('database.sqlite', sqlite)
const manifest = (change = {}, parts = [database]): TarEntry => ({
  path: 'manifest.json',
  body: manifestOf(parts, change),
})

test('the backup that these are made from is accepted', async () => {
  const { manifest } = await check(good)
  expect(manifest).toMatchObject({ origin: 'https://cafes.example', createdAt: NOW })
})

describe('a file that was cut off', () => {
  test.each([0, 1, 10, 500, 5_000])('after %i bytes is refused', async (length) => {
    const file = join(folder, 'cut.tar.gz')
    await writeFile(file, (await readFile(good)).subarray(0, length))
    await expect(check(file)).rejects.toThrow(length < 2 ? FOREIGN : DAMAGED)
  })

  test('of its last byte is refused', async () => {
    const file = join(folder, 'cut.tar.gz')
    await writeFile(file, (await readFile(good)).subarray(0, -1))
    await expect(check(file)).rejects.toThrow(DAMAGED)
  })
})

test('an altered byte is seen, where it changes anything', { timeout: 30_000 }, async () => {
  const bytes = await readFile(good)
  const original = await check(good)
  const file = join(folder, 'altered.tar.gz')
  for (let at = 40; at < bytes.length; at += Math.floor(bytes.length / 12)) {
    const altered = Buffer.from(bytes)
    altered[at] = (altered[at] ?? 0) ^ 0x20
    await writeFile(file, altered)
    const checked = await check(file).catch((error: unknown) => error)
    // Two gzip codes may stand for the same bytes, so the altered file may be the same backup.
    if (checked instanceof Error) expect(checked, `byte ${at}`).toBeInstanceOf(RefusedBackup)
    else expect(checked, `byte ${at}`).toEqual(original)
  }
})

test('what is no archive is refused at its first bytes', async () => {
  for (const text of ['', 'bonjour', '<html>', 'SQLite format 3\0']) {
    await writeFile(join(folder, 'text'), text)
    await expect(check(join(folder, 'text'))).rejects.toThrow(FOREIGN)
  }
})

describe('an archive with other parts', () => {
  test.each([
    ['a path that climbs', { path: '../evil', body: sqlite }],
    ['an absolute path', { path: '/tmp/evil', body: sqlite }],
    [
      'a link',
      {
        path: 'database.sqlite',
        body: sqlite,
        type: 'SymbolicLink' as const,
        linkpath: '/etc/passwd',
      },
    ],
    ['a folder', { path: 'database.sqlite', body: sqlite, type: 'Directory' as const }],
    ['another length', { path: 'database.sqlite', body: sqlite, size: 12 }],
    ['other bytes', { path: 'database.sqlite', body: Buffer.from(sqlite).fill(1, 100) }],
  ])('%s is refused', async (_, entry) => {
    expect(await refusal([manifest(), entry])).toMatch(DAMAGED)
  })

  test('one part more than the manifest says is refused', async () => {
    const more = { path: 'evil', body: Buffer.from('more') }
    expect(await refusal([manifest(), { path: 'database.sqlite', body: sqlite }, more])).toMatch(
      DAMAGED,
    )
  })

  test.each(['../evil', '/evil', 'media/../../evil', 'media/..', '.env', 'media/evil.sh'])(
    'a manifest that names %s is refused',
    async (name) => {
      const evil = partOf(name, Buffer.from('x'))
      expect(await refusal([manifest({}, [database, evil])])).toMatch(FOREIGN)
    },
  )

  test('a manifest that names a part twice, or no database, is refused', async () => {
    expect(await refusal([manifest({}, [database, database])])).toMatch(FOREIGN)
    expect(
      await refusal([manifest({}, [partOf(`media/${'a'.repeat(32)}-400.jpg`, sqlite)])]),
    ).toMatch(FOREIGN)
  })
})

test('what is said to lie beside it is no database, and is in a format that knows of it', async () => {
  const away = { ...database, isBeside: true }
  expect(await refusal([manifest({ format: 2 }, [away])])).toMatch(FOREIGN)
  const picture = {
    ...partOf(`media/${'0'.repeat(32)}-640.webp`, Buffer.from('x')),
    isBeside: true,
  }
  expect(await refusal([manifest({}, [database, picture])])).toMatch(FOREIGN)
})

test('a format of a newer program is named', async () => {
  expect(await refusal([manifest({ format: 3 })])).toMatch(
    /version plus récente du programme \(format 3/,
  )
})

test('a file that is no database, or that has other counts of rows than the manifest, is refused', async () => {
  expect(await refusal([manifest(), { path: 'database.sqlite', body: sqlite }])).toMatch(/abîmée/)
  const kept = join(folder, 'kept')
  await mkdir(kept)
  await unpackBackup({ file: good, passphrase: undefined, folder: kept, areMediaKept: true })
  const body = await readFile(join(kept, 'database.sqlite'))
  const counts = { cafes: 12, people: 0, followers: 0, members: 0, listed: 0 }
  const part = partOf('database.sqlite', body)
  expect(await refusal([manifest({ counts }, [part]), { path: 'database.sqlite', body }])).toMatch(
    /sommaire/,
  )
})

describe('a database to which somebody added', () => {
  const THIEF = `insert into setting (name, value) values ('thief', 'x')`
  test.each([
    [
      'a trigger',
      `create trigger thief after insert on session begin ${THIEF}; end`,
      /déclencheur « thief »/,
    ],
    ['a view', 'create view thief as select * from account', /vue « thief »/],
    ['a table', 'create table thief (id text)', /table « thief »/],
    ['an index', 'create index thief on cafe (title)', /index « thief »/],
    ['another column', 'alter table session add column thief text', /table « session »/],
    ['nothing, and took an index away', 'drop index delivery_due', /a moins de tables, d’index/],
  ])('%s is refused', async (_, statement, sentence) => {
    const kept = await mkdtemp(join(folder, 'kept-'))
    await unpackBackup({ file: good, passphrase: undefined, folder: kept, areMediaKept: true })
    const path = join(kept, 'database.sqlite')
    const sqlite = new SQLite(path)
    sqlite.pragma('journal_mode = delete')
    sqlite.exec(statement)
    sqlite.close()
    const body = await readFile(path)
    const part = partOf('database.sqlite', body)
    expect(await refusal([manifest({}, [part]), { path: 'database.sqlite', body }])).toMatch(
      sentence,
    )
  })
})

test('a backup is dated at the beginning of its second, so that no later revision looks older', async () => {
  const file = join(folder, 'dated.tar.gz')
  const input = { database: join(folder, 'cafe-ia.sqlite'), data: folder, file }
  await createBackup({ ...input, passphrase: undefined }, '2026-11-25T03:00:00.7Z')
  expect((await check(file)).manifest.createdAt).toBe('2026-11-25T03:00:00Z')
})

test('an older one in the place of a newer one is refused, and taken by a name of its own', async () => {
  const swapped = join(folder, 'cafe-ia-2026-11-26T0300Z.tar.gz')
  await copyFile(good, swapped)
  await expect(check(swapped)).rejects.toThrow(/faite le 2026-11-25T03:00 .* on l’a peut-être/)
  const named = join(folder, 'cafe-ia-2026-11-25T0300Z.tar.gz')
  await copyFile(good, named)
  expect((await check(named)).manifest.createdAt).toBe(NOW)
})

describe('decompression bombs and endless parts', () => {
  const zeros = async (head: Buffer, megabytes: number): Promise<string> => {
    const file = join(folder, 'bomb.tar.gz')
    const chunk = Buffer.alloc(1024 ** 2)
    await pipeline(
      Readable.from([head, ...Array<Buffer>(megabytes).fill(chunk)]),
      createGzip({ level: 1 }),
      createWriteStream(file),
    )
    return file
  }

  test('zeros without end are no backup', async () => {
    await expect(check(await zeros(Buffer.alloc(0), 300))).rejects.toThrow(FOREIGN)
  })

  test('ten gigabytes of zeros as a database are left at their first bytes', async () => {
    const part = { name: 'database.sqlite', bytes: 10 * 1024 ** 3, sha256: '0'.repeat(64) }
    const head = tarOf([manifest({}, [part])]).subarray(0, -1024)
    const block = tarOf([
      { path: 'database.sqlite', body: Buffer.alloc(0), size: part.bytes },
    ]).subarray(0, 512)
    const started = performance.now()
    await expect(check(await zeros(Buffer.concat([head, block]), 200))).rejects.toThrow(
      /pas une sauvegarde|n’a pas cette place/,
    )
    expect(performance.now() - started).toBeLessThan(5_000)
    expect(await listLeft()).toEqual([])
  })

  test('more than the disk holds is refused before a byte is written', async () => {
    const part = { name: 'database.sqlite', bytes: 2 ** 50, sha256: '0'.repeat(64) }
    expect(await refusal([manifest({}, [part])])).toMatch(/demande 1073741824 Mo/)
  })

  test('a manifest without end is not read', async () => {
    expect(
      await refusal([{ path: 'manifest.json', body: Buffer.from('{}'), size: 2 ** 33 }]),
    ).toMatch(FOREIGN)
  })
})

describe('an encrypted one', () => {
  const passphrase = 'cheval pile agrafe correcte'
  let sealed: string
  beforeAll(async () => {
    sealed = join(folder, 'sealed.tar.gz.age')
    const input = {
      database: join(folder, 'cafe-ia.sqlite'),
      data: folder,
      file: sealed,
      passphrase,
    }
    await createBackup(input, NOW)
  })

  test('opens with its passphrase, and shows nothing without', async () => {
    expect((await check(sealed, passphrase)).manifest.origin).toBe('https://cafes.example')
    expect((await readFile(sealed)).includes('cafes.example')).toBe(false)
    await expect(check(sealed)).rejects.toThrow(/chiffrée/)
    await expect(check(sealed, 'cheval pile agrafe incorrecte')).rejects.toThrow(/n’ouvre pas/)
  })

  test('is the only kind that is taken where there is a passphrase, whoever planted the other', async () => {
    await expect(check(good, passphrase)).rejects.toThrow(
      /n’est pas chiffrée, alors que CAFE_IA_BACKUP_PASSPHRASE/,
    )
  })

  test('is refused when it was cut off or altered', async () => {
    const bytes = await readFile(sealed)
    const file = join(folder, 'sealed-bad')
    for (const bad of [
      bytes.subarray(0, -1),
      bytes.subarray(0, 300),
      Buffer.from(bytes).fill(0, bytes.length - 40),
    ]) {
      await writeFile(file, bad)
      await expect(check(file, passphrase)).rejects.toThrow(/abîmée|n’ouvre pas/)
    }
  })
})
