import { createPrivateKey, hash, type KeyObject, sign } from 'node:crypto'
import { signJsonLd } from '@fedify/fedify/sig'
import { FEDIFY } from '../../federation/gate/known-contexts.ts'
import { publicActivity } from '../../federation/wire/activities.ts'
import { toEvent } from '../../federation/wire/event.ts'
import { isObject, type Json, toList } from '../../federation/wire/json.ts'
import { addProof } from '../../federation/wire/proof.ts'
import { actorUri, CAFES } from '../../federation/wire/uris.ts'
import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { createCorpus, type Sender } from './corpus.ts'
import type { MessageKind } from './message-kinds.ts'

/** Makes signed Create activities of coming cafés, as other servers would send them. */

export type MessagePress = {
  /** Makes so many requests, each about a new café. */
  print: (kind: MessageKind, count: number) => Promise<Buffer[]>
}

export type PressSettings = {
  rsaPem: string
  ed25519Pem: string
  senders: readonly Sender[]
  /** host:port of the receiver. */
  host: string
  now: string
  /** More requests than are ever printed. */
  most: number
}

export function createPress(settings: PressSettings): MessagePress {
  const now = Temporal.Instant.from(settings.now)
  const rsa = createPrivateKey(settings.rsaPem)
  const ed25519 = createPrivateKey(settings.ed25519Pem)
  const { cafes } = createCorpus({
    cafes: settings.most * 4,
    now,
    organizationId: 'bench',
    senders: settings.senders,
  })
  const nextToCome = (): Cafe => {
    for (;;) {
      const { value, done } = cafes.next()
      if (done) throw new Error('the corpus is used up')
      const isToCome = Temporal.Instant.compare(value.startsAt, now) > 0
      if (value.peerId !== undefined && isToCome) return value
    }
  }

  async function makeBody(kind: MessageKind, cafe: Cafe): Promise<string> {
    const { origin } = new URL(cafe.uri)
    const signer = {
      privateKey: ed25519,
      verificationMethod: `${actorUri(origin, CAFES)}#ed25519-key`,
    }
    const event = toEvent({ ...cafe, updatedAt: now }, origin)
    if (kind === 'fedify') return fedifyBody(event, { origin, signer, rsa, now })
    const object = addProof(event, signer, now)
    return publicActivity(
      { type: 'Create', actor: CAFES, objectUri: cafe.uri, object },
      { origin, signer, now },
    ).body
  }

  async function print(kind: MessageKind, count: number): Promise<Buffer[]> {
    const requests: Buffer[] = []
    while (requests.length < count) {
      const cafe = nextToCome()
      const body = Buffer.from(await makeBody(kind, cafe))
      const owner = actorUri(new URL(cafe.uri).origin, CAFES)
      const head =
        kind === 'rfc9421'
          ? messageHead(body, { host: settings.host, keyId: `${owner}#ed25519-key`, key: ed25519 })
          : cavageHead(body, {
              host: settings.host,
              keyId: `${owner}#main-key`,
              key: rsa,
              isForged: kind === 'forged',
            })
      requests.push(Buffer.concat([Buffer.from(head), body]))
    }
    return requests
  }

  return { print }
}

type Signing = { host: string; keyId: string; key: KeyObject }

const requestHead = (headers: Record<string, string>): string =>
  `POST /inbox HTTP/1.1\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`

const plainHeaders = (body: Buffer, host: string) => ({
  host,
  'content-type': 'application/activity+json',
  'content-length': String(body.length),
})

function cavageHead(
  body: Buffer,
  { host, keyId, key, isForged }: Signing & { isForged: boolean },
): string {
  const date = new Date().toUTCString()
  const digest = `SHA-256=${hash('sha256', body, 'base64')}`
  const base = `(request-target): post /inbox\nhost: ${host}\ndate: ${date}\ndigest: ${digest}`
  const signature = sign('sha256', Buffer.from(isForged ? `${base} ` : base), key).toString(
    'base64',
  )
  return requestHead({
    ...plainHeaders(body, host),
    date,
    digest,
    signature: `keyId="${keyId}",algorithm="rsa-sha256",headers="(request-target) host date digest",signature="${signature}"`,
  })
}

/** Returns the head of a request that is signed by RFC 9421 with Ed25519. */
function messageHead(body: Buffer, { host, keyId, key }: Signing): string {
  const digest = `sha-256=:${hash('sha256', body, 'base64')}:`
  const created = Math.floor(Date.now() / 1000)
  const input = `("@method" "@target-uri" "content-digest");created=${created};keyid="${keyId}";alg="ed25519"`
  const base = `"@method": POST\n"@target-uri": http://${host}/inbox\n"content-digest": ${digest}\n"@signature-params": ${input}`
  return requestHead({
    ...plainHeaders(body, host),
    'content-digest': digest,
    'signature-input': `sig1=${input}`,
    signature: `sig1=:${sign(null, Buffer.from(base), key).toString('base64')}:`,
  })
}

/** The terms of an Event that Fedify knows. */
const FEDIFY_TERMS =
  'id type url attributedTo to cc name summary content mediaType startTime endTime published updated tag replies sensitive'.split(
    ' ',
  )

/** Reduces our Event to what Fedify's has: it knows neither addresses of places nor focal points. */
function fedifyEvent(event: Json): Json {
  const pick = (value: unknown, terms: readonly string[]) =>
    isObject(value)
      ? Object.fromEntries(terms.flatMap((term) => (term in value ? [[term, value[term]]] : [])))
      : undefined
  return {
    ...pick(event, FEDIFY_TERMS),
    location: pick(event.location, ['type', 'name', 'latitude', 'longitude']),
    attachment: toList(event.attachment).map((item) =>
      pick(item, ['type', 'mediaType', 'url', 'name', 'href']),
    ),
  }
}

async function fedifyBody(
  event: Json,
  {
    origin,
    signer,
    rsa,
    now,
  }: {
    origin: string
    signer: Parameters<typeof addProof>[1]
    rsa: KeyObject
    now: Temporal.Instant
  },
): Promise<string> {
  const activity = {
    '@context': FEDIFY,
    id: `${origin}/activities/${crypto.randomUUID()}`,
    type: 'Create',
    actor: actorUri(origin, CAFES),
    to: event.to,
    cc: event.cc,
    published: now.round({ smallestUnit: 'second', roundingMode: 'floor' }).toString(),
    object: fedifyEvent(event),
  }
  const keyId = new URL(`${actorUri(origin, CAFES)}#main-key`)
  const signed = await signJsonLd(addProof(activity, signer, now), await toWebKey(rsa), keyId, {})
  return JSON.stringify(signed)
}

const webKeys = new Map<KeyObject, Promise<CryptoKey>>()

function toWebKey(key: KeyObject): Promise<CryptoKey> {
  const known =
    webKeys.get(key) ??
    crypto.subtle.importKey(
      'pkcs8',
      key.export({ type: 'pkcs8', format: 'der' }),
      { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
      true,
      ['sign'],
    )
  webKeys.set(key, known)
  return known
}
