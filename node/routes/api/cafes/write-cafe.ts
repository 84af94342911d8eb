import type { Config } from '../../../config.ts'
import { withAnnouncedFor, withoutAnnouncedFor } from '../../../domain/cafes/announced-for.ts'
import {
  type Cafe,
  type CafeContent,
  calendarUidOf,
  type Publication,
  versionOfCafe,
} from '../../../domain/cafes/cafe.ts'
import { type CafeInput, readTime } from '../../../domain/cafes/cafe-input.ts'
import { type Author, decideRevision } from '../../../domain/cafes/edit.ts'
import { type SavedVenue, venueOf } from '../../../domain/cafes/venue.ts'
import type { Problem } from '../../../domain/values/problem.ts'
import { type Edit, saveEdit } from '../../../store/accounts/saved-edit.ts'
import {
  findCafe,
  findCafeByReference,
  findCafeByUid,
  findCafeByUri,
  writeAddedCafes,
} from '../../../store/cafes/cafes.ts'
import { createCafe, OWN_CAFE } from '../../../store/cafes/own-cafes.ts'
import { findVenueByReference } from '../../../store/cafes/venues.ts'
import { askOnce } from '../../../store/database/database.ts'
import { findTombstone } from '../../../store/directory/deletions.ts'
import type { Organization } from '../../../store/structures/organizations.ts'
import { findFull } from '../../../store/structures/structure-shares.ts'
import { listCafeChanges } from '../../cafes/cafe-changes.ts'
import { decideCafeFromBody } from '../../cafes/validation.ts'
import { hasTag } from '../../http/answers.ts'
import { findLegalGaps } from '../../workspaces/legal-minimum.ts'
import { organizerOf } from '../../workspaces/organizer.ts'
import { revisionTag } from '../answers.ts'
import { findOtherKey, findUnknownFields, isRecord } from '../bodies.ts'
import type { Refusal } from '../problems.ts'
import type { WriteScope } from '../writes.ts'

/** The structure for which a café is written, the settings of the server, and the author of what is written. */
export type Admin = {
  organization: Organization
  config: Config
  isDirectory?: boolean
  by: Author
}

export type WrittenCafe =
  | { outcome: 'created' | 'revised'; cafe: Cafe; refusal?: never }
  | { outcome?: never; cafe?: never; refusal: Refusal }

/**
 * Finds the structure's own café, by this server's id, its whole address or the sender's key; this is also the
 * authorization. Another structure's café is answered as if it did not exist.
 */
export async function findOwnCafe(
  { trx, ifMatch }: Pick<WriteScope, 'trx' | 'ifMatch'>,
  { organization, config }: Admin,
  key: { id?: string | undefined; reference?: string | undefined },
): Promise<{ cafe: Cafe; refusal?: never } | { cafe?: never; refusal: Refusal }> {
  const { id = '', reference } = key
  const isAddress = id.includes('/')
  const cafe =
    reference !== undefined
      ? await findCafeByReference(trx, organization.id, reference)
      : isAddress
        ? await findCafeByUri(trx, id)
        : await findCafe(trx, id)
  if (cafe?.organizationId === organization.id)
    return isOtherRevision(cafe, ifMatch) ? { refusal: { type: 'precondition-failed' } } : { cafe }
  if (reference !== undefined) return { refusal: { type: 'not-found' } }
  const uri = isAddress ? id : `${config.origin}/cafes/${id}`
  const tombstone = cafe ? undefined : await findTombstone(trx, uri)
  return { refusal: { type: tombstone ? 'gone' : 'not-found' } }
}

const isOtherRevision = (
  cafe: Pick<Cafe, 'updatedAt'> | undefined,
  ifMatch: string | undefined,
): boolean => ifMatch !== undefined && !(cafe && hasTag(ifMatch, revisionTag(cafe)))

/** Creates a café from what a program sent. */
export async function createFromBody(
  scope: WriteScope,
  admin: Admin,
  body: unknown,
): Promise<WrittenCafe> {
  const { trx, now } = scope
  const { organization, config } = admin
  const decided = await decideFromBody(scope, admin, body, undefined)
  if (decided.refusal) return decided
  const { input, content, held } = decided
  const { reference, uid, series } = input
  if (isOwnSeries(series, config)) return refuseInvalid([{ field: 'series', code: 'invalid' }])
  if (reference && (await findCafeByReference(trx, organization.id, reference)))
    return { refusal: { type: 'conflict', conflict: 'reference' } }
  const identity = { organizationId: organization.id, uid: uid ?? '', recurrenceId: undefined }
  if (uid && (await findCafeByUid(trx, identity)))
    return { refusal: { type: 'conflict', conflict: 'uid' } }
  const cafe = await createCafe(
    trx,
    {
      by: admin.by,
      isOfProgram: true,
      content,
      organizationId: organization.id,
      organizer: organizerOf(config, organization),
      origin: config.origin,
      ...held,
      uid,
      reference,
      series,
    },
    now,
  )
  return { outcome: 'created', cafe }
}

