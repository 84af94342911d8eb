import { Hono, type Context as HonoContext } from 'hono'
import type { FieldMessage, FormValues } from '../../../ui/components/fields.tsx'
import { AskFlagPage, FlagPage } from '../../../ui/flags/flag-page.tsx'
import { OwnFlagPage } from '../../../ui/flags/own-flag-page.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import type { Context } from '../../context.ts'
import { readPart } from '../../domain/federation/hidden-object.ts'
import {
  FLAG_REASONS,
  FLAG_WORDS_MAX,
  type Flagged,
  type FlagReason,
} from '../../domain/flags/flag.ts'
import { limitOf } from '../../domain/limits/limits.ts'
import { isEmail } from '../../domain/values/contact.ts'
import type { Lang } from '../../domain/values/lang.ts'
import { cleanLines, LINE_MAX, LINES_MAX } from '../../formats/text/clean-text.ts'
import { toEmail } from '../../store/accounts/accounts.ts'
import { insertLinkTo } from '../../store/accounts/links.ts'
import { inTransaction } from '../../store/database/database.ts'
import { findPeer } from '../../store/directory/peers.ts'
import { findFlag, saveFlag } from '../../store/flags/cases.ts'
import { findFlagged } from '../../store/flags/flagged.ts'
import { appendChange } from '../../store/queues/changes.ts'
import { findPart, listReportParts } from '../../store/reports/hidden-parts.ts'
import { problemsOfLength } from '../http/contact-form.ts'
import { assertSameOrigin, limitBody, readForm, valuesOf } from '../http/forms.ts'
import { addressOf } from '../http/middleware.ts'
import { createReaderLimit, createVisitorLimit } from '../http/rate-limit.ts'
import { findSite } from '../http/site.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { appendReceiptMail, appendTeamMail, mayReceive } from './mails.ts'

/** « Signaler »: anybody says that something is wrong with one public page, and learns what is decided about it. */
export function flagFormRoutes(context: Context) {
  const { db } = context
  const own: Own = {
    ...context,
    byNetwork: createVisitorLimit(db, limitOf('flags')),
    aboutOne: createVisitorLimit(db, limitOf('flags of one thing')),
    mayFlag: createReaderLimit(db, limitOf('flags of a site')),
  }
  return new Hono<WebEnv>()
    .get('/signaler', (c) => showForm(own, c))
    .post('/signaler', limitBody(), (c) => takeFlag(own, c))
}

type Own = Context & {
  byNetwork: ReturnType<typeof createVisitorLimit>
  aboutOne: ReturnType<typeof createVisitorLimit>
  mayFlag: ReturnType<typeof createReaderLimit>
}
type Asked = HonoContext<WebEnv>
type Status = 200 | 404 | 422 | 429

async function showForm(context: Own, c: Asked) {
  const asked = c.req.query('objet')
  if (asked === undefined) return ask(context, c)
  const flagged = await findAsked(context, c)
  return flagged
    ? page(context, c, flagged, { values: { transmettre: '1' } })
    : ask(context, c, asked)
}

/** Finds what the address of the page names, of what everybody can see. */
const findAsked = ({ db, config, now }: Own, c: Asked): Promise<Flagged | undefined> => {
  const address = (c.req.query('objet') ?? '').trim().slice(0, LINE_MAX)
  return findFlagged(db, { address, origin: config.origin }, now())
}

async function ask(context: Own, c: Asked, typed?: string) {
  const site = await findSite(context, c)
  const { unknown } = messagesFor(site.lang).flag.form.ask
  const messages = typed === undefined ? [] : [{ name: 'objet', message: unknown }]
  const values = { objet: typed ?? '' }
  // Who asks for an address that is not here has an answer, as in a search; there is nothing to send a flag to.
  const status = c.req.method === 'POST' ? 404 : 200
  return c.html(<AskFlagPage {...{ site, values, messages }} />, status)
}

async function page(
  context: Own,
  c: Asked,
  flagged: Flagged,
  { values, messages = [] }: { values: FormValues; messages?: FieldMessage[] },
  status: Status = 200,
) {
  const { config, db } = context
  const site = await findSite(context, c)
  const texts = messagesFor(site.lang).flag
  const part = readPart(flagged.uri)
  const name = await nameOf(db, flagged, texts)
  const suffix = flagged.kind === 'picture' ? '/photo' : part ? `#${part.part}` : ''
  const page = config.origin + flagged.path
  const address = page + suffix
  const parts =
    part?.kind === 'report' ? await listQuestions(db, { id: flagged.id, uri: page }) : []
  const peer = flagged.peerId === undefined ? undefined : await findPeer(db, flagged.peerId)
  return c.html(
    <FlagPage
      {...{ site, values, messages, host: peer?.host }}
      about={{ address, href: flagged.path, name, parts }}
      mailWorks={config.mail !== undefined}
    />,
    status,
  )
}

