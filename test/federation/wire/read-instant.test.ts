import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readInstant } from '../../../federation/wire/read-event.ts'
import { times } from '../../support/full.ts'

const two = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).map((number) => String(number).padStart(2, '0'))

/** Texts in the usual form, many of which name a day or hour that does not exist. */
const texts = fc
  .tuple(fc.integer({ min: 1990, max: 2110 }), two(0, 13), two(0, 32), two(0, 25), two(0, 61))
  .map(([year, month, day, hour, minute]) => `${year}-${month}-${day}T${hour}:${minute}:00Z`)

test('an instant is read as Temporal reads it, in the usual form too', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const read = readInstant(text)
      let expected: Temporal.Instant | undefined
      try {
        expected = Temporal.Instant.from(text)
      } catch {
        expected = undefined
      }
      const year = Number(text.slice(0, 4))
      const counts = expected !== undefined && year >= 2000 && year < 2100
      expect(read?.toString()).toBe(counts ? expected?.toString() : undefined)
    }),
    { numRuns: times(400, 2000) },
  )
  expect(readInstant('2026-12-09T18:30:59.9+01:00')?.toString()).toBe('2026-12-09T17:30:59Z')
  expect(readInstant('2027-02-29T10:00:00Z')).toBeUndefined()
  expect(readInstant('2016-12-31T23:59:60Z')?.toString()).toBe('2016-12-31T23:59:59Z')
})
