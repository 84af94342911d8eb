import { expect, test } from 'vitest'
import { readShortCode, shortCodeOf } from '../../../node/domain/values/short-code.ts'

test('a code leads back to the end of its id, however it was typed', () => {
  const id = '019ae8a4-77c0-7123-8456-0123456789ab'
  const code = shortCodeOf(id)
  expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{8}$/)
  for (const typed of [code, code.toUpperCase(), `${code.slice(0, 4)} ${code.slice(4)}`])
    expect(readShortCode(typed)).toBe(id.slice(-10))
  expect(readShortCode('ooooiill')).toBe(readShortCode('00001111'))
  expect(shortCodeOf('019ae8a4-77c0-7123-8456-000000000000')).toBe('00000000')
  expect(shortCodeOf('019ae8a4-77c0-7123-8456-ffffffffffff')).toBe('zzzzzzzz')
})

test.each(['', 'u2345678', '1234567', '123456789', '%00', 'é2345678', ' '.repeat(1e6), 'x'])(
  'what is no code is none: %#',
  (typed) => {
    expect(readShortCode(typed)).toBeUndefined()
  },
)
