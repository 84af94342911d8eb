import { listOpenLinks } from '../accounts/links.ts'
import { isNamingMailStopped } from '../accounts/stopped-mails.ts'
import type { Database } from '../database/database.ts'
import { listConsents } from './consents.ts'
import { hashOfUri } from './erasures.ts'
import { isAlwaysNamed } from './namings.ts'
import { findOwn } from './own-profiles.ts'

/**
 * Returns everything that this site holds about one of its people (GDPR, articles 15 and 20), as JSON: their profile
 * and what is stored about it, addresses, consents, links without their tokens, mails without their texts, who has the
 * profile, what they lead, and what others signed about them. Undefined where there is no such person.
 */
export async function readOwnData(
  db: Database,
  id: string,
  now: Temporal.Instant,
): Promise<Record<string, unknown> | undefined> {
  const own = await findOwn(db, id)
  if (!own) return undefined
  const { facilitator, draft, email, nextEmail, isMailConfirmed, isAdult } = own
  const { uri, actorUri } = facilitator
  const known = actorUri === undefined ? [uri] : [uri, actorUri]
  const hashes = await Promise.all(known.map((each) => hashOfUri(db, each)))
  return {
    profile: facilitator,
    draft: draft ?? null,
    private: {
      ...{ email: email ?? null, nextEmail: nextEmail ?? null, isMailConfirmed, isAdult },
      ...(await readWishes(db, id)),
    },
    consents: await listConsents(db, id),
    directoriesAskedAbout: await db
      .selectFrom('directory_question')
      .select(['host', 'at'])
      .where('facilitator_id', '=', id)
      .orderBy('at')
      .orderBy('host')
      .execute(),
    links: await listLinks(db, id, now),
    mails: await db
      .selectFrom('mail')
      .select(['recipient', 'subject', 'created_at as createdAt', 'sent_at as sentAt'])
      .where('facilitator_id', '=', id)
      .orderBy('created_at')
      .orderBy('id')
      .execute(),
    cafes: await db
      .selectFrom('cafe_facilitator')
      .innerJoin('cafe', 'cafe.id', 'cafe_facilitator.cafe_id')
      .select(['cafe.uri', 'cafe.title'])
      .where('cafe_facilitator.facilitator_id', '=', id)
      .orderBy('cafe.starts_at')
      .orderBy('cafe.id')
      .execute(),
    sentTo: await db
      .selectFrom('facilitator_reached')
      .select(['host', 'kind', 'at'])
      .where('uri_hash', 'in', hashes)
      .orderBy('at')
      .orderBy('host')
      .orderBy('kind')
      .execute(),
    attestations: await db
      .selectFrom('held_attestation')
      .select([
        ...(['issuer', 'territory', 'body'] as const),
        ...(['starts_at as startsAt', 'expires_at as expiresAt'] as const),
      ])
      .where('subject_uri', '=', uri)
      .execute(),
  }
}

/** Returns what the person wants of the cafés that name them. */
const readWishes = async (db: Database, id: string) => ({
  isAlwaysNamed: await isAlwaysNamed(db, id),
  isMailedWhenNamed: !(await isNamingMailStopped(db, id)),
})

const listLinks = async (db: Database, subject: string, now: Temporal.Instant) => [
  ...(await listOpenLinks(db, { purpose: 'own-profile', subject }, now)),
  ...(await listOpenLinks(db, { purpose: 'stop-profile-named', subject }, now)),
]
