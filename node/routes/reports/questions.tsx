import { Hono, type Context as HonoContext } from 'hono'
import { AROUND_A_TABLE } from '../../../ui/drawings/around-a-table.ts'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import { QuestionPage } from '../../../ui/reports/question-page.tsx'
import { QuestionsPage, questionsHref } from '../../../ui/reports/questions-page.tsx'
import type { Context } from '../../context.ts'
import { limitOf } from '../../domain/limits/limits.ts'
import type { ShownQuestion } from '../../domain/reports/question.ts'
import { monthAndYear } from '../../domain/values/date-text.ts'
import { DomainError } from '../../domain/values/errors.ts'
import {
  questionTableHead,
  questionTableRows,
  questionTableSchema,
} from '../../formats/csv/question-table.ts'
import { toQuestionFeed } from '../../formats/web/question-feed.ts'
import {
  findQuestion,
  findQuestionChoices,
  listAsked,
  listCafesOfQuestion,
  listQuestions,
  type QuestionQuery,
} from '../../store/reports/questions.ts'
import { giveWay } from '../../turns/turns.ts'
import { cardAnswer } from '../cafes/card-answer.ts'
import { gatherText, publicText } from '../http/answers.ts'
import { addressOf, networkOf } from '../http/middleware.ts'
import { createVisitorLimit } from '../http/rate-limit.ts'
import { readPage } from '../http/read-page.ts'
import { findSite, nameOfSite } from '../http/site.ts'
import { labelOfTerritory } from '../http/territory-links.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'
import { daysOf, readMonth, readQuestions } from './question-query.ts'

const SHOWN = 20
const CAFES_SHOWN = 50
/** Nobody turns so many pages; who wants all takes the table. */
const LAST_PAGE = 100
const IN_FEED = 50

/** What people asked at the cafés: pages, a feed, a table and a picture for each month. */
export function questionRoutes(context: Context) {
  const exports = createVisitorLimit(context.db, limitOf('api: export'))
  return new Hono<WebEnv>()
    .get(paths.questions, (c) => showList(context, c))
    .get(paths.questionsCsv, async (c) => {
      const wait = await exports(addressOf(c.env?.incoming, context.config))
      if (wait === undefined) return sendTable(context, c)
      return c.text('', 429, { 'Retry-After': String(wait) })
    })
    .get(paths.questionsSchema, (c) => sendSchema(context, c))
    .get(paths.questionsAtom, (c) => sendFeed(context, c))
    .get('/questions/:file{\\d{4}-\\d\\d\\.png}', (c) => sendPicture(context, c))
    .get('/questions/:id', (c) => showOne(context, c))
}

type Asked = HonoContext<WebEnv>

const pageOf = (c: Asked): number => Math.min(readPage(c.req.query('page')), LAST_PAGE)

async function showList(context: Context, c: Asked) {
  const { db } = context
  const { values, query, territory, territories } = readQuestions((name) => c.req.query(name))
  const page = pageOf(c)
  const choices = await findQuestionChoices(db)
  const limit = SHOWN + 1
  const found = territories
    ? []
    : await listQuestions(db, { ...query, limit, offset: (page - 1) * SHOWN })
  return c.html(
    <QuestionsPage
      site={await findSite(context, c)}
      {...{ values, page, choices }}
      questions={found.slice(0, SHOWN)}
      hasMore={found.length > SHOWN && page < LAST_PAGE}
      best={await findBest(db, choices.months[0])}
      territory={territory && labelOfTerritory(territory)}
      territories={territories?.map((one) => ({
        href: questionsHref({ ...values, territoire: one.code }),
        label: labelOfTerritory(one),
      }))}
      signedIn={(await findAdmin(c, context)) !== undefined}
    />,
  )
}

/** Finds the question that came up at most cafés of a month. */
async function findBest(
  db: Context['db'],
  text: string | undefined,
): Promise<{ month: Temporal.PlainYearMonth; question: ShownQuestion } | undefined> {
  const month = readMonth(text ?? '')
  const [question] = month ? await listQuestions(db, { ...daysOf(month), limit: 1, offset: 0 }) : []
  return month && question && { month, question }
}

