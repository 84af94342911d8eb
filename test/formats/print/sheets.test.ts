import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import type { SheetWords } from '../../../node/domain/kit/sheet-words.ts'
import { contrast } from '../../../node/domain/values/colour.ts'
import { widthOf } from '../../../node/formats/images/outlined-text.ts'
import { drawCards } from '../../../node/formats/print/cards.ts'
import { drawLeaflet } from '../../../node/formats/print/leaflet.ts'
import { toPdf } from '../../../node/formats/print/pdf.ts'
import { drawShared, drawSlide, FRAMES } from '../../../node/formats/print/pictures.ts'
import { drawPoster } from '../../../node/formats/print/poster.ts'
import {
  COLOURS,
  type Lettering,
  type Part,
  type Sheet,
} from '../../../node/formats/print/sheet.ts'
import { drawStarterKit } from '../../../node/formats/print/starter-kit.ts'
import { leftOf, toSvg } from '../../../node/formats/print/svg.ts'
import { sheetWords } from '../../../ui/kit/sheet-words.ts'
import { starterWords } from '../../../ui/kit/starter-words.ts'
import { aCafe } from '../../support/format-cafe.ts'
import { scan } from '../../support/scan.ts'
import { LEAFLET_WORDS, ODD_WORDS, SHEET_WORDS } from '../../support/sheet-words.ts'

const SHEETS: Record<string, (words: SheetWords) => Sheet> = {
  'the sober poster': (words) => drawPoster(words, 'sobre'),
  'the warm poster': (words) => drawPoster(words, 'chaleureux'),
  'the back of a flyer': (words) => {
    const flyer = drawPoster(words, 'sobre', 'A5')
    return { ...flyer, pages: flyer.pages.slice(1) }
  },
  'four cards': drawCards,
  'the slide': drawSlide,
  ...Object.fromEntries(
    (Object.keys(FRAMES) as (keyof typeof FRAMES)[]).map((frame) => [
      `the picture ${frame}`,
      (words: SheetWords) => drawShared(words, frame),
    ]),
  ),
}

const EACH = Object.entries(ODD_WORDS).flatMap(([name, words]) =>
  Object.entries(SHEETS).map(([sheet, draw]) => [sheet, name, draw(words)] as const),
)

/** The letters that are read, of the first page. */
function lettersOf(sheet: Sheet): Lettering[] {
  const inside = ({ tag, pieces = [], parts = [] }: Part): Lettering[] =>
    tag === 'Artifact'
      ? []
      : [...pieces.flatMap((piece) => ('text' in piece ? [piece] : [])), ...parts.flatMap(inside)]
  return (sheet.pages[0] ?? []).flatMap(inside)
}

/** Returns where the capitals of a line are: left, top, right, bottom. */
const boxOf = (letters: Lettering) => {
  const left = leftOf(letters)
  return [
    left,
    letters.y - 0.668 * letters.size,
    left + widthOf(letters.text, letters),
    letters.y,
  ] as const
}

test.each(EACH)('on %s of %s, every line is inside the edge and over no other', (_, __, sheet) => {
  const boxes = lettersOf(sheet).map((letters) => [letters.text, ...boxOf(letters)] as const)
  const margin = (sheet.width + sheet.height) / 150
  const outside = boxes.filter(
    ([, left, top, right, bottom]) =>
      left < margin ||
      top < margin ||
      right > sheet.width - margin ||
      bottom > sheet.height - margin,
  )
  expect(outside).toEqual([])
  const over = boxes.flatMap(([text, left, top, right, bottom], index) =>
    boxes
      .slice(index + 1)
      .filter(
        ([, otherLeft, otherTop, otherRight, otherBottom]) =>
          left < otherRight && otherLeft < right && top < otherBottom && otherTop < bottom,
      )
      .map(([other]) => [text, other]),
  )
  expect(over).toEqual([])
})

/** A capital of so many millimetres is read at two metres with half of full sight. */
const READ_AT_TWO_METRES = 5.9
const READ_FROM_AFAR = 15

