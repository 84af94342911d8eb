import { existsSync } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { createEgress } from '../../federation/remote/egress.ts'
import { fetchOriginKeys } from '../../federation/remote/origin-keys.ts'
import type { Egress } from '../../federation/services.ts'
import { documentText, fill, MOST_SHOWN, publisherText } from '../../ui/data/verify-page.tsx'
import { messagesFor } from '../../ui/locales/messages.ts'
import { type Config, readConfig } from '../config.ts'
import {
  type Finding,
  type Registry,
  verifyLine,
  verifyText,
} from '../domain/federation/verification.ts'
import { nodePrimitives, parseRegistry } from '../formats/web/registry.ts'
import { isPostgresUrl } from '../store/database/address.ts'
import { VERSION } from '../version.ts'
import { CommandError } from './command-error.ts'
import { withOffice } from './office.ts'

type Environment = Record<string, string | undefined>

export type VerifyOptions = {
  file: string
  /** A file or an address; without it, that of this server's own data. */
  registry: string | undefined
  /** Nobody is asked for a key that the registry lacks. */
  offline: boolean
}

const t = messagesFor('fr')
/** More than a directory has structures; each is one question. */
const MOST_ASKED = 1000

/**
 * Says who published what a file holds, when, and whether it was changed since.
 * @throws CommandError when it cannot be read, or when one document is not what its author signed.
 */
export async function verifyFile(env: Environment, options: VerifyOptions): Promise<void> {
  const config = readConfig(env)
  const egress = createEgress({
    // A machine that serves loopback only is one for trying.
    allow: new URL(config.origin).protocol === 'http:' ? 'all' : config.allowLoopback,
    proxy: config.egressProxy,
    userAgent: `cafe-ia/${VERSION} (+${config.origin}/)`,
  })
  try {
    const registry = await findRegistry(env, { config, egress, given: options.registry })
    const findings = await findAll(options, { registry, egress })
    report(findings, options.file)
  } finally {
    await egress.close()
  }
}

async function findRegistry(
  env: Environment,
  { config, egress, given }: { config: Config; egress: Egress; given: string | undefined },
): Promise<Registry> {
  if (given === undefined) return (await ownRegistry(env, config)) ?? { keys: [], revoked: [] }
  const text = /^https?:\/\//.test(given)
    ? (await egress.get(given, { accept: 'application/json', maxBytes: REGISTRY_BYTES })).text
    : await readFile(given, 'utf8').catch(() => undefined)
  const registry = text === undefined ? undefined : parseRegistry(text)
  if (!registry) throw new CommandError(`--registry: ${given} is not a registry of keys`)
  return registry
}

const REGISTRY_BYTES = 64 * 1024 ** 2

/** Of this server's own data, where there is any. */
async function ownRegistry(env: Environment, config: Config): Promise<Registry | undefined> {
  const isThere = isPostgresUrl(config.database) || existsSync(config.database)
  if (!config.originChosen || !isThere) return undefined
  let text = ''
  await withOffice(env, async (office) => {
    text = await office.registry()
  })
  return parseRegistry(text)
}

/** Once with the keys at hand; where some are lacking, again with those that their own sites list. */
async function findAll(
  { file, offline }: VerifyOptions,
  { registry, egress }: { registry: Registry; egress: Egress },
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

async function readFindings(file: string, registry: Registry): Promise<Finding[]> {
  const against = { registry, primitives: nodePrimitives, now: Date.now() }
  if (/^https?:\/\//.test(file)) return Array.fromAsync(verifyText(file, against))
  const handle = await open(file).catch(() => undefined)
  if (!handle) throw new CommandError(`the file ${file} cannot be read`)
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

function report(findings: readonly Finding[], file: string): void {
  if (findings.length === 0) throw new CommandError(`${file} holds no document`)
  const wrong = findings.filter(({ verdict }) => verdict !== 'valid')
  const isOne = findings.length === 1
  for (const finding of isOne ? findings : wrong.slice(0, MOST_SHOWN)) print(line(finding, isOne))
  if (!isOne)
    for (const [publisher, total] of countByPublisher(findings))
      print(`${publisher}\u00a0: ${total}`)
  const count = { n: findings.length, wrong: wrong.length }
  if (wrong.length > 0)
    throw new CommandError(fill(isOne ? t.verify.oneWrong : t.verify.someWrong, count))
  print(fill(isOne ? t.verify.oneValid : t.verify.allValid, count))
}

const line = (finding: Finding, isOne: boolean): string =>
  [
    t.verify.verdicts[finding.verdict],
    documentText(finding, isOne, t),
    finding.publisher && publisherText(finding, t),
  ]
    .filter(Boolean)
    .join(' · ')

function countByPublisher(findings: readonly Finding[]): Map<string, number> {
  const totals = new Map<string, number>()
  for (const { verdict, publisher, host } of findings) {
    if (verdict !== 'valid') continue
    const who = `${publisher} (${host})`
    totals.set(who, (totals.get(who) ?? 0) + 1)
  }
  return totals
}

const print = (text: string): boolean => process.stdout.write(`${text}\n`)
