import { expect, test } from 'vitest'
import { toEvent } from '../../../federation/wire/event.ts'
import { packText, unpackText } from '../../../node/store/database/compressed-text.ts'
import { ownCafe } from '../../support/own-cafe.ts'

const text = JSON.stringify(toEvent(ownCafe(), 'https://mediatheque.example'))

test('a signed text takes a fraction of its place and comes back to the letter', () => {
  const packed = packText(text)
  expect(packed.length).toBeLessThan(text.length / 10)
  expect(unpackText(packed)).toBe(text)
})

test('so does any text: one that is short, odd, or has letters of other planes', () => {
  const odd = `${'☕ \u0000 \n"'.repeat(200)} ${text.slice(17, 900)}`
  for (const each of [odd, '', '{"type":"Tombstone"}', '𝒞afé'])
    expect(unpackText(packText(each))).toBe(each)
})

test('bytes that are cut are an error, never another text', () => {
  expect(() => unpackText(packText(text).subarray(0, -9))).toThrow()
})

test('the dictionary of today is that of every text ever packed', () => {
  // It was packed by the first version. It could not be read any more if one letter of the dictionary changed.
  expect(unpackText(Buffer.from(FIRST, 'base64'))).toBe(
    `{"type":"Event","summary":"${'Venez en parler, librement. '.repeat(4)}"}`,
  )
})

const FIRST = 'KLUv/SCN5QAAKCwuICJ9BoBw7fFzAj243ZS1SzXcLHCIBYocAg=='
