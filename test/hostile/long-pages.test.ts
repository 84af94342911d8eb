import { afterEach, beforeEach, expect, it } from 'vitest'
import { READINGS_AT_ONCE } from '../../node/domain/federation/reading-shares.ts'
import { anEvent, CONTEXT, eventually, openStage, type Stage } from '../support/hostile-stage.ts'
import { MEASURED } from '../support/measured.ts'
import { feelPulse } from '../support/pulse.ts'
import type { RemoteActorFixture } from '../support/remote-peer.ts'

/** Members whose lists are as long as a page may be: 2,600 Events each, all read at the same time. */

const MEMBERS = 8

/** One of the readings at a time is reserved for what the team waits for. */
const READ_AT_ONCE = READINGS_AT_ONCE - 1

const EVENTS = 2600

let stage: Stage
beforeEach(async () => {
  stage = await openStage({ attackers: MEMBERS })
})
afterEach(() => stage?.close())

/**
 * Returns an Event so short that 2,600 of them are one page of a mebibyte. Each has a context of its own and must be
 * read as JSON-LD.
 */
const shortEvent = (actor: RemoteActorFixture, index: number) => {
  const { origin } = new URL(actor.uri)
  const { startTime, published } = anEvent(actor)
  return {
    '@context': [CONTEXT, { x: 'https://x.example/' }],
    type: 'Event',
    id: `${origin}/cafes/e${index}`,
    name: `Café ${index}`,
    attributedTo: actor.uri,
    startTime,
    updated: published,
    'x:y': index,
  }
}

/**
 * The most milliseconds of one turn of the server's event loop, in its own processor time, which other processes do not
 * lengthen.
 */
const LONGEST_TURN = 100

/** The duration is short enough that all members are still being read at its end. */
const WATCHED_MS = 15_000

it('nobody waits while pages of 2,600 Events of eight members are read', {
  ...MEASURED,
  timeout: 180_000,
}, async () => {
  const { server } = stage
  const members = Array.from({ length: MEMBERS }, () => stage.nextAttacker())
  for (const member of members) {
    const page = {
      '@context': CONTEXT,
      id: `${member.origin}/upcoming`,
      type: 'OrderedCollection',
      orderedItems: Array.from({ length: EVENTS }, (_, index) => shortEvent(member.cafes, index)),
    }
    expect(JSON.stringify(page).length).toBeLessThan(1024 ** 2)
    member.pages.set('/upcoming', page)
  }
  const before = await server.readMemory()
  // A command opens the database beside the server, so the codes are made one after the other, before there is much to
  // write.
  const codes: string[] = []
  for (const _ of members) codes.push(await server.invite())
  // The members finish long after this test, since each has a whole page to be read.
  const joining = Promise.all(
    members.map((member, index) => stage.admit(member, codes[index]).catch(() => undefined)),
  )
  const countRead = () =>
    server.query<{ n: number }>('select count(*) as n from cafe group by peer_id').map(({ n }) => n)
  const count = () => countRead().reduce((sum, n) => sum + n, 0)
  // There are cafés of V and of each member that is being read.
  await eventually('they are being read', async () => countRead().length > READ_AT_ONCE, 90_000)
  const begun = count()
  await server.takeLoopDelay()
  const pulses = ['/healthz', '/'].map((page) => feelPulse(server.origin + page, 5))
  await new Promise((resolve) => setTimeout(resolve, WATCHED_MS))
  const felt = await Promise.all(pulses.map((pulse) => pulse.stop()))
  const delay = await server.takeLoopDelay()
  expect(count() - begun).toBeGreaterThan(500)
  expect(count()).toBeLessThan(MEMBERS * EVENTS)
  for (const { median, slow, slowest } of felt) {
    expect(median).toBeLessThan(50)
    expect(slow).toBeLessThan(80)
    expect(slowest).toBeLessThan(100)
  }
  expect(delay).toBeLessThan(LONGEST_TURN)
  expect((await server.readMemory()) - before).toBeLessThan(256 * 1024 ** 2)
  await server.stop()
  await joining
})
