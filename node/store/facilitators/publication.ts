import { nextUpdatedAt } from '../../domain/cafes/cafe.ts'
import { isAliasGivenUp } from '../../domain/facilitators/alias.ts'
import {
  consentEnd,
  type Facilitator,
  type PublishingGap,
  publishingGaps,
} from '../../domain/facilitators/facilitator.ts'
import { parseMandateUri } from '../../domain/referents/mandate-address.ts'
import { CONSENT_DAYS } from '../../domain/values/retention.ts'
import { toInstantText } from '../database/columns.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { hashSecret, newSecret } from '../database/secrets.ts'
import { uuidV7 } from '../database/uuid.ts'
import { deleteMedia } from '../files/media.ts'
import { appendChange } from '../queues/changes.ts'
import { deleteAlias, isAliasFree } from './aliases.ts'
import { type Consent, endConsents, insertConsents, replaceConsents } from './consents.ts'
import { refuseMessagesTo } from './contact-messages.ts'
import { markAsked } from './directories.ts'
import { hashOfUri, insertGoneAddress } from './erasures.ts'
import { deleteFacilitator, saveFacilitator, toFacilitator } from './facilitators.ts'
import { deleteReplacedMedia, findOwn, mediaIdsOf, type OwnFacilitator } from './own-profiles.ts'

/**
 * What a person decides about their profile. Each function writes the profile, the log of consents and the change for
 * the network in one transaction; call `context.wake()` after it.
 */

type Agreement = {
  id: string
  /** This server's own origin, without a trailing slash. */
  origin: string
  consents: readonly Consent[]
  /** Hosts of the directories to which they agreed. */
  directories: readonly string[]
  /** Hosts of the directories that were on the page, agreed to or not. */
  asked: readonly string[]
  fediverse: boolean
  /**
   * When given, only these fields are agreed to anew or no longer shown: where the profile is, and its end, stay as
   * they are.
   */
  only?: readonly Consent['field'][] | undefined
  /** The address to which the link in use was mailed. */
  provenEmail?: string | undefined
  mailWorks: boolean
}

/** Publishes what was written, for a year from now; `mediaIds` are pictures whose files nothing shows any more. */
export const publishFacilitator = (
  db: OpenDatabase,
  { id, origin, consents, directories, asked, fediverse, only, provenEmail, mailWorks }: Agreement,
  now: Temporal.Instant,
): Promise<
  | { outcome: 'published'; facilitator: Facilitator; mediaIds: string[] }
  | { outcome: 'incomplete'; gaps: PublishingGap[] }
> =>
  inTransaction(db, async (trx) => {
    const own = await findOwn(trx, id)
    if (!own) return { outcome: 'incomplete', gaps: ['name'] }
    const { facilitator: before, draft } = own
    const written = { ...before, ...draft }
    const isProven = own.email !== undefined && own.email === provenEmail
    const isMailConfirmed = own.nextEmail === undefined && (own.isMailConfirmed || isProven)
    const { alias } = written
    const isFree = await isAliasFree(trx, { alias, id, origin })
    const known = { isAdult: own.isAdult, isMailConfirmed, mailWorks, isAliasFree: isFree }
    const gaps = publishingGaps(written, known)
    if (gaps.length > 0) return { outcome: 'incomplete', gaps }
    const kept = before.mandates
      .flatMap((mandate) => parseMandateUri(mandate) ?? [])
      .filter((mandate) => mandate.origin === origin || directories.includes(mandate.host))
    const mandates = kept.map(({ uri }) => uri)
    const published = toPublished(own, { origin, directories, fediverse, only, mandates }, now)
    if (isAliasGivenUp(before, alias)) await deleteAlias(trx, before, now)
    await saveFacilitator(trx, published, now)
    await settleContact(trx, { id, isReminded: only !== undefined, isProven }, now)
    if (only) {
      if (only.length > 0) await endConsents(trx, { facilitatorId: id, fields: only }, now)
      await insertConsents(trx, { facilitatorId: id, consents }, now)
    } else {
      const claimed = published.mandates.length > 0 ? kept.map(({ host }) => host) : []
      await replaceConsents(trx, { facilitatorId: id, consents, claimed }, now)
    }
    await markAsked(trx, { id, hosts: asked }, now)
    await appendChange(
      trx,
      before.state === 'published'
        ? { type: 'facilitator-changed', facilitatorId: id, ...leftBetween(before, published) }
        : { type: 'facilitator-published', facilitatorId: id },
      now,
    )
    return {
      outcome: 'published',
      facilitator: published,
      ...(await deleteReplacedMedia(trx, own)),
    }
  })

/** Returns the profile as it is published from now on. */
function toPublished(
  { facilitator: before, draft }: OwnFacilitator,
  {
    origin,
    directories,
    fediverse,
    only,
    mandates,
  }: Pick<Agreement, 'origin' | 'directories' | 'fediverse' | 'only'> & { mandates: string[] },
  now: Temporal.Instant,
): Facilitator {
  const written = { ...before, ...draft }
  const { alias } = written
  const isFollowable = fediverse && written.level === 'public'
  return {
    ...written,
    url: alias === undefined ? before.uri : `${origin}/animation/${alias}`,
    actorUri: isFollowable ? `${origin}/actors/${before.handle}` : undefined,
    directories: written.level === 'nobody' ? [] : [...directories],
    mandates: written.level === 'public' ? mandates : [],
    fediverse: isFollowable,
    state: 'published',
    consentedAt: now,
    expiresAt: consentEnd(now),
    updatedAt: nextUpdatedAt(before.updatedAt, now),
    ...(only && pickKept(before)),
  }
}

