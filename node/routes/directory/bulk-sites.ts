import { Hono, type Context as HonoContext } from 'hono'
import { ADMISSION_REASON_MAX } from '../../../ui/directory/admission-reasons.ts'
import { messagesFor, problemMessage } from '../../../ui/locales/messages.ts'
import { type PeerAction, paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import type { Membership } from '../../domain/federation/peer.ts'
import { appendAudit } from '../../store/accounts/acts.ts'
import { languageOf } from '../http/language.ts'
import { authorOf, type WebEnv } from '../workspaces/access.ts'
import { answerBulk, type BulkAct, type ChosenItem } from '../workspaces/bulk.tsx'
import { applyDecision, peerOf } from './site-decisions.ts'
import { listJoinArrivals } from './sites.ts'

/** What is done to several sites of the list at once: each is decided about as on its own page. */
export const bulkSiteRoutes = (context: Context) =>
  new Hono<WebEnv>().post('/plusieurs', (c) =>
    answerBulk(c, context, {
      ...{ action: paths.manySites, from: paths.network },
      acts: actsOf(context, c),
      listArrivals: () => listJoinArrivals(context.db),
    }),
  )

type Asked = HonoContext<WebEnv>

/** Nobody is accepted from a list: the page of a site says what it asks with. */
function actsOf(context: Context, c: Asked): Record<string, BulkAct> {
  const reason = admissionReasonFor(c)
  return {
    reessayer: actOf(context, c, 'reessayer', 'member'),
    arreter: {
      ...actOf(context, c, 'arreter', 'member'),
      ...{ question: { texts: ({ sites }) => sites.ended }, reason },
    },
    refuser: {
      ...actOf(context, c, 'refuser', 'requested'),
      ...{ question: { texts: ({ sites }) => sites.refused }, reason },
    },
  }
}

/** Makes the one reason for several, which the other sites read. */
export function admissionReasonFor(c: HonoContext): NonNullable<BulkAct['reason']> {
  const t = messagesFor(languageOf(c))
  const texts = t.admin.bulk.sites
  return {
    ask: { label: texts.reason, max: ADMISSION_REASON_MAX, isOptional: false },
    problemOf: (text) => {
      if (text === '') return texts.reasonMissing
      const detail = String(ADMISSION_REASON_MAX)
      return text.length > ADMISSION_REASON_MAX
        ? problemMessage({ field: 'words', code: 'too_long', detail }, t.lang)
        : undefined
    },
  }
}

/** Makes an act of what is decided about one site; the log of accesses says it of each. */
function actOf(context: Context, c: Asked, action: PeerAction, membership: Membership): BulkAct {
  const { changed } = messagesFor(languageOf(c)).admin.bulk
  const lookAt = async ({ id, version }: ChosenItem) => {
    const peer = await peerOf(context, id)
    const isStale = peer.membership !== membership || version !== membership
    return { peer, name: peer.name, problem: isStale ? changed : undefined }
  }
  return {
    look: lookAt,
    apply: async (item, reason) => {
      const { peer, ...line } = await lookAt(item)
      if (line.problem) return line
      const by = authorOf(c.var.admin)
      const isDone = await applyDecision(context, action, { peer, seen: item.version, reason, by })
      if (!isDone) return { ...line, problem: changed }
      const act = AUDITED[action]
      const { name: who } = by
      if (act) await appendAudit(context.db, { who, act, about: peer.host }, context.now())
      return line
    },
  }
}

const AUDITED = { arreter: 'site-stopped', refuser: 'site-refused' } as Partial<
  Record<PeerAction, 'site-stopped' | 'site-refused'>
>
