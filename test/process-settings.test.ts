import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const SETTINGS = new URL('../node/process-settings.ts', import.meta.url).href

/** Prints whether V8 takes code that was compiled before the settings, at once and until it refuses it. */
const PROGRAM = `
  import { setTimeout } from 'node:timers/promises'
  import { Script } from 'node:vm'
  import { setProcess } from '${SETTINGS}'
  const SOURCE = '(function () { return 1 })'
  const cachedData = new Script(SOURCE).createCachedData()
  let runs = 0
  const isTaken = () => !new Script(SOURCE, { cachedData, filename: 'run-' + runs++ }).cachedDataRejected
  setProcess(0.05)
  const atStart = isTaken()
  while (isTaken()) await setTimeout(10)
  console.log(JSON.stringify({ atStart, isLimited: true }))
`

it('compiled code is taken while a process starts, and the growth of the heap is limited afterwards', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '--eval',
    PROGRAM,
  ])
  expect(JSON.parse(stdout)).toEqual({ atStart: true, isLimited: true })
})
