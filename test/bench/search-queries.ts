import { communeAt, index } from '../../node/geo/commune-table.ts'
import { findTerritory } from '../../node/geo/territories.ts'
import type { CafeQuery } from '../../node/store/search/cafe-query.ts'
import { createDraw, createRandom } from './random.ts'

/** One kind of query, with other words and places at each turn. */
export type QueryKind = { name: string; queryOf: (turn: number) => CafeQuery }

const DEPARTEMENTS = ['35', '26', '59', '75', '974', '13', '2A', '48', '69', '33']

/**
 * Returns the queries of the table of targets: words of medium frequency, as people choose them, and towns by
 * population. They search coming cafés unless the name tells otherwise.
 */
export function searchKinds(words: readonly string[], now: Temporal.Instant): QueryKind[] {
  const towns = index().names.map((_, row) => communeAt(row))
  const drawTown = createDraw(towns.map(({ population }) => population))
  const random = createRandom(3)
  const places = Array.from({ length: 500 }, () => towns[drawTown(random)] ?? towns[0])
  const word = (turn: number) => words[30 + ((turn * 37) % 3000)] ?? ''
  const near = (turn: number, radiusKm: number) => {
    const { latitude = 0, longitude = 0 } = places[turn % places.length] ?? {}
    return { latitude, longitude, radiusKm }
  }
  const from = now
  const quarter = now.add({ hours: 24 * 90 })
  const territory = (turn: number) => findTerritory(DEPARTEMENTS[turn % DEPARTEMENTS.length] ?? '')
  return [
    {
      name: 'the next cafés, a page anywhere',
      queryOf: (turn) => ({ from: now.add({ hours: turn }) }),
    },
    { name: 'département', queryOf: (turn) => ({ from, territory: territory(turn) }) },
    { name: '1 word, 90 days', queryOf: (turn) => ({ from, until: quarter, words: word(turn) }) },
    { name: 'most frequent word', queryOf: () => ({ from, words: words[0] }) },
    { name: '2 words', queryOf: (turn) => ({ from, words: `${word(turn)} ${word(turn + 1)}` }) },
    { name: '3 letters', queryOf: (turn) => ({ from, words: word(turn).slice(0, 3) }) },
    ...[5, 25, 100].map((km) => ({
      name: `${km} km`,
      queryOf: (turn: number) => ({ from, near: near(turn, km) }),
    })),
    ...[5, 25, 100].map((km) => ({
      name: `word + ${km} km`,
      queryOf: (turn: number) => ({ from, words: word(turn), near: near(turn, km) }),
    })),
    {
      name: '25 km, the nearest first',
      queryOf: (turn) => ({ from, near: near(turn, 25), order: 'distance' }),
    },
    {
      name: 'word + département',
      queryOf: (turn) => ({ from, words: word(turn), territory: territory(turn) }),
    },
    {
      name: 'online, 30 days',
      queryOf: (turn) => ({
        from: now.add({ hours: 24 * (turn % 90) }),
        until: now.add({ hours: 24 * ((turn % 90) + 30) }),
        mode: 'online',
      }),
    },
    { name: 'a word that no café has', queryOf: (turn) => ({ from, words: `zyx${turn}` }) },
    {
      name: 'past too: word',
      queryOf: (turn) => ({ from: undefined, words: word(turn), order: 'recent' }),
    },
    {
      name: 'past too: word + 25 km',
      queryOf: (turn) => ({ from: undefined, words: word(turn), near: near(turn, 25) }),
    },
  ]
}

/** Returns such queries as whole requests to the API, each from another network. */
export function searchRequests(words: readonly string[], turns: number): Buffer[] {
  const towns = index().names.map((_, row) => communeAt(row))
  const random = createRandom(4)
  const drawTown = createDraw(towns.map(({ population }) => population))
  return Array.from({ length: turns }, (_, turn) => {
    const town = towns[drawTown(random)]
    const parameters = new URLSearchParams({ limit: '20' })
    const word = words[30 + random.below(3000)] ?? ''
    if (turn % 4 !== 0) {
      parameters.set('near', `${town?.latitude.toFixed(3)},${town?.longitude.toFixed(3)}`)
      parameters.set('radius', String(random.pick([5, 10, 25, 50, 100])))
    }
    if (turn % 2 === 0) parameters.set('q', word)
    if (turn % 7 === 0) parameters.set('territory', random.pick(DEPARTEMENTS))
    const from = `10.${(turn >> 16) & 255}.${(turn >> 8) & 255}.${turn & 255}`
    return Buffer.from(
      `GET /api/v1/cafes?${parameters} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: ${from}\r\n\r\n`,
    )
  })
}
