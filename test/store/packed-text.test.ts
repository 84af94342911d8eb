import { expect, test } from 'vitest'
import { toEvent } from '../../federation/event.ts'
import { packText, unpackText } from '../../node/store/packed-text.ts'
import { ownCafe } from '../support/own-cafe.ts'

const text = JSON.stringify(toEvent(ownCafe(), 'https://mediatheque.example'))

test('a signed text takes a fraction of its place and comes back to the letter', () => {
  const packed = packText(text)
  expect(packed.length).toBeLessThan(text.length / 4)
  expect(unpackText(packed)).toBe(text)
  const odd = `${'☕ \u0000 \n"'.repeat(200)} ${text.slice(17, 900)}`
  expect(unpackText(packText(odd))).toBe(odd)
})

test('what was written before texts were packed, and what is short, is read as it stands', () => {
  expect(unpackText(text)).toBe(text)
  const short = '{"type":"Tombstone"}'
  expect(packText(short)).toBe(short)
  expect(unpackText(short)).toBe(short)
})

test('the dictionary of today is that of every text ever packed', () => {
  // Packed by the first version: were a letter of the dictionary changed, this could not be read any more.
  expect(unpackText(FIRST)).toBe(
    `{"type":"Event","summary":"${'Café IA : Venez en parler, librement. '.repeat(12)}"}`,
  )
})

const FIRST = 'z1:KLUv/WDxACUBAEAgOiAsLiAifQcAqkopPE0VZtZ8us+oSoxh1R19rBKoDkUFAg=='