/** Changes a café to what the program sent; a public café stays public. */
export async function reviseFromBody(
  scope: WriteScope,
  admin: Admin,
  body: unknown,
  current: Cafe,
): Promise<WrittenCafe> {
  const decided = await decideFromBody(scope, admin, withStoredDescription(body, current), current)
  if (decided.refusal) return decided
  const { input, content, held } = decided
  if (current.publication === 'published' && held.publication !== 'published')
    return { refusal: { type: 'conflict', conflict: 'published' } }
  const { reference } = input
  // A date of a series of ours stays one, and no other café becomes one.
  const isOwn = [input.series, current.series].some((series) => isOwnSeries(series, admin.config))
  const series = isOwn ? current.series : input.series
  const other =
    reference && (await findCafeByReference(scope.trx, admin.organization.id, reference))
  if (other && other.id !== current.id)
    return { refusal: { type: 'conflict', conflict: 'reference' } }
  const isSameText = input.descriptionMarkdown === current.descriptionMarkdown
  const { descriptionHtml, descriptionText } = current
  const said = { ...content, ...(isSameText && { descriptionHtml, descriptionText }) }
  return saveProgramEdit(scope, admin, {
    cafe: current,
    decide: (cafe) => decideRevision(cafe, { content: said, ...held, reference, series }),
  })
}

const isOwnSeries = (series: string | undefined, { origin }: Pick<Config, 'origin'>): boolean =>
  series?.startsWith(`${origin}/series/`) === true

/** Edits a café of the structure as a program asks, in the version that was found. */
export async function saveProgramEdit(
  { trx, now }: WriteScope,
  { by }: Admin,
  { cafe, ...asked }: { cafe: Cafe } & Pick<Edit<Cafe>, 'decide' | 'reason'>,
): Promise<WrittenCafe> {
  await writeAddedCafes(trx)
  const edit = { id: cafe.id, by, seen: versionOfCafe(cafe), changesOf: listCafeChanges, ...asked }
  const saved = await saveEdit(trx, OWN_CAFE, edit, now)
  if (saved.outcome === 'refused') return refuseInvalid(saved.problems)
  if (saved.outcome === 'gone') return { refusal: { type: 'not-found' } }
  if (saved.outcome === 'stale') return { refusal: { type: 'precondition-failed' } }
  return { outcome: 'revised', cafe: saved.value }
}

/** Creates or revises the café of the sender's own key. */
export async function writeByReference(
  scope: WriteScope,
  admin: Admin,
  reference: string,
  body: unknown,
): Promise<WrittenCafe> {
  const other = findOtherKey(body, 'reference', reference)
  if (other.length > 0) return refuseInvalid(other)
  const keyed = isRecord(body) ? { ...body, reference } : body
  const current = await findCafeByReference(scope.trx, admin.organization.id, reference)
  if (isOtherRevision(current, scope.ifMatch)) return { refusal: { type: 'precondition-failed' } }
  return current
    ? reviseFromBody(scope, admin, keyed, current)
    : createFromBody(scope, admin, keyed)
}

type Held = { publication: Publication; publishAt: Temporal.Instant | undefined }

type Decided =
  | { input: CafeInput; content: CafeContent; held: Held; refusal?: never }
  | { refusal: Refusal }