test.each(Object.entries(ODD_WORDS).filter(([name]) => !/wide|without an end|Arabic/.test(name)))(
  'on a poster of %s, what decides is read at two metres',
  (_, words) => {
    for (const template of ['sobre', 'chaleureux'] as const) {
      const letters = lettersOf(drawPoster(words, template))
      const capitalOf = (text: string) =>
        Math.max(
          ...letters.filter((each) => each.text.startsWith(text)).map(({ size }) => size * 0.668),
        )
      const first = (text: string) => text.split(' ')[0] ?? ''
      expect(capitalOf(first(words.title))).toBeGreaterThan(READ_AT_TWO_METRES)
      expect(capitalOf('Gratuit') > READ_AT_TWO_METRES || words.change !== undefined).toBe(true)
      if (words.change) expect(capitalOf(words.change.label)).toBeGreaterThan(READ_FROM_AFAR * 0.6)
      if (words.series)
        expect(capitalOf(first(words.series.often))).toBeGreaterThan(READ_AT_TWO_METRES)
      if (!('weekday' in words.date)) continue
      expect(capitalOf(first(words.date.hour.replace(':30', '')))).toBeGreaterThan(
        READ_FROM_AFAR * 0.93,
      )
      expect(capitalOf(first(words.place))).toBeGreaterThan(READ_AT_TWO_METRES)
      if (words.series) continue
      expect(capitalOf(words.date.day)).toBeGreaterThan(READ_FROM_AFAR)
      expect(capitalOf(words.date.weekday)).toBeGreaterThan(READ_AT_TWO_METRES - 0.3)
    }
  },
)

test('a programme has all cafés of a month on its pages, and none over another', async () => {
  const sheet = drawLeaflet(LEAFLET_WORDS)
  expect(sheet.pages.length).toBeGreaterThan(1)
  const all = sheet.pages.map((page) => lettersOf({ ...sheet, pages: [page] }))
  const names = all.flat().filter(({ text }) => text.startsWith('Saint-Something'))
  expect(names).toHaveLength(30)
  for (const letters of all) {
    const boxes = letters.map((each) => [each.text, ...boxOf(each)] as const)
    for (const [text, , , right, bottom] of boxes)
      expect([text, right < 199, bottom < 294]).toEqual([text, true, true])
  }
  expect((await toPdf(sheet)).length).toBeLessThan(300_000)
  const whole = drawLeaflet({ ...LEAFLET_WORDS, towns: [] })
  expect(whole.pages).toHaveLength(1)
})

const { startsAt: START, venue: VENUE = expect.fail() } = aCafe()
const AT_ODDS = { name: 'Logo', file: 'x', width: 1, height: 4000 }
/** Cafés as forms, imports and other servers may leave them. */
const ODD_CAFES: Record<string, Partial<Cafe>> = {
  'no title': { title: '' },
  'a title of spaces and no letters': { title: ' \u200b\u202e\ufeff ' },
  'a title from right to left': { title: 'الذكاء الاصطناعي في العمل' },
  'emoji alone': { title: '🤖'.repeat(70) },
  'wide letters': { title: 'Œ'.repeat(140) },
  'marks without letters': { title: '\u0301'.repeat(140) },
  'half a letter of two units': { title: `Café \ud83d` },
  markup: { title: '<b>&amp;</b>"]]>' },
  'lines in the title': { title: 'Un\nDeux\tTrois' },
  'a place without end': { venue: { ...VENUE, name: 'Llan'.repeat(60), commune: 'Y' } },
  'an address of forty lines': {
    venue: { ...VENUE, streetAddress: 'Porte\n'.repeat(40) },
  },
  'no place': { venue: undefined },
  'no place and online': { venue: undefined, onlineUrl: 'https://visio.example/a' },
  'an end that is its start': { endsAt: START },
  'an end years later': { endsAt: START.add({ hours: 24 * 800 }) },
  'an end before its start': { endsAt: START.subtract({ hours: 5 }) },
  'a zone half an hour off': { timezone: 'Asia/Kolkata' },
  'a language that we do not speak': { languages: ['zz-Zzzz'] },
  'every kind of access': { accessibility: ['hi', 'vi', 'pi', 'mi', 'ii'] },
  'a reason without end': { status: 'cancelled', statusNote: 'Parce que '.repeat(400) },
  'moved online without a place': { status: 'moved-online', venue: undefined },
  'another date that nobody knows': { status: 'rescheduled', previousStartsAt: undefined },
  'a telephone that is none': { phone: '☎'.repeat(40) },
}

