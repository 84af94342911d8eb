import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ChildServer } from '../support/child-server.ts'
import { launchChromium, whyNoChromium } from '../support/chromium.ts'
import { IS_FULL } from '../support/full.ts'
import { type Relay, startRelay } from '../support/relay.ts'
import { photoOfTable } from '../support/scene.ts'
import {
  walkCancellation,
  walkDeletion,
  walkNewDate,
  walkPicturedAnnouncement,
} from './cafe-life.ts'
import { walkInvitation } from './colleague.ts'
import { walkFacilitator } from './facilitator.ts'
import { walkFirstRun } from './first-run.ts'
import { byKeyboard, byMouse } from './hand.ts'
import { walkMembership } from './membership.ts'
import { startHub, startPlace } from './network.ts'
import { walkReferent } from './referent.ts'
import type { Scene } from './scene.ts'
import type { Way } from './users.ts'
import { walkVisit } from './visitor.ts'

type Local = Pick<Scene, 'place' | 'facilitator' | 'referent'>

/**
 * Each hand and each state of JavaScript has one walk; the two other pairs have theirs with `CI_FULL=1`. A place of its
 * own and people of its own keep the walks apart at the directory.
 */
const WAYS: [how: string, way: Way, local: Local][] = [
  [
    'with a mouse',
    { hand: byMouse, javaScript: true },
    {
      place: 'Médiathèque du Canal',
      facilitator: 'Lou D.',
      referent: {
        name: 'Claire Morin',
        email: 'claire@lieu.example',
        territory: 'Ille-et-Vilaine',
      },
    },
  ],
  [
    'by keyboard alone, with JavaScript switched off',
    { hand: byKeyboard, javaScript: false },
    {
      place: 'Maison du Moulin',
      facilitator: 'Maël K.',
      referent: { name: 'Inès Roux', email: 'ines@lieu.example', territory: 'Rennes' },
    },
  ],
]

const OTHER_WAYS: typeof WAYS = [
  [
    'by keyboard alone',
    { hand: byKeyboard, javaScript: true },
    {
      place: 'Café du Pont',
      facilitator: 'Nour A.',
      referent: {
        name: 'Hélène Le Roy',
        email: 'helene@lieu.example',
        territory: 'Finistère',
      },
    },
  ],
  [
    'with JavaScript switched off',
    { hand: byMouse, javaScript: false },
    {
      place: 'Bibliothèque des Halles',
      facilitator: 'Yanis B.',
      referent: {
        name: 'Solène Le Goff',
        email: 'solene@lieu.example',
        territory: 'Rennes Métropole',
      },
    },
  ],
]

const MINUTE = { timeout: 60_000 }

describe.skipIf(whyNoChromium())('people at a place and at the directory', () => {
  let browser: Browser
  let hub: ChildServer
  let relay: Relay
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cafe-ia-journey-'))
    await writeFile(join(folder, 'table.jpg'), await photoOfTable())
    relay = await startRelay()
    ;[browser, hub] = await Promise.all([launchChromium(), startHub(relay.url)])
  })

  afterAll(async () => {
    await browser?.close()
    await hub?.stop()
    await relay?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  describe.each([...WAYS, ...(IS_FULL ? OTHER_WAYS : [])])('%s', (_how, way, local) => {
    let scene: Scene

    beforeAll(async () => {
      scene = {
        ...{ browser, hub, relay, way },
        ...local,
        node: await startPlace(),
        email: 'camille@lieu.example',
        password: 'quatre mots sans rapport',
        titles: {
          first: `L’IA au travail : amie ou concurrente ? (${local.place})`,
          pictured: `Nos photos et l’IA (${local.place})`,
        },
        photo: join(folder, 'table.jpg'),
      }
    })

    afterAll(async () => {
      const failures = [...hub.failures(), ...scene.node.failures()]
      await scene.node.stop()
      expect(failures).toEqual([])
    })

    test('from the first link to a first café, which a visitor sees', MINUTE, () =>
      walkFirstRun(scene),
    )

    test('a café with a picture is announced once its words are given', MINUTE, () =>
      walkPicturedAnnouncement(scene),
    )

    test('a visitor finds a café, reads it, keeps its date and follows the place', MINUTE, () =>
      walkVisit(scene),
    )

    test('a colleague comes in by a paper link and edits what an editor may', MINUTE, () =>
      walkInvitation(scene),
    )

    test(
      'who leads cafés is invited, agrees, is found and written to, and takes it back',
      MINUTE,
      () => walkFacilitator(scene),
    )

    test(
      'who answers for a territory is proposed, agrees, is appointed, acts, and stops',
      MINUTE,
      () => walkReferent(scene),
    )

    test('a place is invited into a network, is shown in it, and leaves', MINUTE, () =>
      walkMembership(scene),
    )

    test('a new day is told beside the old one, at the place and at the directory', MINUTE, () =>
      walkNewDate(scene),
    )

    test('a cancellation says why, on the page, in the list and at the directory', MINUTE, () =>
      walkCancellation(scene),
    )

    test('a deleted café is gone from the place and from the directory', MINUTE, () =>
      walkDeletion(scene),
    )
  })
})
