import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pass } from '../support/cafe-pace.ts'
import { publishTestFacilitator } from '../support/facilitator-profiles.ts'
import { setLedBy } from '../support/led-cafes.ts'
import { CAFE, type Site, startPair, until, untilAtRest } from '../support/network.ts'
import type { RemotePeer } from '../support/remote-peer.ts'
import { isSite, PROGRAMS, type Reader, startReader, WAYS, type Way } from './readers.ts'

/**
 * The life of a café as people read it on servers of other programs. They follow the place, its territory at the
 * directory, the person who leads it, or a whole site with their server.
 */

let hub: Site
let node: Site
let personId: string
let targets: Record<Way, { site: Site; actor: string }>
beforeAll(async () => {
  const pair = await startPair()
  ;({ hub, node } = pair)
  const person = await publishTestFacilitator(node, { fediverse: true })
  personId = person.id
  targets = {
    place: { site: node, actor: `${node.origin}/actors/cafes` },
    territory: { site: hub, actor: `${hub.origin}/actors/cafes-drome` },
    person: { site: node, actor: `${node.origin}/actors/${person.handle}` },
    site: { site: node, actor: `${node.origin}/actors/instance` },
    directory: { site: hub, actor: `${hub.origin}/actors/instance` },
  }
})
/** The servers answer until all tests are over, so that no delivery waits for them. */
const peers: RemotePeer[] = []
afterAll(() => Promise.all([hub, node, ...peers].map((server) => server?.close())))

const THEMES = ['x'.repeat(60), 'vie privée']

/** Announces a café that the person leads. */
async function announce(title: string): Promise<string> {
  const uri = await node.publish({ title, themes: THEMES })
  await setLedBy(node.context, (await node.find(uri))?.id, [personId])
  return uri
}

const rest = async () => {
  await untilAtRest(node)
  await untilAtRest(hub)
}

describe.each(WAYS)('who follows the %s', (way) => {
  test('reads of a café, of each new date, of its end and of its return, and nothing of what is deleted', async () => {
    const readers = new Map<string, Reader>()
    const shown = new Set<string>()
    for (const [index, program] of PROGRAMS.entries()) {
      // Programs that follow accounts only do not follow a site.
      if (isSite(way) && !program.ways.includes(way)) continue
      const name = `${program.name} ${program.version}`
      const reader = await startReader(program, index, targets[way])
      readers.set(name, reader)
      peers.push(reader.peer)
      if (program.ways.includes(way)) shown.add(name)
      await reader.follow()
    }
    /** Expects for each program whether its page contains the words. */
    const expectWords = async (uri: string, words: RegExp, expected: ReadonlySet<string>) => {
      await rest()
      const read = async () => {
        const found: string[] = []
        for (const [name, reader] of readers)
          if (words.test(await reader.wordsOn(uri))) found.push(name)
        return found.sort()
      }
      const wanted = [...expected].sort()
      await until(async () => isDeepStrictEqual(await read(), wanted)).catch(() => undefined)
      expect(await read(), String(words)).toEqual(wanted)
    }

    /** Lets ten minutes pass since the last change, so that the next one is sent at once. */
    const tenMinutesLater = async () => {
      await rest()
      for (const site of [node, hub]) await pass(site, { minutes: 10 })
    }
    const say = async (action: 'postpone' | 'cancel' | 'reinstate', body?: object) => {
      await tenMinutesLater()
      expect((await node.call('POST', `${path}/${action}`, body)).status).toBe(200)
    }

    const uri = await announce('Un café à lire')
    const path = `/cafes/${uri.split('/').at(-1)}`
    await expectWords(uri, /Un café à lire/, shown)

    const startsAt = CAFE.startsAt.replace('T18:30', 'T10:15')
    const changed = { ...CAFE, title: 'Un café à lire', themes: THEMES, startsAt }
    const moved = await node.call('PUT', path, changed)
    expect(moved.status).toBe(200)
    await expectWords(uri, /10\s?h\s?15/, shown)

    await say('postpone', { note: 'Travaux' })
    await expectWords(
      uri,
      /^(?=.*Travaux).*(Pas le|prévu le) [^.]* (comme prévu|ce jour-là)/s,
      shown,
    )

    const day = Temporal.PlainDateTime.from(startsAt).add({ days: 3 })
    const dated = { ...changed, startsAt: `${day.toPlainDate()}T11:45:00` }
    await tenMinutesLater()
    expect((await node.call('PUT', path, dated)).status).toBe(200)
    await expectWords(uri, /11\s?h\s?45/, shown)

    await say('cancel', { reason: 'Malade' })
    await expectWords(uri, /annulé/i, shown)

    await say('reinstate')
    await expectWords(uri, /^((?!annulé).)+$|Annulé.*Finalement, ce café a bien lieu/s, shown)

    await node.call('DELETE', path)
    await expectWords(uri, /./, new Set())

    for (const reader of readers.values()) await reader.unfollow()
    const unread = await announce('Un café que personne ne suit')
    await expectWords(unread, /./, new Set())
    for (const reader of readers.values()) await reader.follow()
    const again = await announce('Un café pour qui revient')
    await expectWords(again, /Un café pour qui revient/, shown)
    for (const reader of readers.values()) await reader.unfollow()
  }, 120_000)
})
