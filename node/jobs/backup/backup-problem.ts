import { dirname } from 'node:path'
import { RefusedBackup } from '../../domain/backup/backup.ts'
import { isDiskFull } from '../../domain/values/errors.ts'
import { UnfitDatabase } from '../../store/database/address.ts'

const CLOSED = ['EACCES', 'EPERM', 'EROFS', 'SQLITE_CANTOPEN', 'SQLITE_READONLY']

/**
 * Says what went wrong with the disk or the database while a backup was made or read, in one sentence for the operator.
 */
export function toBackupProblem(error: unknown, file: string): unknown {
  if (error instanceof RefusedBackup) return error
  if (error instanceof UnfitDatabase) return new RefusedBackup(error.message)
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
  if (code === undefined) return error
  const folder = dirname(file)
  if (isDiskFull(error))
    return new RefusedBackup(`Il n’y a plus assez de place sur le disque de ${folder}.`)
  if (CLOSED.some((each) => code.startsWith(each)))
    return new RefusedBackup(
      `Ce compte ne peut pas lire ou écrire ici : ${placeOf(error) ?? folder}.`,
    )
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new RefusedBackup(`Il n’y a rien à cet endroit : ${placeOf(error) ?? file}.`)
  return new RefusedBackup(
    `La sauvegarde a échoué (${error instanceof Error ? error.message : code}).`,
  )
}

const placeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'path' in error && typeof error.path === 'string'
    ? error.path
    : undefined
