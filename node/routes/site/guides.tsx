import { readdirSync, readFileSync } from 'node:fs'
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
import { PROJECT_ROOT } from '../../project-root.ts'
import { findAdmin, type WebEnv } from '../http/access.ts'
import { findSite } from '../http/site.ts'

const FOLDER = join(PROJECT_ROOT, 'docs/guides')
const PICTURES = join(FOLDER, 'images')

/** The first guides of each group, in the order of the page; what is not named here is for who keeps a site. */
const FIRST: [string, GuideGroup][] = [
  ['organiser-un-cafe', 'organise'],
  ['annoncer-un-cafe', 'organise'],
  ['etre-animatrice-ou-animateur', 'people'],
  ['etre-referente-ou-referent', 'people'],
  ['tetes-de-reseau', 'people'],
  ['installer', 'site'],
]

type Shown = GuideLink & { html: string }
type Guides = ReadonlyMap<string, Shown>

/** The guides of `docs/guides` and their pictures. */
export function guideRoutes(context: Context) {
  /** By the language that the addresses of a visitor name. */
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
    .get(paths.guidePicture(':file'), (c) => {
      const file = c.req.param('file') ?? ''
      if (!hasPicture(file)) return c.notFound()
      return c.body(readPicture(file), 200, {
        'Content-Type': 'image/webp',
        'Cache-Control': 'public, max-age=86400',
      })
    })
}

function readGuides(chosen: Lang | undefined): Guides {
  const names = readdirSync(FOLDER)
    .filter((file) => file.endsWith('.md'))
    .map((file) => basename(file, '.md'))
  const groups = new Map([...FIRST, ...names.map((name) => [name, 'site'] as const), ...FIRST])
  const surroundings = {
    guide: (name: string) => {
      if (!names.includes(name)) return undefined
      return chosen ? withLanguage(paths.guide(name), chosen) : paths.guide(name)
    },
    picture: findPicture,
    typeset: frenchSpaces,
  }
  return new Map(
    [...groups].map(([name, group]) => {
      const markdown = readFileSync(join(FOLDER, `${name}.md`), 'utf8')
      return [name, { name, group, ...renderGuide(markdown, surroundings) }]
    }),
  )
}

function findPicture(file: string) {
  if (!hasPicture(file)) return undefined
  return { src: paths.guidePicture(file), ...sizeOfWebp(readPicture(file)) }
}

const hasPicture = (file: string): boolean => readdirSync(PICTURES).includes(file)
const readPicture = (file: string) => readFileSync(join(PICTURES, file))

/** Of a picture with losses, as those of the guides are (RFC 6386 §9.1, behind 20 bytes of RFC 9649 §2). */
const sizeOfWebp = (bytes: Buffer): { width: number; height: number } => ({
  width: bytes.readUInt16LE(26) & 0x3fff,
  height: bytes.readUInt16LE(28) & 0x3fff,
})
