import { expect, test } from 'vitest'
import { beforeIdsOf, shortId, uuidV7 } from '../../../node/store/database/uuid.ts'

const AT = Temporal.Instant.from('2031-05-06T07:08:09.123Z')

test.each([{ make: uuidV7 }, { make: shortId }])(
  'identifiers of one millisecond sort as they were made, those of others by their instant',
  ({ make }) => {
    const made = [0, 1, 2].flatMap((milliseconds) =>
      Array.from({ length: 5000 }, () => make(AT.add({ milliseconds }))),
    )
    expect(made.toSorted()).toEqual(made)
    expect(new Set(made).size).toBe(made.length)
  },
)

test('an identifier has the version, the variant and the instant of RFC 9562', () => {
  const made = uuidV7(AT)
  expect(made).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(Number.parseInt(made.replaceAll('-', '').slice(0, 12), 16)).toBe(AT.epochMilliseconds)
  expect(uuidV7(AT).slice(-12)).not.toBe(made.slice(-12))
})

test('the id of a café of another server sorts after the UUIDs that were made before', () => {
  for (const milliseconds of [0, 1, 70_000, 10_000_000])
    expect(shortId(AT.add({ milliseconds })) > uuidV7(AT)).toBe(true)
  expect(shortId(AT) < uuidV7(AT.add({ seconds: 66 }))).toBe(true)
})

test('what was made since an instant sorts after its text, and what was made a minute before it does not', () => {
  for (const make of [uuidV7, shortId]) {
    expect(make(AT) > beforeIdsOf(AT)).toBe(true)
    expect(make(AT.subtract({ seconds: 66 })) < beforeIdsOf(AT)).toBe(true)
  }
})
