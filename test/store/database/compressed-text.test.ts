import { hash } from 'node:crypto'
import { base58 } from '@scure/base'
import { expect, test } from 'vitest'
import { toEvent } from '../../../federation/wire/event.ts'
import {
  packBytes,
  packText,
  unpackBytes,
  unpackText,
} from '../../../node/store/database/compressed-text.ts'
import { expectedText } from '../../../node/store/database/expected-text.ts'
import { ownCafe } from '../../support/own-cafe.ts'

const text = JSON.stringify(toEvent(ownCafe(), 'https://mediatheque.example'))
const odd = `${'☕ \u0000 \n"'.repeat(200)} ${text.slice(17, 900)}`

test('a signed text takes a fraction of its place and comes back to the letter', () => {
  const packed = packText(text)
  expect(packed.length).toBeLessThan(text.length / 4)
  expect(unpackText(packed)).toBe(text)
  expect(unpackText(packText(odd))).toBe(odd)
})

test('as bytes it takes less, and less again beside words that it repeats', () => {
  const alone = packBytes(text, '')
  expect(alone.length).toBeLessThan(packText(text).length)
  expect(unpackBytes(alone, () => '')).toBe(text)
  const words = text.replaceAll(ownCafe().title, 'Un autre titre')
  const beside = packBytes(text, words)
  expect(beside.length).toBeLessThan(alone.length)
  expect(unpackBytes(beside, () => words)).toBe(text)
  for (const each of [odd, '', '{"type":"Tombstone"}'])
    expect(unpackBytes(packBytes(each, words), () => words)).toBe(each)
})

test('beside other words it is nothing, never another text', () => {
  const words = 'Un café pour parler d’IA, essayer et débattre, à la médiathèque du Canal'
  const packed = packBytes(`{"summary":"${words}"}`, words)
  expect(unpackBytes(packed, () => words.replace('IA', 'YA'))).toBeUndefined()
  expect(unpackBytes(packed, () => '')).toBeUndefined()
})

test('what was written before texts were packed, and what is short, is read as it stands', () => {
  expect(unpackText(text)).toBe(text)
  const short = '{"type":"Tombstone"}'
  expect(packText(short)).toBe(short)
  expect(unpackText(short)).toBe(short)
  for (const stored of [text, short, packText(text)])
    expect(unpackBytes(Buffer.from(stored), () => 'Médiathèque')).toBe(unpackText(stored))
})

test('the dictionaries of today are those of every text ever packed', () => {
  // These were packed by the first versions. They could not be read any more if one letter of a dictionary changed.
  expect(unpackText(FIRST_TEXT)).toBe(
    `{"type":"Event","summary":"${'Café IA : Venez en parler, librement. '.repeat(12)}"}`,
  )
  expect(unpackBytes(Buffer.from(FIRST_BYTES, 'base64'), () => 'Café IA du jeudi')).toBe(
    `{"type":"Event","name":"Café IA du jeudi","summary":"${'Venez en parler, librement. '.repeat(4)}"}`,
  )
  expect(unpackBytes(Buffer.from(FIRST_OF_THIRD, 'base64'), () => 'Café IA du jeudi')).toBe(
    `{"type":"Event","name":"Café IA du jeudi","summary":"${'Venez en parler, librement. '.repeat(4)}"}`,
  )
  expect(unpackBytes(Buffer.from(FIRST_OF_FOURTH, 'base64'), () => 'Café IA du jeudi')).toBe(
    `{"type":"Event","name":"Café IA du jeudi","summary":"${'Venez en parler, librement. '.repeat(4)}"}`,
  )
  expect(unpackBytes(Buffer.from(FIRST_SIGNED, 'base64'), () => 'Café IA du jeudi')).toBe(
    `{"type":"Event","name":"Café IA du jeudi","proofValue":"z${'2'.repeat(88)}"}`,
  )
})

