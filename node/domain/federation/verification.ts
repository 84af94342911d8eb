/**
 * Checks who published a document, when, and whether it is unchanged since it was signed, against keys that are at hand
 * and without asking anybody. This file imports nothing and uses nothing of Node.js, since the page `/verifier` runs it
 * in browsers as it is. It implements canonical JSON and base58 independently of the libraries of
 * `federation/wire/proof.ts`, so that each checks the other (FEP-8b32, eddsa-jcs-2022).
 */

/** A public key as the registry pins it. */
export type PinnedKey = {
  /** The address of the key, e.g. `https://…/actors/cafes#ed25519-key`. */
  id: string
  /** The actor whose key it is. */
  controller: string
  /** `z6Mk…` (FEP-521a). */
  publicKeyMultibase: string
  /** The name of the controller. */
  name: string
  /** ISO 8601; what was signed later does not count. */
  retiredAt?: string | undefined
}

/** What is known without the network: what one directory signed, with the day on which it did. */
export type Registry = {
  /** The `instance` of the directory, which alone signs mandates and registries. */
  issuer: string
  /** Whether the site that made it says that it is a directory: that of a place says nothing about mandates. */
  isDirectory: boolean
  /** When it was made, in ISO 8601, as the registry writes it. */
  madeAt: string
  /** The key of `issuer` with which the registry is signed. */
  signedWith: PinnedKey
  keys: readonly PinnedKey[]
  /** Ids of attestations that no longer count. */
  revoked: readonly string[]
}

/** What documents are checked against; where no registry is at hand it has no keys and no directory. */
export type Known = Pick<Registry, 'keys' | 'revoked'> & { issuer?: string | undefined }

/** @internal */
export const VERDICTS = [
  'valid',
  'altered',
  /** Its date is to come, so that nobody knows when it was signed. */
  'future',
  'not-yet',
  'expired',
  'revoked',
  'unsigned',
  'unknown-key',
  'wrong-key',
  'retired-key',
  'other-issuer',
  'no-directory',
  'unreadable',
] as const
export type Verdict = (typeof VERDICTS)[number]

/** What was found about one document. Dates are as the document writes them. */
export type Finding = {
  verdict: Verdict
  /** The line in a file of lines, counted from 1. */
  line: number
  id?: string | undefined
  /** Whether it says of somebody what only a directory may say. */
  isMandate?: boolean | undefined
  /** `Event`, `Relationship`… or `Poster` for the address of a code on paper. */
  type?: string | undefined
  title?: string | undefined
  startsAt?: string | undefined
  endsAt?: string | undefined
  place?: string | undefined
  publisher?: string | undefined
  host?: string | undefined
  signedAt?: string | undefined
  /** The key with which it says that it was signed. */
  keyId?: string | undefined
}

