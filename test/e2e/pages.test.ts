import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { launchChromium, whyNoChromium } from '../support/chromium.ts'
import { IS_FULL, rememberChecked } from '../support/full.ts'
import {
  GALLERY_STYLE,
  type GalleryServer,
  serveGallery,
  showInPlace,
} from '../support/gallery-server.ts'
import { findHtmlErrors } from '../support/html-errors.ts'
import { gallery } from '../ui/gallery/gallery.tsx'
import { createHoverJudge } from './hover-rules.ts'
import {
  createAxeJudge,
  findCutByLargeText,
  findMotion,
  findUnseenStops,
  findUnsharedFields,
  findWideElements,
  measureFirstResult,
  nameParts,
  readAfterInvitation,
  readDayOfEachCard,
  readFrame,
  readLinkTo,
  takeSkipLink,
} from './page-rules.ts'
import { PAGE_TYPES, type PageType } from './page-types.ts'
import { PAPER_PICTURES, PICTURE_MAX, takePicture, takeWhole } from './pictures.ts'
import { CANCELLED, openStage, type Stage } from './stage.ts'
import type { Cookies } from './stage-facilitators.ts'
import { openVisit, type Visit } from './visit.ts'

const WEIGHT_MAX = 150 * 1024
const PICTURED_MAX = 300 * 1024
const NARROW = 320
/** The width of a desktop window at a zoom of 200 %. */
const HALF = 640
const PHONE = { viewport: { width: 360, height: 640 }, deviceScaleFactor: 2 }
const SCREENS_MAX = 1.3
const STOPS_MAX = 12
/** The most bytes of a page that somebody opens first: a home page, a search, a café. */
const FIRST_WEIGHT_MAX = 60_000
const NOTHING_WEIGHT_MAX = 70_000
const FORM_HEIGHT_MAX = 3000
const FIRST_REQUESTS_MAX = 8
const DAY =
  /^(Aujourd’hui|Demain|[LMJVSD][a-z]+ \d.*(janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre))/u

/** Files of Debian's packages `chromium-l10n` and `fonts-noto-color-emoji`. */
const FRENCH_BROWSER = [
  '/usr/lib/chromium/locales/fr.pak',
  '/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf',
]
/** What decides whether a page has a fault, beside its text, its parts and its style. */
const JUDGES = [
  ...['./hand.ts', './hover-rules.ts', './page-parts.ts', './page-rules.ts', '../support/axe.ts'],
  '../../node_modules/axe-core/package.json',
]
const PICTURE_FOLDERS = ['images', 'guides/images']
const DOCS = fileURLToPath(new URL('../../docs/', import.meta.url))
/** The folder for a picture of every kind of page, to be viewed by people. */
const { CAFE_IA_PAGE_PICTURES: ALL_PICTURES, CAFE_IA_PAPER_PICTURES: NEW_PICTURES } = process.env

