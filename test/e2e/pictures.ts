import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'

/** A picture in a French guide or in the README. */
type PaperPicture = {
  /** The path in `docs`, without the extension. */
  file: string
  /** The name of a kind of page. */
  type: string
  screen: 'desktop' | 'phone'
  /** The pixels that are shown, from the top. */
  height: number
}

export const PAPER_PICTURES: readonly PaperPicture[] = [
  { file: 'images/annuaire', type: 'annuaire', screen: 'desktop', height: 900 },
  { file: 'images/recherche', type: 'annuaire-recherche', screen: 'desktop', height: 900 },
  { file: 'images/recherche-360', type: 'annuaire-recherche', screen: 'phone', height: 760 },
  { file: 'images/cafe-360', type: 'annuaire-cafe', screen: 'phone', height: 760 },
  {
    file: 'guides/images/premiers-pas',
    type: 'bureau-premiers-pas-debut',
    screen: 'desktop',
    height: 860,
  },
  { file: 'guides/images/lien-de-connexion', type: 'connexion-lien', screen: 'phone', height: 480 },
  {
    file: 'guides/images/annuaire',
    type: 'bureau-premiers-pas-annuaire-debut',
    screen: 'phone',
    height: 900,
  },
  { file: 'guides/images/administration', type: 'bureau', screen: 'desktop', height: 1200 },
  { file: 'guides/images/annoncer', type: 'bureau-annoncer', screen: 'phone', height: 900 },
  { file: 'guides/images/erreurs', type: 'bureau-annoncer-erreurs', screen: 'phone', height: 900 },
  { file: 'guides/images/cafe', type: 'cafe', screen: 'desktop', height: 900 },
  { file: 'guides/images/kit', type: 'bureau-kit', screen: 'desktop', height: 1150 },
  { file: 'guides/images/kit-360', type: 'bureau-kit', screen: 'phone', height: 880 },
  { file: 'guides/images/annuler', type: 'bureau-annuler', screen: 'desktop', height: 900 },
  {
    file: 'guides/images/signalement',
    type: 'bureau-signalement',
    screen: 'desktop',
    height: 1000,
  },
  { file: 'guides/images/annule', type: 'cafe-annule', screen: 'phone', height: 760 },
  { file: 'guides/images/inscrits', type: 'bureau-inscrits', screen: 'desktop', height: 900 },
  { file: 'guides/images/compter', type: 'bureau-compter', screen: 'phone', height: 640 },
  { file: 'guides/images/questions', type: 'questions', screen: 'desktop', height: 900 },
  { file: 'guides/images/inscription', type: 'inscription', screen: 'phone', height: 900 },
  { file: 'guides/images/liste', type: 'accueil-lieu', screen: 'desktop', height: 900 },
]

export const PICTURE_MAX = 60 * 1024
const QUALITIES = [84, 72, 60, 45, 30]

type Taken = {
  folder: string
  file: string
  height: number
  /** The names that the documents give to the servers of the test, by their origins. */
  names: ReadonlyMap<string, string>
}

/**
 * Writes a picture of the page from its top, in the best quality below the limit of bytes. Returns its size in bytes.
 */
export async function takePicture(
  page: Page,
  { folder, file, height, names }: Taken,
): Promise<number> {
  await showTop(page)
  await nameServers(page, names)
  const width = page.viewportSize()?.width ?? 0
  const clip = { x: 0, y: 0, width, height }
  const png = await page.screenshot({ fullPage: true, animations: 'disabled', clip })
  let webp = png
  for (const quality of QUALITIES) {
    webp = await sharp(png).webp({ quality }).toBuffer()
    if (webp.length <= PICTURE_MAX) break
  }
  await writeFile(join(folder, `${file}.webp`), webp)
  return webp.length
}

/** Writes a picture of the whole page, to be viewed by people. */
export async function takeWhole(page: Page, path: string): Promise<void> {
  await showTop(page)
  await page.screenshot({ fullPage: true, animations: 'disabled', path, type: 'jpeg', quality: 70 })
}

/** Replaces the ports of this machine in the addresses by names for the readers of the guide. */
const nameServers = (page: Page, names: ReadonlyMap<string, string>): Promise<void> =>
  page.evaluate(
    (pairs) => {
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      for (let text = texts.nextNode(); text; text = texts.nextNode())
        for (const [origin, name] of pairs)
          text.nodeValue = (text.nodeValue ?? '')
            .replaceAll(origin, `https://${name}`)
            .replaceAll(new URL(origin).host, name)
    },
    [...names],
  )

const showTop = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const focused = document.activeElement
    if (focused instanceof HTMLElement) focused.blur()
    window.scrollTo(0, 0)
  })
