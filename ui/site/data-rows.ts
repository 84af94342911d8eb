import type { LegalNotice } from '../../node/domain/structures/legal-notice.ts'
import {
  type DataKind,
  LONGEST,
  type Processors,
  type Purpose,
} from '../../node/domain/structures/personal-data.ts'
import { RETENTION_DAYS } from '../../node/domain/values/retention.ts'
import type { Messages } from '../locales/messages.ts'

/** What the pages about personal data are made of: the schema (`uses`), the settings, and whom this site speaks to. */
export type DataSources = {
  uses: readonly { purpose: Purpose; kinds: readonly DataKind[] }[]
  legal: LegalNotice
  processors: Processors
  /** The hosts of the directories that the site has joined. */
  directories: readonly string[]
  /** How many members a directory has; undefined for a place. */
  members: number | undefined
}

/** A row of the page and of the register, in words. */
export type ShownUse = Record<'purpose' | 'who' | 'what' | 'basis' | 'to' | 'keep', string>

/** Returns the row of each purpose. */
export const listShownUses = (sources: DataSources, t: Messages): ShownUse[] =>
  sources.uses.map(({ purpose, kinds }) => {
    const texts = t.personalData
    const { interest, basis = '', note = '', keep, ...row } = texts.rows[purpose]
    const { countsInDatabase, registrationDays } = sources.processors
    const isInMemory = purpose === 'security' && !countsInDatabase
    const term =
      purpose === 'registrations'
        ? texts.registrationsKeep(registrationDays)
        : purpose === 'security' && countsInDatabase
          ? texts.limitsInDatabase
          : keep
    return {
      ...row,
      what: [`${capital(kinds.map((kind) => texts.kinds[kind]).join(', '))}.`, note]
        .filter(Boolean)
        .join(' '),
      basis: interest === undefined ? basis : texts.basis[sources.legal.legalBasis](interest),
      keep: [`${term}.`, isInMemory ? '' : inBackups(purpose, sources, t)]
        .filter(Boolean)
        .join(' '),
    }
  })

/** Returns how long a backup holds it beside, where the site makes some. */
function inBackups(purpose: Purpose, { processors }: DataSources, t: Messages): string {
  if (!processors.areDaily) return ''
  const { most, more } = t.personalData.inBackups
  const longest = purpose === 'registrations' ? processors.registrationDays : LONGEST[purpose]
  return longest === undefined ? more : most(longest + RETENTION_DAYS.backup)
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Returns a sentence for each service that works for the site, as the settings name it. */
export function processorLines({ legal, processors }: DataSources, t: Messages): string[] {
  const texts = t.personalData
  const { mailHost, storageHost, hasCopies, areEncrypted, databaseHost, proxyHost, tilesHost } =
    processors
  return [
    texts.host(legal.hostName ?? t.legal.toComplete),
    mailHost === undefined ? texts.noMailRelay : texts.mailRelay(mailHost),
    ...(storageHost === undefined ? [] : [texts.storage(storageHost)]),
    ...(hasCopies ? [texts.copies[areEncrypted ? 'encrypted' : 'plain']] : []),
    ...(databaseHost === undefined ? [] : [texts.database(databaseHost)]),
    ...(proxyHost === undefined ? [] : [texts.proxy(proxyHost)]),
    ...(tilesHost === undefined ? [] : [texts.tileServer(tilesHost)]),
  ]
}

/** Returns with whom the site shares what is public, and what may leave the European Union. */
export const transferLines = ({ directories, members }: DataSources, t: Messages): string[] => {
  const texts = t.personalData
  return [
    ...(members === undefined ? [] : [texts.members(members)]),
    directories.length > 0
      ? texts.directories(directories.join(', '))
      : members === undefined
        ? texts.noDirectory
        : '',
    texts.outside,
  ].filter(Boolean)
}
