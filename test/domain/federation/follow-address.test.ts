import { expect, test } from 'vitest'
import { readFollowAddress } from '../../../node/domain/federation/follow-address.ts'

test.each([
  ['https://annuaire.example/?invitation=abcde-fghij', 'https://annuaire.example', 'abcde-fghij'],
  ['https://annuaire.example?invitation=abcde-fghij', 'https://annuaire.example', 'abcde-fghij'],
  ['HTTPS://Annuaire.Example:443/?invitation=a-b', 'https://annuaire.example', 'a-b'],
  ['annuaire.example/?invitation=a-b', 'https://annuaire.example', 'a-b'],
  ['https://annuaire.example/?invitation=', 'https://annuaire.example', undefined],
  ['https://annuaire.example/', 'https://annuaire.example', undefined],
  ['https://blog.example/?author=1', 'https://blog.example/?author=1', undefined],
  ['annuaire.example', 'https://annuaire.example', undefined],
  ['http://annuaire.example', 'https://annuaire.example', undefined],
  ['http://annuaire.example:80/', 'https://annuaire.example', undefined],
  ['http://127.0.0.1:4000', 'http://127.0.0.1:4000', undefined],
  ['http://lieu.localhost', 'http://lieu.localhost', undefined],
  ['@instance@annuaire.example', '@instance@annuaire.example', undefined],
  ['instance@Annuaire.example', 'instance@annuaire.example', undefined],
])('%s leads to %s with the code %s', (typed, address, invitation) => {
  expect(readFollowAddress(typed)).toEqual({ address, invitation })
})

test.each([
  '',
  'annuaire',
  '@annuaire',
  'ftp://annuaire.example',
  'https://me@annuaire.example',
  `https://annuaire.example/${'x'.repeat(500)}`,
])('%s is no address', (typed) => {
  expect(readFollowAddress(typed)).toBeUndefined()
})
