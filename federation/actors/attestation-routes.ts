import { Hono } from 'hono'
import type { Context } from '../../node/context.ts'
import { findAttestation, listRevokedUris } from '../../node/store/referents/attestations.ts'
import type { Services } from '../services.ts'
import { toRevocationList } from '../wire/attestation.ts'
import { addProof } from '../wire/proof.ts'
import { INSTANCE } from '../wire/uris.ts'
import { activity, gone } from './answers.ts'

/** What a directory signed about its referents, byte for byte, and what it took back. */
export const attestationRoutes = (
  { db, config, now, isDirectory }: Context,
  { keyRing }: Pick<Services, 'keyRing'>,
) =>
  new Hono()
    .use(async (c, next) => (isDirectory ? next() : c.notFound()))
    .get('/revoquees', async () => {
      const { signer } = (await keyRing.keysOf(INSTANCE)).ed25519
      // The text stays the same for a minute; signed at each request, it would be another one each time.
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
