import type { FieldMessage, FormValues } from '../../../ui/components/fields.tsx'
import { messagesOf } from '../../../ui/components/fields.tsx'
import { OWN_PROFILE_FIELDS } from '../../../ui/facilitators/own-profile-fields.ts'
import { toFormValues } from '../../../ui/forms/description.ts'
import type { Messages } from '../../../ui/locales/messages.ts'
import type { Context } from '../../context.ts'
import { FACILITATOR_FIELDS } from '../../domain/facilitators/facilitator.ts'
import {
  type FacilitatorInput,
  parseFacilitatorInput,
} from '../../domain/facilitators/facilitator-input.ts'
import { dayInParis } from '../../domain/values/days.ts'
import type { CafeImage } from '../../domain/values/image.ts'
import type { Problem } from '../../domain/values/problem.ts'
import type { Commune } from '../../geo/commune-table.ts'
import { labelOf, lookUpPlace } from '../../geo/places.ts'
import { findTerritory, type Territory, territoryOf } from '../../geo/territories.ts'
import { mainCommuneOf } from '../../geo/territory-family.ts'
import { isAliasFree } from '../../store/facilitators/aliases.ts'
import type { FacilitatorDraft, OwnFacilitator } from '../../store/facilitators/own-profiles.ts'
import { readFields, textOf, valuesOf } from '../http/forms.ts'
import { toChoice } from '../search/place-choices.ts'
import { receivePortrait } from './photo.ts'

/** Returns the profile as it is written: the draft, otherwise what is published. */
export const writtenOf = ({ facilitator, draft }: OwnFacilitator): FacilitatorDraft => ({
  ...facilitator,
  ...draft,
})

type ReadFacilitatorProfile =
  | { draft: FacilitatorDraft; email: string }
  | {
      values: FormValues
      messages: FieldMessage[]
      photo: CafeImage | undefined
      towns: { text: string; label: string }[] | undefined
    }

/** Reads and checks the form of a person's own profile; or returns all problems, with what was typed. */
export async function readFacilitatorForm(
  context: Pick<Context, 'db' | 'config' | 'now'>,
  form: FormData,
  own: OwnFacilitator,
  t: Messages,
): Promise<ReadFacilitatorProfile> {
  const organizationId = own.facilitator.organizationId ?? ''
  const current = writtenOf(own).photo
  const thisMonth = dayInParis(context.now()).toPlainYearMonth()
  const read = parseFacilitatorInput(bodyOf(form), thisMonth.toString())
  const place = placeOf(textOf(form, 'ou'), textOf(form, 'extent'))
  const others: Problem[] = [
    ...(read.problems ?? []),
    ...('problem' in place ? [place.problem] : []),
  ]
  const alias = await readAlias(context, form, own)
  const isRefused =
    !read.input || !('territory' in place) || others.length > 0 || alias.problems.length > 0
  const picture = await receivePortrait(context, form, { current, organizationId, isRefused })
  const problems = [...others, ...alias.problems, ...picture.problems]
  const towns = 'towns' in place ? place.towns : undefined
  if (!read.input || !('territory' in place) || problems.length > 0)
    return { values: valuesOf(form), messages: messagesOf(problems, t), photo: current, towns }
  return {
    draft: {
      ...contentOf(read.input),
      ...placeColumns(place.territory),
      ...{ photo: picture.image, alias: alias.alias },
    },
    email: read.input.email,
  }
}

const bodyOf = (form: FormData) => ({
  ...readFields(form, OWN_PROFILE_FIELDS),
  extent: textOf(form, 'extent'),
  fieldLevels: Object.fromEntries(
    FACILITATOR_FIELDS.flatMap((field) => {
      const level = textOf(form, `niveau.${field}`)
      return level === '' ? [] : [[field, level]]
    }),
  ),
})

/** Reads the alias that the person chose, which nobody else may have or have had. */
async function readAlias(
  { db, config }: Pick<Context, 'db' | 'config'>,
  form: FormData,
  { facilitator: { id } }: OwnFacilitator,
): Promise<{ alias: string | undefined; problems: Problem[] }> {
  const alias = textOf(form, 'alias').toLowerCase() || undefined
  const isFree = await isAliasFree(db, { alias, id, origin: config.origin })
  return { alias, problems: isFree ? [] : [{ field: 'alias', code: 'not_free' }] }
}

/** Returns what is stored of the profile as it was typed; the address, the place and the picture are decided apart. */
function contentOf({ alias, extent, photoAlt, email, isAdult, ...content }: FacilitatorInput) {
  return content
}

type Place =
  | { territory: Territory }
  | { problem: Problem }
  | { towns: { text: string; label: string }[] }

/** Finds the territory of that extent around the town. A point could be a person's home, and is refused. */
function placeOf(text: string, extent: string): Place {
  if (text === '') return { problem: { field: 'ou', code: 'required' } }
  const answer = lookUpPlace(text)
  if (answer.kind === 'several') return { towns: answer.choices.map(toChoice) }
  if (answer.kind !== 'commune') return { problem: { field: 'ou', code: 'unknown_place' } }
  const around = territoryOf(answer.commune)
  const territory = around.find(({ kind }) => kind === extent) ?? around[0]
  return territory ? { territory } : { problem: { field: 'ou', code: 'unknown_place' } }
}

/**
 * Returns the columns of a territory: its code, where it is, and its middle (of a large one its most populous town).
 */
export function placeColumns(territory: Territory) {
  const commune = middleOf(territory)
  return {
    territory: territory.code,
    departement: territory.kind === 'region' ? undefined : commune?.departement,
    region: commune?.region,
    latitude: commune?.latitude,
    longitude: commune?.longitude,
  }
}

const middleOf = (territory: Territory): Commune | undefined =>
  territory.kind === 'commune' ? territory.commune : mainCommuneOf(territory)

/** Returns the values of the form when it is first shown. */
export function valuesOfOwn(own: OwnFacilitator): FormValues {
  const written = writtenOf(own)
  const territory = written.territory === undefined ? undefined : findTerritory(written.territory)
  const commune = territory && middleOf(territory)
  return {
    ...toFormValues(
      OWN_PROFILE_FIELDS,
      { ...written, email: own.nextEmail ?? own.email, isAdult: own.isAdult },
      {
        ou: commune ? labelOf(commune) : '',
        extent: territory?.kind ?? 'epci',
      },
    ),
    'image.alt': written.photo?.alt ?? '',
    ...Object.fromEntries(
      Object.entries(written.fieldLevels).map(([field, level]) => [`niveau.${field}`, level]),
    ),
  }
}
