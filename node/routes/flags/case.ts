import type { Context as HonoContext } from 'hono'
import { VERSION } from '../../../ui/admin/meanwhile.tsx'
import { ANSWER_MAX, type CasePartProps, versionOf } from '../../../ui/flags/case-part.tsx'
import { CASE_STATE_NAMES, type CasesProps } from '../../../ui/flags/cases-page.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import type { Context } from '../../context.ts'
import type { Author } from '../../domain/cafes/edit.ts'
import { type FlagCase, mayDecideAppeal, OUTCOMES, type Outcome } from '../../domain/flags/flag.ts'
import { DomainError } from '../../domain/values/errors.ts'
import type { Lang } from '../../domain/values/lang.ts'
import { cleanLines, LINES_MAX } from '../../formats/text/clean-text.ts'
import { type Database, inTransaction } from '../../store/database/database.ts'
import { countDeciders, decideAppeals, listAppeals } from '../../store/flags/appeals.ts'
import { countCases, findCase, findCasePage, listFlags } from '../../store/flags/cases.ts'
import { decideCase } from '../../store/flags/decisions.ts'
import { findFlaggedText, findPlaceFacts } from '../../store/flags/facts.ts'
import { findFlaggedOf } from '../../store/flags/flagged.ts'
import { textOf } from '../http/forms.ts'
import { readListQuery } from '../http/read-page.ts'
import { nameOfSite } from '../http/site.ts'
import { appendAppealMails, appendDecisionMails } from './mails.ts'

/** What the team and the referents do with cases alike: list them, show one, decide. */

/** The number of cases on one page of a list. */
const PAGE_SIZE = 25

/** Who decides, and from which address; the territory is that of a referent's mandate. */
export type Decider = {
  by: Author
  accountId: string
  csrf: string
  lang: Lang
  action: string
}

/** Reads the address of a list of cases, and finds its page; those of a territory where one is given. */
export async function readCases(
  { db, now }: Context,
  c: HonoContext,
  { territory, hrefOf }: { territory?: string; hrefOf: (id: string) => string },
): Promise<CasesProps> {
  const counts = await countCases(db, { territory })
  const { page, ...query } = readListQuery(c, CASE_STATE_NAMES, 'open')
  const asked = { state: query.state, territory, page, size: PAGE_SIZE }
  const { rows, ...found } = await findCasePage(db, asked)
  const listed = []
  for (const flagCase of rows) {
    const name = (await findFlaggedOf(db, flagCase))?.name
    const appeal = (await listAppeals(db, flagCase.id)).find(({ decidedAt }) => !decidedAt)
    const dueAt = appeal?.dueAt ?? flagCase.dueAt
    listed.push({ flagCase, name, dueAt, href: hrefOf(flagCase.id) })
  }
  return { query, counts, found: { ...found, rows: listed }, now: now() }
}

type Typed = Pick<CasePartProps, 'values' | 'messages' | 'isStale'>

/** Finds all that the page of a case shows. */
export async function findCaseProps(
  { db }: Context,
  flagCase: FlagCase,
  decider: Decider,
  typed: Typed = { values: { outcome: '', answer: '' }, messages: [] },
): Promise<CasePartProps> {
  const flagged = await findFlaggedOf(db, flagCase)
  return {
    ...{ flagCase, flagged, ...typed, csrf: decider.csrf, action: decider.action },
    text: flagged ? await findFlaggedText(db, flagCase) : '',
    flags: await listFlags(db, flagCase.id),
    appeals: await listAppeals(db, flagCase.id),
    place: flagged && (await findPlaceFacts(db, flagged)),
    mayDecide: await mayDecide(db, flagCase, decider),
    mayLeave: decider.by.kind === 'referent',
  }
}

/** An appeal is the team's to decide, and another person's than the decision, where the team has several. */
async function mayDecide(
  db: Database,
  flagCase: FlagCase,
  { by, accountId }: Decider,
): Promise<boolean> {
  if (!flagCase.decidedAt) return true
  const deciders = await countDeciders(db)
  return by.kind === 'team' && mayDecideAppeal(flagCase, { accountId, deciders })
}

/**
 * Takes a decision about a case, or about the appeals against it, and tells who flagged it.
 *
 * @returns undefined where it is decided; otherwise what the page shows, and the status of the answer.
 * @throws DomainError forbidden where an appeal is another person's to decide.
 */
export async function takeDecision(
  context: Context,
  { form, flagCase }: { form: FormData; flagCase: FlagCase },
  decider: Decider,
): Promise<{ props: CasePartProps; status: 409 | 422 } | undefined> {
  const { db, now } = context
  const read = readDecision(form, decider.lang)
  const appeals = await listAppeals(db, flagCase.id)
  const show = async (typed: Typed, status: 409 | 422) => {
    const current = (await findCase(db, flagCase.id)) ?? flagCase
    return { props: await findCaseProps(context, current, decider, typed), status }
  }
  if (textOf(form, VERSION) !== versionOf(flagCase, appeals))
    return show({ ...read, messages: [], isStale: true }, 409)
  if (!read.outcome) return show(read, 422)
  if (!(await mayDecide(db, flagCase, decider)))
    throw new DomainError('forbidden', 'flags.same_person')
  const decision = {
    ...{ id: flagCase.id, outcome: read.outcome, answer: read.values.answer },
    ...{ by: decider.by, accountId: decider.accountId },
  }
  const siteName = await nameOfSite(context)
  const isDone = await inTransaction(db, async (trx) => {
    if (!flagCase.decidedAt) {
      const decided = await decideCase(trx, decision, now())
      if (decided === 'changed') return false
      const flagged = await findFlaggedOf(trx, decided)
      await appendDecisionMails(trx, { flagCase: decided, flagged, siteName }, now())
      return true
    }
    const decided = await decideAppeals(trx, decision, now())
    if (decided === 'changed') return false
    const flagged = await findFlaggedOf(trx, decided.flagCase)
    await appendAppealMails(trx, { ...decided, flagged, siteName }, now())
    return true
  })
  context.wake()
  return isDone ? undefined : show({ ...read, messages: [], isStale: true }, 409)
}

/** Reads the form of a decision, with what is wrong in it; the outcome is undefined then. */
function readDecision(form: FormData, lang: Lang): Typed & { outcome: Outcome | undefined } {
  const texts = messagesFor(lang).flag.admin
  const values = {
    outcome: textOf(form, 'outcome'),
    answer: cleanLines(textOf(form, 'answer'), LINES_MAX),
  }
  const outcome = OUTCOMES.find((one) => one === values.outcome)
  const messages = [
    ...(outcome ? [] : [{ name: 'outcome', message: texts.outcomeMissing }]),
    ...(values.answer === '' ? [{ name: 'answer', message: texts.answerMissing }] : []),
    ...(values.answer.length > ANSWER_MAX ? [{ name: 'answer', message: texts.answerLong }] : []),
  ]
  return { values, messages, outcome: messages.length === 0 ? outcome : undefined }
}
