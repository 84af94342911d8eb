import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { isSameCafe } from '../../../node/domain/cafes/duplicate.ts'
import { aCafe } from '../../support/some-cafes.ts'

/** Pairs of announcements as people write them; `same` is the judgement of a person who knows the places. */
type Said = {
  by: string
  title: string
  venue: string
  street?: string
  postalCode: string
  commune: string
  codeInsee: string
  at?: [latitude: number, longitude: number]
  start: string
}
type Pair = { same: boolean; why: string; one: Said; other: Said }

const pairs = readFileSync(
  new URL('../../fixtures/duplicates/pairs.ndjson', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Pair)

function toCafe({ by, title, start, venue, ...said }: Said): Cafe {
  const origin = `https://${encodeURIComponent(by).replaceAll(/\W/g, '').toLowerCase()}.example`
  const id = crypto.randomUUID()
  return aCafe({
    id,
    title,
    uri: `${origin}/cafes/${id}`,
    peerId: by,
    organizer: { uri: `${origin}/actors/cafes`, name: by, url: `${origin}/` },
    startsAt: Temporal.Instant.from(`2026-12-09T${start}:00Z`),
    venue: {
      id: undefined,
      name: venue,
      streetAddress: said.street,
      postalCode: said.postalCode,
      commune: said.commune,
      codeInsee: said.codeInsee,
      departement: undefined,
      region: undefined,
      latitude: said.at?.[0],
      longitude: said.at?.[1],
    },
  })
}

test('of 200 labelled pairs and more, no more than one in 200 of those taken for one café is two', () => {
  const judged = pairs.map((pair) => {
    const [one, other] = [toCafe(pair.one), toCafe(pair.other)]
    const said = isSameCafe(one, other)
    expect(isSameCafe(other, one)).toBe(said)
    return { ...pair, said: said !== undefined }
  })
  const right = judged.filter(({ said, same }) => said && same).length
  const precision = right / judged.filter(({ said }) => said).length
  const recall = right / judged.filter(({ same }) => same).length
  process.stdout.write(
    `${pairs.length} pairs: precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}\n`,
  )
  const wrong = judged
    .filter(({ said, same }) => said && !same)
    .map(({ why, one, other }) => `${why}: ${one.title} / ${other.title}`)
  expect(pairs.length).toBeGreaterThanOrEqual(200)
  expect(precision, wrong.join('\n')).toBeGreaterThanOrEqual(0.995)
  expect(recall).toBeGreaterThan(0.7)
})
