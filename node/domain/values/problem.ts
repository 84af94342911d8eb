/**
 * Something wrong in what a person or a program sent: the field's name as in the API, and a key of the messages, so
 * that each reader gets it in their language.
 */
export type Problem = { field: string; code: ProblemCode; detail?: string }

type Issue = {
  code?: string | undefined
  origin?: string
  maximum?: number | bigint
  minimum?: number | bigint
  values?: readonly unknown[]
}

/**
 * Returns the `detail` of a problem, taken from the schema that refused: the limit that was passed (`140` characters or
 * entries, `≤ 100000` or `≥ 1` of a number), or the allowed values (`offline, online, mixed`).
 */
export function limitOf(issue: Issue): { detail?: string } {
  const { code, origin, maximum, minimum, values } = issue
  if (code === 'invalid_value' && values) return { detail: values.join(', ') }
  const isNumber = origin === 'number' || origin === 'int'
  if (code === 'too_big' && maximum !== undefined)
    return { detail: isNumber ? `≤ ${maximum}` : String(maximum) }
  if (code === 'too_small' && minimum !== undefined && (isNumber || minimum > 1))
    return { detail: isNumber ? `≥ ${minimum}` : String(minimum) }
  return {}
}

export const PROBLEM_CODES = [
  'required',
  'too_long',
  'too_short',
  'too_many',
  'invalid',
  'not_a_choice',
  'unknown_place',
  'cedex_alone',
  'ambiguous_place',
  'outside_place',
  'outside_territory',
  'for_directories',
  'place_required',
  'not_a_date',
  'no_date',
  'too_many_dates',
  'not_of_series',
  'not_a_past_month',
  'not_a_closure',
  'once_only',
  'too_long_pause',
  'not_a_time',
  'time_required',
  'contradicts_place',
  'far_from_place',
  'status_by_action',
  'other_key',
  'other_structure',
  'in_the_past',
  'ends_before_start',
  'end_and_duration',
  'published_too_late',
  'too_long_event',
  'not_an_url',
  'inner_address',
  'unknown_search',
  'not_a_timezone',
  'price_refused',
  'alt_required',
  'image_again',
  'image_unreadable',
  'image_unreachable',
  'image_too_large',
  'cafes_full',
  'pictures_full',
  'file_empty',
  'number_out_of_range',
  'more_than_capacity',
  'more_than_participants',
  'question_email',
  'question_phone',
  'question_person',
  'question_link',
  'two_to_six',
  'venue_required',
  'online_url_required',
  'registration_url_required',
  'phone_required',
  'sign_up_required',
  'adults_only',
  'not_an_alias',
  'not_free',
  'consent_required',
  'not_an_email',
  'contact_required',
  'not_json',
  'unknown_field',
  'unknown_parameter',
] as const
export type ProblemCode = (typeof PROBLEM_CODES)[number]

/** Returns the code that a schema of ours gives as the message of an issue; `invalid` for a message of zod. */
export const toProblemCode = (message: string): ProblemCode =>
  PROBLEM_CODES.find((code) => code === message) ?? 'invalid'
