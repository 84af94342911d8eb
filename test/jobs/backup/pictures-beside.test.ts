import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Config } from '../../../node/config.ts'
import { createDueBackup } from '../../../node/jobs/backup/daily-backup.ts'
import { listStoredPictures } from '../../../node/jobs/backup/picture-store.ts'
import { checkBackup, unpackBackup } from '../../../node/jobs/backup/unpack-backup.ts'
import { findBackupState } from '../../../node/store/backup/backup-state.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { times } from '../../support/full.ts'
import { openSiteToBackUp } from './site-to-back-up.ts'

/** The pictures of the nightly backups are stored in a folder beside them, each of them once. */

const NIGHT = Temporal.Instant.from('2026-11-25T01:20:00Z')
const PASSPHRASE = 'quatre mots pris au hasard'

let folder: string
let config: Config
let db: OpenDatabase
let close: () => Promise<void>
let now = NIGHT
beforeEach(async () => {
  now = NIGHT
  ;({ folder, config, db, close } = await openSiteToBackUp(now))
})
afterEach(() => close())

type Picture = { id: string; name: string; bytes: Buffer; stored: string }

async function addPicture(bytes = randomBytes(30_000)): Promise<Picture> {
  const id = randomBytes(16).toString('hex')
  const name = `${id}-640.webp`
  await writeFile(join(config.data, 'media', name), bytes)
  const row = { id, organization_id: 'organization-1', width: 640, height: 400, sizes: '[640]' }
  await db
    .insertInto('media')
    .values({ ...row, created_at: now.toString() })
    .execute()
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { id, name, bytes, stored: `images/${sha256.slice(0, 2)}/${sha256}` }
}

async function removePicture({ id, name }: Picture): Promise<void> {
  await db.deleteFrom('media').where('id', '=', id).execute()
  await rm(join(config.data, 'media', name))
}

const own = () => join(config.data, 'backups')
const copy = () => join(folder, 'copy')

async function night(hours = 24): Promise<void> {
  await createDueBackup({ db, config, now: () => now })
  expect((await findBackupState(db))?.problem).toBeUndefined()
  now = now.add({ hours })
}

const backupsIn = async (place: string) =>
  (await readdir(place)).filter((name) => name.startsWith('cafe-ia-')).sort()
const picturesIn = async (place: string) => (await listStoredPictures(place)).sort()
const sorted = (pictures: Picture[]) => pictures.map(({ stored }) => stored).sort()

/** Restores the last backup of a folder and returns the files by name. */
async function read(place: string, passphrase?: string): Promise<Map<string, Buffer>> {
  const into = await mkdtemp(join(folder, 'restored-'))
  const file = join(place, (await backupsIn(place)).at(-1) ?? '')
  await unpackBackup({ file, passphrase, folder: into, areMediaKept: true })
  const names = await readdir(join(into, 'media'))
  const read = async (name: string) => [name, await readFile(join(into, 'media', name))] as const
  return new Map(await Promise.all(names.map(read)))
}

const expected = (pictures: Picture[]) => new Map(pictures.map(({ name, bytes }) => [name, bytes]))

test('what has not changed is not copied again, here and in the second folder', async () => {
  const pictures = [await addPicture(), await addPicture()]
  await night()
  const inodes = async () =>
    Promise.all(sorted(pictures).map(async (name) => (await stat(join(own(), name))).ino))
  const before = await inodes()
  pictures.push(await addPicture())
  await night()
  for (const place of [own(), copy()]) {
    expect(await picturesIn(place)).toEqual(sorted(pictures))
    expect(await read(place)).toEqual(expected(pictures))
    for (const name of await backupsIn(place)) {
      const file = join(place, name)
      expect((await checkBackup({ file, passphrase: undefined })).manifest.format).toBe(2)
      expect((await stat(file)).size).toBeLessThan(200_000)
    }
  }
  expect((await inodes()).filter((each) => before.includes(each))).toHaveLength(2)
})

test('a picture goes with the last backup that names it', { timeout: 60_000 }, async () => {
  const [stays, goes] = [await addPicture(), await addPicture()]
  await night()
  await removePicture(goes)
  for (let nights = 0; nights < 6; nights++) await night()
  for (const place of [own(), copy()]) expect(await picturesIn(place)).toHaveLength(2)
  now = NIGHT.add({ hours: 24 * 29 })
  await night()
  for (const place of [own(), copy()]) expect(await picturesIn(place)).toEqual([stays.stored])
})

