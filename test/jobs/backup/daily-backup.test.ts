import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Config } from '../../../node/config.ts'
import {
  type BackupState,
  backupFileName,
  isBackupDue,
  isBackupLate,
  selectBackups,
} from '../../../node/domain/backup/backup-state.ts'
import { createAskedBackup, createDueBackup } from '../../../node/jobs/backup/daily-backup.ts'
import { logErasures } from '../../../node/jobs/backup/log-erasures.ts'
import { checkBackup } from '../../../node/jobs/backup/unpack-backup.ts'
import { askForBackup, findBackupState } from '../../../node/store/backup/backup-state.ts'
import { JOURNAL_FILE, readErasures } from '../../../node/store/backup/erasure-journal.ts'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { cancelCafe, removeCafe } from '../../support/own-cafes.ts'
import { aCafe } from '../../support/some-cafes.ts'
import { openSiteToBackUp } from './site-to-back-up.ts'

/** Checks the backup that a server makes every night without being asked. */

const at = (text: string) => Temporal.Instant.from(text)
const NIGHT = at('2026-11-25T01:20:00Z')

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

const backUp = () => createDueBackup({ db, config, now: () => now })
const list = async (name: string) =>
  (await readdir(join(folder, name))).filter((file) => file.startsWith('cafe-ia-'))

test('each night there is one more, checked, here and in the second folder; seven days and four weeks are kept', {
  timeout: 60_000,
}, async () => {
  await backUp()
  expect(await list('data/backups')).toEqual(['cafe-ia-2026-11-25T0120Z.tar.gz'])
  expect(await list('copy')).toEqual(await list('data/backups'))
  const file = join(folder, 'copy', 'cafe-ia-2026-11-25T0120Z.tar.gz')
  expect((await checkBackup({ file, passphrase: undefined })).manifest.origin).toBe(config.origin)
  expect(await findBackupState(db)).toMatchObject({
    last: { at: NIGHT, file: 'cafe-ia-2026-11-25T0120Z.tar.gz' },
    problem: undefined,
  })
  // The next backup is due at night, so nothing is made during the day.
  now = now.add({ hours: 8 })
  await backUp()
  expect(await list('copy')).toHaveLength(1)
  now = NIGHT.add({ hours: 24 })
  await backUp()
  expect(await list('data/backups')).toHaveLength(2)
  expect(
    (await readdir(join(folder, 'data', 'backups'))).filter((name) => name.startsWith('.')),
  ).toEqual([])
})

test('one that is asked for is made at once, once, in all places, and the night goes on as ever', async () => {
  await backUp()
  now = at('2026-11-25T14:00:00Z')
  await askForBackup(db, now)
  await createAskedBackup({ db, config, now: () => now })
  const both = ['cafe-ia-2026-11-25T0120Z.tar.gz', 'cafe-ia-2026-11-25T1400Z.tar.gz']
  // The last of a day is kept.
  for (const place of ['data/backups', 'copy']) expect(await list(place)).toEqual(both.slice(1))
  const state = await findBackupState(db)
  expect(state).toMatchObject({ last: { at: now, file: both[1] } })
  expect(state?.askedAt).toBeUndefined()
  now = at('2026-11-25T14:01:00Z')
  await createAskedBackup({ db, config, now: () => now })
  expect(await list('copy')).toEqual(both.slice(1))
})

test('what cannot be made is said, what was there stays, and the next hour tries again', {
  timeout: 60_000,
}, async () => {
  await backUp()
  const first = await list('data/backups')
  await rm(join(folder, 'copy'), { recursive: true })
  await writeFile(join(folder, 'copy'), 'no folder')
  now = now.add({ hours: 24 })
  await backUp()
  const state = await findBackupState(db)
  expect(state?.last?.at).toEqual(now)
  expect(state?.problem).toMatch(/sauvegarde a échoué|rien à cet endroit/)
  await rm(join(folder, 'data', 'backups'), { recursive: true })
  await writeFile(join(folder, 'data', 'backups'), 'no folder')
  now = now.add({ hours: 24 })
  await backUp()
  const failed = await findBackupState(db)
  expect(failed?.last?.at).toEqual(state?.last?.at)
  expect(failed?.problem).toMatch(/./)
  await rm(join(folder, 'data', 'backups'))
  await rm(join(folder, 'copy'))
  now = now.add({ hours: 24 })
  await backUp()
  expect((await findBackupState(db))?.problem).toBeUndefined()
  expect(await list('copy')).toHaveLength(1)
  expect(first).toHaveLength(1)
})