test.each(Object.entries(ODD_CAFES))('a café with %s has all of its sheets', (_, odd) => {
  const words = sheetWords(aCafe(odd), {
    ...{ movement: SHEET_WORDS.movement, accent: '#0b6355', accentSoft: '#e2f0ec' },
    host: { name: '', logo: { ...AT_ODDS, bytes: new Uint8Array(8) } },
    partners: Array.from({ length: 12 }, () => AT_ODDS),
    ...{ address: 'https://a.example/c/01234567', phone: undefined, access: 'X'.repeat(3000) },
    ...{ others: [aCafe(odd), aCafe(odd)], now: START.subtract({ hours: 24 }) },
  })
  for (const draw of Object.values(SHEETS)) {
    const sheet = draw(words)
    expect(lettersOf(sheet).length).toBeGreaterThan(4)
    for (const [left, top, right, bottom] of lettersOf(sheet).map(boxOf)) {
      expect(left).toBeGreaterThan(0)
      expect(top).toBeGreaterThan(0)
      expect(right).toBeLessThan(sheet.width)
      expect(bottom).toBeLessThan(sheet.height)
    }
  }
})

test.each(['fr', 'en'] as const)(
  'the kit for a first café (%s) has three pages within their edges',
  (lang) => {
    const sheet = drawStarterKit(starterWords(lang, SHEET_WORDS))
    expect(sheet.pages).toHaveLength(3)
    for (const page of sheet.pages)
      for (const each of lettersOf({ ...sheet, pages: [page] })) {
        const [, , right, bottom] = boxOf(each)
        expect([each.text, right < 199, bottom < 290, each.text.endsWith('…')]).toEqual([
          each.text,
          true,
          true,
          false,
        ])
      }
  },
)

test('each colour of text is read on its ground', () => {
  const { ink, muted, warn, white, sun, sunSoft } = COLOURS
  const pairs = [
    [ink, white],
    [muted, white],
    [warn, white],
    [white, warn],
    [ink, sun],
    [ink, sunSoft],
    [white, SHEET_WORDS.accent],
    [ink, SHEET_WORDS.accentSoft],
  ] as const
  for (const [one, other] of pairs) expect(contrast(one, other)).toBeGreaterThanOrEqual(4.5)
})

