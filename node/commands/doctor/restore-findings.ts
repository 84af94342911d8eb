import { listDirectoryTexts } from '../../../ui/admin/restored-parts.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import type { Config } from '../../config.ts'
import { listClaims } from '../../store/backup/claimed-erasures.ts'
import { countOtherVersions } from '../../store/backup/other-versions.ts'
import { findRestoration } from '../../store/backup/restoration.ts'
import { readDataState } from '../../store/migrations/data-state.ts'
import { openDatabase } from '../../store/open-database.ts'
import { type Finding, toFault } from './finding.ts'

/** Number of days for which it is said what directories answered after a restore, unless something waits. */
const SAID_DAYS = 30

/**
 * Says, after a restore, what each directory has answered, what came back, and what waits for the team. Nothing is
 * changed.
 */
export async function checkRestore(config: Config): Promise<Finding[]> {
  const state = await readDataState(config.database).catch(() => undefined)
  if (!state || state.isNew || state.due.length > 0 || state.unknown !== undefined) return []
  const db = await openDatabase(config.database).catch(() => undefined)
  if (!db) return []
  try {
    const texts = messagesFor('fr').restored
    const restoration = await findRestoration(db)
    const versions = await countOtherVersions(db)
    const claims = (await listClaims(db, { limit: 1 })).total
    const choices = [
      ...(versions > 0 ? [texts.versions.count(versions)] : []),
      ...(claims > 0 ? [texts.claimsTitle(claims)] : []),
    ]
    return [
      ...(restoration && isSaid(restoration)
        ? listDirectoryTexts(restoration, messagesFor('fr')).map(
            (words): Finding => ({
              is: 'unknown',
              words: `Remise : ${words}`,
            }),
          )
        : []),
      ...choices.map((words) =>
        toFault(`Remise : ${words}.`, 'Choisissez dans l’administration, page « Sauvegardes ».'),
      ),
    ]
  } finally {
    await db.destroy()
  }
}

const isSaid = ({
  at,
  directories,
}: NonNullable<Awaited<ReturnType<typeof findRestoration>>>): boolean =>
  directories.some(({ state }) => state === 'waiting') ||
  at.until(Temporal.Now.instant()).total('hours') < SAID_DAYS * 24
