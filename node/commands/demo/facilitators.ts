import { messagesFor } from '../../../ui/locales/messages.ts'
import type { Context } from '../../context.ts'
import type {
  FacilitatorContent,
  FieldLevels,
  Level,
} from '../../domain/facilitators/facilitator.ts'
import { findTerritory } from '../../geo/territories.ts'
import { consentsToLog } from '../../routes/facilitators/consents.ts'
import { placeColumns } from '../../routes/facilitators/form.ts'
import { inTransaction } from '../../store/database/database.ts'
import { setCafeFacilitators } from '../../store/facilitators/cafe-facilitators.ts'
import { saveNamingAnswer } from '../../store/facilitators/namings.ts'
import {
  insertNewcomer,
  listOwnFacilitators,
  saveFacilitatorDraft,
} from '../../store/facilitators/own-profiles.ts'
import { publishFacilitator } from '../../store/facilitators/publication.ts'
import { findSiteStructure } from '../../store/structures/site-structure.ts'
import { retryWhileBusy } from './shared-database.ts'

/** Made-up people who lead the cafés of the demonstration, each with consents of their own. */
type DemoFacilitator = Pick<FacilitatorContent, 'name' | 'word'> &
  Partial<FacilitatorContent> & {
    level: Level
    fieldLevels?: FieldLevels
    directory: boolean
    fediverse: boolean
    /** Whether the person has written a profile and not agreed to it yet. */
    isDraft?: boolean
  }

const PEOPLE: Record<string, DemoFacilitator[]> = {
  rennes: [
    {
      name: 'Camille R.',
      word: 'animatrice',
      territory: 'e-243500139',
      radiusKm: 30,
      formats: ['débat mouvant', 'jeu de cartes'],
      themes: ['emploi', 'vie privée'],
      status: 'mediateur',
      training: 'trained',
      trainedOn: '2026-05',
      availability: 'Le soir et le samedi',
      presentation: 'Je lance le débat, vous faites le reste.',
      contact: 'relay',
      level: 'public',
      directory: true,
      fediverse: true,
    },
    {
      name: 'Yann',
      word: 'animateur',
      territory: '35',
      formats: ['atelier'],
      themes: ['école'],
      status: 'benevole',
      training: 'in-progress',
      contact: 'relay',
      level: 'network',
      directory: true,
      fediverse: false,
    },
  ],
  die: [
    {
      name: 'Lou des Bruyères',
      word: 'neutre',
      territory: 'c-26113',
      radiusKm: 50,
      formats: ['café en plein air', 'atelier'],
      themes: ['climat', 'logiciels libres'],
      languages: ['fr', 'oc'],
      training: 'enrolled',
      presentation: 'Animer un café, c’est surtout écouter.',
      contact: 'shown',
      shownContact: '04 75 00 00 00',
      level: 'public',
      fieldLevels: { contact: 'network', training: 'nobody' },
      directory: true,
      fediverse: false,
    },
  ],
  reunion: [
    {
      name: 'Marie-Josée P.',
      word: 'animatrice',
      territory: '974',
      formats: ['permanence', 'débat'],
      themes: ['arnaques', 'courriers'],
      languages: ['fr', 'rcf'],
      status: 'conseiller-numerique',
      training: 'trained',
      contact: 'none',
      level: 'public',
      directory: false,
      fediverse: false,
    },
    {
      name: 'Jean',
      word: 'animateur',
      territory: 'c-97411',
      contact: 'relay',
      level: 'public',
      directory: true,
      fediverse: false,
      isDraft: true,
    },
  ],
}

type SiteContext = Pick<Context, 'db' | 'config' | 'now'>

/**
 * Adds the people of one place, as if each had written a profile and agreed to it; a place that has people already is
 * left as it is.
 */
export async function addDemoFacilitators(
  context: SiteContext,
  { folder, directory }: { folder: string; directory: string },
): Promise<void> {
  const { db } = context
  const organization = await findSiteStructure(db)
  if (!organization || (await listOwnFacilitators(db, organization.id)).length > 0) return
  for (const person of PEOPLE[folder] ?? [])
    await addPerson(context, person, { organization, directory })
}

/** Makes the person who was added first the facilitator of these cafés. */
export async function attachDemoFacilitators(
  { db, now }: SiteContext,
  cafeIds: readonly string[],
): Promise<void> {
  const organization = await findSiteStructure(db)
  const people = organization ? await listOwnFacilitators(db, organization.id) : []
  const facilitatorIds = people.slice(-1).map(({ facilitator }) => facilitator.id)
  for (const cafeId of cafeIds)
    await retryWhileBusy(() =>
      inTransaction(db, async (trx) => {
        await setCafeFacilitators(trx, { cafeId, facilitatorIds }, now())
        for (const id of facilitatorIds)
          await saveNamingAnswer(trx, id, { cafeId, answer: 'yes' }, now())
      }),
    )
}

async function addPerson(
  { db, config, now }: SiteContext,
  person: DemoFacilitator,
  { organization, directory }: { organization: { id: string; name: string }; directory: string },
): Promise<void> {
  const { isDraft, directory: isInDirectory, fediverse, ...said } = person
  const territory = findTerritory(said.territory ?? '')
  if (!territory) throw new Error(`${person.name} is nowhere`)
  const email = `${person.word}-${person.name.length}@exemple.example`
  const facilitator = await inTransaction(db, async (trx) => {
    const { id: organizationId } = organization
    const newcomer = { organizationId, origin: config.origin, name: person.name, email }
    const added = await insertNewcomer(trx, { ...newcomer, isApproved: true }, now())
    const written = { ...added, ...said, ...placeColumns(territory) }
    const { id } = added
    await saveFacilitatorDraft(
      trx,
      { id, draft: written, email, isProven: true, mailWorks: false },
      now(),
    )
    return written
  })
  if (isDraft) return
  const t = messagesFor('fr')
  const directories = isInDirectory ? [directory] : []
  const asked = { written: facilitator, siteName: organization.name, hosts: [directory], t }
  await publishFacilitator(
    db,
    {
      id: facilitator.id,
      origin: config.origin,
      consents: consentsToLog(asked, { directories, fediverse, isByHandedLink: false }),
      ...{ directories, asked: [directory], fediverse, mailWorks: false },
    },
    now(),
  )
}
