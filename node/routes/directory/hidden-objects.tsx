import { Hono, type Context as HonoContext } from 'hono'
import { ADMISSION_REASON_MAX } from '../../../ui/directory/admission-reasons.ts'
import { HiddenPage } from '../../../ui/directory/hidden-page.tsx'
import { messagesFor, problemMessage } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { canReceiveJudgements } from '../../domain/federation/peer.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { cleanText, LINE_MAX } from '../../formats/text/clean-text.ts'
import { findHideable, listHidden } from '../../store/directory/hidden-objects.ts'
import { decideShown } from '../../store/referents/decide-shown.ts'
import { withFlash } from '../http/flash.ts'
import { textOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { authorOf, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { askFirst } from './confirm-pages.tsx'

/** The number of rows of the list; a team that hides more than this hides sites, and blocks them. */
const LISTED = 500

type Asked = HonoContext<WebEnv>
type Found = NonNullable<Awaited<ReturnType<typeof findHideable>>>

/** The routes of what a directory hides of what its members publish, one thing at a time. */
export function hiddenObjectRoutes(context: Context) {
  const { db, now, config } = context

  async function page(c: Asked, address = '', message?: string) {
    const messages = message === undefined ? [] : [{ name: 'adresse', message }]
    const props = { ...(await adminPropsFor(context, c)), now: now(), address, messages }
    const hidden = await listHidden(db, LISTED)
    return c.html(<HiddenPage {...props} hidden={hidden} />, message === undefined ? 200 : 422)
  }

  const find = (address: string) => findHideable(db, { address, origin: config.origin })

  function ask(c: Asked, { kind, uri, name, peer }: Found, text = '', message?: string) {
    const isTold = peer !== undefined && canReceiveJudgements(peer, { uri })
    const { hidden } = messagesFor(languageOf(c)).admin.network
    const hint = isTold ? undefined : hidden.unsent
    return askFirst(c, context, {
      action: paths.hiddenObjects,
      fields: { uri },
      question: () => ({
        title: hidden.question(name),
        effects: [hidden.effects[kind], isTold ? hidden.told : hidden.unsent, hidden.undo].join(
          '\n',
        ),
        submit: hidden.yes,
      }),
      reason: { text, max: ADMISSION_REASON_MAX, message, hint },
    })
  }

  async function hide(c: Asked) {
    const found = await find(textOf(c.var.form, 'uri'))
    if (!found) throw new DomainError('not_found', 'directory.object_gone')
    const reason = cleanText(textOf(c.var.form, 'reason'), LINE_MAX)
    const { hidden } = messagesFor(languageOf(c)).admin.network
    const detail = String(ADMISSION_REASON_MAX)
    if (reason === '') return ask(c, found, reason, hidden.reasonMissing)
    if (reason.length > ADMISSION_REASON_MAX) {
      const problem = { field: 'reason', code: 'too_long', detail } as const
      return ask(c, found, reason, problemMessage(problem, languageOf(c)))
    }
    return decide(c, { ...found, shown: false, reason })
  }

  async function decide(
    c: Asked,
    { kind, uri, shown, reason }: Found & { shown: boolean; reason: string },
  ) {
    await decideShown(db, { kind, uri, shown, reason, by: authorOf(c.var.admin) }, now())
    context.wake()
    return c.redirect(withFlash(paths.hiddenObjects, 'done'), 303)
  }

  return new Hono<WebEnv>()
    .get('/', (c) => page(c))
    .get('/nouveau', async (c) => {
      const address = (c.req.query('adresse') ?? '').trim().slice(0, LINE_MAX)
      const found = await find(address)
      const { unknown } = messagesFor(languageOf(c)).admin.network.hidden
      return found ? ask(c, found) : page(c, address, unknown)
    })
    .post('/', hide)
    .post('/montrer', async (c) => {
      const found = await find(textOf(c.var.form, 'uri'))
      if (!found) throw new DomainError('not_found', 'directory.object_gone')
      return decide(c, { ...found, shown: true, reason: '' })
    })
}
