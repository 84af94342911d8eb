import { CsrfInput } from './fields.tsx'
import { Layout } from './layout.tsx'
import { paths } from './paths.ts'
import type { Site } from './site.ts'
import { stringsFor } from './strings.ts'

export type ResumePageProps = {
  site: Site
  csrf: string
  /** Where the form goes, and what it held: a name may come several times. */
  action: string
  fields: readonly (readonly [name: string, value: string])[]
}

/** A form that was sent after the session's end, ready to be sent again: one click, nothing to type. */
export function ResumePage({ site, csrf, action, fields }: ResumePageProps) {
  const t = stringsFor(site.lang)
  const words = t.desk.resume
  return (
    <Layout title={words.title} site={site} noindex>
      <div class="narrow">
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <form method="post" action={action}>
          <CsrfInput csrf={csrf} />
          {fields.map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <p class="buttons">
            <button type="submit" class="button">
              {words.submit}
            </button>
            <a href={paths.desk}>{words.leave}</a>
          </p>
        </form>
      </div>
    </Layout>
  )
}
