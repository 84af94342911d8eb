import { fromInstantText, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { uuidV7 } from '../database/uuid.ts'

type Logged = {
  id: string
  act: 'consented' | 'declined' | 'resigned'
  text: string
  lang: string
  /** Whether it was said by a link that the team handed over: perhaps by somebody else. */
  isByHandedLink: boolean
}

/** Appends what a referent agreed to, declined or gave up, with the very words that were shown and their language. */
export async function logConsent(
  trx: Database,
  { id, isByHandedLink, ...said }: Logged,
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .insertInto('referent_consent')
    .values({
      ...{ ...said, id: uuidV7(now), referent_id: id, at: toInstantText(now) },
      by_handed_link: isByHandedLink ? 1 : 0,
    })
    .execute()
}

export type ConsentEntry = Pick<Logged, 'act' | 'text' | 'isByHandedLink'> & {
  at: Temporal.Instant
}

/** Lists the consents of a referent, the oldest first. */
export async function listConsents(db: Database, id: string): Promise<ConsentEntry[]> {
  const rows = await db
    .selectFrom('referent_consent')
    .select(['act', 'text', 'at', 'by_handed_link'])
    .where('referent_id', '=', id)
    .orderBy('id')
    .execute()
  return rows.map(({ at, by_handed_link, ...said }) => ({
    ...{ ...said, at: fromInstantText(at) },
    isByHandedLink: by_handed_link === 1,
  }))
}
