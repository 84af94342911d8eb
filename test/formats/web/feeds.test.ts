import fc from 'fast-check'
import Parser from 'rss-parser'
import { describe, expect, test } from 'vitest'
import { cleanText, LINE_MAX } from '../../../node/formats/text/clean-text.ts'
import { toAtom, toJsonFeed } from '../../../node/formats/web/feeds.ts'
import { aCafe } from '../../support/format-cafe.ts'
import { times } from '../../support/full.ts'

const about = {
  name: 'Médiathèque & Cie <3',
  author: 'Médiathèque & Cie',
  description: 'Les prochains cafés',
  page: 'https://mediatheque.example/cafes',
  url: 'https://mediatheque.example/agenda.atom',
  now: Temporal.Instant.from('2026-11-25T09:00:00Z'),
}

/** Parses a feed with the library of a feed reader. */
const readAtom = (text: string) => new Parser().parseString(text)

const decode = (html: string | undefined) =>
  (html ?? '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')

describe('the feed for readers', () => {
  test.each([
    [{ status: 'cancelled' }, /^Annulé\s: Café IA/u, 'Ce café n’aura pas lieu.'],
    [{ status: 'postponed' }, /^Reporté\s: Café IA/u, 'Attendez la nouvelle date'],
    [
      { registration: { ...aCafe().registration, seatsLeft: 0 } },
      /^Complet\s: Café IA/u,
      'complet.',
    ],
  ] as const)(
    'invites nobody to a café that is full or does not take place: %o',
    async (changes, title, words) => {
      const [item] = (await readAtom(toAtom([aCafe(changes)], about))).items
      expect(item?.title).toMatch(title)
      expect(item?.content).toContain(words)
      expect(item?.content).not.toMatch(/Inscription|Entrée libre/u)
      const [other] = JSON.parse(toJsonFeed([aCafe(changes)], about)).items
      expect(other.title).toMatch(title)
    },
  )

  test('a telephone number that is left out does not make entry free', async () => {
    const registration = { ...aCafe().registration, mode: 'phone', url: undefined } as const
    const [item] = (await readAtom(toAtom([aCafe({ registration, phone: undefined })], about)))
      .items
    expect(item?.content).toContain('Inscription par téléphone.')
  })

  test('gives each café with its page, its day and its place', async () => {
    const feed = await readAtom(toAtom([aCafe()], about))
    expect(feed.title).toBe('Médiathèque & Cie <3')
    expect(feed.link).toBe(about.page)
    expect(feed.feedUrl).toBe(about.url)
    const [item] = feed.items
    expect(item).toMatchObject({
      id: aCafe().uri,
      link: aCafe().url,
      title: 'Café IA : les images',
      author: 'Médiathèque des Tilleuls',
      pubDate: '2026-11-20T08:00:00.000Z',
    })
    expect(item?.summary).toContain('jeudi 3\u00a0décembre\u00a02026')
    expect(item?.summary).toContain('35000 Rennes')
    expect(item?.content).toContain('<strong>ensemble</strong>')
    expect(item?.content).toContain('alt="Une table, des tasses"')
  })

  test('says first that a café is cancelled, and why', async () => {
    const cancelled = aCafe({
      status: 'cancelled',
      statusNote: 'La salle est fermée.',
      updatedAt: Temporal.Instant.from('2026-11-24T08:00:00Z'),
    })
    const text = toAtom([cancelled], about)
    const [item] = (await readAtom(text)).items
    expect(item?.title).toBe('Annulé\u00a0: Café IA : les images')
    expect(item?.content).toMatch(/^<p>La salle est fermée\.<\/p>/)
    expect(text.match(/<updated>2026-11-24T08:00:00\.000Z<\/updated>/g)).toHaveLength(2)
  })

  test('gives no date of a postponed café as if it held', async () => {
    const [item] = (await readAtom(toAtom([aCafe({ status: 'postponed' })], about))).items
    expect(item?.title).toMatch(/^Reporté/)
    expect(item?.summary).toMatch(/^nouvelle date à venir/)
  })

  test('without a café is a feed all the same', async () => {
    const feed = await readAtom(toAtom([], about))
    expect(feed.items).toEqual([])
    expect(feed.title).toBe(about.name)
  })

  test('is well formed and says what was written, whatever that is', async () => {
    const odd = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 120 }),
      fc.constantFrom(
        ']]>]]>',
        '<b>',
        '"><script>',
        '&amp;',
        '&',
        "'",
        '\ud800',
        '\0',
        '<![CDATA[',
      ),
    )
    await fc.assert(
      fc.asyncProperty(
        odd.filter((text) => cleanText(text, LINE_MAX) !== ''),
        odd,
        odd,
        async (title, theme, name) => {
          const cafe = aCafe({ title, themes: [theme], format: theme, statusNote: title })
          const organizer = { ...cafe.organizer, name }
          const text = toAtom([{ ...cafe, organizer }], { ...about, name })
          expect(text).toBe(text.toWellFormed())
          const feed = await readAtom(text)
          expect(feed.items).toHaveLength(1)
          const said = decode(feed.items[0]?.title).replaceAll(/\s+/g, ' ').trim()
          expect(said).toBe(cleanText(title, LINE_MAX).replaceAll(/\s+/g, ' ').trim())
          expect(feed.items[0]?.content).not.toContain('<script')
        },
      ),
      { numRuns: times(40, 200) },
    )
  })
})

describe('the feed in JSON', () => {
  const read = (...cafes: Parameters<typeof toJsonFeed>[0]) =>
    JSON.parse(toJsonFeed(cafes, { ...about, url: 'https://mediatheque.example/agenda.json' }))

  test('is a JSON Feed 1.1 with what its readers need', () => {
    const feed = read(aCafe())
    expect(feed).toMatchObject({
      version: 'https://jsonfeed.org/version/1.1',
      title: about.name,
      home_page_url: about.page,
      feed_url: 'https://mediatheque.example/agenda.json',
      language: 'fr',
    })
    expect(feed.items).toHaveLength(1)
    expect(feed.items[0]).toMatchObject({
      id: aCafe().uri,
      url: aCafe().url,
      title: 'Café IA : les images',
      image: 'https://mediatheque.example/media/1.jpg',
      date_published: '2026-11-20T08:00:00Z',
      date_modified: '2026-11-20T08:00:00Z',
      authors: [{ name: 'Médiathèque des Tilleuls' }],
      tags: ['café débat', 'images', 'désinformation'],
      _cafe: { starts_at: '2026-12-03T18:30:00+01:00', timezone: 'Europe/Paris' },
    })
    expect(feed.items[0].content_html).toContain('<p>Vrai ou faux ?</p>')
  })

  test('leads to the café’s own address when its page is none of the web’s', () => {
    const [item] = read(aCafe({ url: 'javascript:alert(1)', image: undefined })).items
    expect(item.url).toBe(aCafe().uri)
    expect(item).not.toHaveProperty('image')
  })
})
