import MarkdownIt from 'markdown-it'
import { expect, test } from 'vitest'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { toNewsletter } from '../../../node/domain/territories/newsletter.ts'
import {
  changeSince,
  type SentCafe,
  sentOf,
} from '../../../node/domain/territories/newsletter-change.ts'
import {
  toNewsletterHtml,
  toNewsletterMarkdown,
  toNewsletterText,
  withoutStyles,
} from '../../../node/formats/text/newsletter.ts'
import { aCafe } from '../../support/format-cafe.ts'
import { readable } from '../../support/readable.ts'

const LINKS = {
  ...{ directory: 'https://annuaire.example/', most: 15, sectionHref: () => '' },
  questionHref: (id: string) => `https://annuaire.example/questions/${id}`,
  resourceHref: (slug: string) => `https://annuaire.example/ressources/${slug}`,
}
const day = Temporal.PlainDate.from('2026-12-01')

/** Writes the three forms of a newsletter that announces the change of one café. */
function write(told: SentCafe, now: Cafe) {
  const change = changeSince(told, now)
  const newsletter = toNewsletter({
    ...{ from: day, until: day, cafes: [], choices: new Map(), sectionOf: () => undefined },
    changes: change ? [change] : [],
  })
  return {
    html: toNewsletterHtml(newsletter, LINKS),
    markdown: toNewsletterMarkdown(newsletter, LINKS),
    text: toNewsletterText(newsletter, LINKS),
  }
}

/** Returns the sentence of the newsletter below the planned date; it is the same in each form. */
function said(before: Partial<Cafe>, changes: Partial<Cafe>): string | undefined {
  const cafe = aCafe(before)
  const { html, markdown, text } = write(sentOf(cafe), { ...cafe, ...changes })
  const line = text.match(/Prévu le .*\n {2}(.*)\n/)?.[1]
  if (line === undefined) {
    expect(html + markdown + text).not.toContain('Ce qui a changé')
    return undefined
  }
  const plain = (code: string) => code.replaceAll(/<[^>]+>/g, '')
  expect(plain(html)).toContain(line)
  expect(plain(new MarkdownIt().render(markdown))).toContain(line)
  return readable(line)
}

const tilleuls = aCafe().venue as NonNullable<Cafe['venue']>
const canal = { ...tilleuls, name: 'Médiathèque du Canal' }
const online = { attendanceMode: 'online', venue: undefined } as const
const mixed = { attendanceMode: 'mixed' } as const
const offline = { attendanceMode: 'offline', venue: tilleuls } as const

test.each([
  [
    'another place of the town',
    {},
    { venue: canal },
    'À un autre endroit : Médiathèque du Canal, Rennes (au lieu de Médiathèque des Tilleuls, Rennes).',
  ],
  [
    'the place of that name in another town',
    {},
    { venue: { ...tilleuls, commune: 'Die' } },
    'À un autre endroit : Médiathèque des Tilleuls, Die (au lieu de Médiathèque des Tilleuls, Rennes).',
  ],
  [
    'online by an ordinary edit',
    {},
    online,
    'En ligne désormais (au lieu de Médiathèque des Tilleuls, Rennes).',
  ],
  [
    'at a place after all',
    online,
    offline,
    'Sur place désormais : Médiathèque des Tilleuls, Rennes.',
  ],
  [
    'at a place too',
    online,
    { ...mixed, venue: canal },
    'Sur place désormais : Médiathèque du Canal, Rennes, et en ligne.',
  ],
  [
    'back from online, where its place was kept',
    { status: 'moved-online' },
    { status: 'scheduled' },
    'Sur place désormais : Médiathèque des Tilleuls, Rennes.',
  ],
  ['online as well', {}, mixed, 'Aussi en ligne désormais.'],
  ['no longer online as well', mixed, offline, 'Sur place seulement désormais.'],
] as [string, Partial<Cafe>, Partial<Cafe>, string][])(
  '%s is told in one plain sentence',
  (_, before, changes, words) => {
    expect(said(before, changes)).toBe(words)
  },
)

