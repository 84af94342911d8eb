import { expect, test } from 'vitest'
import { uuidV7 } from '../../../node/store/database/uuid.ts'

const AT = Temporal.Instant.from('2031-05-06T07:08:09.123Z')

test('identifiers of one millisecond sort as they were made, those of others by their instant', () => {
  const made = [0, 1, 2].flatMap((milliseconds) =>
    Array.from({ length: 5000 }, () => uuidV7(AT.add({ milliseconds }))),
  )
  expect(made.toSorted()).toEqual(made)
  expect(new Set(made).size).toBe(made.length)
})

test('an identifier has the version, the variant and the instant of RFC 9562', () => {
  const made = uuidV7(AT)
  expect(made).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(Number.parseInt(made.replaceAll('-', '').slice(0, 12), 16)).toBe(AT.epochMilliseconds)
  expect(uuidV7(AT).slice(-12)).not.toBe(made.slice(-12))
})
