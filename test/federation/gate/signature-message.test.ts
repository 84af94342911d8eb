import { constants, createHash, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { makeEd25519Pair, sha256, signMessage } from '../../support/request-signer.ts'
import {
  BODY,
  ed25519,
  KEY_ID,
  ORIGIN,
  refusalOf,
  rsa,
  secondsAt,
  verifies,
} from './signed-request.ts'

const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })

type MessageChange = {
  drop?: string[]
  add?: [string, string][]
  values?: Record<string, string>
  parameters?: string
  headers?: Record<string, string>
  makeSignature?: (base: Buffer) => Buffer
  label?: string
}

const PARAMETERS = `;created=${secondsAt(0)};keyid="${KEY_ID}"`

/** Returns a valid RFC 9421 request signed with an Ed25519 key, with these changes. */
function message(change: MessageChange = {}): Record<string, string> {
  const headers = {
    host: 'cafes.example',
    'content-digest': `sha-256=:${sha256(BODY)}:`,
    ...change.headers,
  }
  const standard: [string, string][] = [
    ['@method', 'POST'],
    ['@target-uri', `${ORIGIN}/inbox`],
    ['content-digest', headers['content-digest']],
  ]
  const components = [...standard, ...(change.add ?? [])]
    .filter(([name]) => !change.drop?.includes(name))
    .map(([name, value]): [string, string] => [name, change.values?.[name] ?? value])
  return {
    ...headers,
    ...signMessage({
      components,
      parameters: change.parameters ?? PARAMETERS,
      makeSignature: change.makeSignature ?? ((base) => sign(null, base, ed25519.privateKey)),
      ...(change.label && { label: change.label }),
    }),
  }
}

