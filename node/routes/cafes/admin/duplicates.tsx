import { Hono, type Context as HonoContext } from 'hono'
import { DuplicatesPage, PAIR_STATE_NAMES } from '../../../../ui/cafes/duplicates-page.tsx'
import { paths } from '../../../../ui/paths.ts'
import type { Context } from '../../../context.ts'
import { DomainError } from '../../../domain/values/errors.ts'
import { findCafe } from '../../../store/cafes/cafes.ts'
import { listDecidedPairs, listSuspected } from '../../../store/cafes/duplicate-pairs.ts'
import { decideDistinct, decideSame } from '../../../store/cafes/duplicates.ts'
import { pageOf } from '../../../store/database/list-page.ts'
import { withFlash } from '../../http/flash.ts'
import { textOf } from '../../http/forms.ts'
import { readListQuery } from '../../http/read-page.ts'
import { needsAdministrator, type WebEnv } from '../../workspaces/access.ts'
import { adminPropsFor } from '../../workspaces/admin-props.ts'
import { answerBulk, type ChosenItem } from '../../workspaces/bulk.tsx'

/**
 * The pages of pairs that may be one café announced by two sites. The team decides whether they are, and which is shown.
 */
export function duplicateRoutes(context: Context) {
  const { db, now, wake } = context
  const pairOf = async (ids: readonly [string, string]) => {
    const [one, other] = [await findCafe(db, ids[0]), await findCafe(db, ids[1])]
    if (!one || !other || one.id === other.id) throw new DomainError('gone', 'cafes.one_gone')
    return { one, other }
  }
  const namePair = async ({ id, version }: ChosenItem) => {
    const { one, other } = await pairOf([id, version])
    return { name: `${one.title}, ${other.title}` }
  }
  const keepApart = async (item: ChosenItem) => {
    const line = await namePair(item)
    await decideDistinct(db, [item.id, item.version], now())
    return line
  }
  return new Hono<WebEnv>()
    .use(needsAdministrator)
    .get('/', (c) => showPairs(context, c))
    .post('/plusieurs', (c) =>
      answerBulk(c, context, {
        ...{ action: paths.manyDuplicates, from: paths.duplicates },
        acts: { distincts: { look: namePair, apply: keepApart } },
      }),
    )
    .post('/', async (c) => {
      const { form } = c.var
      const ids = [textOf(form, 'one'), textOf(form, 'other')] as const
      const { one, other } = await pairOf(ids)
      const shownId = textOf(form, 'shown')
      if (shownId === '') await decideDistinct(db, ids, now())
      else if (shownId === one.id) await decideSame(db, { shownId, hiddenId: other.id }, now())
      else if (shownId === other.id) await decideSame(db, { shownId, hiddenId: one.id }, now())
      else throw new DomainError('gone', 'cafes.one_gone')
      wake()
      return c.redirect(withFlash(paths.duplicates, 'done'), 303)
    })
}

const PAGE_SIZE = 25

async function showPairs(context: Context, c: HonoContext<WebEnv>) {
  const { db, now } = context
  const suspected = await listSuspected(db, now())
  const lists = { suspected, ...(await listDecidedPairs(db, now())) }
  const { state, page } = readListQuery(c, PAIR_STATE_NAMES, 'suspected')
  return c.html(
    <DuplicatesPage
      {...(await adminPropsFor(context, c))}
      state={state}
      counts={{
        suspected: suspected.length,
        folded: lists.folded.length,
        apart: lists.apart.length,
      }}
      found={pageOf(lists[state], { page, size: PAGE_SIZE })}
    />,
  )
}