async function showOne(context: Context, c: Asked) {
  const { db } = context
  const id = c.req.param('id') ?? ''
  const page = pageOf(c)
  const question = await findQuestion(db, id)
  if (!question) throw new DomainError('not_found', 'site.no_such_page')
  const offset = (page - 1) * CAFES_SHOWN
  const cafes = await listCafesOfQuestion(db, { id, limit: CAFES_SHOWN + 1, offset })
  const admin = await findAdmin(c, context)
  return c.html(
    <QuestionPage
      site={await findSite(context, c)}
      question={question}
      cafes={cafes.slice(0, CAFES_SHOWN)}
      nextHref={
        cafes.length > CAFES_SHOWN && page < LAST_PAGE
          ? `${paths.question(id)}?page=${page + 1}`
          : undefined
      }
      csrf={admin?.csrf}
    />,
  )
}

const ROWS_AT_ONCE = 200

async function* writeTable(db: Context['db'], query: QuestionQuery): AsyncIterable<string> {
  yield questionTableHead()
  let after: Awaited<ReturnType<typeof listAsked>>[number] | undefined
  do {
    const asked = await listAsked(db, query, { after, limit: ROWS_AT_ONCE })
    yield questionTableRows(asked)
    after = asked.length === ROWS_AT_ONCE ? asked.at(-1) : undefined
    await giveWay()
  } while (after)
}

/** Sends the questions of a search as they were asked, with the same parameters as the page. */
async function sendTable({ db }: Context, c: Asked) {
  const { query, territories } = readQuestions((name) => c.req.query(name))
  if (territories) throw new DomainError('not_found', 'site.no_such_page')
  return publicText(
    c,
    await gatherText(writeTable(db, query)),
    'text/csv; charset=utf-8; header=present',
    {
      'Content-Disposition': 'attachment; filename="questions-cafes-ia.csv"',
      'Access-Control-Allow-Origin': '*',
    },
  )
}

const sendSchema = ({ config: { origin } }: Context, c: Asked) =>
  publicText(
    c,
    JSON.stringify(questionTableSchema({ origin, schema: origin + paths.questionsSchema })),
    'application/json',
    { 'Access-Control-Allow-Origin': '*' },
  )

async function sendFeed(context: Context, c: Asked) {
  const { db, config, now } = context
  const { title, feed, heardIn } = messagesFor('fr').questions
  const { query, territories } = readQuestions((name) => c.req.query(name))
  const found = territories ? [] : await listQuestions(db, { ...query, limit: IN_FEED, offset: 0 })
  const latest = found.toSorted((one, other) =>
    Temporal.PlainDate.compare(other.lastOn, one.lastOn),
  )
  const text = toQuestionFeed(
    latest.map((one) => ({
      ...{ text: one.text, lastOn: one.lastOn, summary: heardIn(one.cafes) },
      url: config.origin + paths.question(one.id),
    })),
    {
      ...{ name: title, author: await nameOfSite(context), description: feed },
      ...{ page: config.origin + paths.questions, url: config.origin + paths.questionsAtom },
      now: now(),
    },
  )
  return publicText(c, text, 'application/atom+xml; charset=utf-8')
}

/** The number of characters of a question that a card has room for. */
const CARD_MAX = 110

async function sendPicture(context: Context, c: Asked) {
  const { db, config } = context
  const best = await findBest(db, (c.req.param('file') ?? '').slice(0, 7))
  if (!best) throw new DomainError('not_found', 'site.no_such_page')
  const { card } = messagesFor('fr').questions
  const { text, cafes } = best.question
  const cut = text.length > CARD_MAX ? `${text.slice(0, CARD_MAX)}…` : text
  const words = {
    ...{ name: await nameOfSite(context), state: undefined, title: card.title(cut) },
    when: [card.month(monthAndYear(best.month)), card.heard(cafes)],
    where: [new URL(config.origin).host + paths.questions],
  }
  return cardAnswer(
    { words, pictureKey: 'site', picture: () => ({ at: 'beside', ...AROUND_A_TABLE }) },
    {
      version: c.req.query('v'),
      isPublic: true,
      visitor: networkOf(addressOf(c.env?.incoming, config)),
    },
  )
}