test('the second folder keeps what only its own backups need', async () => {
  const lost = await addPicture()
  await night()
  await removePicture(lost)
  await rm(own(), { recursive: true })
  await night()
  expect(await picturesIn(copy())).toEqual([lost.stored])
  expect(await picturesIn(own())).toEqual([])
})

test('what is damaged or gone is said, and is mended by the next backup', async () => {
  const [one, other] = [await addPicture(), await addPicture()]
  await night()
  await writeFile(join(own(), one.stored), 'x')
  await rm(join(own(), other.stored))
  const [name = ''] = await backupsIn(own())
  const file = join(own(), name)
  await expect(checkBackup({ file, passphrase: undefined })).rejects.toThrow(
    /manquent ou sont abîmées \(2\).*images doit être à côté/,
  )
  const into = await mkdtemp(join(folder, 'restored-'))
  const spared = { areMediaKept: true, arePicturesSpared: true }
  const { missing } = await unpackBackup({
    ...{ file, passphrase: undefined, folder: into },
    ...spared,
  })
  expect(missing).toBe(2)
  await night()
  expect(await read(own())).toEqual(expected([one, other]))
})

test('is encrypted where the backup is, and told apart from what was not', async () => {
  const picture = await addPicture()
  await night()
  config = { ...config, backups: { ...config.backups, passphrase: PASSPHRASE } }
  await night()
  expect(await picturesIn(copy())).toEqual([picture.stored, `${picture.stored}.age`])
  const packed = await readFile(join(copy(), `${picture.stored}.age`))
  expect(packed.includes(picture.bytes.subarray(0, 100))).toBe(false)
  expect(packed.toString('latin1')).toMatch(/^age-encryption\.org\/v1\n-> X25519 /)
  await rm(join(copy(), picture.stored))
  expect(await read(copy(), PASSPHRASE)).toEqual(expected([picture]))
})

test('with another passphrase the next backup opens with that one, those before with the one before', async () => {
  const pictures = [await addPicture()]
  const protect = (passphrase: string) => {
    config = { ...config, backups: { ...config.backups, passphrase } }
  }
  protect(PASSPHRASE)
  await night()
  pictures.push(await addPicture())
  const other = 'encore quatre autres mots'
  protect(other)
  await night()
  expect(await read(copy(), other)).toEqual(expected(pictures))
  const [older = '', newer = ''] = await backupsIn(copy())
  const open = (name: string, passphrase: string) =>
    checkBackup({ file: join(copy(), name), passphrase })
  await open(older, PASSPHRASE)
  for (const [name, passphrase] of [
    [older, other],
    [newer, PASSPHRASE],
  ] as const)
    await expect(open(name, passphrase)).rejects.toThrow(/n’ouvre pas cette sauvegarde/)
})

const MAKER = fileURLToPath(new URL('../../support/backup-maker.ts', import.meta.url))

test('killed anywhere, it leaves no backup without its pictures', {
  timeout: 120_000,
}, async () => {
  const pictures = []
  for (let count = 0; count < 120; count++) pictures.push(await addPicture(randomBytes(60_000)))
  await mkdir(own(), { recursive: true })
  const make = async (nth: number, killAfter?: number): Promise<boolean> => {
    const minute = 10 + nth
    const file = join(own(), `cafe-ia-2026-11-24T10${minute}Z.tar.gz`)
    const args = [MAKER, config.data, file, `2026-11-24T10:${minute}:00Z`]
    const maker = spawn(process.execPath, args, { stdio: 'ignore' })
    const ended = once(maker, 'exit')
    const timer =
      killAfter === undefined ? undefined : setTimeout(() => maker.kill('SIGKILL'), killAfter)
    const [code] = await ended
    clearTimeout(timer)
    if (existsSync(file)) await checkBackup({ file, passphrase: undefined })
    return code === 0
  }
  const removeStored = () => rm(join(own(), 'images'), { recursive: true, force: true })
  // The kills are spread over as long as a whole run takes on this machine, from where the program is loaded on.
  const began = performance.now()
  expect(await make(0)).toBe(true)
  const whole = performance.now() - began
  await removeStored()
  const kills = times(10, 40)
  let killed = 0
  for (let nth = 1; nth <= kills; nth++) {
    if (!(await make(nth, whole * (0.2 + (0.8 * nth) / kills)))) killed += 1
    // The stored pictures are deleted after every fourth kill only; otherwise a run continues from them.
    if (nth % 4 === 0) await removeStored()
  }
  expect(killed).toBeGreaterThan(kills / 4)
  await night()
  expect(await read(own())).toEqual(expected(pictures))
  expect((await readdir(own())).filter((name) => name.startsWith('.'))).toEqual([])
})
