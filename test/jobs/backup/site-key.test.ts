import { mkdtemp, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Config } from '../../../node/config.ts'
import { DATABASE_PART } from '../../../node/domain/backup/backup.ts'
import { createBackup } from '../../../node/jobs/backup/create-backup.ts'
import { unpackBackup } from '../../../node/jobs/backup/unpack-backup.ts'
import { insertAccount } from '../../../node/store/accounts/accounts.ts'
import {
  deleteSecondFactor,
  insertSecondFactor,
  isKnownKey,
} from '../../../node/store/accounts/second-factors.ts'
import { takeSiteKey } from '../../../node/store/backup/snapshot.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import {
  findSiteKey,
  KEY_FILE,
  loadSiteKey,
  openSealed,
  saveSiteKey,
  sealText,
} from '../../../node/store/files/site-key.ts'
import { openDatabase } from '../../../node/store/open-database.ts'
import { openSiteToBackUp } from './site-to-back-up.ts'

/** The key of a site: a file beside its database, which goes along in backups that are encrypted. */

const NOW = Temporal.Instant.from('2026-11-25T01:20:00Z')

let folder: string
let config: Config
let db: OpenDatabase
let close: () => Promise<void>
beforeEach(async () => {
  ;({ folder, config, db, close } = await openSiteToBackUp(NOW))
})
afterEach(() => close())

test('is made once, for its owner alone, whole, however many processes begin at once', async () => {
  const { data } = config
  expect(await findSiteKey(data)).toBeUndefined()
  const made = await Promise.all(Array.from({ length: 8 }, () => loadSiteKey(data)))
  expect(new Set(made.map((key) => key.toString('hex'))).size).toBe(1)
  expect((await stat(join(data, KEY_FILE))).mode & 0o777).toBe(0o600)
  await saveSiteKey(data, Buffer.alloc(32))
  expect(await loadSiteKey(data)).toEqual(made[0])
})

test('opens what it has sealed, for that row alone, as it was written', () => {
  const [key, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
  const sealed = sealText('JBSWY3DPEHPK3PXP', { key, id: 'one' })
  expect(openSealed(sealed, { key, id: 'one' })).toBe('JBSWY3DPEHPK3PXP')
  expect(sealText('JBSWY3DPEHPK3PXP', { key, id: 'one' })).not.toBe(sealed)
  expect(openSealed(sealed, { key: other, id: 'one' })).toBeUndefined()
  expect(openSealed(sealed, { key, id: 'two' })).toBeUndefined()
  for (const wrong of ['', 'JBSWY3DPEHPK3PXP', sealed.slice(0, -2), `A${sealed}`])
    expect(openSealed(wrong, { key, id: 'one' })).toBeUndefined()
})

test('that is another than at the start before is known as such, until nothing is sealed by the former', async () => {
  const [first, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
  expect(await isKnownKey(db, first)).toBe(true)
  const person = {
    email: 'zoe@lieu.example',
    organizationId: 'organization-1',
    role: 'editor',
  } as const
  const { id: accountId } = await insertAccount(db, person, NOW)
  await insertSecondFactor(db, { accountId, key: first }, NOW)
  await db.updateTable('second_factor').set({ confirmed_at: NOW.toString() }).execute()
  expect([await isKnownKey(db, other), await isKnownKey(db, other)]).toEqual([false, false])
  expect(await isKnownKey(db, first)).toBe(true)
  await deleteSecondFactor(db, accountId)
  expect([await isKnownKey(db, other), await isKnownKey(db, other)]).toEqual([false, true])
})

test('is in a backup that a passphrase closes, and in no other', async () => {
  const key = await loadSiteKey(config.data)
  for (const passphrase of [undefined, 'quatre mots pris au hasard']) {
    const into = await mkdtemp(join(folder, 'restored-'))
    const file = join(into, 'site.tar.gz')
    const { database, data } = config
    await createBackup({ database, data, file, passphrase }, NOW.toString())
    await unpackBackup({ file, passphrase, folder: into, areMediaKept: true })
    const path = join(into, DATABASE_PART)
    const text = key.toString('base64url')
    expect((await readFile(path)).includes(text)).toBe(passphrase !== undefined)
    const restored = await openDatabase(path)
    expect(await takeSiteKey(restored)).toEqual(passphrase === undefined ? undefined : key)
    expect(await takeSiteKey(restored)).toBeUndefined()
    await restored.destroy()
    expect((await readFile(path)).includes(text)).toBe(false)
  }
  const site = await db.selectFrom('setting').select('value').execute()
  expect(site.map(({ value }) => value)).not.toContain(key.toString('base64url'))
})
