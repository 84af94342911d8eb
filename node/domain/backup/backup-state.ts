import { dayInParis } from '../values/days.ts'
import { RETENTION_DAYS } from '../values/retention.ts'

/** The settings that name another place for backups. */
export const COPY_SETTINGS = ['CAFE_IA_BACKUP_COPY', 'CAFE_IA_BACKUP_S3'] as const
export type CopySetting = (typeof COPY_SETTINGS)[number]

/** What is known of the backups that the server makes by itself. */
export type BackupState = {
  /** When the first was due; before that none is late. */
  since: Temporal.Instant
  /** The last backup that was made and checked. */
  last: { at: Temporal.Instant; file: string; bytes: number } | undefined
  /** Why there is none that is newer, or no copy of it in the second folder, as one sentence in French. */
  problem: string | undefined
  /** Since when none arrives at another place, be it a folder or a storage; undefined while all do. */
  copyFailingSince?: Temporal.Instant | undefined
  /** The settings that name these places. */
  copySettings?: readonly CopySetting[] | undefined
  /** When somebody asked for one at once; undefined once it was tried. */
  askedAt?: Temporal.Instant | undefined
}

/** The hour in Paris at which backups are made: few visitors come then, and the day's jobs are done. */
const QUIET_HOUR = 2

/**
 * The nightly backup is skipped while the last one is younger than this; a backup made during the day is older by then.
 */
const SOONEST_HOURS = 12

/** After this time one is made at any hour, for a machine that is switched off at night. */
const LATEST_HOURS = 30

/** One night may fail before this time without anybody being told. */
const LATE_HOURS = 48

/** Returns whether a backup is to be made now, where none was asked for; this is asked each hour. */
export function isBackupDue(state: BackupState | undefined, now: Temporal.Instant): boolean {
  const last = state?.last
  if (!last) return true
  // A backup dated in the future was made while the clock was wrong.
  const hours = Math.abs(last.at.until(now).total('hours'))
  const { hour } = now.toZonedDateTimeISO('Europe/Paris')
  return hours >= LATEST_HOURS || (hour === QUIET_HOUR && hours >= SOONEST_HOURS)
}

/** Returns whether the last backup is so old that nobody could go back to yesterday's state. */
export const isBackupLate = (state: BackupState, now: Temporal.Instant): boolean =>
  Math.abs((state.last?.at ?? state.since).until(now).total('hours')) >= LATE_HOURS

const DAILY = 7
const WEEKLY = 4

/**
 * Selects the backups that are kept, by the times in their names: the last of each of seven days, and of each of four
 * weeks. All that are older than the term for backups are deleted, since they hold people who have been erased since;
 * the last one of all stays. Those dated in the future were made while the clock was wrong, or it is wrong now: they
 * stay until there are seven days without them.
 */
export function selectBackups(names: readonly string[], now: Temporal.Instant): string[] {
  const all = names
    .flatMap((name) => {
      const at = timeOfBackup(name)
      if (!at) return []
      const day = dayInParis(at)
      return [{ name, day, isToCome: Temporal.Instant.compare(at, now) > 0 }]
    })
    .sort((one, other) => (one.name < other.name ? 1 : -1))
  const dated = all.filter(({ isToCome }) => !isToCome)
  const [last] = dated
  const oldest = last?.day.subtract({ days: RETENTION_DAYS.backup - 1 })
  const recent = dated.filter(({ day }) => oldest && Temporal.PlainDate.compare(day, oldest) >= 0)
  const newestOf = (period: (day: Temporal.PlainDate) => string, most: number) =>
    [...Map.groupBy(recent, ({ day }) => period(day)).values()]
      .slice(0, most)
      .flatMap(([newest]) => newest?.name ?? [])
  const days = newestOf((day) => day.toString(), DAILY)
  const weeks = newestOf((day) => `${day.yearOfWeek}-${day.weekOfYear}`, WEEKLY)
  const toCome = days.length < DAILY ? all.filter(({ isToCome }) => isToCome) : []
  return [...new Set([...days, ...weeks, ...toCome.map(({ name }) => name)])].sort()
}

/** Returns the name of a backup: `cafe-ia-2026-11-28T0212Z.tar.gz`, with `.age` where it is encrypted. */
export const backupFileName = (now: Temporal.Instant, isEncrypted: boolean): string =>
  `cafe-ia-${now.toString({ smallestUnit: 'minute' }).replace(':', '')}.tar.gz${isEncrypted ? '.age' : ''}`

const NAME = /^cafe-ia-(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)Z\.tar\.gz(?:\.age)?$/

/** Returns when the backup of this name was made; undefined for a file that is not one of the server's own. */
export function timeOfBackup(name: string): Temporal.Instant | undefined {
  const [, day, hour, minute] = NAME.exec(name) ?? []
  if (day === undefined) return undefined
  try {
    return Temporal.Instant.from(`${day}T${hour}:${minute}:00Z`)
  } catch {
    return undefined
  }
}

/**
 * Returns the name of the backup that is made before an upgrade to this version:
 * `cafe-ia-avant-0.2.0-2026-11-28T021203Z.tar.gz`. It is not one of the nightly ones, and stays until the next of its
 * kind.
 */
export const upgradeBackupName = (
  version: string,
  now: Temporal.Instant,
  isEncrypted: boolean,
): string =>
  `cafe-ia-avant-${version}-${now.toString({ smallestUnit: 'second' }).replaceAll(':', '')}.tar.gz${isEncrypted ? '.age' : ''}`

const UPGRADE_NAME = /^cafe-ia-avant-(.+)-\d{4}-\d\d-\d\dT\d{6}Z\.tar\.gz(?:\.age)?$/

/** Returns whether a file of this name was made before an upgrade, to this version or to any. */
export function isUpgradeBackup(name: string, version?: string): boolean {
  const [, to] = UPGRADE_NAME.exec(name) ?? []
  return to !== undefined && (version === undefined || to === version)
}
