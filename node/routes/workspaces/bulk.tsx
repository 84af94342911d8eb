import type { Context as HonoContext } from 'hono'
import { itemText } from '../../../ui/admin/bulk.tsx'
import {
  BulkDonePage,
  type BulkLine,
  BulkQuestionPage,
  type BulkQuestionPageProps,
} from '../../../ui/admin/bulk-pages.tsx'
import { refusalText } from '../../../ui/locales/messages.ts'
import type { Context } from '../../context.ts'
import { type Arrival, arrivalsOf } from '../../domain/federation/arrivals.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { giveWay } from '../../turns/turns.ts'
import { withFlash } from '../http/flash.ts'
import { textOf, textsOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import type { WebEnv } from './access.ts'
import { adminPropsFor } from './admin-props.ts'

/** A row that was chosen, by its id and the version that the list showed, empty where it has none. */
export type ChosenItem = { id: string; version: string }

/** What is done to several at once: to each as its own page does it, with the same rights, version and journal. */
export type BulkAct = {
  /** What is asked first, where the act cannot be undone easily. */
  question?: Pick<BulkQuestionPageProps, 'texts' | 'children'>
  /** The one reason for all; `problemOf` returns what is wrong with it. */
  reason?: {
    ask: Omit<NonNullable<BulkQuestionPageProps['reason']>, 'text' | 'message'>
    problemOf: (text: string) => string | undefined
  }
  /** Says which one it is, and why it cannot be done; it throws as the page of the one does. */
  look: (item: ChosenItem) => Promise<BulkLine>
  apply: (item: ChosenItem, reason: string) => Promise<BulkLine>
}

/** More than the longest page of a list has. */
const CHOSEN_MAX = 100

/** More than can wait in any list of what comes from outside. */
const WAITING_MAX = 1000

type Bulk = {
  /** The address of this form, and of the list that it is part of. */
  action: string
  from: string
  acts: Readonly<Record<string, BulkAct>>
  /** What waits in the list, where all of one source or of one day can be chosen. */
  listArrivals?: () => Promise<Arrival[]>
}

/**
 * Answers the form of the rows that were chosen in a list: asks first where the act has a question, does it to each, and
 * says of each what became of it. One that cannot be done stops none of the others.
 */
export async function answerBulk(
  c: HonoContext<WebEnv>,
  context: Context,
  { action, from, acts, listArrivals }: Bulk,
): Promise<Response> {
  const { form } = c.var
  const name = textOf(form, 'act')
  const act = Object.hasOwn(acts, name) ? acts[name] : undefined
  const items = await readItems(textsOf(form, 'item'), listArrivals)
  if (!act || items.length === 0) return c.redirect(withFlash(from, 'noneChosen'), 303)
  const props = { ...(await adminPropsFor(context, c)), from }
  const reason = textOf(form, 'reason')
  const message = form.has('confirmed') ? act.reason?.problemOf(reason) : undefined
  if (act.question && (!form.has('confirmed') || message !== undefined)) {
    const lines = await eachOf(c, items, act.look)
    if (lines.every(({ problem }) => problem !== undefined))
      return c.html(<BulkDonePage {...props} lines={lines} />)
    const chosen = lines.map((line, index) => ({ ...line, ...(items[index] ?? NO_ITEM) }))
    const asked = act.reason && { ...act.reason.ask, text: reason, ...(message && { message }) }
    return c.html(
      <BulkQuestionPage
        {...props}
        {...act.question}
        {...{ action, act: name, chosen, reason: asked }}
      />,
      message === undefined ? 200 : 422,
    )
  }
  const lines = await eachOf(c, items, (item) => act.apply(item, reason))
  context.wake()
  return c.html(<BulkDonePage {...props} lines={lines} />)
}

/** Reads the rows that were chosen, one by one or as a group; each once. */
async function readItems(
  texts: readonly string[],
  listArrivals?: () => Promise<Arrival[]>,
): Promise<ChosenItem[]> {
  const waiting = listArrivals && texts.some((text) => text.includes(':')) && (await listArrivals())
  const rows = new Set<string>()
  for (const text of texts) {
    const group = waiting && arrivalsOf(text, waiting)
    for (const row of group ? group.map(itemText) : [text]) rows.add(row)
  }
  return [...rows].slice(0, listArrivals ? WAITING_MAX : CHOSEN_MAX).map(readItem)
}

const NO_ITEM: ChosenItem = { id: '', version: '' }

const readItem = (text: string): ChosenItem => {
  const [id = '', ...version] = text.split(' ')
  return { id, version: version.join(' ') }
}

/** Does it to one after the other; what one is refused for is said of it. */
async function eachOf(
  c: HonoContext,
  items: readonly ChosenItem[],
  work: (item: ChosenItem) => Promise<BulkLine>,
): Promise<BulkLine[]> {
  const lines: BulkLine[] = []
  for (const item of items) {
    await giveWay()
    try {
      lines.push(await work(item))
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      lines.push({ name: '–', problem: refusalText(error.refusal, languageOf(c)) })
    }
  }
  return lines
}
