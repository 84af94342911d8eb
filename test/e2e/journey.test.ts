import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ChildServer } from '../support/child-server.ts'
import { launchChromium, whyNoChromium } from '../support/chromium.ts'
import { photoOfTable } from '../support/scene.ts'
import {
  walkCancellation,
  walkDeletion,
  walkNewDate,
  walkPicturedAnnouncement,
} from './cafe-life.ts'
import { walkInvitation } from './colleague.ts'
import { walkFirstRun } from './first-run.ts'
import { byKeyboard, byMouse } from './hand.ts'
import { startHub, startPlace } from './network.ts'
import type { Way } from './people.ts'
import type { Scene } from './scene.ts'
import { walkVisit } from './visitor.ts'

const WAYS: [how: string, way: Way, place: string][] = [
  ['with a mouse', { hand: byMouse, javaScript: true }, 'Médiathèque du Canal'],
  ['by keyboard alone', { hand: byKeyboard, javaScript: true }, 'Maison du Moulin'],
  ['with JavaScript switched off', { hand: byMouse, javaScript: false }, 'Bibliothèque des Halles'],
]

const MINUTE = { timeout: 60_000 }

describe.skipIf(whyNoChromium())('people at a place and at the directory', () => {
  let browser: Browser
  let hub: ChildServer
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cafe-ia-journey-'))
    await writeFile(join(folder, 'table.jpg'), await photoOfTable())
    ;[browser, hub] = await Promise.all([launchChromium(), startHub()])
  })

  afterAll(async () => {
    await browser?.close()
    await hub?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  describe.each(WAYS)('%s', (_how, way, place) => {
    let scene: Scene

    beforeAll(async () => {
      scene = {
        ...{ browser, hub, way, place },
        node: await startPlace(),
        email: 'camille@lieu.example',
        password: 'quatre mots sans rapport',
        titles: {
          first: `L’IA au travail : amie ou concurrente ? (${place})`,
          pictured: `Nos photos et l’IA (${place})`,
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
