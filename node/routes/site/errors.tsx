import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { Context as HonoContext } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ListedCafe } from '../../../ui/cafes/card.tsx'
import { messagesFor, refusalText } from '../../../ui/locales/messages.ts'
import { ErrorPage, type ErrorStatus } from '../../../ui/site/error-page.tsx'
import type { Context } from '../../context.ts'
import { DomainError, isDiskFull, STATUS } from '../../domain/values/errors.ts'
import type { Refusal } from '../../domain/values/refusal.ts'
import { addToHour } from '../../store/monitoring/hour-measures.ts'
import { searchCafes } from '../../store/search/search.ts'
import { VisitorLeft } from '../../turns/turns.ts'
import { refuse } from '../api/problems.ts'
import { toListed } from '../cafes/cards.ts'
import { COME_BACK_S } from '../http/answers.ts'
import { unsavedTextsOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { isForPrograms } from '../http/middleware.ts'
import { findSite } from '../http/site.ts'
import { findAdmin, type SignedInEnv } from '../workspaces/access.ts'
import { restoreUnsavedForm } from '../workspaces/pending-form.tsx'

/** Logs a failure that is ours; `reference` is what the page shows. */
export type LogFailure = (failure: {
  error: unknown
  reference: string
  method: string
  path: string
}) => void

type Failure = {
  errorStatus: ErrorStatus
  status?: ContentfulStatusCode
  refusal?: Refusal
  reference?: string
}

/** Lists what the team had typed into the form of the request, since the page is not shown again with it. */
const typedIn = (c: HonoContext): string[] => {
  const { form, signedIn } = (c as HonoContext<SignedInEnv>).var
  return form && signedIn ? unsavedTextsOf(form) : []
}

/** A page that says what happened; `status` is given where HTTP's differs from the text. */
export async function errorPage(
  c: HonoContext,
  context: Context,
  { errorStatus, status, refusal, reference }: Failure,
): Promise<Response> {
  const [site, admin] = await Promise.all([findSite(context, c), findAdmin(c, context)])
  const isLost = errorStatus === 404 || errorStatus === 410
  return c.html(
    <ErrorPage
      site={site}
      status={errorStatus}
      message={refusal && refusalText(refusal, site.lang)}
      reference={reference}
      next={isLost ? await findNext(context) : undefined}
      now={context.now()}
      signedIn={admin !== undefined}
      typed={typedIn(c)}
    />,
    status ?? errorStatus,
  )
}

/** The maximum number of cafés that are shown, enough to go on from; the list has the others. */
const NEXT_CAFES = 3

async function findNext({ db, now }: Context): Promise<ListedCafe[]> {
  const { items } = await searchCafes(db, { from: now(), limit: NEXT_CAFES, isBrief: true })
  return toListed(db, items)
}

/** The failures whose page is that of another status. */
const PAGE_OF: Partial<Record<DomainError['code'], ErrorStatus>> = {
  conflict: 422,
  too_large: 422,
  busy: 429,
}

/** Returns the handler that answers 404 with the page that says so. */
export const onNotFound = (context: Context) => (c: HonoContext) =>
  errorPage(c, context, { errorStatus: 404 })

/** Returns a path for the log, without the token or the code of a secret link. */
const withoutSecrets = (path: string): string =>
  path.replaceAll(/[\w-]{43}|[a-z\d]{5}-[a-z\d]{5}-[a-z\d]{5}/gi, '…')

/** Nobody reads it; it is nginx's for a client that closed the request. */
const LEFT = 499

/**
 * Answers the visitor's failures with a text, by their status; anything else is logged completely and shown as « Erreur
 * interne ».
 */
export const onError =
  (context: Context, logFailure: LogFailure) =>
  async (error: Error, c: HonoContext): Promise<Response> => {
    if (error instanceof HTTPException) return error.getResponse()
    if (error instanceof DomainError) {
      const status = STATUS[error.code]
      const errorStatus = PAGE_OF[error.code] ?? (status as ErrorStatus)
      return errorPage(c, context, { errorStatus, status, refusal: error.refusal })
    }
    if (error instanceof VisitorLeft) return new Response(null, { status: LEFT })
    const reference = randomUUID()
    logFailure({ error, reference, method: c.req.method, path: withoutSecrets(c.req.path) })
    // Where the database is what fails, `/healthz` says so.
    await addToHour(context.db, { failures: 1 }, context.now()).catch(() => undefined)
    const isFull = isDiskFull(error)
    if (isForPrograms(c.req.path))
      return refuse(c, context.config, { type: isFull ? 'disk-full' : 'internal', reference })
    try {
      const kept = isFull ? await restoreForm(c, context) : undefined
      return kept ?? (await errorPage(c, context, { errorStatus: isFull ? 507 : 500, reference }))
    } catch {
      // The page itself needs the database, which may be what failed.
      return c.text(`${messagesFor(languageOf(c)).site.error.internal.title} (${reference})`, 500)
    }
  }

/** Gives back what the team had typed, when it cannot be stored because the disk is full. */
async function restoreForm(c: HonoContext, context: Context): Promise<Response | undefined> {
  const { form, signedIn } = (c as HonoContext<SignedInEnv>).var
  return form && signedIn && restoreUnsavedForm(c, context, { form, csrf: signedIn.csrf })
}

/**
 * Returns the answer (408) when the body of a request does not arrive: a problem (RFC 9457) for a program, otherwise
 * empty.
 */
export const refuseSlow = (
  { url = '/', headers }: IncomingMessage,
  config: { origin: string },
): Response =>
  isForPrograms(url)
    ? refuseUnread('too-slow', headers['accept-language'], config)
    : new Response(null, { status: 408 })

/** Returns the answer (503) to a request that has waited in vain for memory: a problem for a program, or a sentence. */
export function refuseBusy(
  { url = '/', headers }: IncomingMessage,
  config: { origin: string },
): Response {
  const accepted = headers['accept-language']
  const problem = refuseUnread('busy', accepted, config)
  const lang = problem.headers.get('Content-Language') === 'en' ? 'en' : 'fr'
  const answer = isForPrograms(url)
    ? problem
    : new Response(refusalText('site.busy', lang), {
        status: 503,
        headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
      })
  answer.headers.set('Retry-After', COME_BACK_S)
  return answer
}

/** Returns a problem (RFC 9457) about a request that no route has read. */
export function refuseUnread(
  type: 'bad-request' | 'busy' | 'headers-too-large' | 'too-large' | 'too-slow',
  acceptLanguage: string | undefined,
  config: { origin: string },
): Response {
  const headers = acceptLanguage === undefined ? {} : { 'accept-language': acceptLanguage }
  return refuse(new HonoContext(new Request(config.origin, { headers })), config, { type })
}
