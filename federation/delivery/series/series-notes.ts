import type { Context } from '../../../node/context.ts'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { canReadSeriesPosts } from '../../../node/domain/federation/software.ts'
import { toSeconds } from '../../../node/store/database/columns.ts'
import type { Database } from '../../../node/store/database/database.ts'
import { findAnnounced } from '../../../node/store/feeds/announced.ts'
import { type ChangeNote, listChangeNotes } from '../../../node/store/feeds/change-notes.ts'
import { listFollowerInboxes } from '../../../node/store/feeds/followers.ts'
import {
  claimDayOfSeries,
  hasDates,
  isSeriesKnown,
} from '../../../node/store/feeds/series-dates.ts'
import type { Signer } from '../../wire/proof.ts'
import { authorOf, newAnnounceUri, newNoteUri } from '../../wire/uris.ts'
import { type CafeChange, sendNote } from '../change-notes.ts'
import { seriesBeginningHtml, seriesChangeHtml } from './series-text.ts'

/** What the followers of a place read of a series as a whole: that it begins, and what has changed in several dates. */

/**
 * Posts that a series begins, once, with the first of its dates that is told. It takes the place of that day.
 * @returns The id of the Note, which the Events of the dates that are told with it name, in whatever order they arrive;
 * undefined where it was posted long before.
 */
export async function sendBeginning(
  trx: Database,
  context: Context,
  { cafe, signer }: { cafe: Cafe; signer: Signer },
): Promise<string | undefined> {
  const { series } = cafe
  if (series === undefined) return undefined
  const { origin } = context.config
  const actor = authorOf(origin, cafe)
  if (await isSeriesKnown(trx, { actor, series }))
    return findBeginning(trx, context, { series, actor })
  const activityId = newAnnounceUri(origin, actor, cafe.id)
  const { timezone } = cafe
  await claimDayOfSeries(trx, { actor, series, timezone, activityId }, context.now())
  const inboxes = await listFollowerInboxes(trx, actor, canReadSeriesPosts)
  return sendNote(
    trx,
    context,
    { cafe, aboutUri: series, content: seriesBeginningHtml(cafe) },
    { actor, signer, inboxes, uri: newNoteUri(origin) },
  )
}

/** How long the dates that are published after the first one are told with it: planning a year takes seconds. */
const TOGETHER_MINUTES = 10

async function findBeginning(
  trx: Database,
  { now }: Context,
  { series, actor: author }: { series: string; actor: string },
): Promise<string | undefined> {
  const known = await findAnnounced(trx, { actor: author, objectUri: series })
  const since = toSeconds(now().subtract({ minutes: TOGETHER_MINUTES }))
  if (!known || known.at < since) return undefined
  return (await listChangeNotes(trx, series)).find(
    ({ actor, shared }) => actor === author && !shared,
  )?.uri
}

/** Posts what has changed in several dates of a series, in one Note. */
export async function sendSeriesChange(
  trx: Database,
  context: Context,
  {
    changes,
    series,
    signer,
    noteUri: uri,
  }: {
    changes: readonly [CafeChange, ...CafeChange[]]
    series: string
    signer: Signer
    noteUri: string
  },
): Promise<void> {
  const [{ cafe }] = changes
  const actor = authorOf(context.config.origin, cafe)
  const inboxes = await listFollowerInboxes(trx, actor, canReadSeriesPosts)
  const text = { cafe, aboutUri: series, content: seriesChangeHtml(changes) }
  await sendNote(trx, context, text, { actor, signer, inboxes, uri })
}

/** Lists the Notes that are taken back with a café: those about it, and with the last date of a series those about that. */
export async function listNotesToWithdraw(
  db: Database,
  { uri, series }: { uri: string; series?: string | undefined },
): Promise<ChangeNote[]> {
  const isLast = series !== undefined && !(await hasDates(db, series))
  return [...(await listChangeNotes(db, uri)), ...(isLast ? await listChangeNotes(db, series) : [])]
}
