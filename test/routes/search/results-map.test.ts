import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { findTerritory, listDepartements, listRegions } from '../../../node/geo/territories.ts'
import { describeStructuresMap } from '../../../node/routes/search/results-map.ts'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { MapPanel } from '../../../ui/maps/map-panel.tsx'

/** The size after the compression that every browser supports. */
const MOST_BYTES = 50_000

const places = Array.from({ length: 30 }, (_, at) => ({
  name: `Médiathèque ${at}`,
  address: {
    ...{ streetAddress: undefined, postalCode: undefined, commune: '', departement: undefined },
    ...{ region: undefined, codeInsee: ['35238', '75056', '97411', '13055'][at % 4] },
  },
}))

const weigh = (code: string | undefined): number => {
  const area = code === undefined ? undefined : findTerritory(code)
  const map = describeStructuresMap({ area }, places)
  if (!map) return 0
  const panel = MapPanel({ map, t: messagesFor('fr') })
  return gzipSync(String(panel)).length
}

test('a map of every région, of every département and of France has 50 kB at most', () => {
  const codes = [
    ...listRegions().map(({ code }) => `r-${code}`),
    ...listDepartements().map(({ code }) => code),
  ]
  const weights = [undefined, ...codes].map((code) => [code ?? 'France', weigh(code)] as const)
  const [heaviest] = weights.toSorted(([, one], [, other]) => other - one)
  expect(heaviest?.[1]).toBeLessThanOrEqual(MOST_BYTES)
  expect(weights.filter(([, bytes]) => bytes > 500).length).toBeGreaterThan(100)
})
