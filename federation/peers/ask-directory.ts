import type { Context } from '../../node/context.ts'
import {
  type AskedDirectory,
  findRestoration,
  isToAsk,
  type Restoration,
  settleDirectory,
} from '../../node/store/backup/restoration.ts'
import { planUnsentEdits } from '../../node/store/backup/unsent-edits.ts'
import {
  listJoinedDirectories,
  listOwnPublished,
} from '../../node/store/facilitators/recipients.ts'
import { saveTaskCursor, type Task } from '../../node/store/queues/tasks.ts'
import { MOST_NAMED } from '../actors/restoration.ts'
import { EgressError } from '../remote/egress-error.ts'
import { fetchObject, readCollection } from '../remote/read-collection.ts'
import { BudgetSpentError } from '../remote/reading-budget.ts'
import type { Services } from '../services.ts'
import { toList } from '../wire/json.ts'
import { facilitatorActorUri, restorationUri } from '../wire/uris.ts'
import { askForFollowers } from './ask-for-followers.ts'
import { type Answers, applyAnswers, prepareAnswers } from './restoration-answers.ts'

/**
 * A restored site asks a directory what it knows of it: what was deleted after the backup, which is hidden here, what
 * this site signed after it, which comes back, and the servers of its followers where there was no backup.
 */

/** The clocks of two servers may differ, and a deletion may have been on its way. */
const MARGIN_HOURS = 24

/**
 * Asks one directory, from where an earlier attempt stopped. What is not of this site changes nothing.
 * @throws EgressError when it is to be asked again.
 */
export async function askDirectory(
  context: Context,
  services: Services,
  { id, subject: uri, cursor }: Pick<Task, 'id' | 'subject' | 'cursor'>,
): Promise<void> {
  const { db } = context
  const restoration = await findRestoration(db)
  const asked = restoration?.directories.find((each) => each.uri === uri)
  if (!restoration || !asked || !isToAsk(asked)) return
  const reader = { ...services, sign: services.signQuestion }
  if (restoration.isLost || asked.state === 'waiting') {
    const isAnswered = await askWhatItKnows(context, reader, { restoration, uri, id, cursor })
    if (!isAnswered || restoration.isLost) return
  }
  await askForLostFollowers(context, reader, { uri, since: restoration.since })
}

/** Returns whether the directory has answered; then the pages open, and what was changed here is told. */
async function askWhatItKnows(
  context: Context,
  reader: Services,
  {
    restoration,
    uri,
    id,
    cursor,
  }: Pick<Task, 'id' | 'cursor'> & { restoration: Restoration; uri: string },
): Promise<boolean> {
  const { db } = context
  const { isLost } = restoration
  const settle = settlerOf(context, uri)
  const giveUp = async (became: Partial<AskedDirectory>) => {
    await settle({ ...became, ...(!isLost && { followers: 'unable' }) })
    context.wake()
    return false
  }
  if (!isLost && !(await listJoinedDirectories(db)).some((each) => each.uri === uri))
    return giveUp({ state: 'unable' })
  try {
    if (isLost) {
      await askForFollowers(context, reader, { uri, since: undefined })
      return true
    }
    const answers = await prepareAnswers(context, { restoration, uri })
    if (cursor === undefined) await askForFacilitators(context, reader, answers)
    await askForCafes(context, reader, { answers, taskId: id, cursor })
  } catch (error) {
    if (error instanceof BudgetSpentError) {
      // What came back grows with each part of a long answer, and not with one that has no end.
      if (countBack(await findRestoration(db), uri) > countBack(restoration, uri))
        throw new EgressError('too_big', `${uri} has more to give back`)
      return giveUp({ state: 'unable', problem: 'endless' })
    }
    const status = error instanceof EgressError ? error.status : undefined
    // It runs another version of this program.
    if (status === 404 || status === 410) return giveUp({ state: 'unable' })
    if (status === 403 && isLost) return giveUp({ state: 'refused' })
    const isUnknown = status === 401 || status === 403
    await settle({ problem: isUnknown ? 'unknown' : 'unreachable' })
    throw error
  }
  await settle({ state: 'answered', answeredAt: context.now() })
  context.wake()
  return true
}

/** Returns how much has come back from one directory. */
function countBack(restoration: Restoration | undefined, uri: string): number {
  const asked = restoration?.directories.find((each) => each.uri === uri)
  return asked ? asked.taken + asked.words : 0
}

/** Returns what stores what became of the question to one directory; with the answer what was put off becomes due. */
const settlerOf =
  ({ db, now }: Context, uri: string) =>
  (became: Partial<AskedDirectory>): Promise<void> =>
    db.transaction().execute(async (trx) => {
      await settleDirectory(trx, { uri, ...became })
      if (became.state) await planUnsentEdits(trx, now())
    })

/** Asks for the servers of followers who came after the backup, once the directory has said the rest. */
async function askForLostFollowers(
  context: Context,
  reader: Services,
  asked: { uri: string; since: Temporal.Instant },
): Promise<void> {
  try {
    await askForFollowers(context, reader, asked)
  } catch (error) {
    const status = error instanceof EgressError ? (error.status ?? 0) : 0
    if (![400, 401, 403, 404, 410].includes(status)) throw error
    await settlerOf(context, asked.uri)({ followers: status === 403 ? 'refused' : 'unable' })
  }
}

/** Asks about the profiles that this directory was sent, so that it learns of no other. */
async function askForFacilitators(
  context: Context,
  reader: Services,
  answers: Answers,
): Promise<void> {
  const { origin, host } = new URL(answers.uri)
  const own = facilitatorActorUri(context.config.origin)
  const handles = (await listOwnPublished(context.db))
    .filter(({ directories }) => directories.includes(host))
    .map(({ handle }) => handle)
  for (let from = 0; from < handles.length; from += MOST_NAMED) {
    const some = handles.slice(from, from + MOST_NAMED)
    const named = new Set(some.map((handle) => `${own}/${handle}`))
    const query = new URLSearchParams({ facilitators: some.join(',') })
    const { items } = await fetchObject(reader, `${restorationUri(origin)}?${query}`)
    await applyAnswers(context, { ...answers, named }, toList(items).slice(0, MOST_NAMED))
  }
}

/** Asks about cafés: the directory names those that were deleted first. */
async function askForCafes(
  context: Context,
  reader: Services,
  { answers, taskId, cursor }: { answers: Answers; taskId: number; cursor: string | undefined },
): Promise<void> {
  const since = answers.restoration.since.subtract({ hours: MARGIN_HOURS })
  const query = new URLSearchParams({ since: since.toString() })
  const first = `${restorationUri(new URL(answers.uri).origin)}?${query}`
  await readCollection(reader, cursor ?? first, (items, next) =>
    applyAnswers(context, answers, items, async (trx) => {
      if (next !== undefined) await saveTaskCursor(trx, { id: taskId, cursor: next }, context.now())
    }),
  )
}
