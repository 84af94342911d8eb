import { get } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ChildServer, startChildServer } from '../support/child-server.ts'
import { fillDirectory } from '../support/full-directory.ts'
import { MEASURED } from '../support/measured.ts'

/** The first request after a start finds no code, table or file that is loaded yet. */

let server: ChildServer
beforeAll(async () => {
  const DATA = await fillDirectory({ fat: 20, ordinary: 1000, own: 500 })
  server = await startChildServer({ ROLE: 'hub', DATA, TRUST_PROXY: '127.0.0.1' })
}, 120_000)
afterAll(() => server?.stop())

/**
 * The most milliseconds of one turn of the event loop, in the server's own processor time, which other processes do not
 * lengthen.
 */
const LONGEST_TURN = 100

const FIRST = [
  ['/'],
  ['/territoires/35'],
  ['/territoires/r-76', '/sitemap.xml'],
  ['/?ou=Saint-Denis+de+La+R%C3%A9union'],
  ['/?ou=zzzzzz'],
  ['/api/v1/openapi.json'],
  ['/territoires', '/carte?ou=Rennes', '/export/cafes.json', '/export/cafes.csv', '/sitemap.xml'],
]

/** Reads the answer to its end; resolves with false while the server does not listen. */
const ask = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const headers = { 'x-forwarded-for': `192.0.2.${path.length}` }
    get(server.origin + path, { headers }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode === 200))
    }).on('error', () => resolve(false))
  })

/** Requests the paths as soon as the server listens. Returns the longest time that they blocked the event loop. */
async function askFirst(paths: readonly string[]): Promise<number> {
  while (!(await ask('/healthz'))) await setTimeout(1)
  // This call clears the delay of the start itself.
  await server.takeLoopDelay()
  let areAnswered = false
  const answered = Promise.all(paths.map(ask)).finally(() => {
    areAnswered = true
  })
  let most = 0
  // The parent process reads this delay too and would take the value, so it is read all the time.
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
