import { readPart, toPartAddress } from '../../domain/federation/hidden-object.ts'
import { fromInstantText, instantOrUndefined, toInstantText } from '../database/columns.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { appendChange } from '../queues/changes.ts'

/** A café of ours that a directory no longer shows. */
export type HiddenElsewhere = {
  cafeId: string
  /** The fragment of its report or of a question of it, which alone is hidden; empty for the café. */
  part: string
  title: string
  startsAt: Temporal.Instant
  /** The name of the directory; its host until that is known. */
  directory: string
  /** The address of its account. */
  directoryUri: string
  /** The reason in the words of its team or of a referent; empty where none was given. */
  reason: string
  at: Temporal.Instant
}

/** Something of ours: a café or a part of it, a profile, our structure or a resource, by its id here. */
export type OwnObject =
  | { cafeId: string; part?: string | undefined }
  | { facilitatorId: string }
  | { organizationId: string }
  | { resourceId: string }

type HiddenElsewhereKey = OwnObject & { directory: string }

/**
 * Saves that a directory no longer shows something of ours; `directory` is the address of its account. Saying it twice
 * only changes the reason.
 */
export async function saveHiddenElsewhere(
  trx: Database,
  { directory, reason, ...object }: HiddenElsewhereKey & { reason: string },
  now: Temporal.Instant,
): Promise<void> {
  const [column, id] = columnOf(object)
  const part = partOf(object)
  await trx
    .insertInto('hidden_elsewhere')
    .values({
      ...{ cafe_id: null, facilitator_id: null, organization_id: null, resource_id: null },
      [column]: id,
      ...{ directory, reason, at: toInstantText(now), told_at: null, seen_at: null },
      ...{ appealed_at: null, part },
    })
    .onConflict((oc) =>
      oc
        .columns(column === 'cafe_id' ? [column, 'part', 'directory'] : [column, 'directory'])
        .doUpdateSet({ reason, seen_at: null })
        .where('hidden_elsewhere.reason', '<>', reason),
    )
    .execute()
}

/** Notes that the directory shows it again. */
export async function deleteHiddenElsewhere(
  trx: Database,
  { directory, ...object }: HiddenElsewhereKey,
): Promise<void> {
  const [column, id] = columnOf(object)
  await trx
    .deleteFrom('hidden_elsewhere')
    .where(column, '=', id)
    .where('part', '=', partOf(object))
    .where('directory', '=', directory)
    .execute()
}

const partOf = (object: OwnObject): string => ('cafeId' in object ? (object.part ?? '') : '')

const columnOf = (object: OwnObject) => {
  if ('cafeId' in object) return ['cafe_id', object.cafeId] as const
  if ('facilitatorId' in object) return ['facilitator_id', object.facilitatorId] as const
  if ('resourceId' in object) return ['resource_id', object.resourceId] as const
  return ['organization_id', object.organizationId] as const
}

/** A profile, a resource or the structure itself that a directory no longer shows; the structure has neither id. */
export type HiddenProfile = Pick<
  HiddenElsewhere,
  'directory' | 'directoryUri' | 'reason' | 'at'
> & {
  facilitatorId: string | undefined
  resourceId: string | undefined
  name: string
}

/**
 * Lists the profiles and resources of one structure and the structure itself, where a directory that it is in does not
 * show them, without what its team has seen; or the directories that do not show one profile, whatever its team has seen.
 */
