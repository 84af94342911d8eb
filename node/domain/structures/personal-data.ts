import { ALERT_DAYS, RETENTION_DAYS } from '../values/retention.ts'

/**
 * What personal data is kept for: a row of the page « Données personnelles » and of the register of processing each.
 *
 * @internal
 */
export const PURPOSES = [
  'accounts',
  'mails',
  'notice',
  'cited',
  'registrations',
  'suggestions',
  'followers',
  'security',
  'joining',
  'profiles',
  'messages',
  'flags',
  'listedProfiles',
  'relayedMessages',
  'alerts',
  'requests',
  'mandates',
  'referentMessages',
] as const
export type Purpose = (typeof PURPOSES)[number]

/** The purposes that only a directory has. */
const OF_A_DIRECTORY: readonly Purpose[] = [
  'suggestions',
  'listedProfiles',
  'relayedMessages',
  'alerts',
  'requests',
  'mandates',
  'referentMessages',
]

/** Returns what a site keeps personal data for. */
export const purposesOf = ({ isDirectory }: { isDirectory: boolean }): Purpose[] =>
  PURPOSES.filter((purpose) => isDirectory || !OF_A_DIRECTORY.includes(purpose))

/** The kinds of personal data, in the order in which the pages name them. */
export const DATA_KINDS = [
  'name',
  'email',
  'account',
  'territory',
  'work',
  'contact',
  'photo',
  'words',
  'message',
  'choice',
  'consent',
  'acts',
  'password',
  'factor',
  'link',
  'browser',
  'network',
  'print',
] as const
export type DataKind = (typeof DATA_KINDS)[number]

/**
 * The most days that data of a purpose are kept, where they end by themselves; other data go as somebody or something
 * goes, and backups hold them longer for `RETENTION_DAYS.backup`.
 */
export const LONGEST: Partial<Record<Purpose, number>> = {
  mails: RETENTION_DAYS.mail,
  messages: RETENTION_DAYS.mail,
  flags: RETENTION_DAYS.flag,
  relayedMessages: RETENTION_DAYS.contactMessage,
  alerts: ALERT_DAYS.kept,
  requests: 1,
  referentMessages: RETENTION_DAYS.mail,
}

/** Why a public body, or anybody else, may keep what nobody agreed to (GDPR, art. 6 §1 e and f). */
export const LEGAL_BASES = ['interest', 'task'] as const
export type LegalBasis = (typeof LEGAL_BASES)[number]

/** Who gets personal data from this site because of its settings: the hosts of services, and copies of backups. */
export type Processors = {
  /** The relay of mails; without it none leave, and the team hands them over. */
  mailHost: string | undefined
  /** The storage of backups, which are encrypted there. */
  storageHost: string | undefined
  /** Whether backups are copied to another folder, which may be on another machine. */
  hasCopies: boolean
  areEncrypted: boolean
  /** Whether backups are made each night. */
  areDaily: boolean
  /** The server of the tiles of a map that can be moved. */
  tilesHost: string | undefined
  /** The server of the database, where it is another machine. */
  databaseHost: string | undefined
  /** What speaks to other servers in the place of this one. */
  proxyHost: string | undefined
  /** Whether rate limits are counted in the database, which several processes share. */
  countsInDatabase: boolean
  /** For how many days after a café it is kept who registered. */
  registrationDays: number
}
