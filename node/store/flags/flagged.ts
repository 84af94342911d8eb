import { visibleTo } from '../../domain/facilitators/facilitator.ts'
import {
  facilitatorPageId,
  urisOfFacilitatorPage,
} from '../../domain/facilitators/facilitator-page.ts'
import { addressOfPicture, readPart, toPartAddress } from '../../domain/federation/hidden-object.ts'
import type { FlagCase, Flagged, FlaggedKind } from '../../domain/flags/flag.ts'
import type { Resource } from '../../domain/resources/resource.ts'
import { findCafeByUri } from '../cafes/cafes.ts'
import type { Database } from '../database/database.ts'
import { isHiddenHere, readSegment } from '../directory/hidden-objects.ts'
import { findFacilitatorByUri, findOwnFacilitator } from '../facilitators/facilitators.ts'
import { findFacilitatorPage } from '../facilitators/visible-profiles.ts'
import { listReportParts } from '../reports/hidden-parts.ts'
import { findAnyResource, findResource } from '../resources/resources.ts'
import { findPublicCafe } from '../search/search.ts'
import { findSiteStructure } from '../structures/site-structure.ts'
import { findStructure } from '../structures/structures.ts'

/** The pages of what can be flagged: a café, its picture, a person, a structure, a resource; the home of a place is its structure's. */
const PAGES = /^\/(?:(cafes|animation|structures|ressources)\/([^/]{1,300})(\/photo)?)?$/

type Asked = { address: string; origin: string }

/**
 * Finds what is public and has this address: that of its page here, or the one that identifies it. Undefined for
 * anything else, and for what everybody cannot see.
 */
export async function findFlagged(
  db: Database,
  { address, origin }: Asked,
  now: Temporal.Instant,
): Promise<Flagged | undefined> {
  if (!URL.canParse(address)) return undefined
  const part = readPart(address)
  if (part) {
    const whole = await findFlagged(db, { address: part.of, origin }, now)
    if (whole?.kind !== 'cafe') return undefined
    if (part.kind === 'picture') return findCafe(db, { id: whole.id }, 'picture')
    return findShownPart(db, whole, { ...part, kind: part.kind })
  }
  const page = new URL(address)
  const [isPage, kind, segment = '', picture] = PAGES.exec(page.pathname) ?? []
  const id = readSegment(segment)
  if (page.origin === origin && isPage !== undefined && kind !== 'structures') {
    if (kind === 'cafes') return findCafe(db, { id }, picture ? 'picture' : 'cafe')
    if (kind === 'animation') return findPerson(db, id, now)
    if (kind === 'ressources') return toResource(await findResource(db, { slug: id }))
    const own = await findSiteStructure(db)
    return own && findOwnPlace(db, { origin, organizationId: own.id })
  }
  if (page.origin === origin && kind === 'structures') return findOrganizer(db, { id })
  return findByUri(db, address, now)
}

/** Finds the report of a public café, or a question of it, as far as it is shown. */
async function findShownPart(
  db: Database,
  cafe: Flagged,
  { part, kind }: { part: string; kind: 'report' | 'question' },
): Promise<Flagged | undefined> {
  const uri = toPartAddress(cafe.uri, part)
  const [report, ...questions] = await listReportParts(db, cafe)
  if (!report || report.hiddenReason !== undefined) return undefined
  const found = [report, ...questions].find(({ address }) => address === uri)
  return found && found.hiddenReason === undefined ? { ...cafe, kind, uri } : undefined
}

/** Finds a public thing by the address that identifies it. */
async function findByUri(
  db: Database,
  uri: string,
  now: Temporal.Instant,
): Promise<Flagged | undefined> {
  const person = await findFacilitatorByUri(db, uri)
  return (
    (await findCafe(db, { uri }, 'cafe')) ??
    (person && toPerson(visibleTo(person, 'public', now))) ??
    (await findOrganizer(db, { uri })) ??
    toResource(await findResource(db, { uri }))
  )
}

async function findCafe(
  db: Database,
  key: { id: string } | { uri: string },
  kind: FlaggedKind,
): Promise<Flagged | undefined> {
  const cafe = await findPublicCafe(db, key)
  const flagged = cafe && toCafe(cafe, kind)
  const isHidden = kind === 'picture' && flagged && (await isHiddenHere(db, flagged.uri))
  return isHidden ? undefined : flagged
}

