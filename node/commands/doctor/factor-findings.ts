import { join } from 'node:path'
import type { Config } from '../../config.ts'
import { plural } from '../../domain/values/number-text.ts'
import { countUnreadableFactors } from '../../store/accounts/second-factors.ts'
import { findSiteKey, KEY_FILE } from '../../store/files/site-key.ts'
import { readDataState } from '../../store/migrations/data-state.ts'
import { openDatabase } from '../../store/open-database.ts'
import { type Finding, toFault } from './finding.ts'

/** Checks that the key of the site reads the second factors of its accounts. */
export async function checkFactors({ data, database }: Config): Promise<Finding[]> {
  const state = await readDataState(database).catch(() => undefined)
  if (!state || state.isNew || state.due.length > 0 || state.unknown !== undefined) return []
  const db = await openDatabase(database).catch(() => undefined)
  if (!db) return []
  try {
    const key = await findSiteKey(data).catch(() => undefined)
    const total = await countUnreadableFactors(db, key)
    if (total === 0) return []
    return [
      toFault(
        `${plural(total, 'compte a', 'comptes ont')} une application dont ce site ne peut plus vérifier les codes : ${join(data, KEY_FILE)} manque, ou n’est pas la clé d’avant.`,
        'Remettez-y le fichier d’avant, ou celui de l’autre machine du site ; sinon, un code de secours ouvre toujours, et cafe-ia account factor ADRESSE retire le deuxième facteur.',
      ),
    ]
  } finally {
    await db.destroy()
  }
}
