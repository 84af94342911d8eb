import { isAbsolute, resolve } from 'node:path'
import { readFollowAddress } from './domain/federation/follow-address.ts'
import type { ReadingLimits } from './domain/federation/reading-budget.ts'
import { type Shares, USUAL_SHARES } from './domain/federation/shares.ts'
import { isEmail } from './domain/values/contact.ts'
import { isPostgresUrl } from './store/database/address.ts'

type Role = 'node' | 'hub'

/** Which loopback addresses outgoing requests may reach: none, all of them, or these origins. */
type AllowLoopback = 'none' | 'all' | ReadonlySet<string>

export type Config = {
  role: Role
  /** Without a trailing slash, e.g. `https://cafes.example`. */
  origin: string
  /** False at a first start without settings: nothing is public before an address is chosen. */
  originChosen: boolean
  host: string
  port: number
  /** Folder of the SQLite file, of the pictures and of the open data. */
  data: string
  /** The path of a SQLite file, or a `postgres://` address. */
  database: string
  /** What this process does: answer, work, or both. Several share one PostgreSQL. */
  process: ProcessKind
  /** The directory to ask at the first start, and the invitation code that its address may carry. */
  hub: { address: string; invitation: string | undefined } | undefined
  trustProxy: ReadonlySet<string>
  allowLoopback: AllowLoopback
  egressProxy: URL | undefined
  /** How much of one peer is read in a day. */
  reading: ReadingLimits
  backups: BackupSettings
  /** Minutes between two readings of a followed calendar. */
  calendarMinutes: number
  /** How mails leave; without it they are shown to the team. */
  mail: MailSettings | undefined
  /** Map tiles of the operator's choice, for a map that can be moved; without them no page asks anybody else. */
  tiles: Tiles | undefined
  log: LogLevel
  /** The most that one registrable domain may have here. */
  shares: Shares
}

/** `url` holds `{z}`, `{x}` and `{y}`; `credit` is what its licence wants said. */
type Tiles = { url: string; origin: string; credit: string }

type BackupSettings = {
  /** Made by the server each day, into `backups/` of the data folder. */
  areDaily: boolean
  /** Where each is copied to as well, with the journal of erasures. */
  copyFolder: string | undefined
  /** A storage that speaks S3, where each is copied to as well: its address with the bucket, and a key. */
  s3: { address: string; region: string; keyId: string; secret: string } | undefined
  /** Encrypts them. */
  passphrase: string | undefined
}

/** Who carries our mails, and the address that they come from. */
export type MailSettings = {
  host: string
  port: number
  /** TLS from the first byte (`smtps:`); else STARTTLS where the server offers it. */
  secure: boolean
  login: { user: string; pass: string } | undefined
  from: string
}

const LOG_LEVELS = ['debug', 'info', 'warning', 'error', 'fatal'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** A setting that cannot be used; the message names it and is all that the operator needs to read. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

type ProcessKind = 'all' | 'web' | 'worker'

type Environment = Record<string, string | undefined>

/**
 * Reads every setting once.
 * @throws ConfigError with one sentence that names the setting.
 */
export function readConfig(environment: Environment): Config {
  const env = withoutEmpty(environment)
  refuseUnknown(env)
  const port = readPort(env.CAFE_IA_PORT ?? '3000')
  const origin = readOrigin(env.CAFE_IA_ORIGIN ?? `http://127.0.0.1:${port}`)
  const data = resolve(env.CAFE_IA_DATA ?? './data')
  return Object.freeze({
    role: readChoice(env.CAFE_IA_ROLE ?? 'node', 'CAFE_IA_ROLE', ['node', 'hub'] as const),
    origin,
    originChosen: env.CAFE_IA_ORIGIN !== undefined,
    host: readHost(env.CAFE_IA_HOST ?? '127.0.0.1'),
    port,
    data,
    database: readDatabase(env.CAFE_IA_DATABASE, data),
    process: readProcess(env),
    hub: readHub(env.CAFE_IA_HUB),
    trustProxy: readAddresses(env.CAFE_IA_TRUST_PROXY),
    allowLoopback: readAllowLoopback(env.CAFE_IA_ALLOW_LOOPBACK ?? '0', origin),
    egressProxy: readProxy(env.CAFE_IA_EGRESS_PROXY),
    reading: readLimits(env),
    backups: readBackups(env),
    calendarMinutes: readCalendarMinutes(env.CAFE_IA_CALENDAR_MINUTES ?? '60'),
    tiles: readTiles(env.CAFE_IA_TILES, env.CAFE_IA_TILES_CREDIT),
    mail: readMail(env.CAFE_IA_SMTP_URL, env.CAFE_IA_MAIL_FROM),
    log: readChoice(env.CAFE_IA_LOG ?? 'info', 'CAFE_IA_LOG', LOG_LEVELS),
    shares: readShares(env),
  })
}

/** `CAFE_IA_HUB=` in a file of settings says nothing. */
const withoutEmpty = (env: Environment): Environment =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))

