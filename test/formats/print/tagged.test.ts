import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import { drawCards } from '../../../node/formats/print/cards.ts'
import { drawLeaflet } from '../../../node/formats/print/leaflet.ts'
import { toPdf } from '../../../node/formats/print/pdf.ts'
import { drawSlide } from '../../../node/formats/print/pictures.ts'
import { drawPoster } from '../../../node/formats/print/poster.ts'
import type { Sheet } from '../../../node/formats/print/sheet.ts'
import { drawStarterKit } from '../../../node/formats/print/starter-kit.ts'
import { starterWords } from '../../../ui/kit/starter-words.ts'
import { type Dict, type PdfFile, readPdf, walkContent } from '../../support/pdf-reader.ts'
import { LEAFLET_WORDS, ODD_WORDS, SHEET_WORDS } from '../../support/sheet-words.ts'

/**
 * What PDF/UA-1 (ISO 14289-1) asks of our sheets, as far as it can be read from the file: no checker of the standard
 * (veraPDF, PAC) has looked at them.
 */

const bytes = new Uint8Array(
  await sharp({ create: { width: 90, height: 30, channels: 3, background: '#a22' } })
    .png()
    .toBuffer(),
)
const logo = { name: 'Une ville', file: '', width: 90, height: 30, bytes }
const words = {
  ...SHEET_WORDS,
  ...{ partners: [logo, logo, logo, logo], host: { name: 'La médiathèque', logo } },
  movement: { name: 'La charte', logo },
}

const SHEETS: Record<string, () => Sheet> = {
  'a sober poster': () => drawPoster(words, 'sobre'),
  'a warm flyer': () => drawPoster(words, 'chaleureux', 'A5'),
  'a cancelled poster': () => drawPoster(ODD_WORDS['a postponed café'] ?? words, 'sobre'),
  'a series': () => drawPoster(ODD_WORDS['a series'] ?? words, 'chaleureux'),
  cards: () => drawCards(words),
  'a slide': () => drawSlide(words),
  'a programme': () => drawLeaflet(LEAFLET_WORDS),
  'the kit for a first café': () => drawStarterKit(starterWords('fr', words)),
}

const folder = mkdtempSync(join(tmpdir(), 'cafe-ia-tagged-'))
afterAll(() => rmSync(folder, { recursive: true }))
const hasReader = spawnSync('qpdf', ['--version']).status === 0

async function write(sheet: Sheet): Promise<PdfFile> {
  const file = join(folder, 'sheet.pdf')
  writeFileSync(file, await toPdf(sheet, { hasBleed: true }))
  return readPdf(file)
}

test.skipIf(!hasReader).each(Object.entries(SHEETS))(
  '%s says its title, its language and its standard',
  async (_, draw) => {
    const sheet = draw()
    const { catalog, dictOf, streamOf, pages } = await write(sheet)
    expect(catalog['/Lang']).toBe('u:fr')
    expect(dictOf(catalog['/MarkInfo'])).toEqual({ '/Marked': true })
    expect(dictOf(catalog['/ViewerPreferences'])['/DisplayDocTitle']).toBe(true)
    const said = Buffer.from(streamOf(catalog['/Metadata']), 'latin1').toString()
    expect(said).toContain('<pdfuaid:part>1</pdfuaid:part>')
    expect(said).toMatch(/<dc:title>[\s\S]*<rdf:li xml:lang="x-default">[^<]+<\/rdf:li>/)
    expect(said).toContain(sheet.title)
    for (const page of pages) if (page['/Annots']) expect(page['/Tabs']).toBe('/S')
  },
)

/** Elements of the standard's own structure, so that no role map is needed, and what may be directly inside. */
const INSIDE: Record<string, readonly string[]> = {
  '/Document': ['/H1', '/H2', '/P', '/L', '/Figure'],
  '/L': ['/LI'],
  '/LI': ['/LBody'],
  '/P': ['/Link'],
}

test.skipIf(!hasReader).each(Object.entries(SHEETS))(
  'everything on %s is tagged once or is drawing',
  async (_, draw) => {
    const pdf = await write(draw())
    const { catalog, pages, dictOf, listOf, streamOf } = pdf
    const tagged = new Map<string, number[]>()
    const headings: number[] = []
    const walk = (value: Dict[string], parent: Dict, page: string | undefined) => {
      if (typeof value === 'number')
        return tagged.set(page ?? '', [...(tagged.get(page ?? '') ?? []), value])
      const element = dictOf(value)
      if (element['/Type'] === '/OBJR') return expectLink(pdf, element, parent)
      const own = (element['/Pg'] as string | undefined) ?? page
      if (element['/Type'] === '/MCR') return walk(element['/MCID'] ?? -1, parent, own)
      const name = String(element['/S'])
      if (parent['/S']) expect(INSIDE[String(parent['/S'])] ?? []).toContain(name)
      if (/^\/H\d/.test(name)) headings.push(Number(name.slice(2)))
      if (name === '/Figure') expectFigure(pdf, element)
      for (const kid of listOf(element['/K'])) walk(kid, element, own)
    }
    for (const kid of listOf(dictOf(catalog['/StructTreeRoot'])['/K'])) walk(kid, {}, undefined)
    expect(headings[0]).toBe(1)
    const marked = pages.map((page) => {
      const { unmarked, ids, open } = walkContent(
        listOf(page['/Contents']).length > 0 ? streamOf(page['/Contents']) : '',
      )
      expect([unmarked, open]).toEqual([[], 0])
      return ids
    })
    // The order in which it is read is that in which it is written.
    expect([...tagged.values()]).toEqual(marked.filter((ids) => ids.length > 0))
  },
)

function expectFigure({ dictOf, listOf }: PdfFile, element: Dict): void {
  expect(String(element['/Alt'])).toMatch(/^u:./)
  const [attributes] = listOf(element['/A'])
  expect(dictOf(attributes)).toMatchObject({ '/O': '/Layout', '/BBox': expect.any(Array) })
}

function expectLink({ dictOf }: PdfFile, reference: Dict, parent: Dict): void {
  expect(parent['/S']).toBe('/Link')
  expect(dictOf(reference['/Obj'])).toMatchObject({
    ...{ '/Subtype': '/Link', '/Contents': expect.stringMatching(/^u:./) },
    '/StructParent': expect.any(Number),
  })
}
