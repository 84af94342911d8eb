import { z } from 'zod'
import { READING, type SetLimit, SHARES } from '../domain/limits/limits.ts'
import { isLoopbackHost } from '../domain/values/host.ts'
import { RETENTION_DAYS } from '../domain/values/retention.ts'
import { isPostgresUrl } from '../store/database/address.ts'
import * as kinds from './setting-kinds.ts'

export const LOG_LEVELS = ['debug', 'info', 'warning', 'error', 'fatal'] as const

const optional = z.string().optional()

/** Makes the settings of a table of limits, none of which is greater than `most`. */
const limitsUpTo = <Limits extends Record<string, SetLimit>>(most: number, limits: Limits) =>
  Object.fromEntries(
    Object.values(limits).map(({ setting, usual }) => [
      setting,
      kinds.numberFrom(1, most).default(usual),
    ]),
  ) as Record<Limits[keyof Limits]['setting'], z.ZodDefault<ReturnType<typeof kinds.numberFrom>>>

/** Each setting of docs/settings.md, without `CAFE_IA_`. */
const SETTINGS = z.strictObject({
  ROLE: kinds.choiceOf(['node', 'hub']).default('node'),
  ORIGIN: kinds.origin.optional(),
  HOST: kinds.listenAddress.default('127.0.0.1'),
  PORT: kinds.numberFrom(1, 65_535).default(3000),
  DATA: z.string().default('./data'),
  DATABASE: kinds.database.optional(),
  PROCESS: kinds.choiceOf(['all', 'web', 'worker']).default('all'),
  HUB: kinds.directory.optional(),
  SMTP_URL: kinds.relay.optional(),
  MAIL_FROM: kinds.email.optional(),
  DKIM_SELECTOR: kinds.selector.optional(),
  TRUST_PROXY: kinds.ipAddresses.default(new Set()),
  ALLOW_LOOPBACK: kinds.loopback.default('none'),
  EGRESS_PROXY: kinds.proxy.optional(),
  ...limitsUpTo(10_000_000, READING),
  BACKUPS: kinds.choiceOf(['daily', 'off']).default('daily'),
  BACKUP_COPY: kinds.wholePath.optional(),
  BACKUP_PASSPHRASE: kinds.passphrase.optional(),
  BACKUP_S3: kinds.bucket.optional(),
  BACKUP_S3_KEY: optional,
  BACKUP_S3_SECRET: optional,
  BACKUP_S3_REGION: kinds.region.optional(),
  // Other servers are not asked more often than every quarter of an hour, and at least once a day.
  CALENDAR_MINUTES: kinds.numberFrom(15, 1440).default(60),
  // Followers are told of a date a week before.
  SERIES_DAYS: kinds.numberFrom(14, 366).default(60),
  LETTERS_PER_HOUR: kinds.numberFrom(60, 1_000_000).default(2_000),
  // Less than a week is too little to answer for a café, more than three months is longer than anybody needs it.
  REGISTRATION_DAYS: kinds.numberFrom(7, 90).default(RETENTION_DAYS.registration),
  MOVEMENT: kinds.movement.default('Café IA'),
  MOVEMENT_LOGO: kinds.wholeFile.optional(),
  TILES: kinds.tiles.optional(),
  TILES_CREDIT: optional,
  LOG: kinds.choiceOf(LOG_LEVELS).default('info'),
  ...limitsUpTo(999_999_999, SHARES),
})

export type Settings = z.output<typeof SETTINGS>

/** Pairs of a setting and another one that it needs. */
const NEEDED: [beside: keyof Settings, needed: keyof Settings][] = [
  ['SMTP_URL', 'MAIL_FROM'],
  ['MAIL_FROM', 'SMTP_URL'],
  ['DKIM_SELECTOR', 'MAIL_FROM'],
  ['TILES_CREDIT', 'TILES'],
  ['BACKUP_S3_KEY', 'BACKUP_S3'],
  ['BACKUP_S3_SECRET', 'BACKUP_S3'],
  ['BACKUP_S3_REGION', 'BACKUP_S3'],
  ['BACKUP_S3', 'BACKUP_S3_KEY'],
  ['BACKUP_S3', 'BACKUP_S3_SECRET'],
  // The operator of the storage must not be able to read what is stored there.
  ['BACKUP_S3', 'BACKUP_PASSPHRASE'],
]

function findContradiction(settings: Settings): string | undefined {
  const { PROCESS, ORIGIN, DATABASE, ALLOW_LOOPBACK } = settings
  if (PROCESS !== 'all' && !isPostgresUrl(DATABASE ?? ''))
    return `CAFE_IA_PROCESS=${PROCESS} demande PostgreSQL : donnez à CAFE_IA_DATABASE une adresse postgres://`
  if (PROCESS !== 'all' && !ORIGIN)
    return `CAFE_IA_ORIGIN est nécessaire avec CAFE_IA_PROCESS=${PROCESS}`
  if (ALLOW_LOOPBACK !== 'none' && ORIGIN && !isLoopbackHost(new URL(ORIGIN).hostname))
    return 'CAFE_IA_ALLOW_LOOPBACK sert à la démonstration et aux essais : il est refusé avec une adresse publique'
  const lacking = NEEDED.find(
    ([beside, needed]) => settings[beside] !== undefined && settings[needed] === undefined,
  )
  return lacking && `CAFE_IA_${lacking[1]} est nécessaire avec CAFE_IA_${lacking[0]}`
}

/**
 * Parses the settings among the variables of an environment; an empty one is not set.
 * @returns `problem` is one sentence that names the setting.
 */
export function parseSettings(
  environment: Record<string, string | undefined>,
): { settings: Settings; problem?: never } | { settings?: never; problem: string } {
  const given = Object.entries(environment).flatMap(([name, value]) =>
    name.startsWith('CAFE_IA_') && value?.trim() ? [[name.slice('CAFE_IA_'.length), value]] : [],
  )
  const { data, error } = SETTINGS.safeParse(Object.fromEntries(given))
  if (!data) return { problem: toSentence(error.issues) }
  const problem = findContradiction(data)
  return problem ? { problem } : { settings: data }
}

function toSentence(issues: z.core.$ZodIssue[]): string {
  const unknown = issues.find((issue) => issue.code === 'unrecognized_keys')
  if (unknown) return `CAFE_IA_${unknown.keys[0]} n’est pas un réglage : voyez docs/settings.md`
  const [issue] = issues
  return `CAFE_IA_${issue?.path.join()} ${issue?.message}`
}
