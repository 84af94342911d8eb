import { Hono } from 'hono'
import type { CheckedCertificate } from '../../../ui/data/checked-certificate.tsx'
import { VerifyPage } from '../../../ui/data/verify-page.tsx'
import { messagesFor, problemMessage } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import {
  type Finding,
  type Known,
  knownFrom,
  openRegistry,
  type Registry,
  verifyText,
} from '../../domain/federation/verification.ts'
import { readCertificate } from '../../domain/structures/certificate.ts'
import { nodePrimitives } from '../../formats/web/verification-primitives.ts'
import { findActivity } from '../../store/reports/activity.ts'
import { giveWay } from '../../turns/turns.ts'
import { openReads, publicText } from '../http/answers.ts'
import { assertSameOrigin, type BodyLimits, fileOf, readForm, textOf } from '../http/forms.ts'
import { CONTENT_SECURITY_POLICY } from '../http/middleware.ts'
import { findSite } from '../http/site.ts'
import { findCertificateSubject } from '../kit/certificates.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'

/** The policy of the page: its scripts, and what it reads to make a copy of itself. */
const POLICY = `${CONTENT_SECURITY_POLICY}; script-src 'self'; connect-src 'self'`

/** The maximum number of bytes of a form where no script runs, with room for what surrounds the text. */
const VERIFY_LIMITS: Partial<BodyLimits> = {
  most: 1024 ** 2,
  refusal: 'data.document_too_large',
  fileField: 'text',
}
/** The maximum number of documents that are checked for one request; a browser with scripts checks any number. */
const MOST_DOCUMENTS = 1000

/**
 * The registry as a script, at `/public`, for the page, which may be opened from a file, where only scripts can be
 * loaded.
 */
export const registryScriptRoutes = (context: Context) =>
  new Hono().get('/registry.js', async (c) =>
    publicText(
      c,
      `globalThis.registry = ${await context.registry()}\n`,
      'text/javascript; charset=utf-8',
    ),
  )

/** The page that verifies signatures, and the registry of the keys with which they are made. */
export const verifyRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .use(paths.registry, openReads)
    .get(paths.registry, async (c) =>
      publicText(c, await context.registry(), 'application/json; charset=utf-8'),
    )
    .get(paths.verify, async (c) => {
      c.header('Content-Security-Policy', POLICY)
      const signedIn = (await findAdmin(c, context)) !== undefined
      // Behind a web server the address of the request has another scheme than that of the site.
      const { pathname, search } = new URL(c.req.url)
      const certificate = await checkCertificate(context, context.config.origin + pathname + search)
      return c.html(<VerifyPage site={await findSite(context, c)} {...{ certificate, signedIn }} />)
    })
    .post(paths.verify, async (c) => {
      c.header('Cache-Control', 'no-store')
      c.header('Content-Security-Policy', POLICY)
      assertSameOrigin(c, context.config)
      const form = await readForm(c, VERIFY_LIMITS)
      const file = fileOf(form, 'file')
      const pasted = textOf(form, 'text')
      const text = file && file !== 'empty' ? await file.text() : pasted
      const site = await findSite(context, c)
      if (text.trim() === '') {
        const message =
          file === 'empty'
            ? problemMessage({ field: 'file', code: 'file_empty' }, site.lang)
            : messagesFor(site.lang).verify.nothing
        const problem = { name: 'file', message } as const
        return c.html(<VerifyPage site={site} problem={problem} />, 422)
      }
      const now = context.now().epochMilliseconds
      const registry = await openOwnRegistry(context)
      const findings = await findAll(text, { registry: knownFrom(registry), now })
      const certificate = await checkCertificate(context, text.trim())
      return c.html(
        <VerifyPage
          {...{ site, pasted, certificate }}
          checked={certificate ? undefined : { findings, registry, now }}
        />,
      )
    })

async function openOwnRegistry(context: Context): Promise<Registry> {
  const now = context.now().epochMilliseconds
  const registry = await openRegistry(await context.registry(), { primitives: nodePrimitives, now })
  if (registry === undefined || typeof registry === 'string')
    throw new Error('the registry of this server is not as it was signed')
  return registry
}

/** The maximum length of the address in the code of a certificate. */
const ADDRESS_MAX = 2000

/**
 * Checks the address in the code of a certificate of this site, and finds what is true today.
 * @returns Undefined for an address that is none, or another site's.
 */
async function checkCertificate(
  context: Context,
  typed: string,
): Promise<CheckedCertificate | undefined> {
  const { db, config, now } = context
  const at = typed.indexOf('/verifier?attestation=')
  if (at < 0 || typed.length > ADDRESS_MAX || /\s/.test(typed)) return undefined
  const address = config.origin + typed.slice(at)
  if (URL.parse(typed)?.origin !== config.origin) return undefined
  const said = readCertificate(address)
  const registry = await openOwnRegistry(context)
  const [finding] = await findAll(address, {
    ...{ registry: knownFrom(registry), now: now().epochMilliseconds },
  })
  const subject = said && (await findCertificateSubject(context, said.subject))
  return {
    signed: finding?.verdict === 'valid' ? said : undefined,
    subject: subject && { name: subject.name, href: `/${subject.subject}` },
    today: subject && (await findActivity(db, { of: subject.of, until: said.until, now: now() })),
  }
}

async function findAll(
  text: string,
  against: { registry: Known; now: number },
): Promise<Finding[]> {
  const findings: Finding[] = []
  for await (const finding of verifyText(text, { ...against, primitives: nodePrimitives })) {
    findings.push(finding)
    await giveWay()
    if (findings.length === MOST_DOCUMENTS) break
  }
  return findings
}