test('another date and another place are told once, together, then why', () => {
  const startsAt = Temporal.Instant.from('2026-12-10T17:30:00Z')
  const status = 'rescheduled'
  const changes = { startsAt, status, venue: canal, statusNote: 'Dégât des eaux' } as const
  expect(said({}, changes)).toBe(
    'Nouvelle date : jeudi 10 décembre 2026 à 18 h 30. À un autre endroit : Médiathèque du Canal, Rennes (au lieu de Médiathèque des Tilleuls, Rennes). « Dégât des eaux »',
  )
  const text = write(sentOf(aCafe()), aCafe(changes)).text
  expect(text.match(/Prévu le/g)).toHaveLength(1)
})

test('a café that is moved online is said so once, as its own server and another know it', () => {
  const status = 'moved-online'
  expect(said({}, { status })).toBe('Déplacé en ligne.')
  expect(said({}, { status, ...online })).toBe('Déplacé en ligne.')
  expect(said({ status }, { status, ...online })).toBeUndefined()
})

test('nobody is sent to the place of a café that has moved online', () => {
  const cafe = aCafe({ status: 'moved-online' })
  const text = toNewsletterText(
    toNewsletter({
      ...{ from: day, until: day, cafes: [cafe], choices: new Map(), changes: [] },
      sectionOf: () => 'Bretagne',
    }),
    LINKS,
  )
  expect(text).toContain('\n  En ligne (Médiathèque des Tilleuls)\n')
})

test('what is cancelled or postponed is not said to be elsewhere too', () => {
  expect(said({}, { status: 'cancelled', venue: canal })).toBe('Annulé.')
  expect(said({}, { status: 'postponed', ...online })).toBe('Reporté, nouvelle date à venir.')
})

test('a street, capitals and accents that were put right make no other place', () => {
  const venue = { ...tilleuls, name: 'Mediatheque des tilleuls', streetAddress: '16 rue du Lac' }
  expect(said({ venue }, { venue: tilleuls })).toBeUndefined()
})

test('the name of a place is text in each form, whatever it is made of', () => {
  const venue = { ...tilleuls, name: '<b>Chez</b> *Léa* [bar](x)' }
  const { html, markdown } = write(sentOf(aCafe()), aCafe({ venue }))
  expect(html).toContain('&lt;b&gt;Chez&lt;/b&gt; *Léa* [bar](x)')
  expect(new MarkdownIt().render(markdown)).toContain('&lt;b&gt;Chez&lt;/b&gt; *Léa* [bar](x)')
})

test('the opening comes first, the questions near the end, and the HTML keeps its look where it is pasted', () => {
  const newsletter = toNewsletter({
    ...{ from: day, until: day, cafes: [], choices: new Map(), sectionOf: () => undefined },
    ...{ changes: [], opening: 'Bonjour <toutes>,\net tous.\n\nÀ jeudi.' },
    questions: [{ id: 'q', text: 'L’IA pense-t-elle ?', cafes: 3 }],
    resources: [{ slug: 'jeu', title: 'Le jeu', summary: 'On <joue>.', author: 'Léa' }],
  })
  const html = toNewsletterHtml(newsletter, LINKS)
  const at = (words: string) => html.indexOf(words)
  expect(at('Bonjour &lt;toutes&gt;, et tous.</p>')).toBeGreaterThan(at('</h1>'))
  expect(at('À jeudi.')).toBeLessThan(at('Aucun café'))
  expect(html).toContain('href="https://annuaire.example/questions/q">L’IA pense-t-elle ?</a>')
  expect(html).toContain('href="https://annuaire.example/ressources/jeu">Le jeu</a>')
  expect(html).toContain('On &lt;joue&gt;.<br>\nPar Léa.')
  expect(readable(toNewsletterText(newsletter, LINKS))).toContain('Posée dans 3 cafés.')
  // Mail programs drop style sheets and classes, and some the whole of what has tables in lists.
  expect(html.match(/<(h1|h2|p|ul|li|a)\b(?! style=)/g)).toBeNull()
  expect(html).not.toMatch(/<(table|img|style|div)|class=/)
  expect(withoutStyles(html)).not.toContain('style=')
})
