import { Hono, type Context as HonoContext } from 'hono'
import type { FieldMessage } from '../../../ui/components/fields.tsx'
import { BlockListPage, CHANGE_NAMES } from '../../../ui/directory/block-list-page.tsx'
import { messagesFor, problemMessage, refusalText } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import type { BlockList, ListedBlock } from '../../domain/federation/block.ts'
import { toWholeAddress } from '../../domain/values/web-address.ts'
import { blockListHead, blockListRows, readBlockList } from '../../formats/csv/block-list.ts'
import { applyBlocks, endBlocks } from '../../store/blocking.ts'
import { inTransaction } from '../../store/database/database.ts'
import {
  countChanges,
  deleteBlockList,
  findBlockList,
  findChangePage,
  listChanges,
  replaceListed,
  saveBlockList,
} from '../../store/directory/block-list.ts'
import { listBlocks } from '../../store/directory/blocks.ts'
import { giveWay, runAsLongWork } from '../../turns/turns.ts'
import { withFlash } from '../http/flash.ts'
import { fileOf, textOf, valuesOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { readListQuery } from '../http/read-page.ts'
import { authorOf, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'

/** The most bytes of a list; a hundred thousand domains have some four million. */
export const LIST_BYTES = 5 * 1024 ** 2

const PAGE_SIZE = 50

type Asked = HonoContext<WebEnv>

/** The pages of one list of another site: a file or an address, what it would change, and our own as a file. */
export const blockListRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .get('/liste', (c) => page(context, c))
    .post('/liste', (c) => choose(context, c))
    .post('/liste/appliquer', (c) => apply(context, c))
    .post('/liste/oublier', (c) => forget(context, c))
    .get('/domaines.csv', (c) => download(context, c))

async function page(context: Context, c: Asked, messages: FieldMessage[] = [], status?: 409) {
  const { db, now } = context
  const query = readListQuery(c, CHANGE_NAMES, 'added')
  const list = await findBlockList(db)
  return c.html(
    <BlockListPage
      {...(await adminPropsFor(context, c))}
      now={now()}
      list={list}
      query={query}
      counts={await countChanges(db)}
      found={await findChangePage(db, { change: query.state, page: query.page, size: PAGE_SIZE })}
      values={c.var.form ? valuesOf(c.var.form) : { 'list.address': list?.address ?? '' }}
      messages={messages}
      isStale={status === 409}
    />,
    status ?? (messages.length > 0 ? 422 : 200),
  )
}

/** Reads a file once, or an address now and every night. Nothing of it counts yet. */
async function choose(context: Context, c: Asked) {
  const lang = languageOf(c)
  const { form } = c.var
  const wrong = (name: string, message: string) => page(context, c, [{ name, message }])
  const uploaded = fileOf(form, 'file')
  if (uploaded === 'empty')
    return wrong('file', problemMessage({ field: 'file', code: 'file_empty' }, lang))
  const texts = messagesFor(lang).admin.blocks.list
  if (uploaded) {
    if (uploaded.size > LIST_BYTES) return wrong('file', refusalText('data.import_too_large', lang))
    const known = await findBlockList(context.db)
    const isRead = await takeUp(context, new Uint8Array(await uploaded.arrayBuffer()), {
      ...{ address: known?.address, fault: undefined },
      ...{ etag: undefined, lastModified: undefined },
    })
    return isRead ? done(c) : wrong('file', texts.unreadable)
  }
  const typed = textOf(form, 'list.address')
  const address = toWholeAddress(typed)
  if (!address)
    return wrong('list.address', problemMessage({ field: 'url', code: 'not_an_url' }, lang))
  const outcome = await readAt(context, address, undefined)
  return outcome === undefined
    ? done(c)
    : wrong(
        'list.address',
        outcome === 'unreadable' ? texts.unreadable : refusalText(outcome, lang),
      )
}

const done = (c: Asked) => c.redirect(withFlash(paths.blockList, 'done'), 303)

type Known = Pick<BlockList, 'address' | 'fault' | 'etag' | 'lastModified'>

/** Stores what a file says, in place of what was read before; false for what is no list. */
async function takeUp(context: Context, bytes: Uint8Array, known: Known): Promise<boolean> {
  const { db, config, now } = context
  const reading = await readBlockList(bytes)
  if (!reading) return false
  await runAsLongWork(() =>
    inTransaction(db, async (trx) => {
      const left = await replaceListed(trx, reading.blocks, new URL(config.origin).host)
      await saveBlockList(trx, { ...known, unread: reading.unread + left, readAt: now() })
    }),
  )
  return true
}

/**
 * Reads the list at an address, if it has changed since it was read last.
 * @returns Why it cannot be read; undefined where it was.
 */
async function readAt(context: Context, address: string, known: BlockList | undefined) {
  const { remote } = context
  const answer = known
    ? await remote.refetchCalendar(address, { etag: known.etag, lastModified: known.lastModified })
    : await remote.fetchCalendar(address)
  if (answer.outcome === 'unchanged') return undefined
  if (answer.outcome === 'refused') return answer.reason
  const { etag, lastModified } = answer.validators ?? {}
  const said = { address, fault: undefined, etag, lastModified }
  return (await takeUp(context, answer.bytes, said)) ? undefined : ('unreadable' as const)
}

/** Reads the list that this site follows, each night; what it changes waits for the team. */
export async function readFollowedList(context: Context): Promise<void> {
  const known = await findBlockList(context.db)
  if (!known?.address) return
  const outcome = await readAt(context, known.address, known)
  const fault = outcome === 'unreadable' ? 'remote.unexpected' : outcome
  if (fault !== undefined) await saveBlockList(context.db, { ...known, fault })
}

/** Takes over what the list adds and changes, or ends what it no longer has; of a page that is out of date, nothing. */
async function apply(context: Context, c: Asked) {
  const { db, now, isDirectory } = context
  const list = await findBlockList(db)
  if (textOf(c.var.form, 'version') !== list?.readAt?.toString()) return page(context, c, [], 409)
  const decided = { by: authorOf(c.var.admin), isDirectory }
  const isEnd = textOf(c.var.form, 'act') === 'lever'
  await runAsLongWork(async () => {
    if (isEnd) {
      const targets = (await listChanges(db, ['gone'])).map(({ target }) => target)
      return endBlocks(db, { ...decided, targets }, now())
    }
    const blocks = await listChanges(db, ['added', 'changed'])
    return applyBlocks(db, { ...decided, blocks: blocks.map(asListed) }, now())
  })
  context.wake()
  return done(c)
}

const asListed = (block: ListedBlock) => ({ ...block, isListed: true })

async function forget(context: Context, c: Asked) {
  await inTransaction(context.db, deleteBlockList)
  return done(c)
}

const DOWNLOADED_AT_ONCE = 5000

/** Answers with the domains that are blocked or limited here, without notes and without accounts. */
async function download({ db }: Context, c: Asked) {
  const parts = [blockListHead()]
  for (let after: string | undefined = ''; after !== undefined; ) {
    const blocks = await listBlocks(db, { after, limit: DOWNLOADED_AT_ONCE })
    parts.push(blockListRows(blocks.filter(({ target }) => !target.includes('://'))))
    after = blocks.length < DOWNLOADED_AT_ONCE ? undefined : blocks.at(-1)?.target
    await giveWay()
  }
  c.header('content-type', 'text/csv; charset=utf-8')
  c.header('content-disposition', 'attachment; filename="domain_blocks.csv"')
  return c.body(parts.join(''))
}
