import { Hono, type Context as HonoContext } from 'hono'
import { WhatWillHappen } from '../../../../ui/cafes/audience.tsx'
import { messagesFor, problemMessage } from '../../../../ui/locales/messages.ts'
import { paths } from '../../../../ui/paths.ts'
import type { Context } from '../../../context.ts'
import { type Cafe, isPast, versionOfCafe } from '../../../domain/cafes/cafe.ts'
import { decideDeletion, decidePublishing } from '../../../domain/cafes/edit.ts'
import { decideStatusChange, NOTE_MAX } from '../../../domain/cafes/status-change.ts'
import { type Edit, saveEdit } from '../../../store/accounts/saved-edit.ts'
import { OWN_CAFE } from '../../../store/cafes/own-cafes.ts'
import { languageOf } from '../../http/language.ts'
import { authorOf, cafeForEditing, type WebEnv } from '../../workspaces/access.ts'
import { answerBulk, type BulkAct, type ChosenItem } from '../../workspaces/bulk.tsx'
import { findLegalGaps } from '../../workspaces/legal-minimum.ts'
import { findCafeAudience } from './audience.ts'
import { problemOfPublishing } from './publication-form.ts'

/** What is done to several cafés of the list at once: each is edited as by its own page. */
export const bulkCafeRoutes = (context: Context) =>
  new Hono<WebEnv>().post('/plusieurs', async (c) =>
    answerBulk(c, context, {
      ...{ action: paths.manyCafes, from: paths.adminCafes },
      acts: await actsOf(context, c),
    }),
  )

type Asked = HonoContext<WebEnv>

/** Why an act cannot be done to a café, in words; undefined where it can. */
type Check = (cafe: Cafe) => string | undefined

async function actsOf(context: Context, c: Asked): Promise<Record<string, BulkAct>> {
  const t = messagesFor(languageOf(c))
  const texts = t.admin.bulk.cafes
  const audience = await findCafeAudience(context)
  const hasGaps = (await findLegalGaps(context)).length > 0
  const cancel = actOf(context, c, {
    check: (cafe) => whyNotCancelled(cafe, context.now(), texts),
    decide: (note) => (cafe) => decideStatusChange(cafe, { statusChange: 'cancelled', note }),
  })
  const publish = actOf(context, c, {
    check: (cafe) => {
      if (cafe.publication === 'published') return texts.isPublished
      const problem = problemOfPublishing(cafe, context.now())
      if (problem) return problemMessage(problem, t.lang)
      return hasGaps ? texts.legal : undefined
    },
    decide: () => decidePublishing,
  })
  const remove = actOf(context, c, {
    check: (cafe) => (cafe.publication === 'draft' ? undefined : texts.isPublished),
    decide: () => decideDeletion,
  })
  const tooLong = (field: string) =>
    problemMessage({ field, code: 'too_long', detail: String(NOTE_MAX) }, t.lang)
  return {
    annuler: {
      ...cancel,
      question: {
        texts: ({ cafes }) => cafes.cancelled,
        children: <WhatWillHappen audience={audience} deed="change" isCancelled t={t} />,
      },
      reason: {
        ask: { label: texts.reason, max: NOTE_MAX, isOptional: true },
        problemOf: (text) => (text.length > NOTE_MAX ? tooLong('note') : undefined),
      },
    },
    publier: {
      ...publish,
      question: {
        texts: ({ cafes }) => cafes.published,
        children: <WhatWillHappen audience={audience} deed="new" t={t} />,
      },
    },
    supprimer: { ...remove, question: { texts: ({ cafes }) => cafes.deleted } },
  }
}

function whyNotCancelled(
  cafe: Cafe,
  now: Temporal.Instant,
  texts: { notAnnounced: string; isCancelled: string; isOver: string },
): string | undefined {
  if (cafe.publication !== 'published') return texts.notAnnounced
  if (cafe.status === 'cancelled') return texts.isCancelled
  return isPast(cafe, now) && cafe.status !== 'postponed' ? texts.isOver : undefined
}

type Deed = { check: Check; decide: (reason: string) => Edit<Cafe>['decide'] }

/** Makes an act of what is decided about one café; who may edit it, and its version, are checked for each. */
function actOf(context: Context, c: Asked, { check, decide }: Deed): BulkAct {
  const { bulk } = messagesFor(languageOf(c)).admin
  const lookAt = async ({ id, version }: ChosenItem) => {
    const cafe = await cafeForEditing(context, c.var.admin, id)
    const isStale = String(versionOfCafe(cafe)) !== version
    return { name: cafe.title, problem: isStale ? bulk.changed : check(cafe) }
  }
  return {
    look: lookAt,
    apply: async ({ id, version: seen }, reason) => {
      const line = await lookAt({ id, version: seen })
      if (line.problem) return line
      const edit = { id, by: authorOf(c.var.admin), seen, reason, decide: decide(reason) }
      const { outcome } = await saveEdit(context.db, OWN_CAFE, edit, context.now())
      const isDone = outcome === 'saved' || outcome === 'deleted'
      return isDone ? line : { ...line, problem: outcome === 'gone' ? bulk.gone : bulk.changed }
    },
  }
}
