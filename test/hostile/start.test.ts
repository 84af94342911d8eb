import { get } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ChildServer, startChildServer } from '../support/child-server.ts'
import { fillDirectory } from '../support/full-directory.ts'
import { MEASURED } from '../support/measured.ts'

/** Whoever asks first after a start finds nothing that was asked before: code, tables and files are fresh. */

let server: ChildServer
beforeAll(async () => {
  const DATA = await fillDirectory({ fat: 20, ordinary: 1000, own: 500 })
  server = await startChildServer({ ROLE: 'hub', DATA, TRUST_PROXY: '127.0.0.1' })
}, 120_000)
afterAll(() => server?.stop())

/** Of the event loop, in milliseconds of the server's own processor: what else runs on this machine does not count. */
const LONGEST_TURN = 100

const FIRST = [
  ['/territoires/35'],
  ['/territoires/r-76', '/sitemap.xml'],
  ['/?ou=Saint-Denis+de+La+R%C3%A9union'],
  ['/?ou=zzzzzz'],
  ['/territoires', '/carte?ou=Rennes', '/export/cafes.json', '/export/cafes.csv', '/sitemap.xml'],
]

/** Reads it to the end; false while nobody listens. */
const ask = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const headers = { 'x-forwarded-for': `192.0.2.${path.length}` }
    get(server.origin + path, { headers }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode === 200))
    }).on('error', () => resolve(false))
  })

/** Asks for them at the first moment when somebody listens; for how long they held the event loop at most. */
async function askFirst(paths: readonly string[]): Promise<number> {
  while (!(await ask('/healthz'))) await setTimeout(1)
  // What the start itself took.
  await server.takeLoopDelay()
  let areAnswered = false
  const answered = Promise.all(paths.map(ask)).finally(() => {
    areAnswered = true
  })
  let most = 0
  // Whoever starts the server asks this too, and would take what is looked for if it were not asked all the time.
  while (!areAnswered) most = Math.max(most, await server.takeLoopDelay())
  expect(await answered).toEqual(paths.map(() => true))
  return most
}

for (const paths of FIRST)
  it(`nobody waits while ${paths.join(' and ')} is asked for first of all`, {
    ...MEASURED,
    timeout: 60_000,
  }, async () => {
    let asked: Promise<number> | undefined
    await server.restart(async () => {
      asked = askFirst(paths)
    })
    expect(await asked).toBeGreaterThan(0)
    expect(await asked).toBeLessThan(LONGEST_TURN)
    expect(server.failures()).toEqual([])
  })
