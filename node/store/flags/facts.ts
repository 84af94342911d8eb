import { readPart } from '../../domain/federation/hidden-object.ts'
import type { Flagged, FlaggedKind } from '../../domain/flags/flag.ts'
import { findCafeByUri } from '../cafes/cafes.ts'
import type { Database } from '../database/database.ts'
import { findPeer } from '../directory/peers.ts'
import { findFacilitatorByUri } from '../facilitators/facilitators.ts'
import { findAnnouncedPicture } from '../files/cafe-pictures.ts'
import { findPart } from '../reports/hidden-parts.ts'
import { findReport } from '../reports/reports.ts'
import { findAnyResource } from '../resources/resources.ts'

/** The most of the thing's own words that are shown to whoever judges it, in characters. */
const TEXT_MAX = 1000

/** Finds the words of a thing that somebody flagged, cut: the team judges them without opening the page. */
export async function findFlaggedText(
  db: Database,
  { kind, uri }: { kind: FlaggedKind; uri: string },
): Promise<string> {
  if (kind === 'structure') return ''
  if (kind === 'facilitator')
    return ((await findFacilitatorByUri(db, uri))?.presentation ?? '').slice(0, TEXT_MAX)
  if (kind === 'resource') return findResourceText(db, uri)
  if (kind === 'report' || kind === 'question') return findReportText(db, uri)
  const cafe = await findCafeByUri(db, readPart(uri)?.of ?? uri)
  if (!cafe) return ''
  const copied = kind === 'picture' && (await findAnnouncedPicture(db, cafe.id))
  const words =
    kind === 'picture'
      ? [cafe.image?.alt, copied ? copied.alt : undefined]
      : [cafe.summary, cafe.descriptionText]
  return words.filter(Boolean).join('\n').slice(0, TEXT_MAX)
}

async function findResourceText(db: Database, uri: string): Promise<string> {
  const found = await findAnyResource(db, uri)
  if (!found) return ''
  const words = [found.summary, ...found.material, found.link]
  return words.filter(Boolean).join('\n').slice(0, TEXT_MAX)
}

/** Finds the words of a report, or of the one question of it that is meant. */
async function findReportText(db: Database, uri: string): Promise<string> {
  const part = await findPart(db, uri)
  const report = part && (await findReport(db, part.cafe.id))
  if (!report) return ''
  const words =
    part.kind === 'question'
      ? [part.text]
      : [...report.questions.map(({ text }) => text), report.words, report.nextSteps]
  return words.filter(Boolean).join('\n').slice(0, TEXT_MAX)
}

/** What whoever judges a thing is told of its site: since when it is a member, its cafés, and what was hidden of it. */
export type PlaceFacts = {
  name: string
  since: Temporal.Instant | undefined
  cafes: number
  hidden: number
}

/** Finds them; undefined where the thing is ours. */
export async function findPlaceFacts(
  db: Database,
  { peerId }: Pick<Flagged, 'peerId'>,
): Promise<PlaceFacts | undefined> {
  const peer = peerId === undefined ? undefined : await findPeer(db, peerId)
  if (!peer) return undefined
  const { total } = await db
    .selectFrom('cafe')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('peer_id', '=', peer.id)
    .executeTakeFirstOrThrow()
  const { hidden } = await db
    .selectFrom('hidden_object')
    .select((eb) => eb.fn.countAll<number>().as('hidden'))
    .where('uri', 'like', `${peer.origin}/%`)
    .executeTakeFirstOrThrow()
  return {
    ...{ name: peer.name || peer.host, since: peer.admittedAt },
    ...{ cafes: Number(total), hidden: Number(hidden) },
  }
}
