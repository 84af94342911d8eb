import { Layout } from '../components/layout.tsx'
import { Link, PostForm } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { fieldDateText } from '../components/time.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

export type PendingFormPageProps = {
  site: Site
  csrf: string
  /** The address that the form is sent to, and its fields; a name may occur several times. */
  action: string
  fields: readonly (readonly [name: string, value: string])[]
  /** Whether the form can be opened again, filled in. */
  canReview?: boolean | undefined
  /** Whether a file had been chosen, which must be chosen again. */
  hadFile?: boolean | undefined
  /** Why the form was not saved; by default, the page says that the session had ended. */
  why?: { title: string; lead: string } | undefined
}

/**
 * Shows a form that was sent after the session's end, with what was typed; one button sends it, another opens it again.
 */
export function PendingFormPage({
  site,
  csrf,
  action,
  fields,
  canReview,
  hadFile,
  why,
}: PendingFormPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.admin.resume
  const { title, lead } = why ?? texts
  const written = readableFields(fields, t)
  return (
    <Layout title={title} site={site} noindex narrow>
      <h1>{title}</h1>
      <p class="lead">{lead}</p>
      {written.length > 0 && (
        <section class="panel" aria-labelledby="ecrit">
          <h2 id="ecrit">{t.safety.resume.written}</h2>
          <dl class="written">
            {written.map(([label, value]) => (
              <>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </>
            ))}
          </dl>
        </section>
      )}
      {hadFile && <p>{t.safety.resume.files}</p>}
      <PostForm csrf={csrf} action={action}>
        {fields.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <p class="buttons">
          <button type="submit" class="button">
            {texts.submit}
          </button>
          {canReview && (
            <button type="submit" name={REVIEW} value="1" class="button quiet">
              {t.safety.resume.review}
            </button>
          )}
          <Link href={paths.admin}>{texts.leave}</Link>
        </p>
      </PostForm>
    </Layout>
  )
}

/** The field that asks for the form with what was typed, instead of saving it. */
export const REVIEW = 'revoir'

/** Returns what people typed, under the labels that they saw. Hidden fields are left out. */
function readableFields(fields: PendingFormPageProps['fields'], t: Messages): [string, string][] {
  const labels: { readonly [name: string]: string } = {
    ...t.cafeStatus.venues.labels,
    ...t.legal.settings.labels,
    ...t.cafeStatus.change.labels,
    ...t.admin.cafeForm.labels,
    name: t.admin.account.name,
    email: t.admin.account.email,
    reason: t.admin.cancel.reason,
  }
  return fields.flatMap(([name, value]) => {
    const label = labels[name]
    return label && value.trim() !== '' && !CODED.has(name)
      ? [[label, fieldDateText(name, value, t.lang)]]
      : []
  })
}

/** Fields whose values are codes, which are not shown. */
const CODED = new Set([
  'venue.id',
  'venue.codeInsee',
  'venue.keep',
  'codeInsee',
  'image.focus',
  'attendanceMode',
  'onlineFor',
  'registration.mode',
  'openTo',
  'accessibility',
  'languages',
  'intentions',
  'situation',
  'update',
])
