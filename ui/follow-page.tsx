import { ErrorSummary, type FormState, InputField } from './fields.tsx'
import { Layout } from './layout.tsx'
import { OuterLink } from './outer-link.tsx'
import { paths } from './paths.ts'
import type { Site } from './site.ts'
import { type Strings, stringsFor } from './strings.ts'

export type FollowPageProps = {
  site: Site
  /** The visitor's account, as typed. */
  account?: string | undefined
  /** What is wrong with it, in words. */
  message?: string | undefined
  /** Where the visitor's own network asks them to confirm. */
  found?: { href: string; host: string } | undefined
  signedIn?: boolean | undefined
}

/** Every way to hear of the next café without an account here. POST on the same address: `compte`. */
export function FollowPage({ site, account, message, found, signedIn }: FollowPageProps) {
  const t = stringsFor(site.lang)
  const words = t.followPage
  const title = site.kind === 'hub' ? words.titleHub : words.title(site.name)
  const form: FormState = {
    values: { compte: account ?? '' },
    messages: message ? [{ name: 'compte', message }] : [],
    labels: { compte: words.compte },
    hints: { compte: words.compteHint },
    t,
  }
  return (
    <Layout
      title={title}
      site={site}
      current={paths.followPage}
      description={words.lead}
      signedIn={signedIn}
    >
      <div class="narrow">
        <ErrorSummary form={form} />
        <h1>{title}</h1>
        <p class="lead">{words.lead}</p>
        <h2>{words.account}</h2>
        {found && <Confirm found={found} t={t} />}
        <form method="post" action={paths.followPage} class="stack" novalidate>
          <InputField form={form} name="compte" autocomplete="off" required />
          <p>
            <button type="submit" class="button">
              {words.submit}
            </button>
          </p>
        </form>
        <p>{words.handle}</p>
        <p>
          <code class="address">{site.handle}</code>
        </p>
        <p>{words.handleParts}</p>
        <p>{words.search}</p>
        <Calendar site={site} t={t} />
        <h2>{words.reader}</h2>
        <p>{words.readerHow}</p>
        <ul>
          <li>
            <code class="address">{site.origin + paths.atom}</code>
          </li>
          <li>
            <code class="address">{site.origin + paths.jsonFeed}</code>
          </li>
        </ul>
      </div>
    </Layout>
  )
}

/** A link, not a redirect: the visitor sees where they go, and a form's policy lets it lead home only. */
const Confirm = ({ found, t }: { found: { href: string; host: string }; t: Strings }) => (
  <div class="panel" role="status">
    <p>{t.followPage.found(found.host)}</p>
    <p>
      <OuterLink href={found.href} class="button">
        {t.followPage.go(found.host)}
      </OuterLink>
    </p>
  </div>
)

const Calendar = ({ site, t }: { site: Site; t: Strings }) => (
  <>
    <h2>{t.followPage.calendar}</h2>
    <p>{t.followPage.calendarHow}</p>
    <p>
      <code class="address">{site.origin + paths.agenda}</code>
    </p>
    <p>
      <a href={`webcal://${new URL(site.origin).host}${paths.agenda}`}>
        {t.followPage.calendarOpen}
      </a>
    </p>
  </>
)
