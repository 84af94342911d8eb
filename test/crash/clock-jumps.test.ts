import { afterAll, beforeAll, expect, test } from 'vitest'
import { enqueueTask } from '../../node/store/queues/tasks.ts'
import { until } from '../support/network.ts'
import { type ProgramPair, startProgramPair } from '../support/program-pair.ts'

/** The clock of one machine jumps by two hours while it runs, and back: by more than the tolerance of signatures. */

const HOUR = 3_600_000

let pair: ProgramPair
beforeAll(async () => {
  pair = await startProgramPair()
}, 90_000)
afterAll(() => pair.close())

/** How far both clocks have moved. A message that was signed with a wrong clock waits until that time comes. */
let passed = 0

test.each([
  ['a place', 'two hours ahead', 2],
  ['a place', 'two hours late', -2],
  ['a directory', 'two hours ahead', 2],
  ['a directory', 'two hours late', -2],
] as const)(
  '%s that was %s: both serve, what comes after is there at once, and all of it once by the next night',
  {
    timeout: 200_000,
  },
  async (who, when, hours) => {
    const { hub, place, call, publish, titlesAtHub } = pair
    const wrong = who === 'a place' ? place : hub
    const titlesOf = async () => (await titlesAtHub()).filter((title) => title.startsWith(about))
    const about = `${who} ${when}`
    const isThere = (title: string) => async () => (await titlesOf()).includes(title)
    const edited = await publish(`${about}: before`)
    await until(isThere(`${about}: before`), { what: 'the first café' })

    await wrong.setClock(passed + hours * HOUR)
    await publish(`${about}: meanwhile`)
    const path = new URL(edited).pathname
    const { json } = await call('GET', path)
    expect(await call('PUT', path, { ...json, title: `${about}: edited` })).toMatchObject({
      status: 200,
    })
    for (const site of [hub, place])
      expect((await fetch(`${site.origin}/api/v1/cafes`)).status).toBe(200)

    await wrong.setClock(passed)
    await publish(`${about}: after`)
    await until(isThere(`${about}: after`), { within: 60_000, what: 'the café of the right time' })

    passed += 3 * HOUR
    for (const site of [hub, place]) await site.setClock(passed)
    await hub.within(async (db) => {
      const { id } = await db.selectFrom('peer').select('id').executeTakeFirstOrThrow()
      await enqueueTask(db, { kind: 'reconcile', subject: id }, Temporal.Now.instant())
    })
    await hub.stop()
    await hub.start()
    const all = ['after', 'edited', 'meanwhile'].map((each) => `${about}: ${each}`)
    await until(async () => String(await titlesOf()) === String(all), {
      ...{ within: 60_000, what: all.join() },
    })
  },
)
