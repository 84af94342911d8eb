import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { isPostgres } from '../database/dialect.ts'
import * as init from './2026-11-25-init.ts'
import * as imported from './2026-11-26-imported.ts'
import * as media from './2026-11-26-media.ts'
import * as profile from './2026-11-26-profile.ts'
import * as wallTime from './2026-11-26-wall-time.ts'
import * as mail from './2026-11-27-mail.ts'
import * as venueAccess from './2026-11-27-venue-access.ts'
import * as alert from './2026-11-28-alert.ts'
import * as cafeOrigin from './2026-11-28-cafe-origin.ts'
import * as confirmationLink from './2026-11-28-confirmation-link.ts'
import * as demand from './2026-11-28-demand.ts'
import * as feeds from './2026-11-28-feeds.ts'
import * as figures from './2026-11-28-figures.ts'
import * as letter from './2026-11-28-letter.ts'
import * as logo from './2026-11-28-logo.ts'
import * as structure from './2026-11-28-structure.ts'
import * as cafeAccess from './2026-11-29-cafe-access.ts'
import * as searchIndex from './2026-11-29-search-index.ts'
import * as cafeVenue from './2026-12-01-cafe-venue.ts'
import * as duplicates from './2026-12-02-duplicates.ts'
import * as structureRead from './2026-12-02-structure-read.ts'
import * as contentVersion from './2026-12-03-content-version.ts'
import * as rateLimit from './2026-12-03-rate-limit.ts'
import * as silence from './2026-12-04-silence.ts'
import * as documentRows from './2026-12-05-document-rows.ts'
import * as facilitator from './2026-12-06-facilitator.ts'
import * as network from './2026-12-08-network.ts'
import * as pinnedKey from './2026-12-09-pinned-key.ts'
import * as facilitatorWire from './2026-12-10-facilitator-wire.ts'
import * as referent from './2026-12-10-referent.ts'
import * as registrantsLink from './2026-12-11-registrants-link.ts'
import * as keptFile from './2026-12-12-kept-file.ts'
import * as facilitatorEntry from './2026-12-13-facilitator-entry.ts'
import * as departementIndex from './2026-12-14-departement-index.ts'
import * as facilitatorWords from './2026-12-15-facilitator-words.ts'
import * as placeIndex from './2026-12-16-place-index.ts'
import * as cafeDocument from './2026-12-17-cafe-document.ts'
import * as searchWords from './2026-12-18-search-words.ts'
import * as announced from './2026-12-19-announced.ts'
import * as narrowIndexes from './2026-12-20-narrow-indexes.ts'
import * as letterVenue from './2026-12-21-letter-venue.ts'
import * as ownPublished from './2026-12-22-own-published.ts'
import * as alertSeen from './2026-12-23-alert-seen.ts'
import * as followingVersion from './2026-12-24-following-version.ts'
import * as ownStarts from './2026-12-25-own-starts.ts'
import * as cafeTeller from './2026-12-26-cafe-teller.ts'
import * as links from './2026-12-26-links.ts'
import * as shares from './2026-12-26-shares.ts'
import * as alike from './2026-12-27-alike.ts'
import * as readingShares from './2026-12-27-reading-shares.ts'
import * as owners from './2026-12-28-owners.ts'
import * as joinCodes from './2026-12-29-join-codes.ts'

/** Listed by hand, in order; forward only; a migration that has landed is never edited. */
export const migrations: Record<string, Migration> = {
  '2026-11-25-init': fromSql(init.up),
  '2026-11-26-imported': fromSql(imported.up),
  '2026-11-26-media': fromSql(media.up),
  '2026-11-26-profile': fromSql(profile.up),
  '2026-11-26-wall-time': fromSql(wallTime.up),
  '2026-11-27-mail': fromSql(mail.up),
  '2026-11-27-venue-access': fromSql(venueAccess.up),
  '2026-11-28-alert': fromSql(alert.up),
  '2026-11-28-cafe-origin': fromSql(cafeOrigin.up),
  '2026-11-28-confirmation-link': fromSql(confirmationLink.up),
  '2026-11-28-demand': fromSql(demand.up),
  '2026-11-28-feeds': fromSql(feeds.up),
  '2026-11-28-figures': fromSql(figures.up),
  '2026-11-28-letter': fromSql(letter.up),
  '2026-11-28-logo': fromSql(logo.up),
  '2026-11-28-structure': fromSql(structure.up),
  '2026-11-29-cafe-access': fromSql(cafeAccess.up),
  '2026-11-29-search-index': fromSql(searchIndex.up),
  '2026-12-01-cafe-venue': fromSql(cafeVenue.up),
  '2026-12-02-duplicates': fromSql(duplicates.up),
  '2026-12-02-structure-read': fromSql(structureRead.up),
  '2026-12-03-content-version': fromSql(contentVersion.up),
  '2026-12-03-rate-limit': fromSql(rateLimit.up),
  '2026-12-04-silence': fromSql(silence.up),
  '2026-12-05-document-rows': fromSql(documentRows.up),
  '2026-12-06-facilitator': fromSql(facilitator.up),
  '2026-12-08-network': fromSql(network.up),
  '2026-12-09-pinned-key': fromSql(pinnedKey.up),
  '2026-12-10-facilitator-wire': fromSql(facilitatorWire.up),
  '2026-12-10-referent': fromSql(referent.up),
  '2026-12-11-registrants-link': fromSql(registrantsLink.up),
  '2026-12-12-kept-file': fromSql(keptFile.up),
  '2026-12-13-facilitator-entry': fromSql(facilitatorEntry.up),
  '2026-12-14-departement-index': fromSql(departementIndex.up),
  '2026-12-15-facilitator-words': fromSql(facilitatorWords.up),
  '2026-12-16-place-index': fromSql(placeIndex.up),
  '2026-12-17-cafe-document': fromSql(cafeDocument.up),
  '2026-12-18-search-words': fromSql(searchWords.up),
  '2026-12-19-announced': fromSql(announced.up),
  '2026-12-20-narrow-indexes': fromSql(narrowIndexes.up),
  '2026-12-21-letter-venue': fromSql(letterVenue.up),
  '2026-12-22-own-published': fromSql(ownPublished.up),
  '2026-12-23-alert-seen': fromSql(alertSeen.up),
  '2026-12-24-following-version': fromSql(followingVersion.up),
  '2026-12-25-own-starts': fromSql(ownStarts.up),
  '2026-12-26-links': fromSql(links.up),
  '2026-12-27-reading-shares': fromSql(readingShares.up),
  '2026-12-28-owners': fromSql(owners.up),
  '2026-12-26-cafe-teller': fromSql(cafeTeller.up),
  '2026-12-27-alike': fromSql(alike.up),
  '2026-12-26-shares': fromSql(shares.up),
  '2026-12-29-join-codes': fromSql(joinCodes.up),
}

type Statements = string | readonly string[]

/** One statement at a time, since better-sqlite3 prepares no more than one; triggers come as a list. */
function fromSql({ sqlite, postgres }: { sqlite: Statements; postgres: Statements }): Migration {
  return {
    async up(db: Kysely<unknown>) {
      const statements = isPostgres(db) ? postgres : sqlite
      const each = typeof statements === 'string' ? statements.split(/;\s*\n/) : statements
      for (const statement of each) {
        if (statement.trim()) await sql.raw(statement).execute(db)
      }
    },
  }
}
