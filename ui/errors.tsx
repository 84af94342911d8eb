import { Layout } from './layout.tsx'
import { paths } from './paths.ts'
import type { NavLink, Site } from './site.ts'
import { type Strings, stringsFor } from './strings.ts'

export type ErrorStatus = 403 | 404 | 410 | 422 | 429 | 500

export type ErrorPageProps = {
  site: Site
  status: ErrorStatus
  /** A sentence for the visitor, in place of the usual one. */
  message?: string | undefined
  /** What the log calls this failure. */
  reference?: string | undefined
  signedIn?: boolean | undefined
}

/** Says what happened, what it means, and where to go from here. */
export function ErrorPage({ site, status, message, reference, signedIn }: ErrorPageProps) {
  const t = stringsFor(site.lang)
  const words = wordsOf(status, t)
  return (
    <Layout title={words.title} site={site} noindex signedIn={signedIn}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <p class="lead">{message ?? words.text}</p>
        {reference && <p class="fine">{t.error.reference(reference)}</p>}
        <ul class="choices">
          {waysOn(site, status, t).map(({ href, label }) => (
            <li>
              <a href={href}>{label}</a>
            </li>
          ))}
        </ul>
      </div>
    </Layout>
  )
}

const wordsOf = (status: ErrorStatus, t: Strings) =>
  ({
    403: t.error.forbidden,
    404: t.error.notFound,
    410: t.error.gone,
    422: t.error.invalid,
    429: t.error.tooMany,
    500: t.error.internal,
  })[status]

function waysOn(site: Site, status: ErrorStatus, t: Strings): NavLink[] {
  const home = { href: paths.home, label: site.kind === 'hub' ? t.error.find : t.error.home }
  const cafes = { href: paths.cafes, label: t.error.cafes }
  const signIn = { href: paths.signIn, label: t.error.signIn }
  if (status === 403) return [signIn, home]
  return site.kind === 'hub' ? [home] : [cafes, home]
}