const SHARE_SETTINGS: Record<keyof Shares, string> = {
  joinRequests: 'MAX_JOIN_REQUESTS',
  proposals: 'MAX_PROPOSALS',
  messages: 'MAX_MESSAGES',
  networks: 'MAX_NETWORKS',
  memberships: 'MAX_MEMBERSHIPS',
  followers: 'MAX_FOLLOWERS',
  inboxes: 'MAX_INBOXES',
  people: 'MAX_PEOPLE',
  deletions: 'MAX_DELETIONS',
  megabytes: 'MAX_MEGABYTES',
}

const KNOWN = [
  'ROLE',
  'ORIGIN',
  'HOST',
  'PORT',
  'DATA',
  'DATABASE',
  'PROCESS',
  'HUB',
  'SMTP_URL',
  'MAIL_FROM',
  'TRUST_PROXY',
  'ALLOW_LOOPBACK',
  'EGRESS_PROXY',
  'READ_PAGES',
  'READ_ITEMS',
  'READ_MEGABYTES',
  'READ_SECONDS',
  'CAFES_PER_DAY',
  'BACKUPS',
  'BACKUP_COPY',
  'BACKUP_PASSPHRASE',
  'BACKUP_S3',
  'BACKUP_S3_KEY',
  'BACKUP_S3_REGION',
  'BACKUP_S3_SECRET',
  'CALENDAR_MINUTES',
  'TILES',
  'TILES_CREDIT',
  'LOG',
  ...Object.values(SHARE_SETTINGS),
]

function refuseUnknown(env: Environment): void {
  const unknown = Object.keys(env).find(
    (name) => name.startsWith('CAFE_IA_') && !KNOWN.includes(name.slice('CAFE_IA_'.length)),
  )
  if (unknown) throw new ConfigError(`${unknown} is not a setting: see docs/settings.md`)
}

function readChoice<T extends string>(value: string, name: string, choices: readonly T[]): T {
  const choice = choices.find((choice) => choice === value)
  if (choice) return choice
  throw new ConfigError(
    `${name} must be ${choices.map((c) => `"${c}"`).join(' or ')}, got "${value}"`,
  )
}

function readPort(value: string): number {
  if (/^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65535) return Number(value)
  throw new ConfigError(`CAFE_IA_PORT must be a number from 1 to 65535, got "${value}"`)
}

function readHost(value: string): string {
  if (/^[\w.:-]+$/.test(value)) return value
  throw new ConfigError(`CAFE_IA_HOST must be an address to listen on, got "${value}"`)
}

function readShares(env: Environment): Shares {
  const shares = { ...USUAL_SHARES }
  for (const key of Object.keys(shares) as (keyof Shares)[]) {
    const name = `CAFE_IA_${SHARE_SETTINGS[key]}`
    const value = env[name]
    if (value === undefined) continue
    if (!/^[1-9]\d{0,8}$/.test(value))
      throw new ConfigError(`${name} must be a whole number from 1 to 999999999, got "${value}"`)
    shares[key] = Number(value)
  }
  return shares
}

const isLoopbackHost = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)

function readOrigin(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined
  const bare = url && url.pathname === '/' && !url.search && !url.hash && !url.username
  const secure =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackHost(url.hostname))
  if (url && bare && secure && !url.hostname.endsWith('.')) return url.origin
  throw new ConfigError(
    `CAFE_IA_ORIGIN must be an https address without a path (http only on loopback), got "${value}"`,
  )
}

