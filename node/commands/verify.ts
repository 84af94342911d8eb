import { existsSync } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { createEgress } from '../../federation/remote/egress.ts'
import { fetchOriginKeys } from '../../federation/remote/origin-keys.ts'
import type { Egress } from '../../federation/services.ts'
import {
  documentText,
  fill,
  MOST_SHOWN,
  publisherText,
  registryText,
} from '../../ui/data/verify-page.tsx'
import { messagesFor } from '../../ui/locales/messages.ts'
import { type Config, readConfig } from '../config.ts'
import {
  type Finding,
  type Known,
  knownFrom,
  openRegistry,
  type PinnedKey,
  type Registry,
  verifyLine,
  verifyText,
} from '../domain/federation/verification.ts'
import { cleanText, LINES_MAX } from '../formats/text/clean-text.ts'
import { nodePrimitives } from '../formats/web/verification-primitives.ts'
import { VERSION } from '../program/version.ts'
import { isPostgresUrl } from '../store/database/address.ts'
import { CommandError } from './command-error.ts'
import { withSite } from './with-site.ts'

type Environment = Record<string, string | undefined>

export type VerifyOptions = {
  file: string
  /** A file or an address; without it, the registry of this server's own data. */
  registry: string | undefined
  /** Whether no site is asked for a key that the registry lacks. */
  offline: boolean
  /** The key of the directory that its reader has from elsewhere, `z6Mk…`. */
  key: string | undefined
}

const t = messagesFor('fr')
/** The maximum number of questions for keys, more than a directory has structures. */
const MOST_ASKED = 1000

/**
 * Reports who published what a file holds, when, and whether it was changed since.
 * @throws CommandError when it cannot be read, or when one document is not what its author signed.
 */
export async function verifyFile(env: Environment, options: VerifyOptions): Promise<void> {
  const config = readConfig(env)
  const egress = createEgress({
    // A machine that serves only loopback is used for trials.
    allow: new URL(config.origin).protocol === 'http:' ? 'all' : config.allowLoopback,
    proxy: config.egressProxy,
    userAgent: `cafe-ia/${VERSION} (+${config.origin}/)`,
  })
  try {
    const registry = await findRegistry(env, { config, egress, given: options.registry })
    const anchor = registry && (await findAnchor(registry, { options, egress }))
    const known = registry ? knownFrom(registry) : NO_REGISTRY
    const findings = await findAll(options, { registry: known, egress })
    report(findings, { file: options.file, registry, anchor })
  } finally {
    await egress.close()
  }
}

const NO_REGISTRY: Known = { keys: [], revoked: [] }

/**
 * What outside of a registry says whose it is: its `reader`, by a key or this server's own data, or the `issuer` itself
 * where it was asked. No site proves by itself that it is a directory, so that an issuer anchors no mandate.
 */
type Anchor = 'reader' | 'issuer' | undefined

/**
 * Finds the registry.
 * @throws CommandError for what is no registry, and for one whose proof does not hold.
 */
async function findRegistry(
  env: Environment,
  { config, egress, given }: { config: Config; egress: Egress; given: string | undefined },
): Promise<Registry | undefined> {
  if (given === undefined) return ownRegistry(env, config)
  const text = /^https?:\/\//.test(given)
    ? (await egress.get(given, { accept: 'application/json', maxBytes: REGISTRY_BYTES })).text
    : await readFile(given, 'utf8').catch(() => undefined)
  const registry = text === undefined ? undefined : await readRegistry(text)
  if (!registry) throw new CommandError(`--registry : ${given} n’est pas un registre de clés.`)
  return registry
}

/** @throws CommandError for a registry whose proof does not hold, or whose date is to come. */
async function readRegistry(text: string): Promise<Registry | undefined> {
  const clock = { primitives: nodePrimitives, now: Date.now() }
  const registry = await openRegistry(text, clock)
  if (registry === 'altered') throw new CommandError(t.verify.registryAltered)
  if (registry === 'future') throw new CommandError(t.verify.registryFuture)
  return registry
}

/**
 * Finds what outside a registry says whose it is: the key that the reader gives, this server's own data, or its issuer,
 * which is asked unless that is not wanted.
 * @throws CommandError where the registry is signed with another key.
 */
async function findAnchor(
  registry: Registry,
  { options, egress }: { options: VerifyOptions; egress: Egress },
): Promise<Anchor> {
  const { publicKeyMultibase: key } = registry.signedWith
  if (options.key !== undefined && options.key !== key)
    throw new CommandError(fill(t.verify.otherKey, { key }))
  const isOwn = options.registry === undefined
  const isConfirmed = !options.offline && (await confirmRegistry(registry, egress))
  if (isOwn || options.key !== undefined) return 'reader'
  return isConfirmed ? 'issuer' : undefined
}

/**
 * Confirms a registry. It contains the key with which it is signed, so that somebody who forges all of it signs all of
 * it: its directory is asked for that key.
 * @returns False where the directory does not answer; this is reported.
 * @throws CommandError when the directory lists other keys.
 */
export async function confirmRegistry(
  { issuer, signedWith }: Registry,
  egress: Egress,
): Promise<boolean> {
  const listed = await fetchOriginKeys(egress, [issuer])
  if (listed.length === 0) process.stderr.write(`${t.verify.registryUnconfirmed}\n`)
  else if (!listed.some((key) => isSameKey(key, signedWith)))
    throw new CommandError(t.verify.registryForged)
  return listed.length > 0
}