test('what another place did not take is there within the hour once it can', async () => {
  await writeFile(join(folder, 'copy'), 'no folder')
  await backUp()
  expect(await findBackupState(db)).toMatchObject({
    ...{ last: { at: NIGHT }, copyFailingSince: NIGHT, copySettings: ['CAFE_IA_BACKUP_COPY'] },
  })
  now = now.add({ hours: 1 })
  await backUp()
  expect((await findBackupState(db))?.copyFailingSince).toEqual(NIGHT)
  await rm(join(folder, 'copy'))
  now = now.add({ hours: 1 })
  await backUp()
  expect(await list('copy')).toEqual(['cafe-ia-2026-11-25T0120Z.tar.gz'])
  const state = await findBackupState(db)
  expect(state?.last?.at).toEqual(NIGHT)
  expect([state?.problem, state?.copyFailingSince]).toEqual([undefined, undefined])
})

test('is made in no server whose settings say so', async () => {
  config = { ...config, backups: { ...config.backups, areDaily: false } }
  await backUp()
  expect(await findBackupState(db)).toBeUndefined()
})

test('what goes is noted in both folders, also when one was away meanwhile, and says nobody’s name', async () => {
  const cafe = aCafe({ title: 'Un café' })
  const other = aCafe({ title: 'Un autre' })
  for (const each of [cafe, other]) await saveCafe(db, each)
  await removeCafe(db, cafe.id, now)
  await writeFile(join(folder, 'copy'), 'no folder')
  await expect(logErasures({ db, config, now: () => now })).rejects.toThrow()
  expect(await db.selectFrom('gone_row').selectAll().execute()).toEqual([])
  await rm(join(folder, 'copy'))
  await removeCafe(db, other.id, now)
  await logErasures({ db, config, now: () => now })
  await logErasures({ db, config, now: () => now })
  const journal = await readFile(join(folder, 'data', 'backups', JOURNAL_FILE), 'utf8')
  expect(journal.trim().split('\n')).toHaveLength(2)
  expect(journal).not.toContain(cafe.id)
  expect(await readFile(join(folder, 'copy', JOURNAL_FILE), 'utf8')).toBe(journal)
})

test('who can write the journal without the secret can take lines away, and make none', async () => {
  const [cafe, back] = [aCafe({ title: 'Supprimé' }), aCafe({ title: 'Annulé, puis maintenu' })]
  for (const each of [cafe, back]) await saveCafe(db, each)
  await removeCafe(db, cafe.id, now)
  await cancelCafe(db, { id: back.id, reason: undefined }, now)
  await logErasures({ db, config, now: () => now })
  const journal = join(folder, 'data', 'backups', JOURNAL_FILE)
  const lines = (await readFile(journal, 'utf8')).trim().split('\n')
  const forged = lines.flatMap((line) => [
    line.replace(/"kind":"[^"]+"/, '"kind":"cafe-reinstated"'),
    line.replace(/"at":"[^"]+"/, '"at":"2030-01-01T00:00:00Z"'),
    line.replace(/,"proof":"[^"]+"/, ''),
  ])
  await writeFile(journal, `${[...lines, ...forged].join('\n')}\n`)
  const isGone = await readErasures(db, [join(folder, 'data', 'backups')], NIGHT)
  expect(isGone?.('cafe', cafe.id)).toBe(true)
  expect(isGone?.('cafe-cancelled', back.id)).toBe(true)
  await writeFile(journal, `${forged.join('\n')}\n`)
  const others = await readErasures(db, [join(folder, 'data', 'backups')], NIGHT)
  expect(others?.('cafe', cafe.id)).toBe(false)
})

test('what a full disk cut off in the journal takes nothing of what is noted afterwards', async () => {
  const cafe = aCafe({ title: 'Un café' })
  await saveCafe(db, cafe)
  for (const name of ['data/backups', 'copy']) {
    await mkdir(join(folder, name))
    await writeFile(join(folder, name, JOURNAL_FILE), '{"at":"2026-11-25T01:2')
  }
  await removeCafe(db, cafe.id, now)
  await logErasures({ db, config, now: () => now })
  for (const name of ['data/backups', 'copy']) {
    const isGone = await readErasures(db, [join(folder, name)], NIGHT)
    expect(isGone?.('cafe', cafe.id), name).toBe(true)
  }
})

test('the journal ends after a year, and says so to a backup that is older', async () => {
  const [old, young] = [aCafe({ title: 'Un vieux café' }), aCafe({ title: 'Un café' })]
  for (const each of [old, young]) await saveCafe(db, each)
  const backups = join(folder, 'data', 'backups')
  const erase = async (cafe: ReturnType<typeof aCafe>, when: Temporal.Instant) => {
    now = when
    await removeCafe(db, cafe.id, now)
    await db.updateTable('gone_row').set({ at: now.toString() }).execute()
    await logErasures({ db, config, now: () => now })
  }
  await erase(old, at('2025-11-20T01:20:00Z'))
  await erase(young, NIGHT)
  await logErasures({ db, config, now: () => now })
  for (const place of [backups, join(folder, 'copy')]) {
    expect((await readFile(join(place, JOURNAL_FILE), 'utf8')).trim().split('\n')).toHaveLength(2)
    const isGone = await readErasures(db, [place], at('2025-11-26T00:00:00Z'))
    expect([isGone?.('cafe', young.id), isGone?.('cafe', old.id)]).toEqual([true, false])
    expect(await readErasures(db, [place], at('2025-11-24T00:00:00Z'))).toBeUndefined()
  }
})

