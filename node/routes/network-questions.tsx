import { Hono, type Context as HonoContext } from 'hono'
import { ConfirmActionPage, type ConfirmActionPageProps } from '../../ui/confirm-action.tsx'
import { paths } from '../../ui/paths.ts'
import { type Strings, stringsFor } from '../../ui/strings.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../domain/errors.ts'
import { findCafe } from '../store/cafes.ts'
import { findFollowing } from '../store/followings.ts'
import { findPeer } from '../store/peers.ts'
import { deskSession, type WebEnv } from './access.ts'
import { findSite } from './site.ts'

type Question = Pick<ConfirmActionPageProps, 'action' | 'fields' | 'title' | 'effects' | 'submit'>

type Words = Strings['safety']['sure']

/** Asks, on the address that the answer is sent to; the network's page is where one goes back. */
export async function askFirst(
  c: HonoContext<WebEnv>,
  context: Context,
  question: (words: Words) => Question,
): Promise<Response> {
  const site = await findSite(context, c)
  const asked = question(stringsFor(site.lang).safety.sure)
  const session = deskSession(c.var.desk)
  return c.html(<ConfirmActionPage {...{ site, session }} {...asked} from={paths.network} />)
}

/** What hides others' cafés, or ours elsewhere, is asked about before it is done. */
export function networkQuestions(context: Context) {
  const { db } = context

  async function peerOf(id: string) {
    const peer = await findPeer(db, id)
    if (!peer) throw new DomainError('not_found', 'Ce site n’est pas connu ici.')
    return peer
  }

  return new Hono<WebEnv>()
    .get('/suivis/:id/arreter', async (c) => {
      const following = await findFollowing(db, c.req.param('id'))
      if (!following) throw new DomainError('not_found', 'Cet abonnement n’existe plus.')
      const action = paths.stopFollowing(following.id)
      return askFirst(c, context, (words) => {
        const { title, ...rest } = following.isJoin ? words.leave : words.unfollow
        return { action, title: title(nameOf(following.address)), ...rest }
      })
    })
    .get('/cafes/:id/ecarter', async (c) => {
      const cafe = await findCafe(db, c.req.param('id'))
      if (!cafe?.peerId) throw new DomainError('not_found', 'Ce café n’existe plus.')
      const action = paths.decideCafe(cafe.id, 'ecarter')
      return askFirst(c, context, ({ dismiss: { title, ...rest } }) => ({
        action,
        title: title(cafe.title),
        ...rest,
      }))
    })
    .get('/:id/arreter', async (c) => {
      const peer = await peerOf(c.req.param('id'))
      const action = paths.peerAction(peer.id, 'arreter')
      return askFirst(c, context, ({ member }) => ({
        action,
        title: member.title(peer.name),
        effects: member.effects(peer.cafeCount),
        submit: member.submit,
      }))
    })
    .get('/:id/bloquer', async (c) => {
      const peer = await peerOf(c.req.param('id'))
      const action = paths.peerAction(peer.id, 'bloquer')
      return askFirst(c, context, ({ block: { title, ...rest } }) => ({
        action,
        title: title(peer.host),
        ...rest,
      }))
    })
}

/** A site by its host, an account by its handle. */
const nameOf = (address: string): string =>
  URL.canParse(address) && /^https?:/.test(address) ? new URL(address).host : address
