import { expect, test } from 'vitest'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { CafeList } from '../../../ui/cafes/card.tsx'
import type { Source } from '../../../ui/cafes/freshness.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { aCafe, aPeer, NOW } from '../gallery/sample.ts'

const t = messagesFor('fr')
const daysAgo = (days: number) => NOW.subtract({ hours: 24 * days })

type From = { source?: Source }

const textsOf = (changes: Partial<Cafe>, from: From = { source: aPeer() }): string[] => {
  const cafes = [{ cafe: aCafe(changes), href: '/cafes/1', ...from }]
  return [
    <CafeList cafes={cafes} level={3} now={NOW} t={t} />,
    <CafeList cafes={cafes} first={1} level={3} now={NOW} t={t} />,
  ].map((html) => /class="freshness">(.*?)<\/div>/.exec(html.toString())?.[1] ?? '')
}

test('a list says nothing of a café that was announced lately', () => {
  expect(textsOf({ updatedAt: daysAgo(59) })).toEqual(['', ''])
})

test('it says that the café was not updated for two months, unless its team confirmed it', () => {
  for (const text of textsOf({ updatedAt: daysAgo(61) })) expect(text).toMatch(/il y a\s2\smois/u)
  for (const text of textsOf({ updatedAt: daysAgo(61), confirmedAt: daysAgo(1) }))
    expect(text).toMatch(/^<p class="fresh">L’équipe a confirmé[^<]*<\/p>$/)
  expect(textsOf({ updatedAt: daysAgo(61) }, {})).toEqual(['', ''])
})

test('it says that the site of the place does not answer', () => {
  const silent = { ...aPeer(), silentSince: daysAgo(2) }
  for (const text of textsOf({ updatedAt: daysAgo(3) }, { source: silent }))
    expect(text).toContain('stale')
})
