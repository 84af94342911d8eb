import type { Facilitator } from '../../domain/facilitators/facilitator.ts'
import { parseMandateUri } from '../../domain/referents/mandate-address.ts'
import type { Database } from '../database/database.ts'
import { appendChange } from '../queues/changes.ts'

/**
 * Notes that a profile names these mandates and no others. A mandate of this directory that named the profile and is
 * not among them names it no more (it is signed anew), and what directories signed about it is deleted here where the
 * profile does not name their mandate.
 */
export async function endTies(
  trx: Database,
  { uri, mandates }: Pick<Facilitator, 'uri' | 'mandates'>,
  now: Temporal.Instant,
): Promise<void> {
  const kept = mandates.flatMap((mandate) => parseMandateUri(mandate) ?? [])
  const tied = await trx
    .selectFrom('referent')
    .select(['id', 'territory', 'state'])
    .where('facilitator_uri', '=', uri)
    .execute()
  for (const { id, territory, state } of tied) {
    if (kept.some((one) => one.uri.endsWith(`/territoires/${territory}#mandat-${id}`))) continue
    await trx.updateTable('referent').set({ facilitator_uri: null }).where('id', '=', id).execute()
    if (state === 'appointed')
      await appendChange(trx, { type: 'mandate-untied', referentId: id }, now)
  }
  const held = await trx
    .selectFrom('held_attestation')
    .select(['uri', 'issuer', 'territory'])
    .where('subject_uri', '=', uri)
    .execute()
  for (const one of held) {
    if (kept.some(({ origin, territory }) => origin === one.issuer && territory === one.territory))
      continue
    await trx.deleteFrom('held_attestation').where('uri', '=', one.uri).execute()
  }
}
