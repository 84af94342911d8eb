import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import type {
  AskedQuestion,
  QuestionChoices,
  QuestionGroup,
  ShownQuestion,
} from '../../domain/reports/question.ts'
import { listSearchedWords } from '../../domain/reports/question-group.ts'
import type { Territory } from '../../geo/territories.ts'
import { orUndefined } from '../database/columns.ts'
import { oncePerVersion } from '../database/content-version.ts'
import type { Database } from '../database/database.ts'
import { isPostgres } from '../database/dialect.ts'
import { CAFE } from '../schema/cafes.ts'
import type { Schema } from '../schema.ts'
import { isWithinTerritory } from './within-territory.ts'

/** Which questions are asked for; each condition that is undefined holds for all. */
export type QuestionQuery = {
  words?: string | undefined
  theme?: string | undefined
  territory?: Territory | undefined
  /** The first day of the cafés, and the first day that is no more among them. */
  from?: Temporal.PlainDate | undefined
  before?: Temporal.PlainDate | undefined
}

type Asked = SelectQueryBuilder<Schema, 'asked_question', object>

/** Selects the questions that everybody may read. */
const selectShown = (db: Database): Asked =>
  db.selectFrom('asked_question').where('asked_question.shown', '=', 1)

/** Returns the condition that a group has each of these words at the beginning of one of its own. */
const hasAll = (db: Database, words: readonly string[]): RawBuilder<boolean> =>
  sql<boolean>`(${sql.join(
    words.map((word) =>
      isPostgres(db)
        ? sql`strpos(question_group.words, ${` ${word}`}) > 0`
        : sql`instr(question_group.words, ${` ${word}`}) > 0`,
    ),
    sql` and `,
  )})`

/** Adds the conditions of a query. */
function chooseAsked(
  db: Database,
  { words = '', theme, territory, from, before }: QuestionQuery,
): Asked {
  const wanted = listSearchedWords(words)
  let query = selectShown(db)
  if (theme !== undefined) query = query.where('asked_question.theme', '=', theme)
  if (from) query = query.where('asked_question.asked_on', '>=', from.toString())
  if (before) query = query.where('asked_question.asked_on', '<', before.toString())
  if (territory) query = query.where(isWithinTerritory('asked_question', territory))
  if (wanted.length > 0)
    query = query.where('asked_question.group_id', 'in', (eb) =>
      eb.selectFrom('question_group').select('question_group.id').where(hasAll(db, wanted)),
    )
  return query
}

/** Lists groups of questions, those that came up in most cafés first, then the latest. */
export async function listQuestions(
  db: Database,
  { limit, offset, ...query }: QuestionQuery & { limit: number; offset: number },
): Promise<ShownQuestion[]> {
  const groups = isEverywhere(query)
    ? await listOfAll(db, { limit, offset, words: listSearchedWords(query.words ?? '') })
    : await chooseAsked(db, query)
        .select('group_id as id')
        .select((eb) => [eb.fn.countAll<number>().as('cafes'), eb.fn.max('asked_on').as('last_on')])
        .groupBy('group_id')
        .orderBy('cafes', 'desc')
        .orderBy('last_on', 'desc')
        .orderBy('group_id')
        .limit(limit)
        .offset(offset)
        .execute()
  const newest = new Map((await listNewest(db, groups)).map((row) => [row.id, row]))
  return groups.flatMap(({ id, cafes }) => {
    const row = newest.get(id)
    return row ? [{ ...row, cafes: Number(cafes) }] : []
  })
}

const isEverywhere = ({ theme, territory, from, before }: QuestionQuery): boolean =>
  [theme, territory, from, before].every((condition) => condition === undefined)

/** Lists groups by what is counted of all their cafés. */
const listOfAll = (
  db: Database,
  { limit, offset, words }: { limit: number; offset: number; words: readonly string[] },
) =>
  db
    .selectFrom('question_group')
    .select(['id', 'cafes'])
    .where('cafes', '>', 0)
    .$if(words.length > 0, (query) => query.where(hasAll(db, words)))
    .orderBy('cafes', 'desc')
    .orderBy('last_on', 'desc')
    .orderBy('id')
    .limit(limit)
    .offset(offset)
    .execute()

/** Lists the newest question of each group. */
async function listNewest(
  db: Database,
  groups: readonly { id: string }[],
): Promise<Omit<ShownQuestion, 'cafes'>[]> {
  if (groups.length === 0) return []
  const rows = await db
    .selectFrom('question_group')
    .innerJoin('asked_question', (join) =>
      join
        .onRef('asked_question.group_id', '=', 'question_group.id')
        .on('asked_question.cafe_id', '=', (eb) =>
          eb
            .selectFrom('asked_question as other')
            .select('other.cafe_id')
            .whereRef('other.group_id', '=', 'question_group.id')
            .where('other.shown', '=', 1)
            .orderBy('other.asked_on', 'desc')
            .orderBy('other.cafe_id', 'desc')
            .limit(1),
        ),
    )
    .innerJoin('cafe', 'cafe.id', 'asked_question.cafe_id')
    .select(['question_group.id', 'asked_question.text', 'asked_question.theme'])
    .select(['asked_question.asked_on', 'cafe.commune'])
    .where(
      'question_group.id',
      'in',
      groups.map(({ id }) => id),
    )
    .execute()
  return rows.map(({ id, text, theme, asked_on, commune }) => ({
    ...{ id, text, theme: orUndefined(theme) },
    lastOn: Temporal.PlainDate.from(asked_on),
    lastAt: orUndefined(commune),
  }))
}

