import type { Facilitator, FacilitatorContent } from '../../domain/facilitators/facilitator.ts'
import { type DeadLink, LINK_MINUTES } from '../../domain/values/link.ts'
import { CONSENT_DAYS } from '../../domain/values/retention.ts'
import { toEmail } from '../accounts/accounts.ts'
import {
  deleteLinksMailedElsewhere,
  deleteStopLinks,
  findLink,
  insertLinkTo,
} from '../accounts/links.ts'
import { instantOrUndefined, orNull, orUndefined, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { newHandle } from '../database/secrets.ts'
import { uuidV7 } from '../database/uuid.ts'
import { deleteMedia } from '../files/media.ts'
import { findFacilitator, saveFacilitator, toFacilitator } from './facilitators.ts'

/** A profile that is written and not agreed to yet. */
export type FacilitatorDraft = FacilitatorContent &
  Pick<Facilitator, 'alias' | 'level' | 'fieldLevels'>

/** A profile of ours as its person and the team know it. */
export type OwnFacilitator = {
  facilitator: Facilitator
  draft: FacilitatorDraft | undefined
  /** Private: it is never on a page for others, nor in an answer to a program. */
  email: string | undefined
  /** A new address, which replaces the first once a link mailed to it was used. */
  nextEmail: string | undefined
  /** Whether they have opened a link that was mailed to `email`. */
  isMailConfirmed: boolean
  isAdult: boolean
}

type Newcomer = {
  organizationId: string
  /** This server's own origin, without a trailing slash. */
  origin: string
  name: string
  email: string | undefined
  /** Whether the team has accepted them; a person who asked by themselves waits for it. */
  isApproved: boolean
}

/** Inserts a person who may now write their profile, by a link. */
export async function insertNewcomer(
  trx: Database,
  { organizationId, origin, name, email, isApproved }: Newcomer,
  now: Temporal.Instant,
): Promise<Facilitator> {
  const id = uuidV7(now)
  // It identifies the profile whatever its person is called, and is not made from a name: it is the one thing that must
  // be told to others so that they forget the profile.
  const handle = newHandle()
  const uri = `${origin}/animation/${handle}`
  const newcomer: Facilitator = {
    ...{
      id,
      handle,
      alias: undefined,
      uri,
      url: uri,
      actorUri: undefined,
      organizationId,
      peerId: undefined,
    },
    ...{ name, word: 'neutre', territory: undefined, departement: undefined, region: undefined },
    ...{ latitude: undefined, longitude: undefined, radiusKm: undefined },
    ...{ formats: [], themes: [], languages: ['fr'], status: undefined, training: undefined },
    ...{ trainedOn: undefined, availability: undefined, presentation: undefined },
    ...{ photo: undefined, contact: 'relay', shownContact: undefined },
    ...{ level: 'public', fieldLevels: {}, directories: [], mandates: [], fediverse: false },
    state: 'invited',
    approvedAt: isApproved ? now : undefined,
    ...{ consentedAt: undefined, expiresAt: undefined, createdAt: now, updatedAt: now },
  }
  await saveFacilitator(trx, newcomer, now)
  await trx
    .insertInto('facilitator_contact')
    .values({
      facilitator_id: id,
      email: email === undefined ? null : toEmail(email),
      confirmed_at: null,
      is_adult_at: null,
    })
    .execute()
  return newcomer
}

/**
 * Makes a link on paper that is typed by hand. It opens its person's own profile, to change and to withdraw it, until a
 * mailed one follows it. Returns its token.
 */
export const insertPaperProfileLink = (
  db: Database,
  facilitatorId: string,
  now: Temporal.Instant,
): Promise<string> =>
  insertLinkTo(
    db,
    {
      purpose: 'own-profile',
      subject: facilitatorId,
      expiresAt: now.add({ minutes: LINK_MINUTES['own-profile'] }),
      isFilledIn: true,
    },
    now,
  )

/** Finds the profile that a link opens; `mailedTo` is the address that the link proves. Looking changes nothing. */
export async function findFacilitatorByLink(
  db: Database,
  token: string,
  now: Temporal.Instant,
): Promise<(OwnFacilitator & { mailedTo: string | undefined }) | { dead: DeadLink }> {
  const link = await findLink(db, { token, purpose: 'own-profile' }, now)
  if ('dead' in link) return link
  const own = await findOwn(db, link.subject)
  return own ? { ...own, mailedTo: link.mailedTo } : { dead: 'unknown' }
}

/**
 * Finds a profile of this server by its id, with what only its person and the team know; undefined for a profile of
 * another server.
 */
export async function findOwn(db: Database, id: string): Promise<OwnFacilitator | undefined> {
  const facilitator = await findFacilitator(db, id)
  if (!facilitator || facilitator.peerId !== undefined) return undefined
  const known = await selectPrivate(db).where('facilitator.id', '=', id).executeTakeFirst()
  return known && toOwn(facilitator, known)
}

/** Lists the profiles of a structure, including people who asked and have confirmed their address; the newest first. */
export async function listOwnFacilitators(
  db: Database,
  organizationId: string,
): Promise<OwnFacilitator[]> {
  const rows = await db
    .selectFrom('facilitator')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  const known = await selectPrivate(db)
    .where('facilitator.organization_id', '=', organizationId)
    .execute()
  const byId = new Map(known.map((each) => [each.id, each]))
  return rows
    .flatMap((row) => {
      const each = byId.get(row.id)
      return each ? [toOwn(toFacilitator(row), each)] : []
    })
    .filter(({ facilitator, isMailConfirmed }) => facilitator.approvedAt || isMailConfirmed)
}

/** Lists our profiles of this address, for a new link. */
export async function listFacilitatorsByEmail(db: Database, email: string): Promise<Facilitator[]> {
  const rows = await db
    .selectFrom('facilitator')
    .innerJoin('facilitator_contact', 'facilitator_contact.facilitator_id', 'facilitator.id')
    .selectAll('facilitator')
    .where('facilitator_contact.email', '=', toEmail(email))
    .execute()
  return rows.map(toFacilitator)
}

type Written = {
  id: string
  draft: FacilitatorDraft
  /** The address as they typed it. */
  email: string
  /** Whether it is proven by the link in use, which was mailed to `email`. */
  isProven: boolean
  mailWorks: boolean
}

/**
 * Saves what the person has written, which is kept until they agree to it or write again. Where mail works, another
 * address than the known one waits until its mailbox has confirmed it.
 */
export async function saveFacilitatorDraft(
  trx: Database,
  { id, draft, email: typed, isProven, mailWorks }: Written,
  now: Temporal.Instant,
): Promise<void> {
  const columns = {
    body: JSON.stringify(Object.fromEntries(DRAFTED.map((name) => [name, draft[name] ?? null]))),
    media_id: orNull(draft.photo?.mediaId),
    updated_at: toInstantText(now),
  }
  await trx
    .insertInto('facilitator_draft')
    .values({ facilitator_id: id, ...columns })
    .onConflict((oc) => oc.column('facilitator_id').doUpdateSet(columns))
    .execute()
  const before = await findOwn(trx, id)
  const email = toEmail(typed)
  const isSame = before?.email === email
  const waits = mailWorks && !isSame && before?.email !== undefined
  const isConfirmed = isProven || (isSame && before.isMailConfirmed)
  await trx
    .updateTable('facilitator_contact')
    .set({
      ...(waits
        ? { next_email: email }
        : { email, next_email: null, confirmed_at: isConfirmed ? toInstantText(now) : null }),
      is_adult_at: toInstantText(now),
    })
    .where('facilitator_id', '=', id)
    .execute()
  // The team knows who it is about; a profile that is shown keeps the name that was agreed to.
  await trx
    .updateTable('facilitator')
    .set({ name: draft.name, state: 'draft' })
    .where('id', '=', id)
    .where('state', 'in', ['invited', 'draft'])
    .execute()
}

/**
 * Confirms the address that waits: it is the person's from now on, and no link that was mailed elsewhere opens the
 * profile any more. Returns the address before it, which is to be told; undefined where no such address waits.
 */
export async function confirmNextEmail(
  trx: Database,
  { id, mailedTo }: { id: string; mailedTo: string | undefined },
  now: Temporal.Instant,
): Promise<{ former: string } | undefined> {
  const own = await findOwn(trx, id)
  if (!own?.nextEmail || own.nextEmail !== mailedTo || !own.email) return undefined
  await trx
    .updateTable('facilitator_contact')
    .set({ email: own.nextEmail, next_email: null, confirmed_at: toInstantText(now) })
    .where('facilitator_id', '=', id)
    .execute()
  await deleteLinksMailedElsewhere(trx, { subject: id, mailedTo: own.nextEmail })
  await deleteStopLinks(trx, id)
  return { former: own.email }
}

/** Accepts, for the team, a person who asked by themselves. */
export async function approveFacilitator(
  trx: Database,
  { id, organizationId }: { id: string; organizationId: string },
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .updateTable('facilitator')
    .set({ approved_at: toInstantText(now) })
    .where('id', '=', id)
    .where('organization_id', '=', organizationId)
    .where('approved_at', 'is', null)
    .execute()
}

/** Deletes the pictures that a profile no longer shows, with their rows; the caller removes their files. */
export async function deleteReplacedMedia(
  trx: Database,
  before: OwnFacilitator,
): Promise<{ mediaIds: string[] }> {
  const after = await findOwn(trx, before.facilitator.id)
  const shown = after ? mediaIdsOf(after) : []
  const mediaIds = mediaIdsOf(before).filter((id) => !shown.includes(id))
  for (const mediaId of mediaIds) await deleteMedia(trx, mediaId)
  return { mediaIds }
}

/** Pictures that a profile or its draft shows. */
export const mediaIdsOf = ({ facilitator, draft }: OwnFacilitator): string[] => [
  ...new Set([facilitator.photo?.mediaId, draft?.photo?.mediaId].filter((id) => id !== undefined)),
]

/**
 * Deletes profiles that were abandoned: people who were invited or asked and wrote nothing within a month, or wrote and
 * did not publish within a year. The purge deletes their pictures.
 */
export async function deleteForgottenFacilitators(
  trx: Database,
  now: Temporal.Instant,
): Promise<void> {
  const before = (days: number) => toInstantText(now.subtract({ hours: days * 24 }))
  await trx
    .deleteFrom('facilitator')
    .where('peer_id', 'is', null)
    .where('consented_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb.and([
          eb('state', '=', 'invited'),
          eb('created_at', '<=', before(CONSENT_DAYS.unconfirmed)),
        ]),
        eb.and([eb('state', '=', 'draft'), eb('created_at', '<=', before(CONSENT_DAYS.kept))]),
      ]),
    )
    .execute()
}

