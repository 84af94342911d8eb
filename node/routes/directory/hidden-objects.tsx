import { Hono, type Context as HonoContext } from 'hono'
import { ADMISSION_REASON_MAX } from '../../../ui/directory/admission-reasons.ts'
import { HiddenPage, WHOLE_CAFE } from '../../../ui/directory/hidden-page.tsx'
import { messagesFor, problemMessage } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { addressOfPicture, readPart } from '../../domain/federation/hidden-object.ts'
import { canReceiveJudgements } from '../../domain/federation/peer.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { cleanText, LINE_MAX } from '../../formats/text/clean-text.ts'
import { findCafeByUri } from '../../store/cafes/cafes.ts'
import { inTransaction } from '../../store/database/database.ts'
import { findHideable, listHidden } from '../../store/directory/hidden-objects.ts'
import { listCafePictures } from '../../store/files/cafe-pictures.ts'
import { decideShown } from '../../store/referents/decide-shown.ts'
import { findPart, listReportParts } from '../../store/reports/hidden-parts.ts'
import { listUncountedReports, saveCounted } from '../../store/reports/uncounted-reports.ts'
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

  async function page(c: Asked, address = '', shown: { message?: string; about?: Found } = {}) {
    const { message, about } = shown
    const messages = message === undefined ? [] : [{ name: 'adresse', message }]
    const props = { ...(await adminPropsFor(context, c)), now: now(), address, messages }
    const hidden = await listHidden(db, LISTED)
    const named = await Promise.all(
      hidden.map(async (one) => ({ ...one, name: (await findPartName(one.uri)) ?? one.name })),
    )
    const choices = about && { name: about.name, parts: await listPartsOf(about) }
    const status = message === undefined ? 200 : 422
    const uncounted = await listUncountedReports(db, LISTED)
    return c.html(<HiddenPage {...props} {...{ hidden: named, choices, uncounted }} />, status)
  }

  /** Finds what a part of a café is called; undefined for what is none, which has its name. */
  async function findPartName(uri: string): Promise<string | undefined> {
    const part = readPart(uri) && (await findPart(db, uri))
    return part && (part.text ?? part.cafe.title)
  }

  /** Lists what may be hidden of a café that has a picture or a report. */
  async function listPartsOf({ kind, uri }: Found) {
    const cafe = kind === 'cafe' ? await findCafeByUri(db, uri) : undefined
    if (!cafe) return []
    const hasPicture = (await listCafePictures(db, [cafe.id])).size > 0
    const picture = { kind: 'picture', text: undefined, hiddenReason: undefined } as const
    return [
      ...(hasPicture ? [{ ...picture, address: addressOfPicture(uri) }] : []),
      ...(await listReportParts(db, cafe)),
    ]
  }

  async function find(address: string): Promise<Found | undefined> {
    const found = await findHideable(db, { address, origin: config.origin })
    return found && { ...found, name: (await findPartName(found.uri)) ?? found.name }
  }

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
      // All of a café is to be hidden, and not its report alone.
      const isWhole = address.endsWith(WHOLE_CAFE)
      const found = await find(isWhole ? address.slice(0, -WHOLE_CAFE.length) : address)
      const { unknown } = messagesFor(languageOf(c)).admin.network.hidden
      if (!found) return page(c, address, { message: unknown })
      const isChosen = isWhole || (await listPartsOf(found)).length === 0
      return isChosen ? ask(c, found) : page(c, address, { about: found })
    })
    .post('/', hide)
    .post('/compter', async (c) => {
      const [cafeId, number] = [textOf(c.var.form, 'cafe'), textOf(c.var.form, 'participants')]
      // PostgreSQL compares an integer with nothing else; no report tells of a negative number.
      const participants = /^\d{1,7}$/.test(number) ? Number(number) : -1
      const counted = { cafeId, participants, by: authorOf(c.var.admin) }
      // What another one has let count, or its site has told anew, is on the page.
      await inTransaction(db, (trx) => saveCounted(trx, counted, now()))
      return c.redirect(withFlash(paths.hiddenObjects, 'done'), 303)
    })
    .post('/montrer', async (c) => {
      const found = await find(textOf(c.var.form, 'uri'))
      if (!found) throw new DomainError('not_found', 'directory.object_gone')
      return decide(c, { ...found, shown: true, reason: '' })
    })
}
