import { describe, expect, test } from 'vitest'
import { digestHtml } from '../../../federation/delivery/feeds/digest-text.ts'
import { venueNameOf, venueText } from '../../../node/domain/cafes/venue.ts'
import type { Feed } from '../../../node/domain/territories/feed.ts'
import { toNewsletter } from '../../../node/domain/territories/newsletter.ts'
import { toNewsletterText } from '../../../node/formats/text/newsletter.ts'
import { describeContent } from '../../../node/routes/data/imports/import-step.ts'
import { confirmationMail } from '../../../ui/admin/mails.ts'
import { placeOf } from '../../../ui/cafes/card.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { alertMail } from '../../../ui/territories/alert-mails.ts'
import { aCafe } from '../../support/format-cafe.ts'
import { readSources } from '../../support/sources.ts'

const origin = 'https://annuaire.example'
const day = Temporal.PlainDate.from('2026-12-01')

const FEED: Feed = {
  ...{ name: 'cafe-ia', kind: 'national', code: '', title: 'France', timezone: 'Europe/Paris' },
}
const DIGEST = { feed: FEED, kind: 'daily', total: 1 } as const

const PLACES: [name: string, commune: string, said: string][] = [
  ['Médiathèque de Bruz', 'Bruz', 'Médiathèque de Bruz'],
  ['Médiathèque du Canal', 'Rennes', 'Médiathèque du Canal, Rennes'],
  ['Tiers-lieu de Diest', 'Die', 'Tiers-lieu de Diest, Die'],
  ['MEDIATHEQUE (SAINT-ETIENNE)', 'Saint-Étienne', 'MEDIATHEQUE (SAINT-ETIENNE)'],
  ['Mairie de Saint-Denis', 'Denis', 'Mairie de Saint-Denis, Denis'],
]

describe.each(PLACES)('%s at %s has its town once', (name, commune, said) => {
  const known = aCafe({})
  if (!known.venue) throw new Error('a café without a venue')
  const cafe = { ...known, venue: { ...known.venue, name, commune } }
  const newsletter = toNewsletter({
    ...{ from: day, until: day.add({ months: 2 }), cafes: [cafe], choices: new Map() },
    ...{ sectionOf: () => undefined, changes: [] },
  })
  const texts = {
    'a card': placeOf(cafe, messagesFor('fr')),
    'a mail of alert': JSON.stringify(
      alertMail({ origin, siteName: 'Annuaire', place: 'Bretagne', cafes: [cafe] }),
    ),
    'a mail of confirmation': JSON.stringify(confirmationMail({ origin, cafe, siteName: 'Lieu' })),
    'a digest': digestHtml({ ...DIGEST, cafes: [cafe] }, origin),
    'a letter': toNewsletterText(newsletter, {
      ...{ directory: origin, most: 15, sectionHref: () => '' },
      ...{ questionHref: () => '', resourceHref: () => '' },
    }),
    'a step of an import': describeContent(1, cafe).place,
  }
  test.each(Object.entries(texts))('in %s', (_, text) => {
    expect(text).toContain(said)
    expect(text).not.toContain(`${said}, ${commune}`)
  })
})

test('the name of a venue is found again in its text, the town once', () => {
  for (const [name, commune] of PLACES) {
    const text = venueText({ name, commune })
    expect(venueNameOf(text, commune)).toBe(name)
    expect(venueText({ name: venueNameOf(text, commune), commune })).toBe(text)
  }
  expect(venueNameOf('Le Bruz, Bruz', 'Bruz')).toBe('Le Bruz, Bruz')
  expect(venueNameOf(', Bruz', 'Bruz')).toBe(', Bruz')
})

test('no source joins the name of a venue and its town by itself', () => {
  const joined = /\bvenue\??\.name\}, |\[venue\??\.name, venue\??\.commune\]/
  const found = readSources()
    .filter(({ code }) => joined.test(code))
    .map(({ path }) => path)
  expect(found).toEqual([])
})