/** Decides a café from what a program sent, in place of `current` where it is edited. */
export async function decideFromBody(
  { trx, now, pictures }: WriteScope,
  { organization, config, isDirectory }: Admin,
  sent: unknown,
  current: Cafe | undefined,
): Promise<Decided> {
  const announcedFor = readAnnouncedFor(sent) ?? current?.announcedFor
  const body = withStructureNamed(sent, announcedFor)
  const wanted = readVenueReference(body)
  const kept =
    wanted === undefined ? undefined : await findVenueByReference(trx, organization.id, wanted)
  if (wanted !== undefined && !kept)
    return refuseInvalid([{ field: 'venue.reference', code: 'invalid' }])
  const { input, content, problems } = decideCafeFromBody(
    kept && isRecord(body) ? { ...body, venue: toVenueBody(kept) } : body,
    { current, now },
  )
  const picture = content?.image?.mediaId ? undefined : pictures?.get(content?.image?.url ?? '')
  const wrong: Problem[] = [
    ...(problems ?? []),
    ...(picture?.code ? [{ field: 'image.url', code: picture.code }] : []),
    ...(current ? [] : await findFull(trx, organization.id, now)),
    ...findUnknownFields(body),
    ...findStatusProblems(body, current),
    ...(isDirectory || announcedFor === current?.announcedFor ? [] : [FOR_DIRECTORIES]),
    ...(current ? findOtherKey(body, 'uid', current.uid, calendarUidOf(current)) : []),
  ]
  if (wrong.length > 0 || !content) return refuseInvalid(wrong)
  const publishAt = input.publishAt ? readTime(input.publishAt, content.timezone) : undefined
  if (input.publishAt && !publishAt)
    return refuseInvalid([{ field: 'publishAt', code: 'not_a_date' }])
  const publication = decidePublication(input, publishAt, now)
  if (publication === 'scheduled' && publishAt && !isBefore(publishAt, content.startsAt))
    return refuseInvalid([{ field: 'publishAt', code: 'published_too_late' }])
  // A public café stays public; the administration refuses the same.
  if (publication !== 'draft' && current?.publication !== 'published') {
    const gaps = await askOnce(trx, 'legal gaps', () => findLegalGaps({ db: trx, config }))
    if (gaps.length > 0) return { refusal: { type: 'conflict', gaps } }
  }
  return {
    input,
    content: {
      ...content,
      ...(kept && content.venue && { venue: venueOf(kept) }),
      ...(announcedFor !== undefined && { announcedFor }),
      ...(picture?.image && { image: { ...picture.image, alt: content.image?.alt ?? '' } }),
    },
    held: { publication, publishAt },
  }
}

const FOR_DIRECTORIES: Problem = { field: 'announcedFor', code: 'for_directories' }

const readAnnouncedFor = (body: unknown): string | undefined =>
  isRecord(body) && typeof body.announcedFor === 'string'
    ? body.announcedFor.trim() || undefined
    : undefined

/** Puts the name of the structure for which a café is announced before its description, once. */
function withStructureNamed(body: unknown, structure: string | undefined): unknown {
  if (!isRecord(body) || structure === undefined) return body
  const { descriptionMarkdown: text = '' } = body
  if (typeof text !== 'string' && text !== null) return body
  return {
    ...body,
    descriptionMarkdown: withAnnouncedFor(structure, withoutAnnouncedFor(text ?? '')),
  }
}

/**
 * Finds problems of the status. The status that was read may be sent back; another one cannot be set in this way, nor
 * can an online café be moved back.
 */
function findStatusProblems(body: unknown, current: Cafe | undefined): Problem[] {
  if (!isRecord(body)) return []
  const asPlanned = (status: unknown) => (status === 'rescheduled' ? 'scheduled' : status)
  const status = current?.status ?? 'scheduled'
  const isStatus = asPlanned(body.status ?? status) === asPlanned(status)
  const isMode = status !== 'moved-online' || (body.attendanceMode ?? 'online') === 'online'
  return [
    ...(isStatus ? [] : [{ field: 'status', code: 'status_by_action' } as const]),
    ...(isMode ? [] : [{ field: 'attendanceMode', code: 'status_by_action' } as const]),
  ]
}

const isBefore = (one: Temporal.Instant, other: Temporal.Instant): boolean =>
  Temporal.Instant.compare(one, other) < 0

/** Returns the refusal of a body with these problems. */
export const refuseInvalid = (problems: readonly Problem[]): { refusal: Refusal } => ({
  refusal: { type: 'invalid', problems },
})

const decidePublication = (
  input: CafeInput,
  publishAt: Temporal.Instant | undefined,
  now: Temporal.Instant,
): Publication => {
  if (input.draft) return 'draft'
  return publishAt && isBefore(now, publishAt) ? 'scheduled' : 'published'
}

/** Reads `{"venue": {"reference": "…"}}`, which names a place that the structure keeps here. */
const readVenueReference = (body: unknown): string | undefined => {
  if (!isRecord(body) || !isRecord(body.venue)) return undefined
  const { reference, name } = body.venue
  return typeof reference === 'string' && name === undefined ? reference : undefined
}

const toVenueBody = (venue: SavedVenue) => ({
  name: venue.name,
  streetAddress: venue.streetAddress,
  postalCode: venue.postalCode,
  commune: venue.commune,
  codeInsee: venue.codeInsee,
  latitude: venue.latitude,
  longitude: venue.longitude,
})

/**
 * Adds the stored description: a program that sends back what it read, with the description only as HTML, does not mean
 * to erase it.
 */
export function withStoredDescription(
  body: unknown,
  current: Pick<Cafe, 'descriptionMarkdown'>,
): unknown {
  if (!isRecord(body) || 'descriptionMarkdown' in body) return body
  return typeof body.descriptionHtml === 'string'
    ? { ...body, descriptionMarkdown: current.descriptionMarkdown }
    : body
}
