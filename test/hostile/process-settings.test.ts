import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const SETTINGS = new URL('../../node/settings/process-settings.ts', import.meta.url).href

/**
 * A program that is busy for ten periods and then has nothing to do. It prints how often all garbage was collected in
 * each of the two.
 */
const PROGRAM = `
  import { PerformanceObserver, constants } from 'node:perf_hooks'
  import { setImmediate, setTimeout } from 'node:timers/promises'
  import { giveBackOnceSettled } from '${SETTINGS}'
  let forced = 0
  new PerformanceObserver((list) => {
    for (const { detail } of list.getEntries())
      if (detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR) forced += 1
  }).observe({ entryTypes: ['gc'] })
  const PERIOD_S = 0.1
  await setTimeout(1)
  giveBackOnceSettled(PERIOD_S)
  const end = performance.now() + 10 * PERIOD_S * 1000
  while (performance.now() < end) await setImmediate()
  const whileBusy = forced
  while (forced === whileBusy) await setTimeout(50)
  const afterwards = forced - whileBusy
  await setTimeout(5 * PERIOD_S * 1000)
  console.log(JSON.stringify({ whileBusy, afterwards: afterwards > 0, again: forced - whileBusy - afterwards }))
`

it('memory that the start has left is given back once, when the server has nothing to do', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '--eval',
    PROGRAM,
  ])
  expect(JSON.parse(stdout)).toEqual({ whileBusy: 0, afterwards: true, again: 0 })
})