function readDatabase(value: string | undefined, data: string): string {
  if (!value) return resolve(data, 'cafe-ia.sqlite')
  if (isPostgresUrl(value)) {
    const url = URL.canParse(value) ? new URL(value) : undefined
    if (url?.hostname && /^\/[^/]+$/.test(url.pathname) && !url.hash) return value
    throw new ConfigError('CAFE_IA_DATABASE must be postgres://user:password@host:5432/database')
  }
  if (/^[a-z]+:\/\//i.test(value))
    throw new ConfigError(
      `CAFE_IA_DATABASE must be a postgres:// address or the path of a SQLite file, got a ${new URL(value).protocol}// address`,
    )
  return isAbsolute(value) ? value : resolve(value)
}

function readProcess(env: Environment): ProcessKind {
  const kind = readChoice(env.CAFE_IA_PROCESS ?? 'all', 'CAFE_IA_PROCESS', [
    'all',
    'web',
    'worker',
  ] as const)
  if (kind === 'all') return kind
  if (!isPostgresUrl(env.CAFE_IA_DATABASE ?? ''))
    throw new ConfigError(
      `CAFE_IA_PROCESS=${kind} needs PostgreSQL: set CAFE_IA_DATABASE to a postgres:// address`,
    )
  if (env.CAFE_IA_ORIGIN === undefined)
    throw new ConfigError(`CAFE_IA_ORIGIN is needed beside CAFE_IA_PROCESS=${kind}`)
  return kind
}

function readHub(value: string | undefined): Config['hub'] {
  if (!value) return undefined
  const hub = readFollowAddress(value)
  if (hub) return hub
  throw new ConfigError(
    `CAFE_IA_HUB must be the address of a directory or @name@its.host, got "${value}"`,
  )
}

function readAddresses(value: string | undefined): ReadonlySet<string> {
  const items = (value ?? '').split(',').flatMap((item) => item.trim() || [])
  const wrong = items.find((item) => !/^[0-9a-f.:]+$/i.test(item))
  if (wrong)
    throw new ConfigError(`CAFE_IA_TRUST_PROXY must be a list of IP addresses, got "${wrong}"`)
  return new Set(items)
}

function readAllowLoopback(value: string, origin: string): AllowLoopback {
  if (value === '0' || value === '') return 'none'
  if (!isLoopbackHost(new URL(origin).hostname))
    throw new ConfigError(
      'CAFE_IA_ALLOW_LOOPBACK is for demo and tests: refused with a public origin',
    )
  if (value === '1') return 'all'
  const origins = value.split(',').map((item) => item.trim())
  const wrong = origins.find(
    (item) => !URL.canParse(item) || !isLoopbackHost(new URL(item).hostname),
  )
  if (wrong !== undefined)
    throw new ConfigError(
      `CAFE_IA_ALLOW_LOOPBACK must be 0, 1 or a list of loopback origins, got "${wrong}"`,
    )
  return new Set(origins.map((item) => new URL(item).origin))
}

function readProxy(value: string | undefined): URL | undefined {
  if (!value) return undefined
  if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return new URL(value)
  throw new ConfigError(`CAFE_IA_EGRESS_PROXY must be an http or https address, got "${value}"`)
}

/** A network of 17,000 places fits: it is read in two days, and from then on each day. */
function readLimits(env: Environment): ReadingLimits {
  const read = (name: string, usual: number) => readCount(env[name], { name, usual })
  return {
    pages: read('CAFE_IA_READ_PAGES', 5_000),
    items: read('CAFE_IA_READ_ITEMS', 100_000),
    bytes: read('CAFE_IA_READ_MEGABYTES', 500) * 1024 * 1024,
    seconds: read('CAFE_IA_READ_SECONDS', 1_800),
    cafes: read('CAFE_IA_CAFES_PER_DAY', 10_000),
  }
}

const MOST_OF_ALL = 10_000_000

function readCount(value: string | undefined, { name, usual }: { name: string; usual: number }) {
  if (value === undefined) return usual
  if (/^\d{1,8}$/.test(value) && Number(value) >= 1 && Number(value) <= MOST_OF_ALL)
    return Number(value)
  throw new ConfigError(`${name} must be a number from 1 to ${MOST_OF_ALL}, got "${value}"`)
}

/** Fewer characters would soon be guessed by whoever has a file. */
const MIN_PASSPHRASE = 12

function readBackups(env: Environment): BackupSettings {
  const passphrase = env.CAFE_IA_BACKUP_PASSPHRASE
  if (passphrase !== undefined && passphrase.length < MIN_PASSPHRASE)
    throw new ConfigError(
      `CAFE_IA_BACKUP_PASSPHRASE must have ${MIN_PASSPHRASE} characters or more`,
    )
  const copy = env.CAFE_IA_BACKUP_COPY
  if (copy !== undefined && !isAbsolute(copy))
    throw new ConfigError(`CAFE_IA_BACKUP_COPY must be the whole path of a folder, got "${copy}"`)
  const daily = readChoice(env.CAFE_IA_BACKUPS ?? 'daily', 'CAFE_IA_BACKUPS', [
    'daily',
    'off',
  ] as const)
  return {
    areDaily: daily === 'daily',
    copyFolder: copy && resolve(copy),
    s3: readS3(env),
    passphrase,
  }
}

/** Whoever keeps the storage must not read it, hence the passphrase. */
function readS3(env: Environment): BackupSettings['s3'] {
  const {
    CAFE_IA_BACKUP_S3: address,
    CAFE_IA_BACKUP_S3_KEY: keyId,
    CAFE_IA_BACKUP_S3_SECRET: secret,
    CAFE_IA_BACKUP_S3_REGION: region = 'us-east-1',
  } = env
  const lone = ['KEY', 'SECRET', 'REGION'].find((name) => env[`CAFE_IA_BACKUP_S3_${name}`])
  if (address === undefined && lone !== undefined)
    throw new ConfigError(`CAFE_IA_BACKUP_S3 is needed beside CAFE_IA_BACKUP_S3_${lone}`)
  if (address === undefined) return undefined
  const url = URL.canParse(address) ? new URL(address) : undefined
  const isLocal = url?.protocol === 'http:' && isLoopbackHost(url.hostname)
  const isAddress =
    (url?.protocol === 'https:' || isLocal) && !url.username && !url.search && !url.hash
  if (!isAddress || !/^(?:\/[\w.-]+)+$/.test(url.pathname))
    throw new ConfigError(
      'CAFE_IA_BACKUP_S3 must be the https address of a bucket, as https://s3.example/bucket/folder',
    )
  if (keyId === undefined || secret === undefined)
    throw new ConfigError(
      'CAFE_IA_BACKUP_S3_KEY and CAFE_IA_BACKUP_S3_SECRET are needed beside CAFE_IA_BACKUP_S3',
    )
  if (!/^[\w-]{1,50}$/.test(region))
    throw new ConfigError(`CAFE_IA_BACKUP_S3_REGION must be the name of a region, got "${region}"`)
  if (env.CAFE_IA_BACKUP_PASSPHRASE === undefined)
    throw new ConfigError('CAFE_IA_BACKUP_PASSPHRASE is needed beside CAFE_IA_BACKUP_S3')
  return { address: url.href, region, keyId, secret }
}

/** Others' servers are not asked more often than every quarter of an hour, and each day at least. */
function readCalendarMinutes(value: string): number {
  if (/^\d{1,4}$/.test(value) && Number(value) >= 15 && Number(value) <= 1440) return Number(value)
  throw new ConfigError(`CAFE_IA_CALENDAR_MINUTES must be a number from 15 to 1440, got "${value}"`)
}

const TILE_MARKS = ['{z}', '{x}', '{y}']

function readTiles(value: string | undefined, credit: string | undefined): Config['tiles'] {
  if (!value) {
    if (credit) throw new ConfigError('CAFE_IA_TILES is needed beside CAFE_IA_TILES_CREDIT')
    return undefined
  }
  const url = URL.canParse(value) ? new URL(value) : undefined
  const secure =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackHost(url.hostname))
  if (!url || !secure || url.username || !TILE_MARKS.every((mark) => value.includes(mark)))
    throw new ConfigError(
      `CAFE_IA_TILES must be an https address with {z}, {x} and {y}, got "${value}"`,
    )
  return { url: value, origin: url.origin, credit: credit ?? '© OpenStreetMap' }
}

