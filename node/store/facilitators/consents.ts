import { randomUUID } from 'node:crypto'
import type { FacilitatorField, Level } from '../../domain/facilitators/facilitator.ts'
import type { Lang } from '../../domain/values/lang.ts'
import {
  fromInstantText,
  instantOrUndefined,
  orNull,
  orUndefined,
  toInstantText,
} from '../database/columns.ts'
import type { Database } from '../database/database.ts'

/** What a person agreed to, for one field or one place where the profile goes, in the words that they read. */
export type Consent = {
  /** The host of the directory, where the field is one or a mandate of one. */
  host?: string | undefined
  field: FacilitatorField | 'name' | 'alias' | 'directory' | 'fediverse' | 'mandate'
  level: Level
  /** The words that were shown; never the value. */
  text: string
  lang: Lang
  /** Whether it was given by a link that the team handed over, which others who saw it could have used. */
  isByHandedLink: boolean
}

export type LoggedConsent = Consent & {
  at: Temporal.Instant
  /** When it was withdrawn or replaced, or expired. */
  endedAt: Temporal.Instant | undefined
}

/**
 * Replaces all consents of a person; the former ones end, and stay in the log. `claimed` are the hosts of the
 * directories whose mandates the profile still names.
 */
export async function replaceConsents(
  trx: Database,
  {
    facilitatorId,
    consents,
    claimed,
  }: { facilitatorId: string; consents: readonly Consent[]; claimed: readonly string[] },
  now: Temporal.Instant,
): Promise<void> {
  await endConsents(trx, { facilitatorId, claimed }, now)
  await insertConsents(trx, { facilitatorId, consents }, now)
}

/** Adds consents to those that the person has given already. */
export async function insertConsents(
  trx: Database,
  { facilitatorId, consents }: { facilitatorId: string; consents: readonly Consent[] },
  now: Temporal.Instant,
): Promise<void> {
  if (consents.length === 0) return
  await trx
    .insertInto('consent')
    .values(
      consents.map(({ field, host, level, text, lang, isByHandedLink }) => ({
        ...{ id: randomUUID(), facilitator_id: facilitatorId, field, level, text, lang },
        host: orNull(host),
        by_handed_link: isByHandedLink ? 1 : 0,
        at: toInstantText(now),
        ended_at: null,
      })),
    )
    .execute()
}

/** Ends all consents of a person, or those for one directory or some fields. */
export async function endConsents(
  trx: Database,
  {
    facilitatorId,
    host,
    fields,
    claimed = [],
  }: {
    facilitatorId: string
    host?: string
    fields?: readonly Consent['field'][]
    /** The hosts of directories for which the consents about mandates stay. */
    claimed?: readonly string[]
  },
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .updateTable('consent')
    .set({ ended_at: toInstantText(now) })
    .where('facilitator_id', '=', facilitatorId)
    .where('ended_at', 'is', null)
    .$if(host !== undefined, (qb) => qb.where('host', '=', host ?? ''))
    .$if(fields !== undefined, (qb) => qb.where('field', 'in', fields ?? []))
    .$if(claimed.length > 0, (qb) =>
      qb.where((eb) => eb.or([eb('field', '<>', 'mandate'), eb('host', 'not in', claimed)])),
    )
    .execute()
}

/** Lists the people of a structure who agreed, by a link that the team handed over, to something that is shown now. */
export async function listConsentingByHand(
  db: Database,
  organizationId: string,
): Promise<Set<string>> {
  const rows = await db
    .selectFrom('consent')
    .innerJoin('facilitator', 'facilitator.id', 'consent.facilitator_id')
    .select('facilitator.id')
    .distinct()
    .where('facilitator.organization_id', '=', organizationId)
    .where('consent.by_handed_link', '=', 1)
    .where('consent.ended_at', 'is', null)
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** Lists the consents of a person, the latest first. */
export async function listConsents(db: Database, facilitatorId: string): Promise<LoggedConsent[]> {
  const rows = await db
    .selectFrom('consent')
    .selectAll()
    .where('facilitator_id', '=', facilitatorId)
    .orderBy('at', 'desc')
    .orderBy('field')
    .execute()
  return rows.map((row) => ({
    field: row.field as Consent['field'],
    host: orUndefined(row.host),
    level: row.level as Level,
    text: row.text,
    lang: row.lang as Lang,
    isByHandedLink: row.by_handed_link === 1,
    at: fromInstantText(row.at),
    endedAt: instantOrUndefined(row.ended_at),
  }))
}
