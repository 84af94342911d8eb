import { resolve } from 'node:path'
import {
  READING,
  type ReadingLimits,
  type SetLimit,
  SHARES,
  type Shares,
} from './domain/limits/limits.ts'
import type { AllowLoopback, Relay } from './settings/setting-kinds.ts'
import { type LOG_LEVELS, parseSettings, type Settings } from './settings/settings.ts'

export type Config = {
  role: Settings['ROLE']
  /** The origin without a trailing slash, e.g. `https://cafes.example`. */
  origin: string
  /** False at a first start without settings: nothing is public before an address is chosen. */
  originChosen: boolean
  host: string
  port: number
  /** The folder of the SQLite file, of the pictures and of the open data. */
  data: string
  /** The path of a SQLite file, or a `postgres://` address. */
  database: string
  /** What this process does: serve, work, or both. Several processes share one PostgreSQL. */
  process: Settings['PROCESS']
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
  /** Days ahead of which the cafés of a series without an end are made. */
  seriesDays: number
  /** Days after a café for which who registered is kept. */
  /** How many letters are handed to the relay in an hour. */
  lettersPerHour: number
  registrationDays: number
  /** What the sheets to print bear: the name of the movement, and the file of its logo. */
  movement: { name: string; logoFile: string | undefined }
  /** How mails are sent; without it they are shown to the team. */
  mail: MailSettings | undefined
  /** The operator's map tiles, for a map that can be moved; without them no page asks another site. */
  tiles: Tiles | undefined
  log: LogLevel
  /** The most that one registrable domain may have here. */
  shares: Shares
}

/** `url` contains `{z}`, `{x}` and `{y}`; `credit` is the attribution that its licence asks for. */
type Tiles = { url: string; origin: string; credit: string }

type BackupSettings = {
  /** Whether the server makes one each day, in `backups/` of the data folder. */
  areDaily: boolean
  /** A folder to which each is copied too, with the journal of erasures. */
  copyFolder: string | undefined
  /** An S3 storage to which each is copied too: its address with the bucket, and a key. */
  s3: { address: string; region: string; keyId: string; secret: string } | undefined
  /** The passphrase that encrypts them. */
  passphrase: string | undefined
}

/** The relay of our mails, and the address from which they come. */
/** `dkimSelector` is checked only; it is the relay that signs. */
export type MailSettings = Relay & { from: string; dkimSelector?: string | undefined }

export type LogLevel = (typeof LOG_LEVELS)[number]

/** The error of a setting that cannot be used; the message names it and is all that the operator needs to read. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  /** Whether it may be over without anybody's doing: another program holds the port, the database is not up yet. */
  mayPass = false
}

/**
 * Reads every setting once.
 * @throws ConfigError with one sentence that names the setting.
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const { settings, problem } = parseSettings(environment)
  if (!settings) throw new ConfigError(problem)
  const data = resolve(settings.DATA)
  return Object.freeze({
    role: settings.ROLE,
    origin: settings.ORIGIN ?? `http://127.0.0.1:${settings.PORT}`,
    originChosen: settings.ORIGIN !== undefined,
    host: settings.HOST,
    port: settings.PORT,
    data,
    database: settings.DATABASE ?? resolve(data, 'cafe-ia.sqlite'),
    process: settings.PROCESS,
    hub: settings.HUB,
    trustProxy: settings.TRUST_PROXY,
    allowLoopback: settings.ALLOW_LOOPBACK,
    egressProxy: settings.EGRESS_PROXY,
    reading: limitsOf(READING, settings),
    backups: {
      areDaily: settings.BACKUPS === 'daily',
      copyFolder: settings.BACKUP_COPY,
      s3: toStorage(settings),
      passphrase: settings.BACKUP_PASSPHRASE,
    },
    calendarMinutes: settings.CALENDAR_MINUTES,
    seriesDays: settings.SERIES_DAYS,
    lettersPerHour: settings.LETTERS_PER_HOUR,
    registrationDays: settings.REGISTRATION_DAYS,
    movement: { name: settings.MOVEMENT, logoFile: settings.MOVEMENT_LOGO },
    tiles:
      settings.TILES === undefined ? undefined : toTiles(settings.TILES, settings.TILES_CREDIT),
    mail:
      settings.SMTP_URL && settings.MAIL_FROM
        ? {
            ...settings.SMTP_URL,
            from: settings.MAIL_FROM,
            dkimSelector: settings.DKIM_SELECTOR,
          }
        : undefined,
    log: settings.LOG,
    shares: limitsOf(SHARES, settings),
  })
}

/** Returns the limits of a table as they are set. */
const limitsOf = <Name extends string, Setting extends keyof Settings>(
  limits: Record<Name, SetLimit & { setting: Setting }>,
  settings: Record<Setting, number>,
) =>
  Object.fromEntries(
    Object.entries<SetLimit & { setting: Setting }>(limits).map(([name, { setting, unit = 1 }]) => [
      name,
      settings[setting] * unit,
    ]),
  ) as Record<Name, number>

function toStorage({
  BACKUP_S3: address,
  BACKUP_S3_KEY: keyId,
  BACKUP_S3_SECRET: secret,
  BACKUP_S3_REGION: region = 'us-east-1',
}: Settings): BackupSettings['s3'] {
  if (address === undefined || keyId === undefined || secret === undefined) return undefined
  return { address, region, keyId, secret }
}

const toTiles = (url: string, credit = '© OpenStreetMap'): Tiles => ({
  url,
  origin: new URL(url).origin,
  credit,
})
