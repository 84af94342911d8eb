import type { Facilitator, FacilitatorContent } from '../../domain/facilitators/facilitator.ts'
import { type DeadLink, LINK_MINUTES } from '../../domain/values/link.ts'
import { CONSENT_DAYS } from '../../domain/values/retention.ts'
import { toEmail } from '../accounts/accounts.ts'
import { deleteLinksMailedElsewhere, findLink, insertLinkTo } from '../accounts/links.ts'
import { instantOrUndefined, orNull, orUndefined, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { newHandle } from '../database/secrets.ts'
import { uuidV7 } from '../database/uuid.ts'
import { deleteMedia } from '../files/media.ts'
import { findFacilitator, saveFacilitator, toFacilitator } from './facilitators.ts'

/** What is written and not agreed to yet. */
export type FacilitatorDraft = FacilitatorContent &
  Pick<Facilitator, 'alias' | 'level' | 'fieldLevels'>

/** One of ours as the person and the team know it. */
export type OwnFacilitator = {
  facilitator: Facilitator
  draft: FacilitatorDraft | undefined
  /** Private: never on a page for others, nor in an answer to a program. */
  email: string | undefined
  /** Another that they gave, which replaces the first once a link mailed there was used. */
  nextEmail: string | undefined
  /** They have opened a link that was mailed to `email`. */
  isMailConfirmed: boolean
  isAdult: boolean
}

type Newcomer = {
  organizationId: string
  /** This server's own address, without a trailing slash. */
  origin: string
  name: string
  email: string | undefined
  /** By the team; who asks by themselves waits for it. */
  isApproved: boolean
}

/** Somebody who may now write their profile, by a link. */
export async function insertNewcomer(
  trx: Database,
  { organizationId, origin, name, email, isApproved }: Newcomer,
  now: Temporal.Instant,
): Promise<Facilitator> {
  const id = uuidV7(now)
  // It identifies the profile whatever its person is called, and it is not made from a name: it is the one thing that
  // must be said of a profile to have others forget it.
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
 * A link on paper is typed by hand. It opens its person's own profile, to change and to withdraw it, until a mailed one
 * follows it. Returns its token.
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

/** Whose profile a link opens; `mailedTo` is the address that it proves. Looking changes nothing. */
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

export async function findOwn(db: Database, id: string): Promise<OwnFacilitator | undefined> {
  const facilitator = await findFacilitator(db, id)
  if (!facilitator || facilitator.peerId !== undefined) return undefined
  const known = await selectPrivate(db).where('facilitator.id', '=', id).executeTakeFirst()
  return known && toOwn(facilitator, known)
}

/** Those of a structure, with who asked and has shown that the address is theirs; the newest first. */
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

/** Ours of this address, for a new link. */
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
  /** As they typed it. */
  email: string
  /** By a link in use that was mailed to `email`. */
  isProven: boolean
  mailWorks: boolean
}

/**
 * What the person has written, kept until they agree to it or write again. Where mail works, another address than the one
 * that is known waits until its mailbox has confirmed it.
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
 * The mailbox of the address that waits has confirmed it: it is the person's from now on, and no link that went elsewhere
 * opens the profile any more. Returns the address before it, to be told; undefined where none waits for this one.
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
  return { former: own.email }
}

/** The team takes in who asked by themselves. */
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

/** Deletes the pictures that a profile no longer shows, with their rows; their files are the caller's to remove. */
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
 * What nobody took up: who was invited or asked and wrote nothing within a month, or wrote and did not publish within a
 * year. The purge takes their pictures.
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

/** Those that nobody sees any more, by their person's choice or since they did not answer, for so long. */
export async function listForsakenFacilitators(
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

/** Nothing else of a profile is its person's to write. */
const DRAFTED = [
  ...(['name', 'word', 'territory', 'departement', 'region', 'latitude', 'longitude'] as const),
  ...(['radiusKm', 'formats', 'themes', 'languages', 'status', 'training', 'trainedOn'] as const),
  ...(['availability', 'presentation', 'photo', 'contact', 'shownContact'] as const),
  ...(['alias', 'level', 'fieldLevels'] as const),
]

/** What was left empty is said as such, so that it replaces what is published. */
const readDraft = (body: string): FacilitatorDraft =>
  Object.fromEntries(
    Object.entries(JSON.parse(body)).map(([name, value]) => [name, value ?? undefined]),
  ) as FacilitatorDraft
