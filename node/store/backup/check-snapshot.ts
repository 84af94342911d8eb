import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import SQLite from 'better-sqlite3'
import { type BackupManifest, RefusedBackup } from '../../domain/values/backup.ts'
import { findDamage } from '../database/health.ts'
import { readSnapshotFacts } from './snapshot.ts'

/**
 * Checks whether the database of a backup could be served: SQLite finds it intact, it has what the manifest counts, and
 * each of its keys that still has its private half signs what its public half verifies.
 * @throws RefusedBackup in one sentence.
 */
export function checkSnapshot(path: string, { origin, counts }: BackupManifest): void {
  const damage = findDamage(path)
  if (damage !== undefined)
    throw new RefusedBackup(`La base de cette sauvegarde est abîmée (${damage}).`)
  const facts = readSnapshotFacts(path)
  if (facts.origin !== origin || !isDeepStrictEqual(facts.counts, counts))
    throw new RefusedBackup(
      'La base de cette sauvegarde n’est pas celle que décrit son sommaire : prenez-en une autre.',
    )
  const actor = findUnfitKey(path)
  if (actor !== undefined)
    throw new RefusedBackup(`Les clés de cette sauvegarde ne signent plus (compte ${actor}).`)
}

type Pair = { actor: string; algorithm: string; private_pem: string; public_pem: string }

const SIGNED = Buffer.from('cafe-ia backup')

/** Finds the actor of a key pair whose halves do not match; undefined when all do. */
function findUnfitKey(path: string): string | undefined {
  const sqlite = new SQLite(path, { readonly: true, fileMustExist: true })
  try {
    const pairs = sqlite.prepare<[], Pair>(
      `select actor, algorithm, private_pem, public_pem from actor_key where private_pem <> ''`,
    )
    for (const pair of pairs.iterate()) if (!isFit(pair)) return pair.actor
    return undefined
  } finally {
    sqlite.close()
  }
}

function isFit({ algorithm, private_pem, public_pem }: Pair): boolean {
  const digest = algorithm === 'rsa' ? 'sha256' : null
  try {
    const signature = sign(digest, SIGNED, createPrivateKey(private_pem))
    return verify(digest, SIGNED, createPublicKey(public_pem), signature)
  } catch {
    return false
  }
}
