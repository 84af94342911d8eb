import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import SQLite from 'better-sqlite3'
import { type BackupManifest, RefusedBackup } from '../../domain/backup/backup.ts'
import { findDamage } from '../database/health.ts'
import { readDataState, refuseUnfit } from '../migrations/data-state.ts'
import { listOwnParts, SCHEMA_PARTS, type SchemaPart } from '../open-database.ts'
import { readSnapshotFacts } from './snapshot.ts'

/**
 * Checks whether the database of a backup could be served: its tables, triggers and views are those that the migrations
 * of this program make, SQLite finds it intact, it has what the manifest counts, and each of its keys that still has its
 * private half signs what its public half verifies.
 * @throws RefusedBackup in one sentence.
 */
export async function checkSnapshot(
  path: string,
  { origin, counts }: BackupManifest,
): Promise<void> {
  // It comes first: what somebody else added to the schema may run with anything that is asked of the tables.
  await refuseForeignSchema(path)
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

const FOREIGN_PARTS: Record<string, string> = {
  table: 'la table',
  index: 'l’index',
  trigger: 'le déclencheur',
  view: 'la vue',
}

/** @throws RefusedBackup for a database whose schema is not that of the program that it says it was made by. */
async function refuseForeignSchema(path: string): Promise<void> {
  const parts = readParts(path)
  const state = await readDataState(path)
  refuseUnfit(state, path)
  const own = new Map((await listOwnParts(state.last)).map((part) => [keyOf(part), part.sql]))
  const foreign = parts.find((part) => own.get(keyOf(part)) !== part.sql)
  if (!foreign && parts.length === own.size) return
  const what = foreign
    ? `${FOREIGN_PARTS[foreign.type]} « ${foreign.name.slice(0, 60)} », que ce programme n’a pas faite ainsi`
    : 'moins de tables, d’index ou de déclencheurs que ce programme n’en fait'
  throw new RefusedBackup(
    `La base de cette sauvegarde a ${what} : prenez-en une autre ou, si vous avez changé vous-même la base du site, remettez-la comme avant et sauvegardez de nouveau.`,
  )
}

const keyOf = ({ type, name }: SchemaPart): string => `${type} ${name}`

function readParts(path: string): SchemaPart[] {
  try {
    const sqlite = new SQLite(path, { readonly: true, fileMustExist: true })
    try {
      return sqlite.prepare<[], SchemaPart>(SCHEMA_PARTS).all()
    } finally {
      sqlite.close()
    }
  } catch (error) {
    throw new RefusedBackup(`La base de cette sauvegarde est abîmée (${error}).`)
  }
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