export async function listHiddenProfiles(
  db: Database,
  {
    organizationId,
    facilitatorId,
    isUnsent = false,
  }: { organizationId?: string; facilitatorId?: string; isUnsent?: boolean },
): Promise<HiddenProfile[]> {
  const rows = await selectJudged(db)
    .leftJoin('facilitator', 'facilitator.id', 'hidden_elsewhere.facilitator_id')
    .leftJoin('resource', 'resource.id', 'hidden_elsewhere.resource_id')
    .leftJoin('organization', (join) =>
      join.on((eb) =>
        eb(
          'organization.id',
          '=',
          eb.fn.coalesce(
            'hidden_elsewhere.organization_id',
            'facilitator.organization_id',
            'resource.organization_id',
          ),
        ),
      ),
    )
    .select([
      'hidden_elsewhere.facilitator_id',
      'hidden_elsewhere.resource_id',
      'hidden_elsewhere.directory',
      'hidden_elsewhere.reason',
      'hidden_elsewhere.at',
    ])
    .select((eb) => [
      eb.fn.coalesce('facilitator.name', 'resource.title', 'organization.name').as('own_name'),
      'peer.name',
    ])
    .where('hidden_elsewhere.cafe_id', 'is', null)
    .$if(facilitatorId === undefined, (qb) => qb.where('hidden_elsewhere.seen_at', 'is', null))
    .$if(organizationId !== undefined, (qb) =>
      qb.where('organization.id', '=', organizationId ?? ''),
    )
    .$if(facilitatorId !== undefined, (qb) => qb.where('facilitator.id', '=', facilitatorId ?? ''))
    .$if(isUnsent, (qb) => qb.where('hidden_elsewhere.told_at', 'is', null))
    .orderBy('hidden_elsewhere.at')
    .orderBy((eb) => eb.fn.coalesce('facilitator.id', 'resource.id', 'organization.id'))
    .orderBy('hidden_elsewhere.directory')
    .execute()
  return rows.map(({ own_name, name, directory, reason, at, ...row }) => ({
    facilitatorId: row.facilitator_id ?? undefined,
    resourceId: row.resource_id ?? undefined,
    name: own_name ?? '',
    directory: name || new URL(directory).host,
    directoryUri: directory,
    reason,
    at: fromInstantText(at),
  }))
}

/**
 * Lists them for upcoming cafés of one structure and parts of those that took place, of directories that it is in, soonest
 * first, without those that its team has seen.
 */
export async function listHiddenElsewhere(
  db: Database,
  { organizationId, now }: { organizationId: string; now: Temporal.Instant },
): Promise<HiddenElsewhere[]> {
  const rows = await selectHidden(db, now)
    .where('cafe.organization_id', '=', organizationId)
    .where('hidden_elsewhere.seen_at', 'is', null)
    .execute()
  return rows.map(toHiddenElsewhere)
}

/** Lists the directories that do not show one café, while it is to come. */
export async function listHiding(
  db: Database,
  { cafeId, now }: { cafeId: string; now: Temporal.Instant },
): Promise<HiddenElsewhere[]> {
  const rows = await selectHidden(db, now)
    .where('cafe.id', '=', cafeId)
    .where('hidden_elsewhere.part', '=', '')
    .execute()
  return rows.map(toHiddenElsewhere)
}

/**
 * Notes that the team of a structure has seen that directories do not show its café, a profile or a resource of its or
 * itself, by the id; a new reason is to be seen again.
 */
export async function markHiddenSeen(
  db: Database,
  { id, organizationId }: { id: string; organizationId: string },
  now: Temporal.Instant,
): Promise<void> {
  const ofStructure = (table: 'cafe' | 'facilitator' | 'resource') =>
    db
      .selectFrom(table)
      .select('id')
      .where('id', '=', id)
      .where('organization_id', '=', organizationId)
  await db
    .updateTable('hidden_elsewhere')
    .set({ seen_at: toInstantText(now) })
    .where((eb) =>
      eb.or([
        eb('cafe_id', 'in', ofStructure('cafe')),
        eb('facilitator_id', 'in', ofStructure('facilitator')),
        eb('resource_id', 'in', ofStructure('resource')),
        ...(id === organizationId ? [eb('organization_id', '=', id)] : []),
      ]),
    )
    .execute()
}

/** Lists those of which the team has not been told by mail. */
export async function listUnreportedHidden(
  db: Database,
  now: Temporal.Instant,
): Promise<HiddenElsewhere[]> {
  const rows = await selectHidden(db, now).where('hidden_elsewhere.told_at', 'is', null).execute()
  return rows.map(toHiddenElsewhere)
}

/**
 * Notes that the team was told of all that is hidden elsewhere, those of other structures included. It is called in the
 * transaction that appends the mails.
 */
export async function markHiddenSent(trx: Database, now: Temporal.Instant): Promise<void> {
  await trx
    .updateTable('hidden_elsewhere')
    .set({ told_at: toInstantText(now) })
    .where('told_at', 'is', null)
    .execute()
}

/** Selects what directories do not show in which we are now. */
const selectJudged = (db: Database) =>
  db
    .selectFrom('hidden_elsewhere')
    .innerJoin('following', (join) =>
      join
        .onRef('following.target_uri', '=', 'hidden_elsewhere.directory')
        .on('following.is_join', '=', 1)
        .on('following.state', '=', 'accepted'),
    )
    .leftJoin('peer', 'peer.actor_uri', 'hidden_elsewhere.directory')

