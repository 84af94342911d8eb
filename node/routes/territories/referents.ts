import type { HeldMandate } from '../../../ui/facilitators/profile-page.tsx'
import type { Answering, ShownReferent } from '../../../ui/referents/panel.tsx'
import type { Context } from '../../context.ts'
import { findAnsweringReferent, type Referent } from '../../domain/referents/referent.ts'
import { findTerritory, type Territory } from '../../geo/territories.ts'
import { chainOf, zoneOf } from '../../geo/territory-chain.ts'
import { listShownToAll } from '../../store/facilitators/visible-profiles.ts'
import { listAttestationUris, listHeldAttestations } from '../../store/referents/attestations.ts'
import { listInOffice } from '../../store/referents/referents.ts'
import { nameOfCode } from '../http/territory-links.ts'

/**
 * Finds who answers for the code of a territory or a commune: the narrowest territory that has a referent; undefined
 * means the team.
 */
export async function findAnswering(
  { db, now }: Pick<Context, 'db' | 'now'>,
  code: string,
): Promise<{ territory: Territory; referents: Referent[] } | undefined> {
  const chain = chainOf(code)
  const answer = findAnsweringReferent(
    chain.map((territory) => territory.code),
    await listInOffice(db, now()),
  )
  const territory = answer && chain.find((one) => one.code === answer.territory)
  return territory && answer && { territory, referents: answer.referents }
}

/**
 * Finds who answers for a territory, as pages show them; `isOwn` is false where it is the referents of a territory
 * around it. The list is empty where nobody does.
 */
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

/**
 * Lists the profiles, among those that mandates name, that everybody may see now; `said` are the holders of the
 * mandates.
 */
export async function listShownProfiles(
  { db, now }: Pick<Context, 'db' | 'now'>,
  said: readonly Pick<Referent, 'facilitatorUri'>[],
): Promise<Set<string>> {
  const uris = said.flatMap(({ facilitatorUri }) => facilitatorUri ?? [])
  if (uris.length === 0) return new Set()
  const shown = await listShownToAll(db, (rows) => rows.where('facilitator.uri', 'in', uris), now())
  return new Set(shown.map(({ uri }) => uri))
}

async function toShown(
  context: Pick<Context, 'db' | 'now'>,
  referents: readonly Referent[],
): Promise<ShownReferent[]> {
  const ids = referents.map(({ id }) => id)
  const attestations = await listAttestationUris(context.db, ids)
  const profiles = await listShownProfiles(context, referents)
  return referents.map(({ id, name, word, territory, endsOn, facilitatorUri }) => ({
    name,
    word,
    territory: nameOfCode(territory),
    endsOn,
    attestationHref: attestations.get(id),
    profileHref: facilitatorUri && profiles.has(facilitatorUri) ? facilitatorUri : undefined,
  }))
}

/** Lists which directory, by its origin, names this profile for which territory today. */
export async function listTiedMandates(
  { db, now, config, isDirectory }: Pick<Context, 'db' | 'now' | 'config' | 'isDirectory'>,
  profileUri: string,
): Promise<{ issuer: string; territory: string }[]> {
  const held = await listHeldAttestations(db, profileUri, now())
  const own = isDirectory ? await listInOffice(db, now()) : []
  return [
    ...held,
    ...own
      .filter(({ facilitatorUri }) => facilitatorUri === profileUri)
      .map(({ territory }) => ({ issuer: config.origin, territory })),
  ]
}

/**
 * Finds for which territories the person of a profile answers: what this directory signed, or what a place holds for
 * its own people.
 */
export async function findMandatesOf(
  context: Pick<Context, 'db' | 'now' | 'isDirectory'>,
  profileUri: string,
): Promise<HeldMandate[]> {
  const { db, now, isDirectory } = context
  if (!isDirectory) {
    const held = await listHeldAttestations(db, profileUri, now())
    return held.map(({ uri, territory, until }) => ({
      territory: nameOfCode(territory),
      endsOn: lastDay(territory, until),
      href: uri,
    }))
  }
  const all = await listInOffice(db, now())
  const shown = await toShown(
    context,
    all.filter(({ facilitatorUri }) => facilitatorUri === profileUri),
  )
  return shown.flatMap(({ territory, endsOn, attestationHref: href }) =>
    href ? [{ territory, endsOn, href }] : [],
  )
}

function lastDay(code: string, until: Temporal.Instant): Temporal.PlainDate {
  const territory = findTerritory(code)
  const zone = territory ? zoneOf(territory) : 'Europe/Paris'
  return until.toZonedDateTimeISO(zone).toPlainDate().subtract({ days: 1 })
}
