import { z } from 'zod'

/** The refusals whose sentence has no parameters, each under the noun that it is about. */
const PlainRefusal = z.enum([
  'accounts.account_gone',
  'accounts.email_taken',
  'accounts.invitation_gone',
  'accounts.no_such_role',
  'accounts.second_factor_required',
  'accounts.token_gone',
  'admin.mail_gone',
  'admin.no_mail_here',
  'admin.not_an_email',
  'cafes.cafe_gone',
  'cafes.changed_meanwhile',
  'cafes.deleted',
  'cafes.not_announced',
  'cafes.not_yours',
  'cafes.one_gone',
  'cafes.series_deleted',
  'cafes.series_not_yours',
  'cafes.series_of_calendar',
  'cafes.venue_not_yours',
  'data.agenda_needs_key',
  'data.calendar_cut',
  'data.calendar_gone',
  'data.document_too_large',
  'data.files_in_preparation',
  'data.import_busy',
  'data.import_too_large',
  'data.import_too_slow',
  'data.not_a_calendar',
  'data.too_many_calendars',
  'data.unknown_agenda',
  'data.webhook_gone',
  'directory.following_gone',
  'directory.hidden_above',
  'directory.object_gone',
  'directory.structure_hidden',
  'directory.unknown_site',
  'facilitators.already_accepted',
  'facilitators.already_written',
  'facilitators.profile_gone',
  'flags.gone',
  'flags.not_yours',
  'flags.outcome',
  'flags.same_person',
  'follow.not_whole',
  'follow.own_address',
  'follow.unknown_account',
  'networks.changed_meanwhile',
  'networks.list_changed_meanwhile',
  'networks.manager_gone',
  'networks.no_such_network',
  'networks.no_such_structure',
  'networks.not_yours',
  'referents.directory_not_ready',
  'referents.no_such_request',
  'referents.not_your_territory',
  'referents.person_gone',
  'remote.blocked_address',
  'remote.content_type',
  'remote.network',
  'remote.no_account',
  'remote.not_a_site',
  'remote.redirect',
  'remote.scheme',
  'remote.status',
  'remote.timeout',
  'remote.too_big',
  'remote.unexpected',
  'remote.unreachable_account',
  'registrations.gone',
  'resources.not_yours',
  'site.administrators_only',
  'site.busy',
  'site.foreign_form',
  'site.form_expired',
  'site.form_too_large',
  'site.image_too_large',
  'site.malformed_address',
  'site.no_such_page',
  'site.session_over',
  'site.team_only',
  'site.unreadable_form',
  'structures.file_too_large',
  'structures.no_such_structure',
  'structures.site_only',
  'structures.suspended',
  'territories.not_in_newsletter',
])
export type PlainRefusal = z.output<typeof PlainRefusal>

const withParams = <const Key extends string, Params extends z.ZodRawShape>(
  key: Key,
  params: Params,
) => z.object({ key: z.literal(key), params: z.object(params) })

const RefusalWithParams = z.discriminatedUnion('key', [
  withParams('data.exports_busy', { minutes: z.int() }),
  withParams('follow.not_offered', { host: z.string() }),
  withParams('remote.other_name', { name: z.string(), host: z.string() }),
  withParams('remote.status_code', { status: z.int() }),
  withParams('remote.unknown_handle', { name: z.string(), host: z.string() }),
])
type RefusalWithParams = z.output<typeof RefusalWithParams>

/**
 * Why something is refused or failed, as it is thrown and stored: a key alone or, where its sentence names something, a
 * key with its parameters. The sentence of each is in `refusals.ts` of `ui/locales/fr` and `en`; `refusalText` makes
 * it.
 */
export const Refusal = z.union([PlainRefusal, RefusalWithParams])
export type Refusal = z.output<typeof Refusal>

/** A sentence for each refusal, in one language. */
export type RefusalTexts = { readonly [Key in PlainRefusal]: string } & {
  readonly [Some in RefusalWithParams as Some['key']]: (params: Some['params']) => string
}

/** Returns the key of the sentence that says why something was refused, without its values. */
export const keyOf = (refusal: Refusal): keyof RefusalTexts =>
  typeof refusal === 'string' ? refusal : refusal.key
