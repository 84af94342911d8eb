import type { Context } from '../context.ts'
import { OPERATOR } from '../domain/cafes/edit.ts'
import { NO_LEGAL_NOTICE } from '../domain/structures/legal-notice.ts'
import { emptyProfileFor, type StructureProfile } from '../domain/structures/structure-profile.ts'
import { dayInParis } from '../domain/values/days.ts'
import { lookUpPlace } from '../geo/places.ts'
import { placeVenue } from '../geo/venue.ts'
import { createFromBody } from '../routes/api/cafes/write-cafe.ts'
import type { Organization } from '../store/structures/organizations.ts'
import { findStructureProfile, saveStructureProfile } from '../store/structures/profiles.ts'
import { findSettings, saveSettings } from '../store/structures/site-settings.ts'
import type { Answers } from './init-questions.ts'

/** Stores the answers where the pages of the first steps would; what was left open is still asked there. */
export async function fillIn(
  context: Context,
  organization: Organization,
  answers: Answers,
): Promise<void> {
  const { db, now } = context
  const known = (await findStructureProfile(db, organization.id)) ?? emptyProfileFor(answers.name)
  const address = addressOf(answers)
  const profile: StructureProfile = {
    ...known,
    name: answers.name,
    ...(address && { address }),
    ...(answers.place?.phone && { phone: answers.place.phone }),
  }
  await saveStructureProfile(db, { id: organization.id, profile }, now())
  const { legal, colour } = answers
  if (legal || colour) {
    const settings = await findSettings(db)
    const said = Object.fromEntries(Object.entries(legal ?? {}).filter(([, value]) => value !== ''))
    const declaredOn = dayInParis(now())
    const given = {
      ...settings,
      legal: { ...NO_LEGAL_NOTICE, ...settings.legal, ...said, ...(legal && { declaredOn }) },
      themeColour: colour || settings.themeColour,
    }
    await saveSettings(db, given, now())
  }
  await draftCafe(context, { ...organization, name: answers.name }, answers)
}

function addressOf({ place, name }: Answers): StructureProfile['address'] {
  const found = place?.postalCode ? lookUpPlace(place.postalCode) : undefined
  if (!place || found?.kind !== 'commune') return undefined
  const { commune } = found
  const [postalCode] = /\d{5}/.exec(place.postalCode) ?? commune.postcodes
  const placed = placeVenue({
    name,
    streetAddress: place.street || undefined,
    postalCode,
    commune: commune.name,
    codeInsee: commune.codeInsee,
  })
  if ('problems' in placed) return undefined
  const { streetAddress, codeInsee, departement, region } = placed.venue
  return { streetAddress, postalCode, commune: commune.name, codeInsee, departement, region }
}

/** Makes a draft, which is read again in the administration before anybody is told. */
async function draftCafe(
  { db, config, now }: Context,
  organization: Organization,
  answers: Answers,
): Promise<void> {
  const { cafe, name } = answers
  const address = addressOf(answers)
  if (!cafe) return
  const startsAt = cafe.date.toPlainDateTime(cafe.time).toString()
  const body = {
    title: cafe.title,
    startsAt,
    draft: true,
    ...(address && { venue: { name, ...address, departement: undefined, region: undefined } }),
  }
  await db
    .transaction()
    .execute((trx) =>
      createFromBody(
        { trx: trx as typeof db, now: now(), isDryRun: false },
        { organization, config, by: OPERATOR },
        body,
      ),
    )
}