/**
 * Lists the profiles that have not been shown for so long, by their person's choice or because the person did not
 * answer.
 */
export async function listLapsedFacilitators(
  db: Database,
  now: Temporal.Instant,
): Promise<string[]> {
  const before = (days: number) => toInstantText(now.subtract({ hours: days * 24 }))
  const rows = await db
    .selectFrom('facilitator')
    .select('id')
    .where('peer_id', 'is', null)
    .where((eb) =>
      eb.or([
        eb.and([eb('state', '=', 'expired'), eb('updated_at', '<=', before(CONSENT_DAYS.expired))]),
        eb.and([
          eb('state', '=', 'unpublished'),
          eb('updated_at', '<=', before(CONSENT_DAYS.kept)),
        ]),
      ]),
    )
    .execute()
  return rows.map(({ id }) => id)
}

const selectPrivate = (db: Database) =>
  db
    .selectFrom('facilitator')
    .innerJoin('facilitator_contact', 'facilitator_contact.facilitator_id', 'facilitator.id')
    .leftJoin('facilitator_draft', 'facilitator_draft.facilitator_id', 'facilitator.id')
    .select([
      'facilitator.id',
      'facilitator_contact.email',
      'facilitator_contact.next_email',
      'facilitator_contact.confirmed_at',
      'facilitator_contact.is_adult_at',
      'facilitator_draft.body',
    ])

