/**
 * Something wrong in what a person or a program sent: the field's name in the API's words and a key of the
 * dictionary of messages, so that each reader gets it in their language.
 */
export type Problem = { field: string; code: ProblemCode; detail?: string }

type Issue = { code?: string | undefined; origin?: string; maximum?: number | bigint }

/** The `detail` of a text that is too long: its limit, as the schema that refused it has it. */
export const limitOf = ({ code, origin, maximum }: Issue): { detail?: string } =>
  code === 'too_big' && origin === 'string' && maximum !== undefined
    ? { detail: String(maximum) }
    : {}

export const PROBLEM_CODES = [
  'required',
  'too_long',
  'too_short',
  'too_many',
  'invalid',
  'unknown_place',
  'ambiguous_place',
  'outside_place',
  'place_required',
  'not_a_date',
  'not_a_past_month',
  'not_a_time',
  'time_required',
  'contradicts_place',
  'far_from_place',
  'status_by_action',
  'in_the_past',
  'ends_before_start',
  'published_too_late',
  'too_long_event',
  'not_an_url',
  'not_a_timezone',
  'price_refused',
  'alt_required',
  'image_again',
  'image_unreadable',
  'image_too_large',
  'number_out_of_range',
  'venue_required',
  'online_url_required',
  'registration_url_required',
  'phone_required',
  'sign_up_required',
  'adults_only',
  'not_an_alias',
  'not_free',
  'address_fixed',
  'consent_required',
  'not_an_email',
  'contact_required',
  'not_json',
  'unknown_field',
] as const
export type ProblemCode = (typeof PROBLEM_CODES)[number]

/** The code that a schema of ours gives as the message of an issue; `invalid` for a sentence of zod's own. */
export const toProblemCode = (message: string): ProblemCode =>
  PROBLEM_CODES.find((code) => code === message) ?? 'invalid'