/** The two operations that differ between Node.js and browsers. */
export type Primitives = {
  sha256: (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>
  /** Verifies Ed25519 (RFC 8032): a signature of 64 bytes over a message of any length, with a key of 32 bytes. */
  verify: (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array) => Promise<boolean>
}

export type Against = { registry: Known; primitives: Primitives; now: number }

type Json = Record<string, unknown>

const MAX_DEPTH = 64
/** The clocks of two servers are taken to differ by less than this. */
const SKEW_MS = 3_600_000

/**
 * Verifies each document of a text: one object, a list of lines (NDJSON), the items of a collection, or the address in
 * the code of a poster or of a certificate. Empty lines are skipped. `now` is in milliseconds since 1970.
 */
export async function* verifyText(text: string, against: Against): AsyncGenerator<Finding> {
  const whole = text.replace(/^\uFEFF/, '').trim()
  if (whole === '') return
  if (/^https?:\/\/\S+$/.test(whole) && URL.canParse(whole)) {
    const isCertificate = whole.includes('/verifier?attestation=')
    yield await (isCertificate ? verifyCertificate : verifyPoster)(whole, against)
    return
  }
  const document = parse(whole)
  if (document !== undefined) {
    const documents = documentsIn(document)
    for (const [index, each] of documents.entries())
      yield await verifyDocument(each, index + 1, against)
    return
  }
  let line = 0
  for (const each of whole.split('\n')) {
    line += 1
    if (each.trim() !== '') yield await verifyLine(each, line, against)
  }
}

/** Returns the members of a collection that is not signed as a whole; otherwise the document itself. */
function documentsIn(document: Json): Json[] {
  const items = document.orderedItems ?? document.items
  const members = Array.isArray(items) ? items.filter(isObject) : []
  return members.length > 0 && !isObject(document.proof) ? members : [document]
}

/** Verifies one line of a file of lines. */
export async function verifyLine(text: string, line: number, against: Against): Promise<Finding> {
  const document = parse(text)
  return document === undefined
    ? { verdict: 'unreadable', line }
    : verifyDocument(document, line, against)
}

async function verifyDocument(document: Json, line: number, against: Against): Promise<Finding> {
  const { registry, now } = against
  const { proof, ...unsecured } = document
  const found = describe(document, line)
  if (!isObject(proof)) return { ...found, verdict: 'unsigned' }
  const signedAt = textOf(proof.created)
  const keyId = textOf(proof.verificationMethod)
  const key = registry.keys.find(({ id }) => id === keyId)
  const misissued = refuseIssuer(document, registry.issuer)
  if (!key) return { ...found, signedAt, keyId, verdict: misissued ?? 'unknown-key' }
  const seen = { ...found, signedAt, keyId, publisher: key.name, host: hostOf(key.controller) }
  if (!(await holds(unsecured, proof, key, against.primitives)))
    return { ...seen, verdict: 'altered' }
  if (!speaksFor(key, document)) return { ...seen, verdict: 'wrong-key' }
  if (misissued) return { ...seen, verdict: misissued }
  if (isFuture(signedAt, now)) return { ...seen, verdict: 'future' }
  if (isAfter(signedAt, key.retiredAt)) return { ...seen, verdict: 'retired-key' }
  if (found.id && registry.revoked.includes(found.id)) return { ...seen, verdict: 'revoked' }
  if (isOver(document, now)) return { ...seen, verdict: 'expired' }
  return { ...seen, verdict: isToCome(document, now) ? 'not-yet' : 'valid' }
}

/** Returns whether the proof was made by this key over exactly this document (vc-di-eddsa §3.3). */
async function holds(
  document: Json,
  { proofValue, ...options }: Json,
  key: PinnedKey,
  primitives: Primitives,
): Promise<boolean> {
  const isOurs =
    options.type === 'DataIntegrityProof' &&
    options.cryptosuite === 'eddsa-jcs-2022' &&
    options.proofPurpose === 'assertionMethod'
  const signature = fromMultibase(proofValue)
  const publicKey = keyBytes(key)
  if (!isOurs || signature?.length !== 64 || !publicKey) return false
  // Some programs write the document's context into the proof's options, some sign as if they had, and some do neither.
  const context = '@context' in document ? { '@context': document['@context'] } : {}
  const readings = '@context' in options ? [options] : [options, { ...context, ...options }]
  const digest = await hash(document, primitives)
  for (const reading of readings) {
    const message = concat([await hash(reading, primitives), digest])
    if (await primitives.verify(signature, message, publicKey)) return true
  }
  return false
}

const authorOf = (document: Json): string | undefined =>
  idOf(firstOf(document.attributedTo)) ?? idOf(firstOf(document.actor))

/**
 * Returns whether a key may sign for the document: it speaks for its own actor, and for what is on that actor's own
 * site.
 */
function speaksFor({ controller }: PinnedKey, document: Json): boolean {
  const id = textOf(document.id)
  if (authorOf(document) !== controller) return false
  return id === undefined || originOf(id) === originOf(controller)
}

/**
 * Returns why its author may not sign this document; undefined when it may. Mandates and registries are signed by the
 * directory whose registry is at hand. Each member has a key in the registry too, which proves nothing about either.
 */
function refuseIssuer(document: Json, issuer: string | undefined): Verdict | undefined {
  if (!isMandate(document) && !isRegistry(document)) return undefined
  if (issuer === undefined) return 'no-directory'
  const origin = originOf(issuer)
  const isFromDirectory = isMandate(document)
    ? textOf(document.id)?.startsWith(`${origin}/attestations/`) &&
      idOf(document.object)?.startsWith(`${origin}/territoires/`)
    : document.id === `${origin}/registry.json`
  return isFromDirectory && authorOf(document) === issuer ? undefined : 'other-issuer'
}

/**
 * Returns whether a document is a mandate, by any of its signs and under whatever name JSON-LD allows for the type:
 * somebody who forges one leaves out the others.
 */
const isMandate = (document: Json): boolean =>
  'relationship' in document || typesOf(document).some((type) => /(?:^|\W)Relationship$/.test(type))

const isRegistry = (document: Json): boolean =>
  'revoked' in document || typesOf(document).some((type) => /(?:^|\W)Collection$/.test(type))

/**
 * Returns whether the document has expired. A mandate ends, and a profile is agreed to until a day; a past café still
 * took place.
 */
function isOver(document: Json, now: number): boolean {
  const ends = isMandate(document) ? [textOf(document.endTime) ?? ''] : []
  if ('validUntil' in document) ends.push(textOf(document.validUntil) ?? '')
  return ends.some((end) => !(Date.parse(end) > now))
}

/**
 * Returns whether a mandate has not begun yet: it is signed when the person is appointed, which may be before its first
 * day.
 */
const isToCome = (document: Json, now: number): boolean =>
  isMandate(document) && !(Date.parse(textOf(document.startTime) ?? '') <= now)

/**
 * Reads the text of a registry, and checks that it is unchanged since its directory signed it. `now` is in milliseconds
 * since 1970.
 * @returns `altered` where its proof does not hold, `future` where its date is to come, undefined where it is no
 *   registry at all.
 */
export async function openRegistry(
  text: string,
  { primitives, now }: Omit<Against, 'registry'>,
): Promise<Registry | 'altered' | 'future' | undefined> {
  const document = parse(text.replace(/^\uFEFF/, ''))
  if (!document || !Array.isArray(document.items) || !isRegistry(document)) return undefined
  const { proof, ...unsecured } = document
  const issuer = authorOf(document) ?? ''
  const isOfDirectory =
    issuer === `${originOf(issuer)}/actors/instance` && !refuseIssuer(document, issuer)
  const keys = document.items.flatMap((item) => readKey(item) ?? [])
  const signedWith = isObject(proof) && keys.find(({ id }) => id === proof.verificationMethod)
  const isWhole =
    isOfDirectory &&
    signedWith &&
    speaksFor(signedWith, document) &&
    !isAfter(textOf(proof.created), signedWith.retiredAt) &&
    (await holds(unsecured, proof, signedWith, primitives))
  if (!isWhole) return 'altered'
  const revoked = Array.isArray(document.revoked) ? document.revoked : []
  const madeAt = textOf(document.updated) ?? textOf(proof.created) ?? ''
  if (isFuture(madeAt, now) || isFuture(textOf(proof.created), now)) return 'future'
  return {
    ...{ issuer, signedWith, keys, madeAt, isDirectory: document.isDirectory === true },
    revoked: revoked.flatMap((id) => textOf(id) ?? []),
  }
}

/**
 * Returns what a registry lets its reader believe. The server of a place has a registry too, which makes it no
 * directory: it says nothing about mandates.
 */
export const knownFrom = ({ isDirectory, issuer, keys, revoked }: Registry): Known =>
  isDirectory ? { issuer, keys, revoked } : { keys, revoked }

function readKey(item: unknown): PinnedKey | undefined {
  if (!isObject(item)) return undefined
  const { id, controller, publicKeyMultibase } = item
  if (typeof id !== 'string' || typeof controller !== 'string') return undefined
  if (typeof publicKeyMultibase !== 'string') return undefined
  // A date that cannot be read counts as long past, so that the key counts for nothing that was signed since.
  const retiredAt = 'expires' in item ? (textOf(item.expires) ?? '') : undefined
  return { id, controller, publicKeyMultibase, name: textOf(item.name) ?? '', retiredAt }
}

/** Returns the whole days since a registry was made; 0 for one that a fast clock dated in the future. */
export const ageInDays = (madeAt: string, now: number): number =>
  Math.max(0, Math.floor((now - Date.parse(madeAt)) / (2 * HALF_DAY_MS)) || 0)

const HALF_DAY_MS = 12 * 3_600_000

/**
 * Returns the last day of a mandate, which ends at the next midnight where its territory is: half a day before that
 * moment it is the same day in UTC too, from Tahiti to Wallis. A text that is no date is returned as it is.
 */
export function lastDay(endTime: string): string {
  const noon = new Date(Date.parse(endTime) - HALF_DAY_MS)
  return Number.isNaN(noon.getTime()) ? endTime : noon.toISOString().slice(0, 10)
}

/** Returns whether a date is later than now, by more than the clocks of two machines differ. */
const isFuture = (signedAt: string | undefined, now: number): boolean =>
  Date.parse(signedAt ?? '') > now + SKEW_MS

const isAfter = (signedAt: string | undefined, retiredAt: string | undefined): boolean =>
  retiredAt !== undefined && !(Date.parse(signedAt ?? '') <= Date.parse(retiredAt) + SKEW_MS)

const POSTER = 'cafe-ia:affiche:'

/**
 * Returns what is signed of a poster: the address, the hour and the town that the code holds, as they are written
 * there.
 */
export const posterStatement = (text: string): string => POSTER + text

/**
 * Verifies the address in a code on paper: `https://…/cafes/{id}#v1;2026-12-09T18:30:00+01:00;Rennes;z…`, where the
 * last part is the place's signature over everything before it.
 */
async function verifyPoster(address: string, against: Against): Promise<Finding> {
  const url = new URL(address)
  const [version, startsAt, place, proofValue] = url.hash.slice(1).split(';')
  const found: Finding = {
    verdict: 'unsigned',
    line: 1,
    type: 'Poster',
    id: address.split('#')[0],
    startsAt,
    place: place && decode(place),
  }
  if (version !== 'v1') return found
  return verifyPaper(found, { address, proofValue, statementOf: posterStatement }, against)
}

/** Returns what is signed of a certificate: the address in its code, before the signature. */
export const certificateStatement = (address: string): string => `cafe-ia:attestation:${address}`

/**
 * Verifies the address in the code of a certificate, `https://…/verifier?attestation=a1;structures/…;…;z…`, whose last
 * part is the site's signature over everything before it.
 */
async function verifyCertificate(address: string, against: Against): Promise<Finding> {
  const parts = address.split(';')
  const [, , name, startsAt, endsAt] = parts
  const found: Finding = {
    ...{ verdict: 'unsigned', line: 1, type: 'Certificate', id: address.split('?')[0] },
    ...{ title: name && decode(name), startsAt, endsAt },
  }
  const proofValue = parts.at(-1)
  return verifyPaper(found, { address, proofValue, statementOf: certificateStatement }, against)
}

type Paper = {
  address: string
  proofValue: string | undefined
  /** Returns what is signed of the address before its signature. */
  statementOf: (text: string) => string
}

/** Verifies the signature at the end of an address on paper, against the keys of its site. */
async function verifyPaper(
  found: Finding,
  { address, proofValue, statementOf }: Paper,
  against: Against,
): Promise<Finding> {
  const { origin, host } = new URL(address)
  const signature = fromMultibase(proofValue)
  if (signature?.length !== 64) return found
  const said = new TextEncoder().encode(statementOf(address.slice(0, address.lastIndexOf(';'))))
  const keys = against.registry.keys.filter(({ controller }) => originOf(controller) === origin)
  for (const key of keys) {
    const publicKey = keyBytes(key)
    if (!publicKey || !(await against.primitives.verify(signature, said, publicKey))) continue
    // Paper has no date, so nobody can tell whether it was signed before its key was given up.
    const verdict = key.retiredAt === undefined ? 'valid' : 'retired-key'
    return { ...found, verdict, publisher: key.name, host }
  }
  const keyId = `${origin}/actors/cafes#ed25519-key`
  return { ...found, host, keyId, verdict: keys.length > 0 ? 'altered' : 'unknown-key' }
}

function describe(document: Json, line: number): Omit<Finding, 'verdict'> {
  const { location } = document
  return {
    line,
    id: textOf(document.id),
    ...(isMandate(document) && { isMandate: true }),
    type: typesOf(document)[0],
    title: textOf(document.name) ?? textOf(document.summary),
    startsAt: textOf(document.startTime),
    endsAt: textOf(document.endTime),
    place: isObject(location) ? textOf(location.name) : undefined,
  }
}

/**
 * Returns JSON in the form of RFC 8785: names in the order of their UTF-16 units, numbers and texts as ECMAScript
 * writes them.
 *
 * @internal
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name])}`)
  return `{${members.join(',')}}`
}

const hash = (value: Json, { sha256 }: Primitives): Promise<Uint8Array> =>
  sha256(new TextEncoder().encode(canonicalJson(value)))

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/**
 * Decodes base58 (Bitcoin's) after a `z`, as multibase writes it; undefined for anything else.
 *
 * @internal
 */
export function fromMultibase(text: unknown): Uint8Array | undefined {
  if (typeof text !== 'string' || !/^z[1-9A-HJ-NP-Za-km-z]{1,100}$/.test(text)) return undefined
  const bytes: number[] = []
  for (const letter of text.slice(1)) {
    let carry = ALPHABET.indexOf(letter)
    for (let index = 0; index < bytes.length; index += 1) {
      carry += (bytes[index] ?? 0) * 58
      bytes[index] = carry % 256
      carry = Math.floor(carry / 256)
    }
    while (carry > 0) {
      bytes.push(carry % 256)
      carry = Math.floor(carry / 256)
    }
  }
  const zeros = text.slice(1).match(/^1*/)?.[0].length ?? 0
  return Uint8Array.from([...Array(zeros).fill(0), ...bytes.reverse()])
}

/** Returns the 32 bytes of a Multikey, after the two that name Ed25519. */
function keyBytes({ publicKeyMultibase }: PinnedKey): Uint8Array | undefined {
  const bytes = fromMultibase(publicKeyMultibase)
  return bytes?.length === 34 && bytes[0] === 0xed && bytes[1] === 0x01
    ? bytes.subarray(2)
    : undefined
}

function parse(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) && depthOf(value) <= MAX_DEPTH ? value : undefined
  } catch {
    return undefined
  }
}

/** Returns the depth of a value, counted without recursion and up to a limit. */
function depthOf(value: unknown): number {
  let level: unknown[] = [value]
  let depth = 0
  while (level.length > 0 && depth <= MAX_DEPTH) {
    level = level.flatMap((each) =>
      typeof each === 'object' && each !== null ? Object.values(each) : [],
    )
    depth += 1
  }
  return depth
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined
const idOf = (value: unknown): string | undefined =>
  isObject(value) ? textOf(value.id) : textOf(value)
const firstOf = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value)
const typesOf = ({ type }: Json): string[] =>
  (Array.isArray(type) ? type : [type]).filter((each) => typeof each === 'string')
const originOf = (address: string): string | undefined =>
  URL.canParse(address) ? new URL(address).origin : undefined
const hostOf = (address: string): string | undefined =>
  URL.canParse(address) ? new URL(address).host : undefined