test('of a café that was cancelled and takes place again the last word counts', async () => {
  const [one, other] = [aCafe({ title: 'Un café' }), aCafe({ title: 'Un autre' })]
  for (const each of [one, other]) {
    await saveCafe(db, each)
    await cancelCafe(db, { id: each.id, reason: undefined }, now)
  }
  await logErasures({ db, config, now: () => now })
  await saveCafe(db, { ...one, updatedAt: now })
  await logErasures({ db, config, now: () => now })
  const isGone = await readErasures(
    db,
    [join(folder, 'copy'), join(folder, 'data', 'backups')],
    NIGHT,
  )
  expect(isGone?.('cafe-cancelled', one.id)).toBe(false)
  expect(isGone?.('cafe-cancelled', other.id)).toBe(true)
})

test('is due at two in the morning, by day after a night without, and at once where there is none', () => {
  const state = (last?: string): BackupState => ({
    since: at('2026-11-01T00:00:00Z'),
    last: last === undefined ? undefined : { at: at(last), file: 'x', bytes: 1 },
    problem: undefined,
  })
  expect(isBackupDue(undefined, NIGHT)).toBe(true)
  expect(isBackupDue(state(), at('2026-11-25T15:00:00Z'))).toBe(true)
  expect(isBackupDue(state('2026-11-24T01:20:00Z'), at('2026-11-25T00:20:00Z'))).toBe(false)
  expect(isBackupDue(state('2026-11-24T01:20:00Z'), NIGHT)).toBe(true)
  expect(isBackupDue(state('2026-11-24T15:20:00Z'), NIGHT)).toBe(false)
  expect(isBackupDue(state('2026-11-24T01:20:00Z'), at('2026-11-25T08:20:00Z'))).toBe(true)
  expect(isBackupLate(state('2026-11-24T01:20:00Z'), at('2026-11-25T23:20:00Z'))).toBe(false)
  expect(isBackupLate(state('2026-11-24T01:20:00Z'), at('2026-11-26T02:20:00Z'))).toBe(true)
  expect(isBackupLate(state(), NIGHT)).toBe(true)
})

test('of two months of nights seven days and four weeks stay, whatever else lies there', () => {
  const nights = Array.from({ length: 60 }, (_, days) => NIGHT.add({ hours: 24 * days }))
  let kept: string[] = []
  for (const night of nights)
    kept = selectBackups([...kept, backupFileName(night, false), 'x'], night)
  expect(kept.slice(-7)).toEqual(nights.slice(-7).map((night) => backupFileName(night, false)))
  expect(kept.length).toBeGreaterThanOrEqual(9)
  expect(kept.length).toBeLessThanOrEqual(11)
  const [oldest = ''] = kept
  expect(oldest < backupFileName(nights.at(-1)?.subtract({ hours: 24 * 19 }) ?? NIGHT, false)).toBe(
    true,
  )
})

test('what is older than the term goes, however seldom backups are made, but the last one stays', () => {
  const named = (days: number) => backupFileName(NIGHT.add({ hours: 24 * days }), false)
  const select = (names: string[]) => selectBackups(names, NIGHT.add({ hours: 24 * 90 }))
  expect(select([named(0), named(60), named(61), named(89)])).toEqual([named(89)])
  expect(select([named(0), named(27)])).toEqual([named(0), named(27)])
  expect(select([named(0), named(28)])).toEqual([named(28)])
  expect(select([named(0)])).toEqual([named(0)])
  // A name that was given by hand contains no valid time.
  expect(select([named(0), 'cafe-ia-2026-02-31T2561Z.tar.gz'])).toEqual([named(0)])
})

test('a clock that was wrong stops no backup, and none of the right time goes for one of a time to come', () => {
  const wrong = NIGHT.add({ hours: 24 * 3650 })
  const state: BackupState = {
    ...{ since: NIGHT, problem: undefined },
    last: { at: wrong, file: 'x', bytes: 1 },
  }
  expect(isBackupDue(state, NIGHT)).toBe(true)
  expect(isBackupLate(state, NIGHT)).toBe(true)
  const named = (at: Temporal.Instant) => backupFileName(at, false)
  expect(selectBackups([named(NIGHT), named(wrong)], NIGHT)).toEqual([named(NIGHT), named(wrong)])
  // Seven nights later the wrongly dated backup is deleted: it would still hold people who were erased since.
  let kept = [named(NIGHT), named(wrong)]
  for (let days = 1; days < 7; days += 1) {
    const night = NIGHT.add({ hours: 24 * days })
    kept = selectBackups([...kept, named(night)], night)
    expect(kept).toContain(named(night))
  }
  expect(kept).toHaveLength(7)
  expect(kept).not.toContain(named(wrong))
})
