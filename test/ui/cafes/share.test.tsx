import { describe, expect, test } from 'vitest'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { CafePage } from '../../../ui/cafes/cafe-page.tsx'
import { aCafe, aPeer, EVIL, HUB, NODE, NOW } from '../gallery/sample.ts'

const page = (changes: Partial<Cafe> = {}, more: { isExact?: boolean } = {}) =>
  (
    <CafePage site={NODE} cafe={aCafe(changes)} now={NOW} calendarHref="/cafes/1.ics" {...more} />
  ).toString()

const hrefs = (html: string, scheme: string): string[] =>
  [...html.matchAll(/href="([^"]*)"/g)]
    .map(([, href = '']) => href.replaceAll('&amp;', '&'))
    .filter((href) => href.startsWith(`${scheme}:`))

const mailOf = (html: string) => {
  const { searchParams } = new URL(hrefs(html, 'mailto')[0] ?? '')
  return {
    subject: searchParams.get('subject')?.replaceAll('\u00a0', ' '),
    body: searchParams.get('body')?.replaceAll('\u00a0', ' '),
  }
}

const previewOf = (html: string) =>
  /property="og:description" content="([^"]*)"/.exec(html)?.[1]?.replaceAll('\u00a0', ' ')

describe('a café', () => {
  test('is told to somebody by a mail that says what, when and where', () => {
    expect(mailOf(page())).toEqual({
      subject: 'L’IA au travail',
      body: [
        'L’IA au travail',
        'jeudi 3 décembre 2026, 18 h 30 – 20 h (heure de Paris)',
        'Médiathèque du Canal, Rennes',
        aCafe().url,
      ].join('\r\n'),
    })
  })

  test('that is cancelled or postponed says so in the mail, and gives no date as if it held', () => {
    expect(mailOf(page({ status: 'cancelled' })).subject).toBe('Annulé : L’IA au travail')
    expect(mailOf(page({ status: 'postponed' })).body).not.toContain('décembre')
  })

  test('that has moved online is said to be there, in the mail and in previews of its link', () => {
    const html = page({ status: 'moved-online' })
    expect(mailOf(html).body).toContain('\r\nEn ligne\r\n')
    expect(previewOf(html)).toContain('(heure de Paris) · En ligne')
    for (const text of [mailOf(html).body, previewOf(html)]) expect(text).not.toContain('Canal, R')
  })

  test('that is postponed has no date in previews of its link, as nowhere', () => {
    expect(previewOf(page({ status: 'postponed' }))).toMatch(/^Date à venir · Médiathèque/)
  })

  test('of another zone is told under the clock of its place', () => {
    const html = page({ timezone: 'Indian/Reunion' })
    for (const text of [mailOf(html).body, previewOf(html)])
      expect(text).toContain('(heure de La Réunion)')
  })

  test('is shared from the device under its state too', () => {
    expect(page({ status: 'cancelled' })).toContain('data-share="Annulé\u00a0: L’IA au travail"')
  })

  test('puts nothing but its words into the mail, whatever a stranger wrote', () => {
    const html = page({ title: `${EVIL}&cc=x@a.example\r\nBcc: y@a.example` })
    const { searchParams } = new URL(hrefs(html, 'mailto')[0] ?? '')
    expect([...searchParams.keys()]).toEqual(['subject', 'body'])
  })

  test('has an address to copy: its own, on its place’s site', () => {
    const html = (
      <CafePage site={HUB} cafe={aCafe()} now={NOW} calendarHref="/cafes/1.ics" source={aPeer()} />
    ).toString()
    expect(html).toContain(`<code class="address" id="adresse-cafe">${aCafe().url}</code>`)
  })

  test('is shared without anybody in between', () => {
    const hosts = hrefs(page(), 'https').map((href) => new URL(href).host)
    expect(new Set(hosts)).toEqual(new Set(['canal.example', 'www.openstreetmap.org']))
  })

  test('is found with the map that the visitor has, by its street, or by its point', () => {
    expect(hrefs(page(), 'geo')).toEqual([
      'geo:48.1173,-1.6778?q=12%20quai%20du%20Canal%2035000%20Rennes',
    ])
    const { venue } = aCafe()
    const onlyPoint = page({ venue: venue && { ...venue, streetAddress: undefined } })
    expect(hrefs(onlyPoint, 'geo')[0]).toContain('q=48.1173%2C-1.6778(M%C3%A9diath%C3%A8que')
    const exact = page({}, { isExact: true })
    expect(hrefs(exact, 'geo')[0]).toContain('q=48.1173%2C-1.6778(M%C3%A9diath%C3%A8que')
    expect(exact).toContain('/directions?to=48.1173%2C-1.6778"')
    expect(page()).toContain('/directions?to=12%20quai%20du%20Canal%2035000%20Rennes"')
    const noPoint = page({ venue: venue && { ...venue, latitude: undefined } })
    expect(hrefs(noPoint, 'geo')).toEqual([])
  })

  test('on paper has its address and its code, which is loaded for paper alone', () => {
    const [part = ''] = /<p class="printed-address">.*?<\/p>/u.exec(page()) ?? []
    expect(part).toMatch(/<img src="\/cafes\/[^"]+\/code\.svg" alt="" [^>]*loading="lazy"/u)
    expect(part).toContain(`<span>${aCafe().url?.replace('https://', '')}</span>`)
    const [draft = ''] =
      /<p class="printed-address">.*?<\/p>/u.exec(page({ publication: 'draft' })) ?? []
    expect(draft).not.toContain('<img')
  })

  test('explains what goes into one’s calendar, unless there is nothing to come to', () => {
    expect(page()).toContain('L’agenda, comment ça marche')
    for (const status of ['cancelled', 'postponed'] as const)
      expect(page({ status })).not.toContain('L’agenda, comment ça marche')
  })
})
