import { hash } from 'node:crypto'
import { listKeyWords, toWording } from '../../domain/reports/question-group.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'

/** The number of characters of a group's id, of a hash in hexadecimal: 80 bits. */
const ID_LENGTH = 20

/** Returns the id of the group of these words; of one wording alone where it is set apart. */
const groupIdOf = (words: readonly string[], apart: string | undefined): string =>
  hash('sha256', apart === undefined ? words.join(' ') : `=${apart}`, 'hex').slice(0, ID_LENGTH)

/**
 * Makes the rows of what was asked at a café as its report now is: a hidden report or question, or one whose number waits
 * for an answer, has none. What was asked
 * twice at a café is one row.
 */
export async function saveAskedQuestions(trx: Database, cafeId: string): Promise<void> {
  await trx.deleteFrom('asked_question').where('cafe_id', '=', cafeId).execute()
  const rows = await trx
    .selectFrom('report_question as question')
    .innerJoin('report', 'report.cafe_id', 'question.cafe_id')
    .innerJoin('cafe', 'cafe.id', 'question.cafe_id')
    .select(['question.text', 'question.theme', 'cafe.wall_starts_at', 'cafe.publication'])
    .select(['cafe.departement', 'cafe.region', 'cafe.code_insee', 'cafe.peer_id'])
    .select(['cafe.origin_host', 'cafe.hidden_reason', 'cafe.status', 'cafe.starts_at'])
    .select('report.updated_at')
    .select((eb) =>
      eb
        .selectFrom('search_source')
        .select('shown')
        .whereRef('peer_id', '=', 'cafe.peer_id')
        .whereRef('host', '=', 'cafe.origin_host')
        .as('is_believed'),
    )
    .where('question.cafe_id', '=', cafeId)
    .where('question.hidden_reason', 'is', null)
    .where('report.hidden_reason', 'is', null)
    .where('report.is_counted', '=', 1)
    .orderBy('question.position')
    .execute()
  if (rows.length === 0) return
  const wordings = rows.map(({ text }) => toWording(text))
  const apart = new Set(await listApart(trx, wordings))
  const asked = new Map<string, (typeof rows)[number] & { wording: string; words: string[] }>()
  for (const [index, row] of rows.entries()) {
    const wording = wordings[index] ?? ''
    const words = listKeyWords(row.text)
    const id = groupIdOf(words, apart.has(wording) ? wording : undefined)
    if (words.length > 0 && !asked.has(id)) asked.set(id, { ...row, wording, words })
  }
  if (asked.size === 0) return
  await trx
    .insertInto('question_group')
    .values([...asked].map(([id, { words }]) => ({ id, words: ` ${words.join(' ')} `, cafes: 0 })))
    .onConflict((oc) => oc.doNothing())
    .execute()
  await trx
    .insertInto('asked_question')
    .values(
      [...asked].map(([group_id, row]) => ({
        ...{ group_id, cafe_id: cafeId, text: row.text, wording: row.wording, theme: row.theme },
        ...{ departement: row.departement, region: row.region, code_insee: row.code_insee },
        asked_on: row.wall_starts_at.slice(0, 10),
        source: row.peer_id === null ? null : `${row.peer_id} ${row.origin_host}`,
        shown: isShown(row) ? 1 : 0,
      })),
    )
    .execute()
}

/** As the triggers of `asked_question` say it of a café or server that changes later. */
const isShown = (row: {
  publication: string
  hidden_reason: string | null
  status: string
  starts_at: string
  updated_at: string
  is_believed: number | null
}): boolean =>
  row.is_believed !== 0 &&
  row.publication === 'published' &&
  row.hidden_reason === null &&
  row.status !== 'cancelled' &&
  row.status !== 'postponed' &&
  row.updated_at >= row.starts_at

async function listApart(db: Database, wordings: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('question_apart')
    .select('wording')
    .where('wording', 'in', wordings)
    .execute()
  return rows.map(({ wording }) => wording)
}

/**
 * Sets a wording apart from the group with which it shares its words, or puts it back; the rows of all cafés where it was
 * asked are made anew.
 */
export async function saveWordingApart(
  trx: Database,
  { wording, isApart }: { wording: string; isApart: boolean },
  now: Temporal.Instant,
): Promise<void> {
  if (isApart)
    await trx
      .insertInto('question_apart')
      .values({ wording, at: toInstantText(now) })
      .onConflict((oc) => oc.doNothing())
      .execute()
  else await trx.deleteFrom('question_apart').where('wording', '=', wording).execute()
  const cafes = await trx
    .selectFrom('asked_question')
    .select('cafe_id')
    .distinct()
    .where('wording', '=', wording)
    .execute()
  for (const { cafe_id } of cafes) await saveAskedQuestions(trx, cafe_id)
}

/** Deletes the groups in which nothing is any more, and what was decided about wordings that nobody uses. */
export async function deleteEmptyGroups(db: Database): Promise<void> {
  await db
    .deleteFrom('question_group')
    .where('cafes', '=', 0)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('asked_question')
            .select('cafe_id')
            .whereRef('asked_question.group_id', '=', 'question_group.id'),
        ),
      ),
    )
    .execute()
  await db
    .deleteFrom('question_apart')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('asked_question')
            .select('cafe_id')
            .whereRef('asked_question.wording', '=', 'question_apart.wording'),
        ),
      ),
    )
    .execute()
}