test('what is expected of the text of a café is what was expected when the first one was packed', () => {
  const row = {
    ...{ uri: 'https://lieu.example/cafes/1', organizer_uri: 'https://lieu.example/actors/cafes' },
    ...{ title: 'Café IA du jeudi', summary: null, description_html: '<p>On en parle.</p>' },
    ...{ starts_at: '2026-12-10T17:30:00Z', ends_at: '2026-12-10T19:00:00Z' },
    ...{ wall_starts_at: '2026-12-10T18:30:00', wall_ends_at: '2026-12-10T20:00:00' },
    ...{ published_at: '2026-12-01T09:00:00Z', timezone: 'Europe/Paris', format: null },
    ...{ venue_name: 'Médiathèque', street_address: '1 rue de la Mairie', postal_code: '35000' },
    ...{ commune: 'Rennes', code_insee: '35238', latitude: 48.1108123, longitude: -1.6863214 },
    ...{ accessibility: '["mi"]', intentions: '["learn"]', languages: '["fr"]', audiences: '[]' },
  }
  const expected = expectedText(row, 3)
  expect(expected).toContain('"latitude":48.1108123,"longitude":-1.6863214')
  expect(hash('sha256', expected)).toBe(
    '2ba095887ceaf234d80790d90895f1ccccf06c2c2f97324366f246692be3168b',
  )
  const fourth = expectedText(row, 4)
  const short = { wall_ends_at: '', timezone: '', languages: '', audiences: '' }
  expect(expectedText({ ...row, ...short }, 4)).toBe(fourth)
  expect(fourth).toContain(
    '<br>jeudi 10\u00a0décembre\u00a02026, 18\u00a0h\u00a030\u00a0– 20\u00a0h (heure',
  )
  expect(hash('sha256', fourth)).toBe(
    '43a96532a8f0b7e6b97be316afb9ca5d0bd73950e87057f45f4dc89e4f0bd135',
  )
  const online = { ...row, format: 'Débat', wall_starts_at: '2027-05-01T09:00:00' }
  const more = { commune: 'L’Haÿ-les-Roses', venue_name: null, latitude: null, longitude: null }
  expect(hash('sha256', expectedText({ ...online, ...more }, 4))).toBe(
    '6e0f5aac5981546f463d819cf499c3fe0db8f5352562b8c2400824b2f0133b05',
  )
})

test('the signature of a proof lies as its bytes, wherever a text has one', () => {
  const signature = (first: number) =>
    base58.encode(Uint8Array.from({ length: 64 }, (_, at) => (at === 0 ? first : 255 - at)))
  const proof = (value: string) => `{"proof":{"proofValue":"z${value}"},"content":"é"}`
  for (const value of [signature(0), signature(1), signature(255)]) {
    const packed = packBytes(proof(value), proof(''))
    expect(packed.length).toBeLessThan(64 + 24)
    expect(unpackBytes(packed, () => proof(''))).toBe(proof(value))
  }
  const others = [
    ...['', 'é', '0'.repeat(88), 'z'.repeat(88), signature(1).slice(1), `${signature(1)}1`],
    ...[`${signature(1)}"proofValue":"z`, `"proofValue":"z${signature(1)}`],
  ]
  for (const value of others)
    expect(unpackBytes(packBytes(proof(value), ''), () => '')).toBe(proof(value))
  const open = `{"proofValue":"z${signature(1)}`
  expect(unpackBytes(packBytes(open, ''), () => '')).toBe(open)
})

const FIRST_TEXT = 'z1:KLUv/WDxACUBAEAgOiAsLiAifQcAqkopPE0VZtZ8us+oSoxh1R19rBKoDkUFAg=='
const FIRST_OF_THIRD = 'Ayi1L/0kqO0AADB7LC4gIn0GgCD38XPiH9wcy9pXG270DUN6ADkoX++IhA=='
const FIRST_BYTES = 'Aii1L/0kqO0AADB7LC4gIn0GgCD38XPiH9wMytpXG270DUN6ADkoX++IhA=='
const FIRST_OF_FOURTH =
  'BCSoZQIA9AN7InR5cGUiOiJFdmVudCIsIm5hbSIsInN1bW1hcnkiOiJWZW5leiBlbiBwYXJsZXIsIGxpYnJlbWVudC4gIn0DAImfUzE1lrCTCV/viIQ='
const FIRST_SIGNED =
  'BTLk/UTzVe3FsTzXrCHBJFM/3iBZG4M7cHbTd7m+nP4YNkBAYDMWmT0rWtzp4JBritIaH8nFEfcEfcEfcEfcEfckPI0BAHQCeyJ0eXBlIjoiRXZlbnQiLCJuYW0iLCJwcm9vZlZhbHVlIjoieiJ9AgBMDSDsZAJFmHI4'
