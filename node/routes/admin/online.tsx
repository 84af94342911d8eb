import { Hono } from 'hono'
import { OnlinePage } from '../../../ui/cafes/online-page.tsx'
import type { Context, DirectoryView } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { isClosed } from '../../store/backup/restoration.ts'
import { listEditsInWords } from '../accounts/edited-form.tsx'
import { findCafeCirculation } from '../cafes/admin/circulation.ts'
import { findFieldWords } from '../cafes/field-words.ts'
import { readFlash } from '../http/flash.ts'
import { languageOf } from '../http/language.ts'
import { cafeForEditing, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'

/**
 * What was just saved reaches a directory within a second; the directory is asked again after these times.
 */
const ASKED_AGAIN_MS = [300, 600, 1200]
/** A directory that does not answer takes all the time of `findDirectoryViews`; after that it is not asked again. */
const PATIENCE_MS = 2_500
/** The maximum number of edits that are shown; the others are on a page of their own. */
const EDITS_SHOWN = 5

/**
 * A café's own page of the administration: where it is shown (asked while the reader waits), what to do next, and its
 * history.
 */
export function onlineRoutes(context: Context) {
  const { db, isDirectory, now, remote } = context

  async function findViews(cafe: Cafe, isNew: boolean): Promise<DirectoryView[]> {
    const begun = now()
    let views = await remote.findDirectoryViews(cafe)
    for (const pause of isNew ? ASKED_AGAIN_MS : []) {
      const isLong = now().since(begun).total('milliseconds') >= PATIENCE_MS
      const isBehind = views.some(({ outcome }) => outcome === 'missing' || outcome === 'older')
      if (isLong || !isBehind) return views
      await new Promise((resolve) => setTimeout(resolve, pause))
      views = await remote.findDirectoryViews(cafe)
    }
    return views
  }

  return new Hono<WebEnv>().get('/:id/en-ligne', async (c) => {
    const cafe = await cafeForEditing(context, c.var.admin, c.req.param('id'))
    const flash = readFlash(c)
    const isAsked = !isDirectory && cafe.publication === 'published'
    const views = isAsked ? await findViews(cafe, flash !== undefined) : []
    return c.html(
      <OnlinePage
        {...(await adminPropsFor(context, c))}
        cafe={cafe}
        circulation={await findCafeCirculation(context, cafe, views)}
        isClosed={await isClosed(db)}
        edits={(
          await listEditsInWords(
            context,
            { type: 'cafe', id: cafe.id },
            await findFieldWords(context, c.var.admin, languageOf(c)),
            languageOf(c),
          )
        )
          .filter(({ act }) => act !== 'created' && act !== 'published')
          .slice(0, EDITS_SHOWN)}
        now={now()}
        flash={flash}
      />,
    )
  })
}
