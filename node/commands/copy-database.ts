import { ConfigError, readConfig } from '../config.ts'
import { plural } from '../domain/values/number-text.ts'
import { type CopiedTable, copyDatabase } from '../store/copy/copy-database.ts'
import { RefusedCopy } from '../store/copy/refused.ts'
import { isPostgresUrl, UnfitDatabase, withoutPassword } from '../store/database/address.ts'
import { readDataState } from '../store/migrations/data-state.ts'
import { CommandError } from './command-error.ts'
import { createProgressLine } from './progress-line.ts'

/**
 * Copies this server's SQLite file into an empty PostgreSQL database, and says what to do next. The settings are not
 * changed.
 * @throws CommandError or ConfigError in one sentence.
 */
export async function copyToPostgres(
  env: Record<string, string | undefined>,
  address: string,
): Promise<void> {
  const { database: from, data } = readConfig(env)
  if (isPostgresUrl(from))
    throw new ConfigError(
      'CAFE_IA_DATABASE est déjà une base PostgreSQL : il n’y a pas de fichier à copier.',
    )
  if (!isPostgresUrl(address))
    throw new CommandError('copy-database attend postgres://compte@machine:5432/base')
  const { database: to } = readConfig({ ...env, CAFE_IA_DATABASE: address })
  const line = createProgressLine()
  try {
    const { isNew, due } = await readDataState(from)
    // Copying would migrate the file to this version, without a backup of it.
    if (!isNew && due.length > 0)
      throw new CommandError(
        'Ces données sont d’une version plus ancienne : lancez d’abord « cafe-ia upgrade », serveur arrêté.',
      )
    const copied = await copyDatabase({ from, to, data }, ({ table, done, total }) =>
      line.report({ step: table, done, total }),
    )
    line.end()
    process.stdout.write(summaryOf(copied, { from, to }))
  } catch (error) {
    line.end()
    throw inOneSentence(error, to)
  }
}

function inOneSentence(error: unknown, to: string): unknown {
  if (error instanceof RefusedCopy) return new CommandError(error.message)
  if (error instanceof UnfitDatabase) return new ConfigError(error.message)
  // Errors of PostgreSQL, or of the connection to it, have a code; a mistake of ours has none.
  if (error instanceof Error && 'code' in error)
    return new CommandError(`${withoutPassword(to)}: ${error.message || error.code}`)
  return error
}

const summaryOf = (copied: readonly CopiedTable[], { from, to }: { from: string; to: string }) => {
  const rows = copied.reduce((sum, table) => sum + table.rows, 0)
  return `Copié et compté des deux côtés : ${plural(rows, 'ligne', 'lignes')} dans ${plural(copied.length, 'table', 'tables')}.

1. Écrivez dans les réglages : CAFE_IA_DATABASE=${withoutPassword(to)} (avec le mot de passe s’il y en a un)
2. Démarrez. Les images des cafés sont dans la base, elles aussi.
3. Ne démarrez plus jamais sur ${from}, qui n’a pas changé : gardez-le comme sauvegarde.
`
}
