import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import { PendingFormPage, REVIEW } from '../../../ui/accounts/pending-form-page.tsx'
import { SignInPage } from '../../../ui/accounts/sign-in-pages.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import type { Context } from '../../context.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { findSite } from '../http/site.ts'

/**
 * A form that was sent without a valid session. Nothing typed is lost when a session ends while somebody writes: the
 * form passes through the sign-in as one hidden field, and can then be sent with one click.
 */
const PendingForm = z.object({
  action: z.string().regex(/^\/administration\/[\w\-./]*$/),
  fields: z.array(z.tuple([z.string(), z.string()])).max(500),
  /** Whether a file had been chosen, which is not kept. */
  hadFile: z.boolean().optional(),
})
type PendingForm = z.output<typeof PendingForm>

/**
 * The maximum number of UTF-16 units of a form that is kept: three times the longest text that the administration
 * accepts, and little enough to be sent again by the sign-in, where each may take three bytes.
 */
const KEPT_MAX = 64 * 1024

/**
 * Keeps a form during the sign-in.
 * @throws DomainError too_large when the texts of the form are longer than any that the administration accepts.
 */
export const savePendingForm =
  (context: Context) =>
  async (c: HonoContext, form: FormData): Promise<Response> => {
    const pendingForm = writePendingForm(c.req.path, form)
    if (pendingForm.length > KEPT_MAX) throw new DomainError('too_large', 'site.session_over')
    const site = await findSite(context, c)
    return c.html(
      <SignInPage
        site={site}
        pendingForm={pendingForm}
        mailWorks={context.config.mail !== undefined}
      />,
      401,
    )
  }

/**
 * Refuses a form of a page of an earlier session that is sent in the next one, for instance from a second tab, and
 * gives it back with the current token.
 */
export const restorePendingForm =
  (context: Context) =>
  async (c: HonoContext, form: FormData, csrf: string): Promise<Response> => {
    const pendingForm = readPendingForm(writePendingForm(c.req.path, form))
    if (!pendingForm) throw new DomainError('forbidden', 'site.form_expired')
    return pendingFormPage(c, context, { pendingForm, csrf, status: 403 })
  }

/**
 * Gives back a form that could not be saved because the disk is full: what was typed, with a button that sends it
 * again.
 */
export async function restoreUnsavedForm(
  c: HonoContext,
  context: Context,
  { form, csrf }: { form: FormData; csrf: string },
): Promise<Response | undefined> {
  const pendingForm = readPendingForm(writePendingForm(c.req.path, form))
  return pendingForm && pendingFormPage(c, context, { pendingForm, csrf, status: 507 })
}

/** Writes a form as text: a file has to be chosen again, and no password is ever written on a page. */
function writePendingForm(action: string, form: FormData): string {
  const fields = [...form].flatMap(([name, value]) =>
    typeof value === 'string' && !UNKEPT.test(name) ? [[name, value] as [string, string]] : [],
  )
  const hadFile = [...form.values()].some((value) => typeof value !== 'string' && value.size > 0)
  return JSON.stringify({ action, fields, hadFile } satisfies PendingForm)
}

const UNKEPT = /^csrf$|password/i

/**
 * Reads a form that was saved until its author has signed in; undefined where the text is too long or is no such form.
 */
export function readPendingForm(text: string): PendingForm | undefined {
  if (text.length > KEPT_MAX) return undefined
  try {
    return PendingForm.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/**
 * Answers with the page that carries a form on until it can be sent: 200, 403 without a valid CSRF token, or 507 where
 * the disk is full.
 */
export async function pendingFormPage(
  c: HonoContext,
  context: Context,
  { pendingForm, csrf, status }: { pendingForm: PendingForm; csrf: string; status?: 403 | 507 },
): Promise<Response> {
  const site = await findSite(context, c)
  const { diskFull } = messagesFor(site.lang).site.error
  return c.html(
    <PendingFormPage
      site={site}
      csrf={csrf}
      action={pendingForm.action}
      fields={pendingForm.fields}
      canReview={REVIEWED.test(pendingForm.action)}
      hadFile={pendingForm.hadFile}
      why={status === 507 ? { title: diskFull.title, lead: diskFull.pendingForm } : undefined}
    />,
    status ?? 200,
  )
}

/** The addresses of long forms, which show again what is sent with `REVIEW`. */
const REVIEWED = /^\/administration\/(?:cafes|lieux)\/(?:nouveau|[\da-f-]{36}(?:\/situation)?)$/

/** Returns whether the form is to be shown again, with what it held, instead of being saved. */
export const isReview = (form: FormData): boolean => form.has(REVIEW)
