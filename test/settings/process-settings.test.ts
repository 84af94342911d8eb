import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const SETTINGS = new URL('../../node/settings/process-settings.ts', import.meta.url).href

/**
 * Prints whether V8 takes code that was compiled before the settings, at once and until it refuses it.
 * @param startedS - The seconds after which the growth of the heap is limited at the latest.
 * @param held - What the program keeps in memory meanwhile, an expression.
 */
const programOf = (startedS: number, held: string) => `
  import { setTimeout } from 'node:timers/promises'
  import { Script } from 'node:vm'
  import { setProcess } from '${SETTINGS}'
  const SOURCE = '(function () { return 1 })'
  const cachedData = new Script(SOURCE).createCachedData()
  let runs = 0
  const isTaken = () => !new Script(SOURCE, { cachedData, filename: 'run-' + runs++ }).cachedDataRejected
  setProcess(${startedS})
  const atStart = isTaken()
  const held = ${held}
  while (isTaken()) await setTimeout(10)
  console.log(JSON.stringify({ atStart, isLimited: true, held: held.length }))
`

async function runSettings(startedS: number, held: string): Promise<unknown> {
  const run = promisify(execFile)
  const program = programOf(startedS, held)
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program])
  return JSON.parse(stdout)
}

it('compiled code is taken while a process starts, and the growth of the heap is limited afterwards', async () => {
  expect(await runSettings(0.05, '[]')).toEqual({ atStart: true, isLimited: true, held: 0 })
})

it('work that comes at once does not wait for the end of the start to be held to little memory', async () => {
  const held = 'Array.from({ length: 4_000_000 }, (_, index) => ({ index }))'
  const limited = { atStart: true, isLimited: true, held: 4_000_000 }
  expect(await runSettings(3600, held)).toEqual(limited)
})

/** Prints that the compiled code of a module is in a folder while the process goes on. */
const WRITING = `
  import { readdirSync } from 'node:fs'
  import { enableCompileCache } from 'node:module'
  import { setTimeout } from 'node:timers/promises'
  import { giveBackOnceSettled } from '${SETTINGS}'
  const [folder] = process.argv.slice(1)
  enableCompileCache(folder + '/cache')
  await import(folder + '/module.mjs')
  giveBackOnceSettled(0.05)
  const list = () => readdirSync(folder + '/cache', { recursive: true, withFileTypes: true })
  while (!list().some((entry) => entry.isFile())) await setTimeout(10)
  console.log('written')
`

it('compiled code is written while a server runs, for the start after a kill', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cafe-ia-compiled-'))
  try {
    writeFileSync(join(folder, 'module.mjs'), 'export const one = 1')
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--input-type=module',
      '--eval',
      WRITING,
      folder,
    ])
    expect(stdout).toBe('written\n')
  } finally {
    rmSync(folder, { recursive: true })
  }
})
