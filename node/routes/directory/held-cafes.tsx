import { Hono, type Context as HonoContext } from 'hono'
import { ADMISSION_REASON_MAX } from '../../../ui/directory/admission-reasons.ts'
import { messagesFor, problemMessage } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { canReceiveJudgements } from '../../domain/federation/peer.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { cleanText, LINE_MAX } from '../../formats/text/clean-text.ts'
import { findCafe } from '../../store/cafes/cafes.ts'
import { awaitsTeam, listHeldArrivals } from '../../store/cafes/moderated-cafes.ts'
import { findPeer } from '../../store/directory/peers.ts'
import { decideHeldCafe } from '../../store/referents/decide-shown.ts'
import { withFlash } from '../http/flash.ts'
import { textOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { authorOf, type WebEnv } from '../workspaces/access.ts'
import { answerBulk, type BulkAct, type ChosenItem } from '../workspaces/bulk.tsx'
import { admissionReasonFor } from './bulk-sites.ts'
import { askFirst } from './confirm-pages.tsx'

/**
 * The routes of cafés that were held back when they came: they are shown, or set aside with a reason where their site
 * is told of it.
 */
export function heldCafeRoutes(context: Context) {
  const { db, now } = context

  async function heldOf(c: HonoContext<WebEnv>): Promise<{ cafe: Cafe; isNotified: boolean }> {
    const cafe = await findCafe(db, c.req.param('id') ?? '')
    const peer = cafe?.peerId ? await findPeer(db, cafe.peerId) : undefined
    if (!cafe || !peer) throw new DomainError('gone', 'cafes.cafe_gone')
    return { cafe, isNotified: canReceiveJudgements(peer, cafe) }
  }

  async function decide(c: HonoContext<WebEnv>, decision: { shown: boolean; reason: string }) {
    const id = c.req.param('id') ?? ''
    await decideHeldCafe(db, { id, by: authorOf(c.var.admin), ...decision }, now())
    context.wake()
    return c.redirect(withFlash(paths.network, 'done'), 303)
  }

  function ask(
    c: HonoContext<WebEnv>,
    { cafe, isNotified }: Awaited<ReturnType<typeof heldOf>>,
    reason: { text: string; message?: string },
  ) {
    return askFirst(c, context, {
      action: paths.decideCafe(cafe.id, 'ecarter'),
      question: ({ dismiss }) => ({ ...dismiss, title: dismiss.title(cafe.title) }),
      reason: isNotified ? { ...reason, max: ADMISSION_REASON_MAX } : undefined,
    })
  }

  return new Hono<WebEnv>()
    .post('/plusieurs', (c) =>
      answerBulk(c, context, {
        ...{ action: paths.manyHeldCafes, from: paths.network },
        acts: { ecarter: dismissalOf(context, c) },
        listArrivals: () => listHeldArrivals(db, now()),
      }),
    )
    .get('/:id/ecarter', async (c) => {
      const held = await heldOf(c)
      const { heldReason } = messagesFor('fr').admin.network
      return ask(c, held, { text: held.cafe.hiddenReason === 'price' ? heldReason.price : '' })
    })
    .post('/:id/ecarter', async (c) => {
      const held = await heldOf(c)
      if (!held.isNotified) return decide(c, { shown: false, reason: '' })
      const text = cleanText(textOf(c.var.form, 'reason'), LINE_MAX)
      const lang = languageOf(c)
      const detail = String(ADMISSION_REASON_MAX)
      if (text === '')
        return ask(c, held, { text, message: messagesFor(lang).safety.sure.reasonMissing })
      if (text.length > ADMISSION_REASON_MAX) {
        const message = problemMessage({ field: 'reason', code: 'too_long', detail }, lang)
        return ask(c, held, { text, message })
      }
      return decide(c, { shown: false, reason: text })
    })
    .post('/:id/montrer', async (c) => {
      await heldOf(c)
      return decide(c, { shown: true, reason: '' })
    })
}

/** Sets aside cafés that wait, for one reason, which those sites read that can receive it. */
function dismissalOf({ db, now }: Context, c: HonoContext<WebEnv>): BulkAct {
  const { gone, changed } = messagesFor(languageOf(c)).admin.bulk
  const find = async ({ id }: ChosenItem) => {
    const cafe = await findCafe(db, id)
    if (!cafe) return { line: { name: '–', problem: gone } }
    const problem = awaitsTeam(cafe) ? undefined : changed
    return { cafe, line: { name: cafe.title, problem } }
  }
  return {
    question: { texts: ({ held }) => held.dismissed },
    reason: admissionReasonFor(c),
    look: async (item) => (await find(item)).line,
    apply: async (item, reason) => {
      const { cafe, line } = await find(item)
      if (!cafe || line.problem) return line
      const peer = cafe.peerId === undefined ? undefined : await findPeer(db, cafe.peerId)
      const isNotified = peer !== undefined && canReceiveJudgements(peer, cafe)
      const said = { by: authorOf(c.var.admin), shown: false, reason: isNotified ? reason : '' }
      await decideHeldCafe(db, { id: item.id, ...said }, now())
      return line
    },
  }
}