const folder = mkdtempSync(join(tmpdir(), 'cafe-ia-sheets-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Debian's poppler-utils and qpdf, which read what we wrote. */
const hasReaders = [
  ['pdftoppm', '-v'],
  ['qpdf', '--version'],
].every(([name = '', option = '']) => spawnSync(name, [option]).status === 0)
const read = (command: string, ...args: string[]): string =>
  execFileSync(command, args, { encoding: 'utf8' })

async function save(sheet: Sheet, options = {}): Promise<string> {
  const file = join(folder, 'sheet.pdf')
  writeFileSync(file, await toPdf(sheet, options))
  return file
}

/** Returns what is printed around the code, at 100 dots an inch in grey. */
function readPrintedCode(file: string, sheet: Sheet): Buffer {
  const isCode = ({ alt }: Part) => alt?.startsWith('Code')
  const { area = [0, 0, 0, 0] } = (sheet.pages[0] ?? []).find(isCode) ?? {}
  const [x = 0, y = 0, side = 0] = area.map((each) => Math.round((each * sheet.unit * 100) / 25.4))
  const crop = { x: x - 12, y: y - 12, W: side + 24, H: side + 24 }
  const options = Object.entries(crop).flatMap(([name, value]) => [`-${name}`, String(value)])
  read('pdftoppm', '-r', '100', '-gray', '-png', '-singlefile', ...options, file, file)
  return readFileSync(`${file}.png`)
}

const PRINTED = ['an ordinary café', 'a long address of the site']

test
  .skipIf(!hasReaders)
  .each(EACH.filter(([sheet, name]) => !sheet.includes('picture') && PRINTED.includes(name)))(
  '%s of %s is a whole PDF of one page, and its code is scanned from the print',
  async (_, name, sheet) => {
    const file = await save(sheet)
    expect(readFileSync(file).length).toBeLessThan(100_000)
    expect(read('qpdf', '--check', file)).toContain('No syntax or stream encoding errors')
    expect(await scan(readPrintedCode(file, sheet))).toBe(ODD_WORDS[name]?.go.href)
  },
)

test.skipIf(!hasReaders)(
  'a poster is read aloud in its order, in its language, with its fonts',
  async () => {
    const file = await save(
      drawPoster({ ...SHEET_WORDS, change: ODD_WORDS['another date']?.change }, 'chaleureux'),
    )
    const info = read('pdfinfo', file)
    expect(info).toMatch(/Title: +L’IA au travail : amie ou concurrente \?/)
    expect(info).toMatch(/Tagged: +yes/)
    expect(info).toMatch(/Page size: +595\.\d+ x 841\.\d+ pts \(A4\)/)
    const json = JSON.parse(read('qpdf', '--json', file)) as object
    expect(JSON.stringify(json)).toContain('"/Lang":"u:fr"')
    expect(read('pdfinfo', '-meta', file)).toContain('<pdfuaid:part>1</pdfuaid:part>')
    const tags = read('pdfinfo', '-struct-text', file)
    const order = [...tags.matchAll(/^ *(H1|P|Link|Figure)\b|^ *"(.*)"$/gmu)].map(
      ([, tag, text]) => tag ?? text?.trim(),
    )
    expect(order).toEqual([
      ...['P', 'Café IA', 'H1', 'L’IA au travail : amie ou concurrente ?'],
      ...[
        'P',
        'Nouvelle date',
        'P',
        'samedi 28 novembre, 10 h 30',
        'P',
        'La salle n’est pas disponible.',
      ],
      ...['P', 'Gratuit sans inscription', 'P', 'Reporté au samedi 28 novembre 10 h 30 à 12 h'],
      ...['P', 'Médiathèque du Canal', 'P', 'Rennes'],
      ...['P', '8, quai du Canal · Métro Les Saules Accès en fauteuil roulant'],
      ...['P', 'Programme, accès, changements :', 'P', 'Link', 'cafes-canal.example/c/k7m2x9qd'],
      ...['P', 'ou 02 99 00 00 00', 'Figure', '', 'P', 'Médiathèque du Canal'],
      ...[
        'P',
        'Affiche du 14 novembre 2026. Imprimée par nos soins, ne pas jeter sur la voie publique. Dessins : Café IA',
      ],
    ])
    const fonts = read('pdffonts', file).split('\n').slice(2).filter(Boolean)
    expect(fonts).toHaveLength(2)
    for (const font of fonts)
      expect(font).toMatch(/\+AtkinsonHyperlegible\S+ +CID TrueType +\S+ +yes yes yes/)
  },
)

test.skipIf(!hasReaders)('with bleed, the page has a margin of 8 mm with crop marks', async () => {
  const file = await save(drawPoster(SHEET_WORDS, 'chaleureux'), { hasBleed: true })
  expect(read('pdfinfo', '-box', file)).toMatch(/TrimBox: +22\.68 +22\.68 +617\.9\d +864\.5\d/)
})

test('a second poster takes a fifth of a second of a processor at most', async () => {
  await toPdf(drawPoster(SHEET_WORDS, 'chaleureux'))
  const before = process.cpuUsage()
  await toPdf(drawPoster(SHEET_WORDS, 'chaleureux'))
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1000).toBeLessThan(200)
})

test('a name with markup in it is drawn as letters', () => {
  const svg = toSvg(drawShared({ ...SHEET_WORDS, title: '</svg><script>' }, 'paysage'))
  expect(svg.match(/<(\w+)/g)?.filter((tag) => !/<(svg|rect|path)$/.test(tag))).toEqual([])
})
