import { Hono, type Context as HonoContext } from 'hono'
import {
  ConfirmActionPage,
  type ConfirmActionPageProps,
} from '../../../ui/admin/confirm-action-page.tsx'
import { VERSION } from '../../../ui/admin/meanwhile.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { isAccount } from '../../domain/federation/block.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { countCafesOfPeer } from '../../store/cafes/peer-cafes.ts'
import type { NewBlock } from '../../store/directory/blocks.ts'
import { findNamedFollowing } from '../../store/directory/joinings.ts'
import { hasServersToInform } from '../../store/memberships.ts'
import { findSite } from '../http/site.ts'
import { adminSession, type WebEnv } from '../workspaces/access.ts'
import { admissionPage, readAdmissionReason } from './admission.tsx'
import { peerOf } from './site-decisions.ts'

type Asked = Pick<ConfirmActionPageProps, 'action' | 'fields' | 'question' | 'reason'>

/** Asks before something is done; the way back leads to the network's page. */
export async function askFirst(
  c: HonoContext<WebEnv>,
  context: Context,
  asked: Asked,
): Promise<Response> {
  const site = await findSite(context, c)
  const session = adminSession(c.var.admin)
  return c.html(
    <ConfirmActionPage {...{ site, session }} {...asked} from={paths.network} />,
    asked.reason?.message === undefined ? 200 : 422,
  )
}

/** Asks before a domain or an account is blocked or limited; says whether its servers will learn of it. */
export async function askBlocking(
  c: HonoContext<WebEnv>,
  context: Context,
  { target, level = 'block', reason }: NewBlock,
  asked: Pick<Asked, 'action' | 'fields'>,
): Promise<Response> {
  const isTold = context.isDirectory && (await hasServersToInform(context.db, target))
  const told = !isTold ? 'nobody' : reason ? 'reason' : 'without'
  return askFirst(c, context, {
    ...asked,
    question: ({ block, limit }) => {
      if (level === 'limit') return { ...limit, title: limit.title(target) }
      const effects = isAccount(target) ? block.account : block.effects(told)
      return { ...block, title: block.title(target), effects }
    },
  })
}

/** The questions before something that hides others' cafés, or ours elsewhere. */
export function directoryQuestions(context: Context) {
  const { db } = context

  return new Hono<WebEnv>()
    .get('/suivis/:id/arreter', async (c) => {
      const following = await findNamedFollowing(db, c.req.param('id'))
      if (!following) throw new DomainError('not_found', 'directory.following_gone')
      return askFirst(c, context, {
        action: paths.stopFollowing(following.id),
        question: ({ leave, unfollow }) => {
          const texts = following.isJoin ? leave : unfollow
          return { ...texts, title: texts.title(following.name) }
        },
      })
    })
    .get('/:id/arreter', async (c) => {
      const peer = await peerOf(context, c.req.param('id'))
      // The form on the site's page gives a reason; the button in the list does not.
      const { why, words = '' } = c.req.query()
      const isReasoned = why !== undefined || words !== ''
      const typed = { why: why ?? '', words }
      const read = isReasoned ? readAdmissionReason(c, typed) : { reason: '' }
      if ('messages' in read)
        return admissionPage(c, context, peer, { values: typed, messages: read.messages })
      const cafes = await countCafesOfPeer(db, peer.id)
      return askFirst(c, context, {
        action: paths.peerAction(peer.id, 'arreter'),
        fields: { reason: read.reason, [VERSION]: peer.membership },
        question: ({ member }) => ({
          ...member,
          title: member.title(peer.name),
          effects: member.effects(cafes),
        }),
      })
    })
    .get('/:id/bloquer', async (c) => {
      const peer = await peerOf(context, c.req.param('id'))
      const action = paths.peerAction(peer.id, 'bloquer')
      return askBlocking(c, context, { target: peer.host, reason: '' }, { action })
    })
}
