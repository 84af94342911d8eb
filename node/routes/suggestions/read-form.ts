import type { FormValues } from '../../../ui/components/fields.tsx'
import type { Cafe, CafeContent } from '../../domain/cafes/cafe.ts'
import { isSameAddress } from '../../domain/cafes/venue.ts'
import {
  PLACE_FIELDS,
  SUGGESTED_FIELDS,
  type SuggestedFields,
} from '../../domain/suggestions/suggestion.ts'
import type { Problem } from '../../domain/values/problem.ts'
import type { Commune } from '../../geo/commune-table.ts'
import { newCafeValues, readCafeForm, readStructure, valuesOfCafe } from '../cafes/form.ts'
import { decideCafeFromBody } from '../cafes/validation.ts'
import { textOf } from '../http/forms.ts'

/** What a suggestion says, as it was typed; what the form does not have is left out, so that nobody adds it. */
export const readSuggestion = (
  form: FormData,
  names: readonly (keyof SuggestedFields)[] = SUGGESTED_FIELDS,
): SuggestedFields => Object.fromEntries(names.map((name) => [name, textOf(form, name)]))

/** What its author may say anew of a café that is published: the hour counts at once, the place once the team agrees. */
export const WHEN_AND_WHERE = [...(['date', 'time', 'endTime'] as const), ...PLACE_FIELDS]

/** Returns the place of what was typed, without the rest. */
export const placeOf = (typed: SuggestedFields): SuggestedFields =>
  Object.fromEntries(PLACE_FIELDS.map((name) => [name, typed[name] ?? '']))

export type SuggestionDecision =
  | { content: CafeContent; problems?: never; choices?: never }
  | { problems: Problem[]; choices?: Commune[]; content?: never }

/**
 * Decides the content of a suggested café by the rules of every café for a structure; of `current`, what the form does not
 * have stays.
 */
export function decideSuggestion(
  typed: SuggestedFields,
  { current, now }: { current?: Cafe | undefined; now: Temporal.Instant },
): SuggestionDecision {
  const values = current ? valuesOfCafe(current) : newCafeValues()
  const form = toForm({ ...values, ...typed })
  const read = readCafeForm(form, current, { isForStructure: true })
  const { content, problems, choices } = decideCafeFromBody(read.body, { current, now })
  if (!content || read.problems.length > 0) {
    const isStartRead = read.problems.length === 0
    const others = (problems ?? []).filter(
      ({ field }) => isStartRead || !['startsAt', 'endsAt'].includes(field),
    )
    return { problems: [...read.problems, ...others], ...(choices && { choices }) }
  }
  const [was, venue] = [current?.venue, content.venue]
  const isPast = Temporal.Instant.compare(content.endsAt, now) <= 0
  if (isPast) return { problems: [{ field: 'startsAt', code: 'in_the_past' }] }
  return {
    content: {
      ...content,
      announcedFor: readStructure(form),
      venue: was && venue && isSameAddress({ ...venue, id: was.id }, was) ? was : venue,
      ...(current?.image && { image: current.image }),
    },
  }
}

function toForm(values: FormValues): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(values))
    for (const text of [value].flat()) form.append(name, text)
  return form
}
