import { Hono } from 'hono'
import { OnlinePage } from '../../../ui/cafes/online-page.tsx'
import type { Context, DirectoryView } from '../../context.ts'
import { countAccounts } from '../../store/feeds/followers.ts'
import { listEditsInWords } from '../accounts/edited-form.tsx'
import { findFieldWords } from '../cafes/field-words.ts'
import { readFlash } from '../http/flash.ts'
import { languageOf } from '../http/language.ts'
import { cafeForEditing, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'

/**
 * A café that was just published reaches its directory within a second; the directory is asked again after these times.
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

  async function findViews(uri: string, isNew: boolean): Promise<DirectoryView[]> {
    const begun = now()
    let views = await remote.findDirectoryViews(uri)
    for (const pause of isNew ? ASKED_AGAIN_MS : []) {
      const isLong = now().since(begun).total('milliseconds') >= PATIENCE_MS
      if (isLong || !views.some(({ outcome }) => outcome === 'missing')) return views
      await new Promise((resolve) => setTimeout(resolve, pause))
      views = await remote.findDirectoryViews(uri)
    }
    return views
  }

  return new Hono<WebEnv>().get('/:id/en-ligne', async (c) => {
    const cafe = await cafeForEditing(context, c.var.admin, c.req.param('id'))
    const flash = readFlash(c)
    const isAsked = !isDirectory && cafe.publication === 'published'
    return c.html(
      <OnlinePage
        {...(await adminPropsFor(context, c))}
        cafe={cafe}
        directories={
          isDirectory ? 'own' : isAsked ? await findViews(cafe.uri, flash === 'published') : []
        }
        followers={await countAccounts(db)}
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
