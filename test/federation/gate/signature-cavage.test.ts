import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../support/request-signer.ts'
import {
  BODY,
  COVERED,
  cavage,
  dateAt,
  ed25519,
  KEY_ID,
  NOW,
  refusalOf,
  rsa,
  secondsAt,
  verifies,
} from './signed-request.ts'

describe('a draft-cavage signature', () => {
  it('verifies with rsa-sha256, hs2019, no algorithm, rsa-sha512 and Ed25519', () => {
    expect(verifies({ headers: cavage() })).toBe(true)
    expect(verifies({ headers: cavage({ parameters: { algorithm: 'hs2019' } }) })).toBe(true)
    expect(verifies({ headers: cavage({ parameters: {} }) })).toBe(true)
    const long = cavage({ parameters: { algorithm: 'rsa-sha512' }, hash: 'sha512' })
    expect(verifies({ headers: long })).toBe(true)
    const edwards = { privateKey: ed25519.privateKey, hash: null }
    for (const algorithm of ['hs2019', 'ed25519']) {
      const headers = cavage({ ...edwards, parameters: { algorithm } })
      expect(verifies({ headers }, ed25519.publicKey)).toBe(true)
      expect(verifies({ headers }, rsa.publicKey)).toBe(false)
    }
    const posing = cavage({ ...edwards, parameters: { algorithm: 'rsa-sha256' } })
    expect(verifies({ headers: posing }, ed25519.publicKey)).toBe(false)
  })

  it('covers path and query', () => {
    const headers = cavage({ target: 'post /inbox?x=1' })
    expect(verifies({ headers, path: '/inbox?x=1' })).toBe(true)
    expect(verifies({ headers, path: '/inbox' })).toBe(false)
  })

  it.each([
    [['date']],
    [['host', 'date', 'digest']],
    [['(request-target)', 'date', 'digest']],
    [['(request-target)', 'host', 'digest']],
    [['(request-target)', 'host', 'date']],
    [[]],
  ])('that covers only %j is refused', (covered) => {
    expect(refusalOf({ headers: cavage({ covered }) })).toMatch(/must cover/)
  })

  it('without a list covers the date only, and is refused', () => {
    const { signature = '', ...rest } = cavage({ covered: ['date'] })
    const bare = signature.replace(/headers="date",/, '')
    expect(bare).not.toContain('headers=')
    expect(refusalOf({ headers: { ...rest, signature: bare } })).toMatch(/must cover/)
  })

  it.each([
    ['2 h ago', dateAt(-2)],
    ['61 min ahead', dateAt(1.02)],
    ['25 h ago', dateAt(-25)],
    ['a century ago', dateAt(-876_000)],
    ['empty', ''],
    ['malformed', 'yesterday'],
    ['ISO', '2026-11-25T10:00:00Z'],
    ['a number', String(NOW.epochMilliseconds)],
    ['twice', `${dateAt(0)}, ${dateAt(0)}`],
  ])('of a date %s is refused', (_, date) => {
    expect(refusalOf({ headers: cavage({ headers: { date } }) })).toMatch(/date/)
  })

  it('of 59 minutes ago or ahead verifies', () => {
    for (const hours of [-0.98, 0.98])
      expect(verifies({ headers: cavage({ headers: { date: dateAt(hours) } }) })).toBe(true)
  })

  it('may cover (created) instead of the date, in the same window, with hs2019', () => {
    const covered = ['(request-target)', 'host', '(created)', 'digest']
    const at = (hours: number, algorithm = 'hs2019') =>
      cavage({ covered, parameters: { algorithm, created: String(secondsAt(hours)) } })
    expect(verifies({ headers: at(0) })).toBe(true)
    expect(refusalOf({ headers: at(-2) })).toMatch(/created/)
    expect(refusalOf({ headers: at(2) })).toMatch(/created/)
    expect(refusalOf({ headers: at(0, 'rsa-sha256') })).toMatch(/hs2019/)
    const { signature = '', ...rest } = at(0)
    const without = signature.replace(/created=\d+,/, '')
    expect(refusalOf({ headers: { ...rest, signature: without } })).toMatch(/created/)
  })

  it('holds no longer than it says', () => {
    const until = (hours: number) =>
      cavage({
        covered: [...COVERED, '(expires)'],
        parameters: { algorithm: 'hs2019', expires: String(secondsAt(hours)) },
      })
    expect(verifies({ headers: until(0.5) })).toBe(true)
    expect(refusalOf({ headers: until(-0.01) })).toMatch(/expired/)
    const never = cavage({ parameters: { algorithm: 'hs2019', expires: 'never' } })
    expect(refusalOf({ headers: never })).toMatch(/expired/)
  })

  const right = `SHA-256=${sha256(BODY)}`
  const right512 = `SHA-512=${createHash('sha512').update(BODY).digest('base64')}`
  const wrong = `SHA-256=${sha256('another body')}`
  const md5 = `MD5=${createHash('md5').update(BODY).digest('base64')}`

  it.each([
    [right],
    [right.toLowerCase().slice(0, 8) + right.slice(8)],
    [right512],
    [`${right},${right512}`],
  ])('with the digest %s verifies', (digest) => {
    expect(verifies({ headers: cavage({ headers: { digest } }) })).toBe(true)
  })

  it.each([
    [wrong],
    [`${right}, ${wrong}`],
    [`${wrong}, ${right}`],
    [`${right}, ${right}`],
    [`${right512}, ${wrong}`],
    [md5],
    [`${right}, ${md5}`],
    ['SHA-256='],
    ['SHA-256'],
    ['UNIXSUM=12'],
    [''],
    [`${right}!`],
  ])('with the digest %s is refused', (digest) => {
    expect(refusalOf({ headers: cavage({ headers: { digest } }) })).toMatch(/digest/)
  })

  it('over a header that is not there is refused', () => {
    const { accept, ...headers } = cavage({
      covered: [...COVERED, 'accept'],
      headers: { accept: 'x' },
    })
    expect(accept).toBe('x')
    expect(refusalOf({ headers })).toMatch(/accept/)
  })

  it.each([
    'evil.example',
    'cafes.example:8443',
    'cafes.example.',
    'cafes.example, cafes.example',
    '',
  ])('for the host %s is refused', (host) => {
    expect(refusalOf({ headers: cavage({ headers: { host } }) })).toMatch(/another host/)
  })

  it('may name our host in capitals or with the default port', () => {
    for (const host of ['CAFES.example', 'cafes.example:443'])
      expect(verifies({ headers: cavage({ headers: { host } }) })).toBe(true)
    const local = { headers: cavage({ headers: { host: '127.0.0.1:4000' } }) }
    expect(verifies({ ...local, origin: 'http://127.0.0.1:4000' })).toBe(true)
    expect(refusalOf({ ...local, origin: 'http://127.0.0.1:4001' })).toMatch(/another host/)
  })

  it.each([
    ['nothing', ''],
    ['noise', '%%%'],
    ['no key id', `headers="${COVERED.join(' ')}",signature="AAAA"`],
    ['no signature', `keyId="${KEY_ID}",headers="${COVERED.join(' ')}"`],
    ['a key id twice', `keyId="${KEY_ID}",keyId="https://evil.example/k",signature="AAAA"`],
    ['a broken base64', `keyId="${KEY_ID}",headers="${COVERED.join(' ')}",signature="****"`],
    ['a thousand commas', ','.repeat(1000)],
    ['far too much', `keyId="${'x'.repeat(5000)}"`],
  ])('of %s is refused', (_, signature) => {
    expect(refusalOf({ headers: { ...cavage(), signature } })).not.toBe('')
  })

  it('by an unknown algorithm is refused', () => {
    for (const algorithm of ['hmac-sha256', 'none', 'rsa-sha1'])
      expect(refusalOf({ headers: cavage({ parameters: { algorithm } }) })).toMatch(/algorithm/)
  })
})
