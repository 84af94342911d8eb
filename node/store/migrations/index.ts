import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { isPostgres } from '../database/dialect.ts'
import { initial } from './0001-initial/index.ts'
import { goneRows } from './0002-gone-rows.ts'
import { cancelledRows } from './0003-cancelled-rows.ts'
import { changedRows } from './0004-changed-rows.ts'
import { announcedFor } from './0005-announced-for.ts'
import { directoryAnswers } from './0006-directory-answers.ts'
import { undatedDrafts } from './0007-undated-drafts.ts'
import { toDoMails } from './0008-to-do-mails.ts'
import { joinMessages } from './0009-join-messages.ts'
import { keysByActor } from './0010-keys-by-actor.ts'
import { claimedErasures } from './0011-claimed-erasures.ts'
import { givenUpKeys } from './0012-given-up-keys.ts'
import { cafePictures } from './0013-cafe-pictures.ts'
import { recoveries } from './0014-recoveries.ts'
import { stopMails } from './0015-stop-mails.ts'
import { searchWaiting } from './0016-search-waiting.ts'
import { smallerCafes } from './0017-smaller-cafes.ts'
import { countedEntries } from './0018-counted-entries.ts'
import { narrowIndexes } from './0019-narrow-indexes.ts'
import { shorterPositions } from './0020-shorter-positions.ts'
import { shorterEntries } from './0021-shorter-entries.ts'
import { postponedCafes } from './0022-postponed-cafes.ts'
import { type Dialect, postgres, type Statements, sqlite, toList } from './dialect.ts'

/** They are listed by hand, in order, and only go forward; a migration that has landed is never edited. */
export const migrations: Record<string, Migration> = {
  '0001-initial': migration(initial),
  '0002-gone-rows': migration(goneRows),
  '0003-cancelled-rows': migration(cancelledRows),
  '0004-changed-rows': migration(changedRows),
  '0005-announced-for': migration(announcedFor),
  '0006-directory-answers': migration(directoryAnswers),
  '0007-undated-drafts': migration(undatedDrafts),
  '0008-to-do-mails': migration(toDoMails),
  '0009-join-messages': migration(joinMessages),
  '0010-keys-by-actor': migration(keysByActor),
  '0011-claimed-erasures': migration(claimedErasures),
  '0012-given-up-keys': migration(givenUpKeys),
  '0013-cafe-pictures': migration(cafePictures),
  '0014-recoveries': migration(recoveries),
  '0015-stop-mails': migration(stopMails),
  '0016-search-waiting': migration(searchWaiting),
  '0017-smaller-cafes': migration(smallerCafes),
  '0018-counted-entries': migration(countedEntries),
  '0019-narrow-indexes': migration(narrowIndexes),
  '0020-shorter-positions': migration(shorterPositions),
  '0021-shorter-entries': migration(shorterEntries),
  '0022-postponed-cafes': migration(postponedCafes),
}

function migration(statements: (dialect: Dialect) => Statements): Migration {
  return {
    async up(db: Kysely<unknown>) {
      for (const statement of toList(statements(isPostgres(db) ? postgres : sqlite)))
        await sql.raw(statement).execute(db)
    },
  }
}