const isSameKey = (one: PinnedKey, other: PinnedKey): boolean =>
  one.id === other.id && one.publicKeyMultibase === other.publicKeyMultibase

export const REGISTRY_BYTES = 64 * 1024 ** 2

/** Reads the registry of this server's own data, where there is any. */
async function ownRegistry(env: Environment, config: Config): Promise<Registry | undefined> {
  const isThere = isPostgresUrl(config.database) || existsSync(config.database)
  if (!config.originChosen || !isThere) return undefined
  let text = ''
  await withSite(env, async (context) => {
    text = await context.registry()
  })
  return readRegistry(text)
}

/** Finds everything once with the keys at hand; where some are lacking, again with those that their own sites list. */
async function findAll(
  { file, offline }: VerifyOptions,
  { registry, egress }: { registry: Known; egress: Egress },
): Promise<Finding[]> {
  const findings = await readFindings(file, registry)
  const lacking = new Set(
    findings.flatMap(({ verdict, keyId }) => (verdict === 'unknown-key' && keyId ? keyId : [])),
  )
  if (offline || lacking.size === 0) return findings
  const fetched = await fetchOriginKeys(egress, [...lacking].slice(0, MOST_ASKED))
  if (fetched.length === 0) return findings
  process.stderr.write(`${t.verify.askedOrigin}\n`)
  return readFindings(file, { ...registry, keys: [...registry.keys, ...fetched] })
}

/** A file of this size is read at once; a longer one is a file of lines. */
const WHOLE_BYTES = 32 * 1024 ** 2
const EACH = 1000

async function readFindings(file: string, registry: Known): Promise<Finding[]> {
  const against = { registry, primitives: nodePrimitives, now: Date.now() }
  if (/^https?:\/\//.test(file)) return Array.fromAsync(verifyText(file, against))
  const handle = await open(file).catch(() => undefined)
  if (!handle) throw new CommandError(`Le fichier ${file} ne peut pas être lu.`)
  const findings: Finding[] = []
  try {
    const { size } = await handle.stat()
    if (size <= WHOLE_BYTES)
      return await Array.fromAsync(verifyText(await handle.readFile('utf8'), against))
    let line = 0
    for await (const text of handle.readLines()) {
      line += 1
      if (text.trim() !== '') findings.push(await verifyLine(text, line, against))
      if (line % EACH === 0) process.stderr.write(`\r${fill(t.verify.progress, { n: line })}`)
    }
    process.stderr.write('\n')
    return findings
  } finally {
    await handle.close()
  }
}

function report(
  findings: readonly Finding[],
  { file, registry, anchor }: { file: string; registry: Registry | undefined; anchor: Anchor },
): void {
  if (findings.length === 0)
    throw new CommandError(`Le fichier ${file} ne contient aucun document.`)
  const wrong = findings.filter(({ verdict }) => verdict !== 'valid')
  const isOne = findings.length === 1
  const isUnanchored = ({ isMandate }: Finding) =>
    registry !== undefined && anchor !== 'reader' && (anchor === undefined || isMandate === true)
  const isAlone = findings.some(isUnanchored)
  for (const finding of isOne ? findings : wrong.slice(0, MOST_SHOWN))
    print(line(finding, { isOne, isAlone: isUnanchored(finding) }))
  if (!isOne)
    for (const [publisher, total] of countByPublisher(findings))
      print(`${publisher}\u00a0: ${total}`)
  if (registry) {
    print(registryText(registry, Date.now(), t))
    print(fill(t.verify.registryKey, { key: registry.signedWith.publicKeyMultibase }))
  }
  if (registry && isAlone) {
    const warning = anchor === 'issuer' ? t.verify.registryOfIssuer : t.verify.registryAlone
    process.stderr.write(`${fill(warning, { host: new URL(registry.issuer).host })}\n`)
  }
  const count = { n: findings.length, wrong: wrong.length }
  if (wrong.length > 0)
    throw new CommandError(fill(isOne ? t.verify.oneWrong : t.verify.someWrong, count))
  const { oneValid, allValid, oneFits, allFit } = t.verify
  const [one, all] = isAlone ? [oneFits, allFit] : [oneValid, allValid]
  print(fill(isOne ? one : all, count))
}

const line = (finding: Finding, { isOne, isAlone }: { isOne: boolean; isAlone: boolean }): string =>
  [
    isAlone ? verdictAlone(finding) : t.verify.verdicts[finding.verdict],
    documentText(finding, isOne, t),
    finding.publisher && publisherText(finding, t),
  ]
    .filter(Boolean)
    .join(' · ')

/** Returns the words of a verdict where nothing confirms the registry: nothing is authentic then. */
const verdictAlone = ({ verdict }: Finding): string =>
  t.verify.verdicts[verdict].replace(t.verify.verdicts.valid, t.verify.fits)

function countByPublisher(findings: readonly Finding[]): Map<string, number> {
  const totals = new Map<string, number>()
  for (const { verdict, publisher, host } of findings) {
    if (verdict !== 'valid') continue
    const who = `${publisher} (${host})`
    totals.set(who, (totals.get(who) ?? 0) + 1)
  }
  return totals
}

/** Prints one line, without what a document has to move the cursor or to begin a line of its own. */
const print = (text: string): boolean => process.stdout.write(`${cleanText(text, LINES_MAX)}\n`)