describe.skipIf(whyNoChromium())('every kind of page', () => {
  let browser: Browser
  let stage: Stage
  const visits = new Map<string, Visit>()
  const checked = rememberChecked('pages', [
    GALLERY_STYLE,
    ...[...JUDGES, ...listScripts()].map(readSource),
  ])
  const findAxeErrors = createAxeJudge()
  const findHoverFaults = createHoverJudge()
  let judged = 0

  beforeAll(async () => {
    ;[browser, stage] = await Promise.all([
      launchChromium({ withWindows: Boolean(NEW_PICTURES) }),
      openStage(),
    ])
  })

  afterAll(async () => {
    await browser?.close()
    await stage?.stop()
  })

  /**
   * Opens a page in one window per kind of person and of screen. Pages store nothing, so the window can be used again.
   */
  async function meet(type: PageType, screen: 'desktop' | 'phone'): Promise<Visit> {
    const key = `${type.at} ${type.as} ${screen}`
    const options = screen === 'phone' ? PHONE : {}
    const visit = visits.get(key) ?? (await openVisit(browser, { ...options, isFirst: true }))
    const isNew = !visits.has(key)
    visits.set(key, visit)
    const { origin } = stage[type.at]
    if (isNew && type.as)
      await visit.page
        .context()
        .addCookies(
          [...cookiesFor(stage, type)].map(([name, value]) => ({ name, value, url: origin })),
        )
    visit.requests.length = 0
    const path = typeof type.path === 'string' ? type.path : type.path(stage)
    await visit.page.goto(origin + path)
    await type.act?.(visit.page)
    return visit
  }

  describe.each(PAGE_TYPES.map((type) => [type.name, type] as const))('« %s »', (_name, type) => {
    let desktop: Visit
    let phone: Visit
    let weights: number[]
    let counts: number[]
    let made: string

    beforeAll(async () => {
      desktop = await meet(type, 'desktop')
      // A page without pictures weighs the same on both screens.
      const differs = mayDiffer(type) || (await hasPictures(desktop.page))
      phone = differs ? await meet(type, 'phone') : desktop
      const weight = await desktop.weigh()
      weights = [weight, differs ? await phone.weigh() : weight]
      counts = [desktop.requests.length, phone.requests.length]
      made = await nameParts(desktop.page)
    })

    test('answers as it should', () => {
      expect(desktop.status()).toBe(type.status ?? 200)
      if (type.as) expect(desktop.page.url()).not.toContain('/connexion')
    })

    test('makes no request to another server', () => {
      const { origin } = stage[type.at]
      const asked = [...desktop.requests, ...phone.requests].map((url) => new URL(url).origin)
      expect(asked.filter((other) => other !== origin)).toEqual([])
    })

    test('weighs no more than 150 KB, with all its pictures, on a desktop and on a telephone', () => {
      expect(Math.max(...weights)).toBeLessThanOrEqual(type.isPictured ? PICTURED_MAX : WEIGHT_MAX)
      expect(Math.min(...weights)).toBeGreaterThan(1000)
    })

    test.runIf(type.isFirst || type.cafe)('comes whole in 60 kB and 8 requests', () => {
      expect(Math.max(...weights)).toBeLessThanOrEqual(FIRST_WEIGHT_MAX)
      expect(Math.max(...counts)).toBeLessThanOrEqual(FIRST_REQUESTS_MAX)
    })

    test.runIf(type.lists === 'numbers')(
      'asks for no picture of a café, however many have one',
      () => {
        const asked = [...desktop.requests, ...phone.requests]
        expect(asked.filter((url) => /\/(?:media|cafes)\//u.test(new URL(url).pathname))).toEqual(
          [],
        )
      },
    )

    test.runIf(type.isNothing)('comes whole in 70 kB', () => {
      expect(Math.max(...weights)).toBeLessThanOrEqual(NOTHING_WEIGHT_MAX)
    })

    test('is valid HTML', async () => {
      expect(await findHtmlErrors(await desktop.html())).toEqual([])
    })

    test('says its language, has one h1, regions, named menus, and no level skipped', async () => {
      expect(await readFrame(desktop.page)).toEqual({
        ...{ lang: type.lang ?? 'fr', titles: 1, mains: 1, banners: 1, footers: 1 },
        ...{ menusHaveNames: true, levelsSkipped: 0 },
      })
    })

    test('never scrolls sideways on 320 pixels, tables included', async () => {
      expect(await findWideElements(desktop.page, NARROW)).toEqual([])
    })

    test('is whole at 200 %, of the page and of its letters', async () => {
      expect(await findWideElements(desktop.page, HALF)).toEqual([])
      expect(await findCutByLargeText(desktop.page)).toEqual([])
    })

    describe('as its parts decide', () => {
      let passed = 0

      beforeEach(({ skip }) => skip(!checked.isDue(made), 'pages of the same parts have passed'))
      afterEach(({ task }) => {
        if (task.result?.state !== 'fail') passed += 1
      })
      afterAll(() => {
        if (passed < 4) return
        judged += 1
        checked.pass(made)
      })

      test('has no fault that axe knows, in light, in dark and in forced colours', async () => {
        expect(await findAxeErrors(desktop.page)).toEqual([])
      })

      test('has a skip link, the first stop, that lands on the content', async () => {
        expect(await takeSkipLink(desktop.page)).toEqual({ isShown: true, leadsTo: 'MAIN' })
      })

      test('shows where one is at each stop of Tab', async () => {
        expect(await findUnseenStops(desktop.page)).toEqual([])
      })

      test('moves nothing for who asked for less motion', async () => {
        expect(await findMotion(desktop.page)).toEqual([])
      })
    })

    test('tells the browser what its fields on oneself are', async () => {
      expect(await findUnsharedFields(desktop.page)).toEqual([])
    })

    test.runIf(ALL_PICTURES)('is pictured on two screens, in light and in dark', async () => {
      for (const [screen, { page }] of Object.entries({ 1280: desktop, 360: phone }))
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
          const file = `${type.name}-${screen}-${colorScheme}.jpg`
          await takeWhole(page, join(ALL_PICTURES ?? '', file))
          await page.emulateMedia({ colorScheme: 'light', reducedMotion: null })
        }
    })

    test.runIf(type.lists)(
      'shows its first café within 1.3 screens of a telephone and 12 stops of the skip link',
      async () => {
        const { top, stops } = await measureFirstResult(phone.page)
        expect(top).toBeLessThanOrEqual(SCREENS_MAX * PHONE.viewport.height)
        expect(stops).toBeLessThanOrEqual(STOPS_MAX)
      },
    )

    test.runIf(type.lists)('says the day of each café on its card', async () => {
      const days = await readDayOfEachCard(desktop.page)
      expect(days.length).toBeGreaterThan(3)
      for (const day of days) expect(day).toMatch(DAY)
    })

    test.runIf(type.lists)('begins the link of a cancelled café by « Annulé : »', async () => {
      const links = await readLinkTo(desktop.page, CANCELLED)
      // The cards of a home page show no cancelled cafés.
      expect(links).toEqual(type.lists === 'cards' ? [] : [`Annulé : ${CANCELLED}`])
    })

    test.runIf(type.lists === 'numbers')(
      'shows its first café on the first screen of a telephone, nine keys away',
      async () => {
        const { top, stops } = await measureFirstResult(phone.page)
        expect(top).toBeLessThan(PHONE.viewport.height)
        // Two keys, Tab and Enter, are used for the skip link.
        expect(2 + stops).toBeLessThanOrEqual(9)
      },
    )

    test.runIf(type.cafe)(
      'says when, where and how to take part right after its title and its invitation',
      async () => {
        const words = await readAfterInvitation(desktop.page)
        const places = ['Quand', 'Où', 'Participer'].map((word) => words.indexOf(word))
        expect(places.every((place) => place >= 0)).toBe(true)
        expect(places).toEqual(places.toSorted((a, b) => a - b))
      },
    )
  })

  describe('a state that no page of this stage is in', () => {
    let server: GalleryServer
    let tab: Page

    beforeAll(async () => {
      server = await serveGallery(new Map(gallery))
      tab = await browser.newPage({ viewport: PHONE.viewport })
      await tab.goto(server.addressOf('home'))
    })

    afterAll(async () => {
      await tab?.close()
      server?.close()
    })

    for (const [name, html] of gallery)
      test.runIf(checked.isDue(html))(
        `« ${name} » has no fault that axe knows on a telephone, in light and in dark, nor where one points`,
        async () => {
          await showInPlace(tab, html)
          expect(await findAxeErrors(tab)).toEqual([])
          expect(await findHoverFaults(tab)).toEqual([])
          checked.pass(html)
        },
      )

    test('is checked anew when it, its style or a rule changes', () => {
      // What a part of this file passed would replace what the whole did.
      if (IS_FULL) expect(judged).toBe(PAGE_TYPES.length)
      checked.save()
      expect(checked.isDue('a page that nobody saw')).toBe(true)
    })
  })

  describe('the pictures of the papers', () => {
    let folder: string

    beforeAll(async () => {
      folder = NEW_PICTURES ?? (await mkdtemp(join(tmpdir(), 'cafe-ia-pictures-')))
      for (const name of PICTURE_FOLDERS) await mkdir(join(folder, name), { recursive: true })
    })

    afterAll(async () => {
      if (!NEW_PICTURES) await rm(folder, { recursive: true, force: true })
    })

    test.runIf(NEW_PICTURES)('are taken where days and emoji look as readers know them', () => {
      expect(FRENCH_BROWSER.filter((file) => !existsSync(file))).toEqual([])
    })

    test.runIf(IS_FULL || NEW_PICTURES).each(PAPER_PICTURES)(
      '« $file » can be taken of the pages as they are',
      async (picture) => {
        const visit = await meet(typeOf(picture.type), picture.screen)
        await visit.weigh()
        const names = new Map([
          [stage.hub.origin, 'annuaire.example'],
          [stage.node.origin, 'mediatheque.example'],
          [stage.mailing.origin, 'mediatheque.example'],
        ])
        const bytes = await takePicture(visit.page, { folder, names, ...picture })
        expect(bytes).toBeLessThanOrEqual(PICTURE_MAX)
      },
    )

    test('are described where they are shown, light, and all of use', async () => {
      const guides = join(DOCS, 'guides')
      const names = (await readdir(guides)).filter((name) => name.endsWith('.md'))
      const papers = [
        ...['README.md', 'README.fr.md'].map((name) => join(DOCS, '..', name)),
        ...names.map((name) => join(guides, name)),
      ]
      const shown = await Promise.all(
        papers.map(async (paper) =>
          [...(await readFile(paper, 'utf8')).matchAll(/!\[([^\]]*)\]\(([^)]+)\)/gu)].map(
            ([, alt = '', path = '']) => ({
              alt,
              file: relative(DOCS, join(dirname(paper), path)),
            }),
          ),
        ),
      )
      for (const { alt } of shown.flat()) expect(alt.length).toBeGreaterThan(15)
      const files = await Promise.all(
        PICTURE_FOLDERS.map(async (folder) =>
          (await readdir(join(DOCS, folder))).map((name) => join(folder, name)),
        ),
      )
      const wanted = PAPER_PICTURES.map(({ file }) => `${file}.webp`).toSorted()
      expect(files.flat().toSorted()).toEqual(wanted)
      // The documents of two languages may show the same picture.
      const used = new Set(shown.flat().map(({ file }) => file))
      expect([...used].toSorted()).toEqual(wanted)
      for (const file of files.flat())
        expect((await stat(join(DOCS, file))).size).toBeLessThanOrEqual(PICTURE_MAX)
    })
  })

  test('the form of a café is at most 3,000 px tall on a telephone, folded', async () => {
    const { page } = await meet(typeOf('bureau-annoncer'), 'phone')
    expect(await page.locator('details.fold').count()).toBe(6)
    expect(await page.locator('details.fold[open]').count()).toBe(0)
    const height = await page.evaluate(() => document.documentElement.scrollHeight)
    expect(height).toBeLessThanOrEqual(FORM_HEIGHT_MAX)
  })

  test('a colour that cannot be read on this site is refused where it is typed', async () => {
    const { page } = await meet(typeOf('bureau-reglages'), 'desktop')
    const field = page.getByLabel(/^Couleur/u)
    await field.fill('#8a9a5b')
    await page.getByRole('button', { name: 'Enregistrer' }).click()
    expect(await field.inputValue()).toBe('#8a9a5b')
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    expect(await page.getByRole('alert').textContent()).toMatch(/4,5/u)
    expect(await page.locator('link[href*="theme.css"]').count()).toBe(0)
  })
})

/** The scripts of our pages, which change what is on them. */
const listScripts = (): string[] =>
  readdirSync(new URL('../../ui/public/', import.meta.url))
    .filter((name) => name.endsWith('.js'))
    .toSorted()
    .map((name) => `../../ui/public/${name}`)

const readSource = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

/** Returns whether a page is measured on a phone, or pictured. */
const mayDiffer = ({ lists, isFirst, isNothing, cafe }: PageType): boolean =>
  Boolean(lists || isFirst || isNothing || cafe || ALL_PICTURES)

const hasPictures = async (page: Page): Promise<boolean> =>
  (await page.locator('img, picture, iframe, object, embed, video').count()) > 0

function cookiesFor({ sessions }: Stage, { name, as = 'team', at }: PageType): Cookies {
  const cookies = new Map<string, Cookies>(Object.entries(sessions[as])).get(at)
  if (!cookies) throw new Error(`nobody is signed in for « ${name} »`)
  return cookies
}

function typeOf(name: string): PageType {
  const type = PAGE_TYPES.find((type) => type.name === name)
  if (!type) throw new Error(`no kind of page is called ${name}`)
  return type
}