/** Ends what waited for a publication: the draft, reminders, and the proof of the mailbox that the link has given. */
async function settleContact(
  trx: Database,
  { id, isReminded, isProven }: { id: string; isReminded: boolean; isProven: boolean },
  now: Temporal.Instant,
): Promise<void> {
  if (!isReminded)
    await trx.updateTable('facilitator').set({ reminded_at: null }).where('id', '=', id).execute()
  if (isProven)
    await trx
      .updateTable('facilitator_contact')
      .set({ confirmed_at: toInstantText(now) })
      .where('facilitator_id', '=', id)
      .execute()
  await trx.deleteFrom('facilitator_draft').where('facilitator_id', '=', id).execute()
}

/** Picks what stays as it was agreed to when only some fields are changed. */
const pickKept = (before: Facilitator) => {
  const { actorUri, directories, mandates, fediverse, consentedAt, expiresAt } = before
  return { actorUri, directories, mandates, fediverse, consentedAt, expiresAt }
}

const leftBetween = (before: Facilitator, after: Facilitator) => ({
  leftDirectory: before.directories.some((host) => !after.directories.includes(host)),
  leftFediverse: before.fediverse && !after.fediverse,
})

/** Hides the profile at once; what was written stays, so that its person can publish it again. */
export const unpublishFacilitator = (
  db: OpenDatabase,
  id: string,
  now: Temporal.Instant,
): Promise<void> =>
  inTransaction(db, async (trx) => {
    const own = await findOwn(trx, id)
    if (own?.facilitator.state === 'published') await hide(trx, own.facilitator, 'unpublished', now)
  })

/** Unpublishes profiles whose consent has expired, and returns them. */
export async function expireFacilitators(
  trx: Database,
  now: Temporal.Instant,
): Promise<Facilitator[]> {
  const rows = await trx
    .selectFrom('facilitator')
    .selectAll()
    .where('peer_id', 'is', null)
    .where('state', '=', 'published')
    .where('expires_at', '<=', toInstantText(now))
    .execute()
  const expired = rows.map(toFacilitator)
  for (const each of expired) await hide(trx, each, 'expired', now)
  return expired
}

async function hide(
  trx: Database,
  before: Facilitator,
  state: 'unpublished' | 'expired',
  now: Temporal.Instant,
): Promise<void> {
  const hidden: Facilitator = {
    ...before,
    ...{ state, actorUri: undefined, directories: [], mandates: [], fediverse: false },
    updatedAt: nextUpdatedAt(before.updatedAt, now),
  }
  await saveFacilitator(trx, hidden, now)
  await endConsents(trx, { facilitatorId: before.id }, now)
  await appendChange(
    trx,
    { type: 'facilitator-changed', facilitatorId: before.id, ...leftBetween(before, hidden) },
    now,
  )
}

/** Finds profiles that end within a month and whose people were not asked yet, and marks them as asked. */
export async function claimFacilitatorsToRemind(
  trx: Database,
  now: Temporal.Instant,
): Promise<Facilitator[]> {
  const rows = await trx
    .updateTable('facilitator')
    .set({ reminded_at: toInstantText(now) })
    .where('peer_id', 'is', null)
    .where('state', '=', 'published')
    .where('reminded_at', 'is', null)
    .where('expires_at', '<=', toInstantText(now.add({ hours: CONSENT_DAYS.reminded * 24 })))
    .returningAll()
    .execute()
  return rows.map(toFacilitator)
}

export type Withdrawn = {
  /** Opens the report of where the withdrawal was sent; undefined when nobody had ever received the profile. */
  reportToken: string | undefined
  /** Pictures whose files are to be removed now. */
  mediaIds: string[]
}

/**
 * Deletes everything of a profile: what was shown, what was written, the pictures, the links, the waiting mails and the
 * log. Of a published one the hash of its address stays.
 */
export const withdrawFacilitator = (
  db: OpenDatabase,
  id: string,
  now: Temporal.Instant,
  /** Writes more in the same transaction, once it is known that the profile exists. */
  also: (trx: Database) => Promise<void> = async () => undefined,
): Promise<Withdrawn> =>
  inTransaction(db, async (trx) => {
    const own = await findOwn(trx, id)
    if (!own) return { reportToken: undefined, mediaIds: [] }
    await also(trx)
    const { facilitator } = own
    const mediaIds = mediaIdsOf(own)
    const actorUri = `${new URL(facilitator.uri).origin}/actors/${facilitator.handle}`
    await refuseMessagesTo(trx, facilitator, now)
    await deleteFacilitator(trx, id, now)
    for (const mediaId of mediaIds) await deleteMedia(trx, mediaId)
    if (facilitator.consentedAt === undefined) return { reportToken: undefined, mediaIds }
    const withdrawalId = uuidV7(now)
    const reportToken = newSecret()
    await trx
      .insertInto('withdrawal')
      .values({
        id: withdrawalId,
        uri_hash: await hashOfUri(trx, facilitator.uri),
        actor_uri_hash: await hashOfUri(trx, actorUri),
        token_hash: hashSecret(reportToken),
        at: toInstantText(now),
      })
      .execute()
    const { uri, handle, url } = facilitator
    for (const gone of new Set([uri, actorUri, url])) await insertGoneAddress(trx, gone, now)
    await appendChange(
      trx,
      {
        type: 'facilitator-withdrawn',
        withdrawalId,
        uri,
        actorUri: facilitator.actorUri,
        handle,
      },
      now,
    )
    return { reportToken, mediaIds }
  })
