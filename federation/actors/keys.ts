import { createPrivateKey, createPublicKey, generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import type { Context } from '../../node/context.ts'
import {
  type ActorKey,
  insertActorKey,
  listActorKeys,
} from '../../node/store/directory/actor-keys.ts'
import type { ActorKeys, KeyRing } from '../services.ts'
import { actorUri } from '../wire/uris.ts'

const generate = promisify(generateKeyPair)

/** Keys are made once, at first need, and remembered: peers cache them under their id for days. */
export function createKeyRing(context: Pick<Context, 'db' | 'config' | 'now'>): KeyRing {
  const known = new Map<string, Promise<ActorKeys>>()
  return {
    keysOf: (actor) => {
      const keys = known.get(actor) ?? loadKeys(context, actor)
      known.set(actor, keys)
      keys.catch(() => known.delete(actor))
      return keys
    },
    forget: (actor) => void known.delete(actor),
  }
}

async function loadKeys(
  { db, config, now }: Pick<Context, 'db' | 'config' | 'now'>,
  actor: string,
): Promise<ActorKeys> {
  if ((await listActorKeys(db, actor)).length < 2) {
    const owner = actorUri(config.origin, actor)
    const rsa = await generate('rsa', { modulusLength: 2048 })
    const ed25519 = await generate('ed25519')
    const pem = (algorithm: ActorKey['algorithm'], keyId: string, pair: typeof rsa): ActorKey => ({
      keyId,
      actor,
      algorithm,
      privatePem: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      publicPem: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    })
    await insertActorKey(db, pem('rsa', `${owner}#main-key`, rsa), now())
    await insertActorKey(db, pem('ed25519', `${owner}#ed25519-key`, ed25519), now())
  }
  return readKeys(await listActorKeys(db, actor))
}

async function readKeys(rows: readonly ActorKey[]): Promise<ActorKeys> {
  const rsa = rows.find((row) => row.algorithm === 'rsa')
  const ed25519 = rows.find((row) => row.algorithm === 'ed25519')
  if (!rsa || !ed25519) throw new Error(`actor ${rows[0]?.actor} lacks a key`)
  return {
    rsa: {
      keyId: rsa.keyId,
      privateKey: createPrivateKey(rsa.privatePem),
      publicPem: rsa.publicPem,
    },
    ed25519: {
      keyId: ed25519.keyId,
      publicKey: createPublicKey(ed25519.publicPem),
      signer: {
        privateKey: createPrivateKey(ed25519.privatePem),
        verificationMethod: ed25519.keyId,
      },
    },
  }
}