/** RFC 8314: submission by STARTTLS at 587, TLS from the first byte at 465. */
const SMTP_PORTS: Record<string, number> = { 'smtp:': 587, 'smtps:': 465 }

function readMail(smtp: string | undefined, from: string | undefined): Config['mail'] {
  const relay = smtp === undefined ? undefined : readRelay(smtp)
  if (from !== undefined && !isEmail(from))
    throw new ConfigError(
      `CAFE_IA_MAIL_FROM must be an e-mail address alone, such as cafes@die.example, got "${from}"`,
    )
  if (relay && from) return { ...relay, from }
  if (relay) throw new ConfigError('CAFE_IA_MAIL_FROM is needed beside CAFE_IA_SMTP_URL')
  if (from) throw new ConfigError('CAFE_IA_SMTP_URL is needed beside CAFE_IA_MAIL_FROM')
  return undefined
}

/** The message never repeats the value: it holds a password. */
function readRelay(value: string): Omit<MailSettings, 'from'> {
  const url = URL.canParse(value) ? new URL(value) : undefined
  const standardPort = url && SMTP_PORTS[url.protocol]
  const bare = url && /^\/?$/.test(url.pathname) && !url.search && !url.hash
  const login = url && readLogin(url)
  if (!url?.hostname || !standardPort || !bare || login === 'wrong')
    throw new ConfigError(
      'CAFE_IA_SMTP_URL must be smtp://user:password@host:587 or smtps://user:password@host:465',
    )
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || standardPort,
    secure: url.protocol === 'smtps:',
    login,
  }
}

function readLogin({ username, password }: URL): MailSettings['login'] | 'wrong' {
  if (username === '' && password === '') return undefined
  if (username === '' || password === '') return 'wrong'
  try {
    return { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
  } catch {
    return 'wrong'
  }
}
