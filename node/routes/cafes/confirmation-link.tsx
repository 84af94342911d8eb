import { Hono, type Context as HonoContext } from 'hono'
import { ConfirmCafePage, type ConfirmCafePageProps } from '../../../ui/cafes/confirmation-page.tsx'
import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import type { Author } from '../../domain/cafes/edit.ts'
import { decideConfirmation } from '../../domain/cafes/status-change.ts'
import { saveEdit } from '../../store/accounts/saved-edit.ts'
import { findConfirmationLink } from '../../store/cafes/confirmation-links.ts'
import { OWN_CAFE } from '../../store/cafes/own-cafes.ts'
import { assertSameOrigin, limitBody, readForm } from '../http/forms.ts'
import { deadLink, withSecretAddress } from '../http/link-pages.tsx'
import { findSite } from '../http/site.ts'
import type { WebEnv } from '../workspaces/access.ts'

/**
 * The answer to « a-t-il toujours lieu ? » by the link of a mail. It needs no session, and the link opens nothing else.
 */
export function confirmationLinkRoutes(context: Context) {
  const { db, config, now } = context

  /** Finds the café of the link, when it is still to come. */
  async function findAsked(token: string) {
    const link = await findConfirmationLink(db, token, now())
    if ('dead' in link) return link
    const { cafe, who, startsAt } = link
    return { cafe, who, startsAt, state: stateOf(cafe, startsAt) }
  }

  const page = async (
    c: HonoContext<WebEnv>,
    shown: Pick<ConfirmCafePageProps, 'cafe' | 'state'>,
  ) => {
    const token = c.req.param('token') ?? ''
    return c.html(<ConfirmCafePage site={await findSite(context, c)} token={token} {...shown} />)
  }

  return new Hono<WebEnv>()
    .use(withSecretAddress())
    .get('/:token', async (c) => {
      const asked = await findAsked(c.req.param('token'))
      return 'dead' in asked ? deadLink(context, c, 'confirm-cafe', asked) : page(c, asked)
    })
    .post('/:token', limitBody(), async (c) => {
      assertSameOrigin(c, config)
      if (c.req.header('content-type')) await readForm(c)
      const asked = await findAsked(c.req.param('token'))
      if ('dead' in asked) return deadLink(context, c, 'confirm-cafe', asked)
      if (asked.state !== 'asking') return page(c, asked)
      const { cafe, who, startsAt } = asked
      const by: Author = { kind: 'link', name: who }
      const decide = (current: Cafe) =>
        stateOf(current, startsAt) === 'asking'
          ? decideConfirmation(current, now())
          : { value: current }
      const saved = await saveEdit(
        db,
        OWN_CAFE,
        { id: cafe.id, by, seen: undefined, decide },
        now(),
      )
      context.wake()
      const shown = saved.outcome === 'saved' ? saved.value : cafe
      return page(c, { cafe: shown, state: stateOf(shown, startsAt) })
    })
}

function stateOf(cafe: Cafe, askedFor: Temporal.Instant): ConfirmCafePageProps['state'] {
  if (cafe.status === 'cancelled' || cafe.status === 'postponed') return cafe.status
  if (!cafe.startsAt.equals(askedFor)) return 'moved'
  return cafe.confirmedAt ? 'confirmed' : 'asking'
}