describe('an RFC 9421 signature', () => {
  it('verifies by Ed25519, with the algorithm named or not', () => {
    expect(verifies({ headers: message() }, ed25519.publicKey)).toBe(true)
    const named = message({ parameters: `${PARAMETERS};alg="ed25519"` })
    expect(verifies({ headers: named }, ed25519.publicKey)).toBe(true)
    expect(verifies({ headers: named }, rsa.publicKey)).toBe(false)
    expect(verifies({ headers: named }, makeEd25519Pair().publicKey)).toBe(false)
  })

  it('verifies by RSA in both paddings and by P-256', () => {
    const pkcs = message({
      parameters: `${PARAMETERS};alg="rsa-v1_5-sha256"`,
      makeSignature: (base) => sign('sha256', base, rsa.privateKey),
    })
    expect(verifies({ headers: pkcs })).toBe(true)
    const pss = message({
      parameters: `${PARAMETERS};alg="rsa-pss-sha512"`,
      makeSignature: (base) =>
        sign('sha512', base, {
          key: rsa.privateKey,
          padding: constants.RSA_PKCS1_PSS_PADDING,
          saltLength: 64,
        }),
    })
    expect(verifies({ headers: pss })).toBe(true)
    const curve = message({
      parameters: `${PARAMETERS};alg="ecdsa-p256-sha256"`,
      makeSignature: (base) =>
        sign('sha256', base, { key: p256.privateKey, dsaEncoding: 'ieee-p1363' }),
    })
    expect(verifies({ headers: curve }, p256.publicKey)).toBe(true)
    expect(verifies({ headers: curve }, rsa.publicKey)).toBe(false)
  })

  it('may name the target by its parts, the query among them', () => {
    const parts: [string, string][] = [
      ['@authority', 'cafes.example'],
      ['@path', '/inbox'],
      ['@scheme', 'https'],
    ]
    const drop = ['@target-uri']
    const verifiesAt = (path: string, add: [string, string][]) =>
      verifies({ headers: message({ drop, add }), path }, ed25519.publicKey)
    expect(verifiesAt('/inbox', parts)).toBe(true)
    expect(verifiesAt('/inbox?a=1?b', [...parts, ['@query', '?a=1?b']])).toBe(true)
    expect(verifiesAt('/inbox', [...parts, ['@query', '?']])).toBe(true)
    const whole: [string, string][] = [
      ['@authority', 'cafes.example'],
      ['@request-target', '/inbox?a=1'],
    ]
    expect(verifiesAt('/inbox?a=1', whole)).toBe(true)
    expect(refusalOf({ headers: message({ drop, add: parts }), path: '/inbox?a=1' })).toMatch(
      /cover/,
    )
  })

  it.each([['@method'], ['@target-uri'], ['content-digest']])(
    'that does not cover %s is refused',
    (name) => {
      expect(refusalOf({ headers: message({ drop: [name] }) })).toMatch(/must cover/)
    },
  )

  it.each([
    ['http://cafes.example/inbox'],
    ['https://evil.example/inbox'],
    ['https://cafes.example/actors/cafes/inbox'],
    ['https://cafes.example/inbox?x'],
  ])('made for %s does not verify', (target) => {
    const headers = message({ values: { '@target-uri': target } })
    expect(verifies({ headers }, ed25519.publicKey)).toBe(false)
  })

  it.each([
    ['2 h ago', `;created=${secondsAt(-2)};keyid="k"`],
    ['2 h ahead', `;created=${secondsAt(2)};keyid="k"`],
    ['no time at all', ';keyid="k"'],
    ['a time in words', ';created="now";keyid="k"'],
    ['a truth value', ';created;keyid="k"'],
  ])('of %s is refused', (_, parameters) => {
    expect(refusalOf({ headers: message({ parameters }) })).toMatch(/created/)
  })

  it('holds no longer than it says', () => {
    const until = (hours: number) =>
      message({ parameters: `${PARAMETERS};expires=${secondsAt(hours)}` })
    expect(verifies({ headers: until(0.1) }, ed25519.publicKey)).toBe(true)
    expect(refusalOf({ headers: until(-0.1) })).toMatch(/expired/)
  })

  it.each([
    [`sha-256=:${sha256('another body')}:`],
    [`sha-256=:${sha256(BODY)}:, sha-512=:${sha256(BODY)}:`],
    [`md5=:${createHash('md5').update(BODY).digest('base64')}:`],
    [`sha-256="${sha256(BODY)}"`],
    ['sha-256=::'],
    ['sha-256'],
    ['noise noise'],
  ])('with the digest %s is refused', (digest) => {
    const headers = message({ headers: { 'content-digest': digest } })
    expect(refusalOf({ headers })).toMatch(/digest/)
  })

  it('with a SHA-512 digest verifies', () => {
    const digest = `sha-512=:${createHash('sha512').update(BODY).digest('base64')}:`
    const headers = message({ headers: { 'content-digest': digest } })
    expect(verifies({ headers }, ed25519.publicKey)).toBe(true)
  })

  it('by an unknown algorithm, without a key id, or of a component twice is refused', () => {
    expect(
      refusalOf({ headers: message({ parameters: `${PARAMETERS};alg="hmac-sha256"` }) }),
    ).toMatch(/algorithm/)
    expect(refusalOf({ headers: message({ parameters: `;created=${secondsAt(0)}` }) })).toMatch(
      /malformed/,
    )
    expect(refusalOf({ headers: message({ add: [['@method', 'POST']] }) })).toMatch(/malformed/)
  })

  it('that covers a component in another form, of a request or unknown is refused', () => {
    const headers = message()
    for (const form of ['"@method";req', '"@method";sf', '"@query-param";name="x"', '"@status"']) {
      const input = (headers['signature-input'] ?? '').replace('"@method"', `"@method" ${form}`)
      expect(refusalOf({ headers: { ...headers, 'signature-input': input } })).not.toBe('')
    }
  })

  it('is the first complete one of several', () => {
    const whole = message({ label: 'sig-b' })
    const part = message({ label: 'sig-a', drop: ['content-digest'] })
    const headers = {
      ...whole,
      'signature-input': `${part['signature-input']}, ${whole['signature-input']}`,
      signature: `${part.signature}, ${whole.signature}`,
    }
    expect(verifies({ headers }, ed25519.publicKey)).toBe(true)
  })

  it('whose input or signature is noise is refused', () => {
    for (const noise of [
      'noise noise',
      'sig1',
      'sig1=1',
      'constructor=("@method")',
      '('.repeat(3000),
    ])
      for (const name of ['signature-input', 'signature'])
        expect(refusalOf({ headers: { ...message(), [name]: noise } })).not.toBe('')
  })
})
