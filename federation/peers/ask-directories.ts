import type { Context, DirectoryView } from '../../node/context.ts'
import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { findPeerByActor } from '../../node/store/directory/peers.ts'
import { listJoinedDirectories } from '../../node/store/facilitators/recipients.ts'
import { EgressError } from '../remote/egress-error.ts'
import { withoutResting } from '../remote/resting-hosts.ts'
import type { Services } from '../services.ts'
import { isObject } from '../wire/json.ts'

/** The deadline is short, since a person waits for a page. */
const DEADLINE_MS = 3_000

/**
 * Finds whether the directories that we joined show this café of ours, as they answer everybody now. A directory that
 * did not answer a moment ago is not asked: each failure delays the deliveries to it further.
 */
export async function findDirectoryViews(
  { db }: Pick<Context, 'db'>,
  { egress, hosts }: Pick<Services, 'egress' | 'hosts'>,
  cafe: Pick<Cafe, 'uri' | 'updatedAt'>,
): Promise<DirectoryView[]> {
  const directories = await listJoinedDirectories(db)
  const awake = withoutResting(egress, hosts)
  return Promise.all(
    directories.map(async ({ uri }) => {
      const { origin, host } = new URL(uri)
      const name = (await findPeerByActor(db, uri))?.name ?? host
      return { name, ...(await ask(awake, origin, cafe)) }
    }),
  )
}

/** Returns whether a directory's text is not of before this revision; where it gives no time, it is believed. */
function isAsOf(text: unknown, updatedAt: Temporal.Instant): boolean {
  const at = typeof text === 'string' ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) || Math.floor(at / 1000) >= Math.floor(updatedAt.epochMilliseconds / 1000)
}

async function ask(
  egress: Services['egress'],
  origin: string,
  { uri, updatedAt }: Pick<Cafe, 'uri' | 'updatedAt'>,
): Promise<Pick<DirectoryView, 'outcome'>> {
  try {
    const { json } = await egress.getJson(
      `${origin}/api/v1/cafes?${new URLSearchParams({ id: uri })}`,
      { accept: 'application/json', types: ['application/json'], deadlineMs: DEADLINE_MS },
    )
    if (!isObject(json) || json.id !== uri) return { outcome: 'silent' }
    return { outcome: isAsOf(json.updatedAt, updatedAt) ? 'shown' : 'older' }
  } catch (error) {
    const isMissing = error instanceof EgressError && [404, 410].includes(error.status ?? 0)
    return { outcome: isMissing ? 'missing' : 'silent' }
  }
}
