import { expect, test } from 'vitest'
import {
  endOfOverlap,
  isLeaked,
  type KeyDates,
  keyName,
  listPublished,
  NEVER_TRUSTED,
} from '../../../node/domain/federation/actor-key.ts'

/** Which keys of one account are published, and which of them signs, as time passes. */

const MADE = Temporal.Instant.from('2026-11-28T10:00:00Z')
const at = (hours: number) => MADE.add({ hours })
const key = (
  keyId: string,
  retiredAt?: Temporal.Instant,
  algorithm: KeyDates['algorithm'] = 'rsa',
): KeyDates => ({ keyId, algorithm, createdAt: MADE, retiredAt })
const idsAt = (keys: readonly KeyDates[], hours: number) =>
  listPublished(keys, 'rsa', at(hours)).map(({ keyId }) => keyId)

test('a former key is published behind its successor until its end, and not a second longer', () => {
  const keys = [key('former', at(48)), key('new'), key('proof', undefined, 'ed25519')]
  expect(idsAt(keys, 0)).toEqual(['new', 'former'])
  expect(listPublished(keys, 'rsa', at(48).subtract({ seconds: 1 }))).toHaveLength(2)
  expect(idsAt(keys, 48)).toEqual(['new'])
  expect(endOfOverlap(keys, at(1))).toEqual(at(48))
  expect(endOfOverlap(keys, at(48))).toBeUndefined()
})

test('of three that overlap, each is behind those that outlive it', () => {
  const keys = [key('second', at(60)), key('first', at(48)), key('third')]
  expect(idsAt(keys, 20)).toEqual(['third', 'second', 'first'])
  expect(idsAt(keys, 50)).toEqual(['third', 'second'])
})

test('a key that leaked was never published, and has no overlap', () => {
  const keys = [key('leaked', NEVER_TRUSTED), key('new')]
  expect(keys.map(isLeaked)).toEqual([true, false])
  expect(idsAt(keys, -1000)).toEqual(['new'])
  expect(endOfOverlap(keys, at(0))).toBeUndefined()
})

test('a key is named after the millisecond in which it was made', () => {
  expect(keyName('rsa', MADE)).toBe('main-key-20261128100000000')
  expect(keyName('ed25519', MADE.add({ milliseconds: 900 }))).toBe('ed25519-key-20261128100000900')
})
