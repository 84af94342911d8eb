import { Hono, type Context as HonoContext } from 'hono'
import {
  BLOCK_REASON_MAX,
  BLOCK_STATE_NAMES,
  BlocksPage,
} from '../../../ui/directory/blocks-page.tsx'
import { messagesFor, problemMessage } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { BLOCK_LEVELS, isAccount, isWithinDomain } from '../../domain/federation/block.ts'
import { dayInParis } from '../../domain/values/days.ts'
import { isHandle, parseHandle } from '../../domain/values/host.ts'
import type { ProblemCode } from '../../domain/values/problem.ts'
import { applyBlocks, endBlocks } from '../../store/blocking.ts'
import {
  countBlocks,
  findBlockPage,
  type NewBlock,
  toTarget,
} from '../../store/directory/blocks.ts'
import { findRemoteActor, findUriOfHandle } from '../../store/directory/remote-actors.ts'
import { withFlash } from '../http/flash.ts'
import { textOf, valuesOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { readListQuery } from '../http/read-page.ts'
import { authorOf, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { blockListRoutes } from './block-list.tsx'
import { askBlocking } from './confirm-pages.tsx'

/** How many blocks are on one page of the list. */
const PAGE_SIZE = 50

/** The pages of what this site blocks or limits. */
export const blockRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .get('/', (c) => page(context, c))
    .get('/nouveau', (c) => ask(context, c))
    .post('/', (c) => block(context, c))
    .post('/lever', (c) => lift(context, c))
    .route('/', blockListRoutes(context))

type Asked = HonoContext<WebEnv>
type Problem = { name: string; code: ProblemCode; max?: number }

async function page(context: Context, c: Asked, wrong?: Problem) {
  const { db } = context
  const query = readListQuery(c, BLOCK_STATE_NAMES, 'block')
  const { state: level, words, page } = query
  return c.html(
    <BlocksPage
      {...(await adminPropsFor(context, c))}
      query={query}
      counts={await countBlocks(db)}
      found={await findBlockPage(db, { level, words, page, size: PAGE_SIZE })}
      values={wrong ? (c.var.form ? valuesOf(c.var.form) : c.req.query()) : {}}
      messages={wrong ? [{ name: wrong.name, message: messageOf(c, wrong) }] : []}
    />,
    wrong ? 422 : 200,
  )
}

function messageOf(c: Asked, { name, code, max }: Problem): string {
  const lang = languageOf(c)
  const problem = { field: name, code, ...(max && { detail: String(max) }) }
  return messagesFor(lang).admin.blocks.wrong[`${name}.${code}`] ?? problemMessage(problem, lang)
}

/** Asks before anything is blocked; an account is looked up first, at its own server where it is not known here. */
async function ask(context: Context, c: Asked) {
  const typed = (c.req.query('block.domain') ?? '').trim()
  const uri = await findAccount(context, typed)
  const read = readBlock(context, (name) =>
    name === 'block.domain' && uri ? uri : (c.req.query(name) ?? ''),
  )
  if ('code' in read) return page(context, c, read)
  const { target, level = '', reason, note, endsOn } = read
  const fields = {
    ...{ 'block.domain': target, 'block.level': level, 'block.reason': reason },
    ...{ 'block.note': note ?? '', 'block.until': endsOn?.toString() ?? '' },
  }
  return askBlocking(c, context, read, { action: paths.blocks, fields })
}

async function block(context: Context, c: Asked) {
  const { db, now, isDirectory } = context
  const read = readBlock(context, (name) => textOf(c.var.form, name))
  if ('code' in read) return page(context, c, read)
  await applyBlocks(db, { blocks: [read], by: authorOf(c.var.admin), isDirectory }, now())
  return done(context, c)
}

async function lift(context: Context, c: Asked) {
  const { db, now, isDirectory } = context
  const targets = [textOf(c.var.form, 'target')]
  await endBlocks(db, { targets, by: authorOf(c.var.admin), isDirectory }, now())
  return done(context, c)
}

function done(context: Context, c: Asked) {
  context.wake()
  return c.redirect(withFlash(paths.blocks, 'done'), 303)
}

/** Finds the id of the account that was typed; undefined for a domain, and for what leads to no account. */
async function findAccount({ db, remote }: Context, typed: string): Promise<string | undefined> {
  const handle = parseHandle(typed)
  if (!handle && !isAccount(toTarget(typed))) return undefined
  const known = handle
    ? await findUriOfHandle(db, handle)
    : (await findRemoteActor(db, toTarget(typed)))?.uri
  if (known) return known
  const answer = await remote.findStructure(typed)
  return answer.outcome === 'found' ? answer.uri : undefined
}

/** Reads the form of a block, with the first thing that is wrong in it. */
function readBlock(context: Context, text: (name: string) => string): NewBlock | Problem {
  const typed = text('block.domain').trim()
  // A handle whose account was not found is no target: it would block all of its server.
  const target = isHandle(typed) ? '' : toTarget(typed)
  if (typed === '') return { name: 'block.domain', code: 'required' }
  if (!isOfOthers(context, target)) return { name: 'block.domain', code: 'invalid' }
  const level = BLOCK_LEVELS.find((known) => known === text('block.level')) ?? 'block'
  if (level === 'limit' && isAccount(target)) return { name: 'block.level', code: 'invalid' }
  const reason = text('block.reason').trim()
  const note = text('block.note').trim()
  for (const [name, words] of Object.entries({ 'block.reason': reason, 'block.note': note }))
    if (words.length > BLOCK_REASON_MAX) return { name, code: 'too_long', max: BLOCK_REASON_MAX }
  const until = text('block.until').trim()
  const endsOn = until === '' ? undefined : readDay(until)
  const today = dayInParis(context.now())
  if (until !== '' && (!endsOn || Temporal.PlainDate.compare(endsOn, today) < 0))
    return { name: 'block.until', code: 'invalid' }
  return { target, level, reason, note, endsOn }
}

/** Returns whether a target is a domain that does not contain this site, or an account of another one. */
function isOfOthers({ config }: Context, target: string): boolean {
  const { host, origin } = new URL(config.origin)
  if (isAccount(target)) return new URL(target).origin !== origin
  const isDomain = /^[^\s.]+(\.[^\s.]+)+$|^\[[\da-f:]+\](:\d+)?$/.test(target)
  return isDomain && !isWithinDomain(target)(host)
}

/** Reads a day as a browser sends it; undefined for anything else. */
function readDay(text: string): Temporal.PlainDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' })
  } catch {
    return undefined
  }
}