const selectHidden = (db: Database, now: Temporal.Instant) =>
  selectJudged(db)
    .innerJoin('cafe', 'cafe.id', 'hidden_elsewhere.cafe_id')
    .select([
      'cafe.id',
      'hidden_elsewhere.part',
      'cafe.title',
      'cafe.starts_at',
      'hidden_elsewhere.directory',
      'hidden_elsewhere.reason',
      'hidden_elsewhere.at',
      'peer.name',
    ])
    .where((eb) =>
      eb.or([eb('cafe.ends_at', '>', toInstantText(now)), eb('hidden_elsewhere.part', '<>', '')]),
    )
    .orderBy('cafe.starts_at')
    .orderBy('cafe.id')
    .orderBy('hidden_elsewhere.part')
    .orderBy('hidden_elsewhere.directory')

type Row = Awaited<ReturnType<ReturnType<typeof selectHidden>['execute']>>[number]

const toHiddenElsewhere = (row: Row): HiddenElsewhere => ({
  cafeId: row.id,
  part: row.part,
  title: row.title,
  startsAt: fromInstantText(row.starts_at),
  directory: row.name || new URL(row.directory).host,
  directoryUri: row.directory,
  reason: row.reason,
  at: fromInstantText(row.at),
})

type HidingKey = { id: string; organizationId: string; directory: string }

/** The id of something of ours, with a fragment where it is a part of a café. */
export const hidingIdOf = ({ cafeId, part }: { cafeId: string; part: string }): string =>
  part === '' ? cafeId : toPartAddress(cafeId, part)

const readHidingId = (id: string) => {
  const part = readPart(id)
  return part ? { id: part.of, part: part.part } : { id, part: '' }
}

/**
 * Finds why a directory does not show something of a structure: its café, a part of that (`hidingIdOf`), a profile or a
 * resource of its or itself, by the id.
 */
export async function findHiding(
  db: Database,
  { id: asked, organizationId, directory }: HidingKey,
): Promise<
  { id: string; uri: string; reason: string; appealedAt: Temporal.Instant | undefined } | undefined
> {
  const { id, part } = readHidingId(asked)
  const row = await db
    .selectFrom('hidden_elsewhere')
    .leftJoin('cafe', 'cafe.id', 'hidden_elsewhere.cafe_id')
    .leftJoin('facilitator', 'facilitator.id', 'hidden_elsewhere.facilitator_id')
    .leftJoin('resource', 'resource.id', 'hidden_elsewhere.resource_id')
    .leftJoin('structure', 'structure.organization_id', 'hidden_elsewhere.organization_id')
    .select(['hidden_elsewhere.reason', 'hidden_elsewhere.appealed_at'])
    .select((eb) =>
      eb.fn.coalesce('cafe.uri', 'facilitator.uri', 'resource.uri', 'structure.uri').as('uri'),
    )
    .where('hidden_elsewhere.directory', '=', directory)
    .where('hidden_elsewhere.part', '=', part)
    .where((eb) =>
      eb.or([
        eb.and([eb('cafe.id', '=', id), eb('cafe.organization_id', '=', organizationId)]),
        eb.and([
          eb('facilitator.id', '=', id),
          eb('facilitator.organization_id', '=', organizationId),
        ]),
        eb.and([eb('resource.id', '=', id), eb('resource.organization_id', '=', organizationId)]),
        ...(id === organizationId ? [eb('hidden_elsewhere.organization_id', '=', id)] : []),
      ]),
    )
    .executeTakeFirst()
  if (!row?.uri) return undefined
  const uri = part === '' ? row.uri : toPartAddress(row.uri, part)
  return { id: asked, uri, reason: row.reason, appealedAt: instantOrUndefined(row.appealed_at) }
}

/**
 * Tells a directory why it should show something of a structure again.
 * @returns false where it does not hide that.
 */
export const saveHidingAppeal = (
  db: Database,
  { words, ...key }: HidingKey & { words: string },
  now: Temporal.Instant,
): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    const hiding = await findHiding(trx, key)
    if (!hiding) return false
    const { directory } = key
    const { id, part } = readHidingId(key.id)
    await trx
      .updateTable('hidden_elsewhere')
      .set({ appealed_at: toInstantText(now) })
      .where('directory', '=', directory)
      .where('part', '=', part)
      .where((eb) =>
        eb.or([
          eb('cafe_id', '=', id),
          eb('facilitator_id', '=', id),
          eb('resource_id', '=', id),
          eb('organization_id', '=', id),
        ]),
      )
      .execute()
    await appendChange(trx, { type: 'hiding-appealed', uri: hiding.uri, directory, words }, now)
    return true
  })
