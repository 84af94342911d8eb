import { UnsavedTexts } from '../admin/unsaved-texts.tsx'
import { CafeList, type ListedCafe } from '../cafes/card.tsx'
import { SubmitButton } from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form, LinkChoices } from '../components/link.tsx'
import type { NavLink, Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

export type ErrorStatus = 403 | 404 | 410 | 422 | 429 | 500 | 503 | 507

export type ErrorPageProps = {
  site: Site
  status: ErrorStatus
  /** A sentence for the visitor, instead of the usual one. */
  message?: string | undefined
  /** The reference of this failure in the log. */
  reference?: string | undefined
  /** The next cafés, for a visitor who looked for one. */
  next?: ListedCafe[] | undefined
  now?: Temporal.Instant | undefined
  signedIn?: boolean | undefined
  /** The texts of the form that could not be saved. */
  typed?: readonly string[]
}

/** Says what happened, what it means, and where to go from here. */
export function ErrorPage(props: ErrorPageProps) {
  const { site, status, message, reference, next, now, signedIn } = props
  const t = messagesFor(site.lang)
  const texts = wordsOf(status, t)
  return (
    <Layout
      title={texts.title}
      site={site}
      noindex
      signedIn={signedIn}
      nav={status === 503 ? NOWHERE : undefined}
      narrow
    >
      <h1>{texts.title}</h1>
      <p class="lead">{message ?? texts.text}</p>
      {reference && <p class="fine">{t.site.error.reference(reference)}</p>}
      <UnsavedTexts typed={props.typed ?? []} t={t} />
      <LinkChoices links={waysOn(site, status, { t, signedIn })} />
      {isLost(status) && site.kind === 'hub' && <SearchNear t={t} />}
      {next && next.length > 0 && now && (
        <>
          <h2>{t.safety.errors.next}</h2>
          <CafeList cafes={next} now={now} t={t} level={3} />
        </>
      )}
    </Layout>
  )
}

/** Empty for a site that is closed, where every address shows this page. */
const NOWHERE: NavLink[] = []

/** Returns whether nothing is at this address, so that the page offers a search. */
const isLost = (status: ErrorStatus): boolean => status === 404 || status === 410

/** The search field of the directory's home page. */
const SearchNear = ({ t }: { t: Messages }) => (
  <search>
    <Form
      class="search-near panel"
      action={paths.home}
      method="get"
      aria-label={t.safety.errors.near}
    >
      <h2>{t.safety.errors.near}</h2>
      <div class="field">
        <label for="ou">
          {t.search.where} <span class="hint">{t.search.whereHint}</span>
        </label>
        <input id="ou" name="ou" type="text" autocomplete="postal-code" />
      </div>
      <SubmitButton>{t.search.submit}</SubmitButton>
    </Form>
  </search>
)

const wordsOf = (status: ErrorStatus, t: Messages) =>
  ({
    403: t.site.error.forbidden,
    404: t.site.error.notFound,
    410: t.site.error.gone,
    422: t.site.error.invalid,
    429: t.site.error.tooMany,
    500: t.site.error.internal,
    503: t.site.error.restored,
    507: t.site.error.diskFull,
  })[status]

function waysOn(
  site: Site,
  status: ErrorStatus,
  { t, signedIn }: { t: Messages; signedIn: boolean | undefined },
): NavLink[] {
  const home = {
    href: paths.home,
    label: site.kind === 'hub' ? t.site.error.find : t.site.error.home,
  }
  const cafes = { href: paths.cafes, label: t.site.error.cafes }
  const signIn = { href: paths.signIn, label: t.site.error.signIn }
  const admin = { href: paths.admin, label: t.site.layout.admin }
  if (status === 503) return [signedIn ? admin : { ...signIn, label: t.site.error.teamSignIn }]
  if (status === 403) return [signedIn ? admin : signIn, home]
  const contact = { href: paths.contact, label: t.safety.errors.contact }
  const asks = isLost(status) || status >= 500 ? [contact] : []
  return [...(site.kind === 'hub' ? [home] : [cafes, home]), ...asks]
}
