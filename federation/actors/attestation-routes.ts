import { Hono } from 'hono'
import type { Context } from '../../node/context.ts'
import { findAttestation, listRevokedUris } from '../../node/store/referents/attestations.ts'
import type { Services } from '../services.ts'
import { toRevocationList } from '../wire/attestation.ts'
import { addProof } from '../wire/proof.ts'
import { INSTANCE } from '../wire/uris.ts'
import { activity, gone } from './answers.ts'

/**
 * The routes of what a directory signed about its referents, which is given byte for byte, and of the list of what it
 * revoked.
 */
export const attestationRoutes = (
  { db, config, now, isDirectory }: Context,
  { keyRing }: Pick<Services, 'keyRing'>,
) =>
  new Hono()
    .use(async (c, next) => (isDirectory ? next() : c.notFound()))
    .get('/revoquees', async () => {
      const { signer } = (await keyRing.keysOf(INSTANCE)).ed25519
      // The time is rounded down to the minute, so that the signed text stays the same for a minute instead of changing
      // at each request.
      const updatedAt = now().round({ smallestUnit: 'minute', roundingMode: 'floor' })
      const uris = await listRevokedUris(db, now())
      const list = toRevocationList(config.origin, { uris, updatedAt })
      return activity(JSON.stringify(addProof(list, signer, updatedAt)))
    })
    .get('/:id', async (c) => {
      const uri = `${config.origin}/attestations/${c.req.param('id')}`
      const found = await findAttestation(db, uri)
      if (!found) return c.notFound()
      if ('body' in found) return activity(found.body)
      return gone({ deletedAt: found.revokedAt }, uri, 'Relationship')
    })