async function nameOf(
  db: Context['db'],
  { kind, uri, name }: Flagged,
  texts: ReturnType<typeof messagesFor>['flag'],
): Promise<string> {
  if (kind === 'picture') return texts.pictureOf(name)
  if (kind === 'report') return texts.reportOf(name)
  return kind === 'question' ? ((await findPart(db, uri))?.text ?? name) : name
}

/** Lists the questions of a report that are shown, each to be flagged by itself. */
const listQuestions = async (db: Context['db'], cafe: { id: string; uri: string }) =>
  (await listReportParts(db, cafe)).flatMap(({ address, text, hiddenReason }) =>
    text === undefined || hiddenReason !== undefined ? [] : [{ address, text }],
  )

async function takeFlag(context: Own, c: Asked) {
  c.header('Cache-Control', 'no-store')
  assertSameOrigin(c, context.config)
  const flagged = await findAsked(context, c)
  if (!flagged) return ask(context, c, c.req.query('objet') ?? '')
  const values = valuesOf(await readForm(c))
  const { lang } = await findSite(context, c)
  const read = readFlag(values, lang)
  if ('messages' in read) return page(context, c, flagged, { values, ...read }, 422)
  const full = await findLimit(context, c, flagged, lang)
  if (full) {
    if (full.wait !== undefined) c.header('Retry-After', String(full.wait))
    const messages = [{ name: 'texte', message: full.message }]
    return page(context, c, flagged, { values, messages }, 429)
  }
  const email = context.config.mail ? read.email : undefined
  return saveAndShow(context, c, flagged, { ...read, email })
}

type Read = { reason: FlagReason; words: string; email: string | undefined; isForwarded: boolean }

/** Reads the form, with what is wrong in it. */
function readFlag(values: FormValues, lang: Lang): Read | { messages: FieldMessage[] } {
  const texts = messagesFor(lang).flag.form
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : '')
  const reason = FLAG_REASONS.find((one) => one === text('motif'))
  const words = cleanLines(text('texte'), LINES_MAX)
  const email = toEmail(text('courriel'))
  const messages = [
    ...(reason ? [] : [{ name: 'motif', message: texts.reasonMissing }]),
    ...(words === '' ? [{ name: 'texte', message: texts.wordsMissing }] : []),
    ...problemsOfLength('texte', words, FLAG_WORDS_MAX, lang),
    ...(email === '' || isEmail(email) ? [] : [{ name: 'courriel', message: texts.emailWrong }]),
  ]
  if (!reason || messages.length > 0) return { messages }
  const isForwarded = text('transmettre') === '1'
  return { reason, words, email: email || undefined, isForwarded }
}

/** Counts one more flag of this visitor; returns why it is one too many. */
async function findLimit(
  { config, byNetwork, aboutOne, mayFlag }: Own,
  c: Asked,
  { kind, uri }: Flagged,
  lang: Lang,
): Promise<{ message: string; wait?: number } | undefined> {
  const texts = messagesFor(lang).flag.form
  const address = addressOf(c.env?.incoming, config)
  const wait = await byNetwork(address)
  if (wait !== undefined) return { message: texts.tooMany, wait }
  const again = await aboutOne(address, `${kind} ${uri} `)
  if (again !== undefined) return { message: texts.again, wait: again }
  return (await mayFlag('site', address)) ? undefined : { message: texts.full }
}

async function saveAndShow(context: Own, c: Asked, flagged: Flagged, read: Read) {
  const { config, db, now } = context
  const site = await findSite(context, c)
  const { reason, words, isForwarded } = read
  const page = config.origin + flagged.path
  const { flagCase, flagId, token } = await inTransaction(db, async (trx) => {
    const mayWrite = read.email !== undefined && (await mayReceive(trx, read.email, now()))
    const email = mayWrite ? read.email : undefined
    const saved = await saveFlag(trx, flagged, { reason, words, email, host: undefined }, now())
    const of = { flagCase: saved.flagCase, flagged, siteName: site.name }
    if (saved.isNew) await appendTeamMail(trx, { ...of, page, origin: config.origin }, now())
    if (isForwarded && flagged.peerId !== undefined && !saved.flagCase.forwardedAt)
      await appendChange(
        trx,
        {
          ...{ type: 'flag-sent', caseId: saved.flagCase.id },
          words: `${messagesFor('fr').flag.reason[reason]}\u00a0: ${words}`,
        },
        now(),
      )
    if (saved.flagId === undefined) return { ...saved, token: undefined }
    if (email) await appendReceiptMail(trx, { ...of, to: email, flagId: saved.flagId }, now())
    const link = { purpose: 'flag', subject: saved.flagId } as const
    return { ...saved, token: await insertLinkTo(trx, link, now()) }
  })
  context.wake()
  const flag = flagId === undefined ? undefined : await findFlag(db, flagId)
  return c.html(
    <OwnFlagPage
      {...{ site, flagCase, token, flag, now: now() }}
      about={{ name: flagged.name, href: flagged.path }}
      appeal={undefined}
      refusal="undecided"
      isNew
    />,
  )
}