const toCafe = (
  cafe: NonNullable<Awaited<ReturnType<typeof findCafeByUri>>>,
  kind: FlaggedKind,
): Flagged => ({
  ...{ kind, path: `/cafes/${cafe.id}`, name: cafe.title, id: cafe.id },
  uri: kind === 'picture' ? addressOfPicture(cafe.uri) : cafe.uri,
  ...{ territory: territoryOf(cafe.venue), peerId: cafe.peerId },
})

async function findPerson(
  db: Database,
  pageId: string,
  now: Temporal.Instant,
): Promise<Flagged | undefined> {
  const isOurs = urisOfFacilitatorPage(pageId).length === 0
  const own = isOurs ? await findOwnFacilitator(db, pageId) : undefined
  const person = own ? visibleTo(own, 'public', now) : await findFacilitatorPage(db, pageId, now)
  return person === 'erased' ? undefined : toPerson(person)
}

const toPerson = (person: Awaited<ReturnType<typeof findFacilitatorByUri>>): Flagged | undefined =>
  person && {
    ...{ kind: 'facilitator', uri: person.uri, name: person.name, id: person.id },
    ...{ path: `/animation/${facilitatorPageId(person)}` },
    ...{ territory: person.territory, peerId: person.peerId },
  }

const toResource = (resource: Resource | undefined): Flagged | undefined =>
  resource && {
    ...{ kind: 'resource', uri: resource.uri, name: resource.title, id: resource.id },
    ...{ path: `/ressources/${resource.slug}`, peerId: resource.peerId, territory: undefined },
  }

async function findOrganizer(
  db: Database,
  key: { id: string } | { uri: string },
): Promise<Flagged | undefined> {
  const structure = await findStructure(db, key)
  return (
    structure && {
      ...{ kind: 'structure', uri: structure.uri, name: structure.name, id: structure.id },
      ...{ path: `/structures/${encodeURIComponent(structure.id)}`, peerId: structure.peerId },
      territory: territoryOf(structure.address),
    }
  )
}

/** Finds the structure whose site this is, whose page is the home of a place. */
async function findOwnPlace(
  db: Database,
  { origin, organizationId }: { origin: string; organizationId: string },
): Promise<Flagged | undefined> {
  const row = await db
    .selectFrom('organization')
    .select(['id', 'name', 'code_insee'])
    .where('id', '=', organizationId)
    .executeTakeFirst()
  return (
    row && {
      ...{ kind: 'structure', uri: `${origin}/`, path: '/', name: row.name, id: row.id },
      ...{ territory: territoryOf({ codeInsee: row.code_insee ?? undefined }), peerId: undefined },
    }
  )
}

const territoryOf = (place: { codeInsee?: string | undefined } | undefined): string | undefined =>
  place?.codeInsee && `c-${place.codeInsee}`

/** Finds what a case is about as it is now, whether it is shown or not; undefined where it is gone. */
export async function findFlaggedOf(
  db: Database,
  { kind, uri }: Pick<FlagCase, 'kind' | 'uri'>,
): Promise<Flagged | undefined> {
  if (kind === 'cafe') {
    const cafe = await findCafeByUri(db, uri)
    return cafe && toCafe(cafe, kind)
  }
  if (kind === 'picture' || kind === 'report' || kind === 'question') {
    const cafe = await findCafeByUri(db, readPart(uri)?.of ?? '')
    return cafe && { ...toCafe(cafe, kind), uri }
  }
  if (kind === 'facilitator') return toPerson(await findFacilitatorByUri(db, uri))
  if (kind === 'resource') return toResource(await findAnyResource(db, uri))
  const row = await db
    .selectFrom('structure')
    .select(['id', 'name', 'peer_id', 'code_insee'])
    .where('uri', '=', uri)
    .executeTakeFirst()
  if (row)
    return {
      ...{ kind, uri, path: `/structures/${encodeURIComponent(row.id)}`, name: row.name },
      ...{ territory: territoryOf({ codeInsee: row.code_insee ?? undefined }), id: row.id },
      peerId: row.peer_id ?? undefined,
    }
  const own = await findSiteStructure(db)
  const { origin } = new URL(uri)
  return own && uri === `${origin}/`
    ? findOwnPlace(db, { origin, organizationId: own.id })
    : undefined
}
