import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { MAIN } from '../support/built-program.ts'

const command = (data: string) =>
  spawnSync(process.execPath, [MAIN, 'sign-in-link'], {
    env: { CAFE_IA_ORIGIN: 'http://127.0.0.1:4990', CAFE_IA_DATA: data },
    encoding: 'utf8',
    timeout: 20_000,
  })

test('a folder that cannot be made is said in one sentence', () => {
  const { status, stderr } = command('/proc/cafe-ia/data')
  expect(status).toBe(1)
  expect(stderr).toBe(
    'cafe-ia: CAFE_IA_DATA : le dossier /proc/cafe-ia/data ne peut pas être créé\n',
  )
})

test('only the operator’s account can read the data folder, where the private keys are', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cafe-ia-folder-'))
  const data = join(folder, 'deep', 'data')
  expect(command(data).status).toBe(0)
  expect(statSync(data).mode & 0o077).toBe(0)
  expect(statSync(join(data, 'cafe-ia.sqlite')).mode & 0o077).toBe(0)
  rmSync(folder, { recursive: true })
})
