import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import { REVIEW, ResumePage } from '../../../ui/accounts/resume-form-page.tsx'
import { SignInPage } from '../../../ui/accounts/sign-in-pages.tsx'
import type { Context } from '../../context.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { findSite } from './site.ts'

/**
 * Nothing typed is lost when a session ends while somebody writes: the form that came too late goes along with the
 * sign-in, as one hidden field, and is then one click away from being sent.
 */
const KeptForm = z.object({
  action: z.string().regex(/^\/administration\/[\w\-./]*$/),
  fields: z.array(z.tuple([z.string(), z.string()])).max(500),
})
type KeptForm = z.output<typeof KeptForm>

export const keepForm =
  (context: Context) =>
  async (c: HonoContext, form: FormData): Promise<Response> =>
    c.html(
      <SignInPage
        site={await findSite(context, c)}
        kept={writeKeptForm(c.req.path, form)}
        mailWorks={context.config.mail !== undefined}
      />,
      401,
    )

/** A page of a session that ended, sent in the next one, as from a second tab: refused, and given back with its token. */
export const giveFormBack =
  (context: Context) =>
  async (c: HonoContext, form: FormData, csrf: string): Promise<Response> => {
    const kept = readKeptForm(writeKeptForm(c.req.path, form))
    if (!kept) throw new DomainError('forbidden', 'Cette page était ouverte depuis trop longtemps.')
    return resumePage(c, context, { kept, csrf, status: 403 })
  }

/** Texts only: a file has to be chosen again, and no password is ever written on a page. */
function writeKeptForm(action: string, form: FormData): string {
  const fields = [...form].flatMap(([name, value]) =>
    typeof value === 'string' && !UNKEPT.test(name) ? [[name, value] as [string, string]] : [],
  )
  return JSON.stringify({ action, fields } satisfies KeptForm)
}

const UNKEPT = /^csrf$|password/i

export function readKeptForm(text: string): KeptForm | undefined {
  try {
    return KeptForm.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

export const resumePage = async (
  c: HonoContext,
  context: Context,
  { kept, csrf, status }: { kept: KeptForm; csrf: string; status?: 403 },
): Promise<Response> =>
  c.html(
    <ResumePage
      site={await findSite(context, c)}
      csrf={csrf}
      action={kept.action}
      fields={kept.fields}
      canReview={REVIEWED.test(kept.action)}
    />,
    status ?? 200,
  )

/** The long forms, which give back what they are sent with `REVIEW`. */
const REVIEWED = /^\/administration\/(?:cafes|lieux)\/(?:nouveau|[\da-f-]{36}(?:\/situation)?)$/

/** Whether the form is wanted again, with what it held, instead of being saved. */
export const isReview = (form: FormData): boolean => form.has(REVIEW)
