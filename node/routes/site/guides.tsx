import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Hono } from 'hono'
import { withLanguage } from '../../../ui/components/link.tsx'
import { frenchSpaces } from '../../../ui/locales/typography.ts'
import { paths } from '../../../ui/paths.ts'
import {
  type GuideGroup,
  type GuideLink,
  GuidePage,
  GuidesPage,
} from '../../../ui/site/guides-page.tsx'
import type { Context } from '../../context.ts'
import type { Lang } from '../../domain/values/lang.ts'
import { renderGuide } from '../../formats/text/guide.ts'
import { PROJECT_ROOT } from '../../program/project-root.ts'
import { findSite } from '../http/site.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'

const FOLDER = join(PROJECT_ROOT, 'docs/guides')

/** The first guides of each group, in the order of the page; those that are not named here are for operators. */
const FIRST: [string, GuideGroup][] = [
  ['organiser-un-cafe', 'organise'],
  ['annoncer-un-cafe', 'organise'],
  ['faire-venir', 'organise'],
  ['inscriptions', 'organise'],
  ['raconter-son-cafe', 'organise'],
  ['partager-ses-ressources', 'organise'],
  ['les-chiffres', 'organise'],
  ['noms-et-photos', 'organise'],
  ['etre-animatrice-ou-animateur', 'people'],
  ['etre-referente-ou-referent', 'people'],
  ['moderer', 'people'],
  ['tetes-de-reseau', 'people'],
  ['installer', 'site'],
]

type Shown = GuideLink & { html: string }
type Guides = ReadonlyMap<string, Shown>

/** The guides of `docs/guides` and their pictures. */
export function guideRoutes(context: Context) {
  /** The guides by the language that the address names. */
  const read = new Map<Lang | undefined, Guides>()
  const guidesIn = (chosen: Lang | undefined): Guides => {
    const guides = read.get(chosen) ?? readGuides(chosen)
    read.set(chosen, guides)
    return guides
  }
  return new Hono<WebEnv>()
    .get(paths.guides, async (c) => {
      const site = await findSite(context, c)
      return c.html(
        <GuidesPage
          site={site}
          guides={[...guidesIn(site.chosen).values()]}
          signedIn={(await findAdmin(c, context)) !== undefined}
        />,
      )
    })
    .get(paths.guide(':name'), async (c) => {
      const site = await findSite(context, c)
      const guides = guidesIn(site.chosen)
      const guide = guides.get(c.req.param('name') ?? '')
      if (!guide) return c.notFound()
      return c.html(
        <GuidePage
          site={site}
          guide={guide}
          html={guide.html}
          others={[...guides.values()].filter((other) => other !== guide)}
          signedIn={(await findAdmin(c, context)) !== undefined}
        />,
      )
    })
}

function readGuides(chosen: Lang | undefined): Guides {
  const names = readdirSync(FOLDER)
    .filter((file) => file.endsWith('.md'))
    .map((file) => basename(file, '.md'))
  const others = names.filter((name) => !FIRST.some(([first]) => first === name))
  const groups = [...FIRST, ...others.map((name) => [name, 'site'] as const)]
  const surroundings = {
    guide: (name: string) => {
      if (!names.includes(name)) return undefined
      return chosen ? withLanguage(paths.guide(name), chosen) : paths.guide(name)
    },
    picture: findPicture,
    typeset: frenchSpaces,
  }
  return new Map(
    groups.map(([name, group]) => {
      const markdown = readFileSync(join(FOLDER, `${name}.md`), 'utf8')
      return [name, { name, group, ...renderGuide(markdown, surroundings) }]
    }),
  )
}

function findPicture(file: string) {
  const path = join(FOLDER, 'images', file)
  if (!existsSync(path)) return undefined
  return { src: paths.guidePicture(file), ...sizeOfWebp(readFileSync(path)) }
}

/**
 * Returns the size of a lossy WebP picture, as those of the guides are (RFC 6386 §9.1, after 20 bytes of RFC 9649 §2).
 */
const sizeOfWebp = (bytes: Buffer): { width: number; height: number } => ({
  width: bytes.readUInt16LE(26) & 0x3fff,
  height: bytes.readUInt16LE(28) & 0x3fff,
})
