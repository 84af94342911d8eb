import { messagesFor } from '../../../ui/locales/messages.ts'
import type { Context } from '../../context.ts'
import { OPERATOR } from '../../domain/cafes/edit.ts'
import { mandateUri, parseMandateUri } from '../../domain/referents/mandate-address.ts'
import { MANDATE_DAYS } from '../../domain/referents/referent.ts'
import { addMandateClaim, listClaimants } from '../../store/facilitators/claims.ts'
import { listOwnPublished } from '../../store/facilitators/recipients.ts'
import { linkProfile, saveMandateAct } from '../../store/referents/mandate-acts.ts'
import { insertReferent, listInOffice, todayIn } from '../../store/referents/referents.ts'
import { findSiteStructure } from '../../store/structures/site-structure.ts'

/** One of the people of the demonstration, by the name of her profile. */
export const DEMO_REFERENT_NAME = 'Camille R.'

const DEMO_REFERENT = {
  territory: '35',
  name: DEMO_REFERENT_NAME,
  word: 'référente' as const,
  email: 'camille@exemple.example',
  proposedBy: 'L’équipe de l’annuaire',
}

type SiteContext = Pick<Context, 'db' | 'config' | 'now'>

/**
 * Appoints a person who agreed to answer for Ille-et-Vilaine; the directory signs the mandate as soon as it runs. All
 * other territories are vacant. Returns the mandate's address; undefined where somebody is in office already.
 */
export async function appointDemoReferent({
  db,
  config,
  now,
}: SiteContext): Promise<string | undefined> {
  if ((await listInOffice(db, now())).length > 0) return undefined
  const { territory, name, word, email } = DEMO_REFERENT
  const startsOn = todayIn(territory, now())
  const days = { startsOn, endsOn: startsOn.add({ days: MANDATE_DAYS.usual }) }
  const id = await insertReferent(db, { ...DEMO_REFERENT, ...days }, now())
  if (id === undefined) return undefined
  const as = { name, word, email }
  await saveMandateAct(db, id, { act: 'agree', shown: days, as, said: AGREED, by: PERSON }, now())
  const { id: organizationId = '' } = (await findSiteStructure(db)) ?? {}
  await saveMandateAct(db, id, { act: 'appoint', organizationId, by: OPERATOR }, now())
  return mandateUri(config.origin, { territory, id })
}

const PERSON = { kind: 'link', name: '' } as const

const AGREED = {
  text: 'J’accepte que l’annuaire de la démonstration montre mon nom et mon territoire.',
  lang: 'fr',
}

/** Adds, at her own place, the claim of her profile that the mandate is hers. */
export async function addDemoClaim({ db, now }: SiteContext, uri: string): Promise<void> {
  const profile = (await listOwnPublished(db)).find(({ name }) => name === DEMO_REFERENT_NAME)
  const mandate = parseMandateUri(uri)
  if (!profile || !mandate) return
  const text = messagesFor('fr').facilitator.consent.mandate
  const consent = { text, lang: 'fr', isByHandedLink: false } as const
  await addMandateClaim(db, { id: profile.id, mandate, ownOrigin: undefined, consent }, now())
}

/** Confirms, at the directory, that the profile is hers. False until the profile has named the mandate. */
export async function linkDemoReferent(
  { db, now }: SiteContext,
  mandate: string,
): Promise<boolean> {
  const [referent] = await listInOffice(db, now())
  const [profile] = await listClaimants(db, mandate, now())
  if (!referent || !profile) return false
  return linkProfile(
    db,
    referent.id,
    { profile: profile.uri, mandate, said: AGREED, by: PERSON },
    now(),
  )
}
