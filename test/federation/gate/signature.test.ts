import { constants, createHash, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readSignature, type SignedRequest } from '../../../federation/gate/signature.ts'
import { parsePublicPem, trimPem } from '../../../federation/remote/public-keys.ts'
import {
  type CavageSpec,
  makeEd25519Pair,
  makeRsaPair,
  pemOf,
  type Spec,
  sha256,
  signByFedify,
  signCavage,
  signMessage,
} from '../../support/request-signer.ts'

const NOW = Temporal.Instant.from('2026-11-25T10:00:00Z')
const ORIGIN = 'https://cafes.example'
const KEY_ID = 'https://peer.example/actors/cafes#main-key'
const BODY = Buffer.from('{"type":"Create","name":"café"}')
const rsa = makeRsaPair()
const otherRsa = makeRsaPair()
const ed25519 = makeEd25519Pair()
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })

const dateAt = (hours: number) => new Date(NOW.epochMilliseconds + hours * 3_600_000).toUTCString()
const secondsAt = (hours: number) => NOW.epochMilliseconds / 1000 + hours * 3600

type Given = Partial<Omit<SignedRequest, 'headers'>> & { headers: Record<string, string> }

const read = ({ headers, ...given }: Given) =>
  readSignature(
    {
      method: 'POST',
      path: '/inbox',
      body: BODY,
      origin: ORIGIN,
      headers: new Headers(headers),
      ...given,
    },
    NOW,
  )

const refusalOf = (given: Given): string => {
  const answer = read(given)
  return 'refused' in answer ? answer.refused : ''
}

const verifies = (given: Given, key = rsa.publicKey): boolean => {
  const answer = read(given)
  if ('refused' in answer) throw new Error(answer.refused)
  return answer.verify(key)
}

const COVERED = ['(request-target)', 'host', 'date', 'digest']

/** A good cavage request, but for what is changed. */
function cavage(
  change: Partial<Omit<CavageSpec, 'headers'>> & { headers?: Record<string, string> } = {},
): Record<string, string> {
  const headers = {
    host: 'cafes.example',
    date: dateAt(0),
    digest: `SHA-256=${sha256(BODY)}`,
    ...change.headers,
  }
  const signature = signCavage({
    keyId: KEY_ID,
    privateKey: rsa.privateKey,
    covered: COVERED,
    target: 'post /inbox',
    ...change,
    headers,
  })
  return { ...headers, signature }
}

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

/** A good RFC 9421 request by an Ed25519 key, but for what is changed. */
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

describe('Fedify’s signatures', () => {
  const signed = async (spec: Spec, path = '/inbox') => {
    const request = new Request(ORIGIN + path, {
      method: 'POST',
      body: BODY,
      headers: { 'content-type': 'application/activity+json', accept: 'x/y' },
    })
    const { headers } = await signByFedify(
      request,
      { privateKey: rsa.privateKey, keyId: KEY_ID },
      { spec, currentTime: NOW },
    )
    return Object.fromEntries(headers)
  }

  it.each<Spec>(['draft-cavage-http-signatures-12', 'rfc9421'])('by %s verify', async (spec) => {
    const headers = await signed(spec)
    expect(verifies({ headers })).toBe(true)
    expect(verifies({ headers }, otherRsa.publicKey)).toBe(false)
    expect(verifies({ headers }, ed25519.publicKey)).toBe(false)
    expect(read({ headers })).toMatchObject({ keyId: KEY_ID })
  })

  it.each<Spec>(['draft-cavage-http-signatures-12', 'rfc9421'])(
    'by %s do not verify on another path, method, body or host',
    async (spec) => {
      const headers = await signed(spec, '/actors/cafes/inbox')
      expect(verifies({ headers, path: '/actors/cafes/inbox' })).toBe(true)
      expect(verifies({ headers, path: '/inbox' })).toBe(false)
      expect(verifies({ headers, path: '/actors/cafes/inbox', method: 'PUT' })).toBe(false)
      expect(refusalOf({ headers, body: Buffer.from('{}') })).toMatch(/digest/)
      expect(refusalOf({ headers, origin: 'https://hub.example' })).toMatch(/another host/)
    },
  )

  it('of both kinds at once are read as RFC 9421', async () => {
    const both = {
      ...(await signed('draft-cavage-http-signatures-12')),
      ...(await signed('rfc9421')),
    }
    expect(verifies({ headers: both })).toBe(true)
    const input = (both['signature-input'] ?? '').replace('content-digest', 'content-type')
    expect(refusalOf({ headers: { ...both, 'signature-input': input } })).toMatch(/cover/)
  })
})

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

it('a request without a signature is refused', () => {
  const { signature, ...headers } = cavage()
  expect(signature).toBeDefined()
  expect(refusalOf({ headers })).toMatch(/not signed/)
})

describe('a public key in PEM', () => {
  const pem = pemOf(rsa.publicKey)

  it('is read with Debian snac2’s bytes of memory after its end', () => {
    for (const garbage of ['x', '\u0000\ufffd', '\n-----BEGIN NOTHING', pem])
      expect(parsePublicPem(pem + garbage)?.equals(rsa.publicKey)).toBe(true)
    expect(trimPem(`${pem}\u0001\u0002`)).toBe(pem)
  })

  it('is read in PKCS #1 too', () => {
    const old = rsa.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString()
    expect(parsePublicPem(old)?.equals(rsa.publicKey)).toBe(true)
  })

  it.each([
    ['nothing', ''],
    ['noise', 'noise'],
    ['a beginning only', '-----BEGIN PUBLIC KEY-----\nAAAA'],
    ['no key', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n'],
    ['a private key', rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    ['a key of 1024 bits', pemOf(makeRsaPair(1024).publicKey)],
    ['a key for other things', pemOf(generateKeyPairSync('x25519').publicKey)],
    ['another curve', pemOf(generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey)],
  ])('of %s is none', (_, text) => {
    expect(parsePublicPem(text)).toBeUndefined()
  })
})