/** The maximum number of wordings that a page lists. */
const MOST_WORDINGS = 30

/** Finds a group of questions; undefined where nothing of it is shown. */
export async function findQuestion(db: Database, id: string): Promise<QuestionGroup | undefined> {
  const shown = selectShown(db).where('asked_question.group_id', '=', id)
  const [newest] = await listNewest(db, [{ id }])
  if (!newest) return undefined
  const counted = await shown
    .select((eb) => [
      eb.fn.countAll<number>().as('cafes'),
      eb.fn.count<number>('departement').distinct().as('departements'),
      eb.fn.min('asked_on').as('first_on'),
    ])
    .executeTakeFirstOrThrow()
  const wordings = await shown
    .leftJoin('question_apart', 'question_apart.wording', 'asked_question.wording')
    .select(['asked_question.wording', 'question_apart.at'])
    .select((eb) => [
      eb.fn.countAll<number>().as('cafes'),
      eb.fn.max('asked_question.text').as('text'),
    ])
    .groupBy(['asked_question.wording', 'question_apart.at'])
    .orderBy('cafes', 'desc')
    .orderBy('asked_question.wording')
    .limit(MOST_WORDINGS)
    .execute()
  return {
    ...newest,
    ...{ cafes: Number(counted.cafes), departements: Number(counted.departements) },
    firstOn: Temporal.PlainDate.from(counted.first_on ?? newest.lastOn.toString()),
    wordings: wordings.map(({ wording, text, cafes, at }) => ({
      ...{ wording, text: text ?? '', cafes: Number(cafes), isApart: at !== null },
    })),
  }
}

/** Lists the cafés in which a question came up, the latest first. */
export async function listCafesOfQuestion(
  db: Database,
  { id, limit, offset }: { id: string; limit: number; offset: number },
): Promise<Cafe[]> {
  const rows = await selectShown(db)
    .innerJoin('cafe', 'cafe.id', 'asked_question.cafe_id')
    .selectAll('cafe')
    .where('asked_question.group_id', '=', id)
    .orderBy('asked_question.asked_on', 'desc')
    .orderBy('cafe.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
  return rows.map(CAFE.fromRow)
}

/** The maximum number of themes to choose from; others are found by their words. */
const MOST_THEMES = 12

/** Finds what there is to choose from; it is counted once for each change of what pages show. */
export const findQuestionChoices = oncePerVersion(async (db): Promise<QuestionChoices> => {
  const shown = selectShown(db)
  const themes = await shown
    .select('theme')
    .where('theme', 'is not', null)
    .groupBy('theme')
    .orderBy((eb) => eb.fn.countAll(), 'desc')
    .orderBy('theme')
    .limit(MOST_THEMES)
    .execute()
  const months = await shown
    .select(sql<string>`substr(asked_on, 1, 7)`.as('month'))
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .groupBy('month')
    .orderBy('month', 'desc')
    .execute()
  return {
    total: months.reduce((sum, { total }) => sum + Number(total), 0),
    themes: themes.flatMap(({ theme }) => theme ?? []),
    months: months.map(({ month }) => month),
  }
})

/** Lists the questions of a query as they were asked, after a given one, the oldest café first. */
export async function listAsked(
  db: Database,
  query: QuestionQuery,
  { after, limit }: { after: AskedQuestion | undefined; limit: number },
): Promise<AskedQuestion[]> {
  const rows = await chooseAsked(db, query)
    .innerJoin('cafe', 'cafe.id', 'asked_question.cafe_id')
    .innerJoin('report', 'report.cafe_id', 'asked_question.cafe_id')
    .selectAll('cafe')
    .select([
      'asked_question.group_id',
      'asked_question.text',
      'asked_question.theme as asked_theme',
    ])
    .select(['asked_question.asked_on', 'report.participants', 'report.first_timers'])
    .select(['report.format as used_format', 'report.is_counted'])
    .$if(after !== undefined, (qb) =>
      qb.where((eb) =>
        eb(
          eb.refTuple(
            'asked_question.asked_on',
            'asked_question.cafe_id',
            'asked_question.group_id',
          ),
          '>',
          eb.tuple(after?.askedOn ?? '', after?.cafe.id ?? '', after?.group ?? ''),
        ),
      ),
    )
    .orderBy('asked_question.asked_on')
    .orderBy('asked_question.cafe_id')
    .orderBy('asked_question.group_id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    ...{ group: row.group_id, text: row.text, theme: orUndefined(row.asked_theme) },
    ...{ cafe: CAFE.fromRow(row), askedOn: row.asked_on },
    // A number that is unusual counts only once somebody has confirmed it.
    participants: row.is_counted === 1 ? orUndefined(row.participants) : undefined,
    firstTimers: row.is_counted === 1 ? orUndefined(row.first_timers) : undefined,
    format: orUndefined(row.used_format),
  }))
}

/** Finds the group in which a wording is; undefined where nobody asked it. */
export async function findQuestionOfWording(
  db: Database,
  wording: string,
): Promise<string | undefined> {
  const row = await selectShown(db)
    .select('group_id')
    .where('wording', '=', wording)
    .limit(1)
    .executeTakeFirst()
  return row?.group_id
}