type PrivateRow = {
  email: string | null
  next_email: string | null
  confirmed_at: string | null
  is_adult_at: string | null
  body: string | null
}

const toOwn = (facilitator: Facilitator, row: PrivateRow): OwnFacilitator => ({
  facilitator,
  draft: row.body === null ? undefined : readDraft(row.body),
  email: orUndefined(row.email),
  nextEmail: orUndefined(row.next_email),
  isMailConfirmed: instantOrUndefined(row.confirmed_at) !== undefined,
  isAdult: row.is_adult_at !== null,
})

/** The fields of a profile that its person writes. */
const DRAFTED = [
  ...(['name', 'word', 'territory', 'departement', 'region', 'latitude', 'longitude'] as const),
  ...(['radiusKm', 'formats', 'themes', 'languages', 'status', 'training', 'trainedOn'] as const),
  ...(['availability', 'presentation', 'photo', 'contact', 'shownContact'] as const),
  ...(['alias', 'level', 'fieldLevels'] as const),
]

/** Reads a draft. Fields that were left empty are listed as undefined, so that they replace what is published. */
const readDraft = (body: string): FacilitatorDraft =>
  Object.fromEntries(
    Object.entries(JSON.parse(body)).map(([name, value]) => [name, value ?? undefined]),
  ) as FacilitatorDraft
