import type { Answering, ShownReferent } from '../../ui/referent-panel.tsx'
import type { Context } from '../context.ts'
import { type Referent, whoAnswers } from '../domain/referent.ts'
import { findTerritory, type Territory } from '../geo/territories.ts'
import { chainOf } from '../geo/territory-chain.ts'
import { listAttestationUris } from '../store/attestations.ts'
import { listInOffice } from '../store/referents.ts'
import { labelOfTerritory } from './territory-links.ts'

/** Who answers for a territory's or a commune's code: the narrowest that has somebody; undefined is the team. */
export async function findAnswering(
  { db, now }: Pick<Context, 'db' | 'now'>,
  code: string,
): Promise<{ territory: Territory; referents: Referent[] } | undefined> {
  const chain = chainOf(code)
  const answer = whoAnswers(
    chain.map((territory) => territory.code),
    await listInOffice(db, now()),
  )
  const territory = answer && chain.find((one) => one.code === answer.territory)
  return territory && answer && { territory, referents: answer.referents }
}

export async function findShownAnswering(
  context: Pick<Context, 'db' | 'now'>,
  code: string,
): Promise<Answering> {
  const answer = await findAnswering(context, code)
  if (!answer) return { referents: [], isOwn: false }
  return {
    isOwn: answer.territory.code === code,
    referents: await toShown(context, answer.referents),
  }
}

async function toShown(
  { db }: Pick<Context, 'db'>,
  referents: readonly Referent[],
): Promise<ShownReferent[]> {
  const ids = referents.map(({ id }) => id)
  const attestations = await listAttestationUris(db, ids)
  return referents.map(({ id, name, word, territory, endsOn, facilitatorUri }) => ({
    name,
    word,
    territory: labelOfCode(territory),
    endsOn,
    attestationHref: attestations.get(id),
    profileHref: facilitatorUri,
  }))
}

export function labelOfCode(code: string): string {
  const territory = findTerritory(code)
  return territory ? labelOfTerritory(territory) : code
}
