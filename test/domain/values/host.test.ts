import { describe, expect, test } from 'vitest'
import { isPlainlySpelled } from '../../../federation/wire/json.ts'
import {
  isLoopbackHost,
  parseHandle,
  toFollowAddress,
  toHost,
} from '../../../node/domain/values/host.ts'
import { toDomain } from '../../../node/store/directory/blocks.ts'

const BUECHER = [
  'BÜCHER.example',
  'bücher.example',
  'bu\u0308cher.example',
  'xn--bcher-kva.example',
  'XN--BCHER-KVA.EXAMPLE',
  'bücher.example.',
  'bücher。example',
  'ｂücher.example',
  'bücher.example:443',
  'bücher.example.:443',
]

describe('a host has one spelling', () => {
  test.each(BUECHER)('%s', (host) => {
    expect(toHost(host)).toBe('xn--bcher-kva.example')
    expect(toDomain(host)).toBe('xn--bcher-kva.example')
    expect(toDomain(` https://${host}/actors/x`)).toBe('xn--bcher-kva.example')
    expect(toFollowAddress(`@cafes@${host}`)).toBe('@cafes@xn--bcher-kva.example')
    expect(parseHandle(`cafes@${host}`)?.host).toBe('xn--bcher-kva.example')
    expect(toFollowAddress(`HTTPS://${host}/a?b#c`)).toBe('https://xn--bcher-kva.example/a?b#c')
    expect(isPlainlySpelled(`https://${host}/a`)).toBe(host === 'xn--bcher-kva.example')
  })

  test('another port is another server', () => {
    expect(toHost('x.example:8443')).toBe('x.example:8443')
    expect(toDomain('http://x.example:80/')).toBe('x.example')
    expect(toDomain('X.example:8443')).toBe('x.example:8443')
  })

  test.each(['', '..', 'a b', '[', '@'])('%j is none', (text) => {
    expect(toHost(text) ?? '').not.toMatch(/^x/)
    expect(() => toDomain(text)).not.toThrow()
    expect(() => toFollowAddress(text)).not.toThrow()
  })

  test('an address of no host is left as it was typed', () => {
    expect(toFollowAddress('rien')).toBe('rien')
    expect(toFollowAddress('https://')).toBe('https://')
  })
})

test.each([
  ['localhost', true],
  ['cafes.localhost', true],
  ['127.0.0.1', true],
  ['::1', true],
  ['[::1]', true],
  ['127.mail.example', false],
  ['127.0.0.1.example', false],
  ['localhost.example', false],
  ['::12', false],
])('%s is this machine: %s', (host, is) => {
  expect(isLoopbackHost(host)).toBe(is)
})
