import { CsrfInput } from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import type { Site } from '../components/site.ts'
import { type Strings, stringsFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

export type ResumePageProps = {
  site: Site
  csrf: string
  /** Where the form goes, and what it held: a name may come several times. */
  action: string
  fields: readonly (readonly [name: string, value: string])[]
  /** Whether the form itself can be had back, filled in. */
  canReview?: boolean | undefined
}

/** A form that was sent after the session's end: what was typed is shown, and one click sends it or opens it again. */
export function ResumePage({ site, csrf, action, fields, canReview }: ResumePageProps) {
  const t = stringsFor(site.lang)
  const words = t.desk.resume
  const written = readableFields(fields, t)
  return (
    <Layout title={words.title} site={site} noindex>
      <div class="narrow">
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
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
            {canReview && <p class="fine">{t.safety.resume.files}</p>}
          </section>
        )}
        <form method="post" action={action}>
          <CsrfInput csrf={csrf} />
          {fields.map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <p class="buttons">
            <button type="submit" class="button">
              {words.submit}
            </button>
            {canReview && (
              <button type="submit" name={REVIEW} value="1" class="button quiet">
                {t.safety.resume.review}
              </button>
            )}
            <a href={paths.desk}>{words.leave}</a>
          </p>
        </form>
      </div>
    </Layout>
  )
}

/** Sent along, it asks for the form with what was typed instead of saving it. */
export const REVIEW = 'revoir'

/** What people typed, under the labels that they saw; what the page itself had put there says nothing to them. */
function readableFields(fields: ResumePageProps['fields'], t: Strings): [string, string][] {
  const labels: { readonly [name: string]: string } = {
    ...t.venues.labels,
    ...t.legal.settings.labels,
    ...t.situation.labels,
    ...t.desk.cafeForm.labels,
    name: t.desk.account.name,
    email: t.desk.account.email,
    reason: t.desk.cancel.reason,
  }
  return fields.flatMap(([name, value]) => {
    const label = labels[name]
    return label && value.trim() !== '' && !CODED.has(name) ? [[label, value]] : []
  })
}

/** Choices, which are sent as codes and not in words. */
const CODED = new Set([
  'venue.id',
  'venue.codeInsee',
  'codeInsee',
  'image.focus',
  'attendanceMode',
  'registration.mode',
  'openTo',
  'accessibility',
  'languages',
  'intentions',
  'situation',
  'update',
])
