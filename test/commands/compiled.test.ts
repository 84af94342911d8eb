import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const MAIN = fileURLToPath(new URL('../../dist/node/main.js', import.meta.url))

test('a start finds compiled what the one before left', () => {
  const run = () =>
    spawnSync(process.execPath, [MAIN, '--version'], {
      env: { NODE_DEBUG_NATIVE: 'COMPILE_CACHE' },
      encoding: 'utf8',
      maxBuffer: 64 * 1024 ** 2,
    })
  run()
  const { stdout, stderr } = run()
  expect(stdout + stderr).toMatch(/dist\/node\/cli\.js was accepted/)
})
