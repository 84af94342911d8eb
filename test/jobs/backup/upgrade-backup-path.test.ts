import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from '../../../node/config.ts'
import { upgradeBackupPath } from '../../../node/jobs/backup/upgrade-backup.ts'

test('a second attempt within one second has a file of its own', async () => {
  const data = await mkdtemp(join(tmpdir(), 'cafe-ia-upgrade-'))
  const config = readConfig({ CAFE_IA_DATA: data, CAFE_IA_ORIGIN: 'https://lieu.example' })
  const now = Temporal.Instant.from('2026-11-28T10:15:00.7Z')
  const first = upgradeBackupPath(config, now)
  expect(first).toMatch(/-2026-11-28T101500Z\.tar\.gz$/)
  await mkdir(join(data, 'backups'))
  await writeFile(first, '')
  expect(upgradeBackupPath(config, now)).toMatch(/-2026-11-28T101501Z\.tar\.gz$/)
  await rm(data, { recursive: true })
})
