import { COPY_SCRIPT, Copy } from '../components/copy.tsx'
import { OuterLink } from '../components/external-link.tsx'
import {
  ErrorSummary,
  type FormState,
  InputField,
  SubmitButton,
  titleOfForm,
} from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form, Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { AlertPanel } from './alert-form.tsx'
import { ChooseArea, type FollowAreas } from './area-panel.tsx'
import { SoftwareAdvice } from './software-advice.tsx'

export type FollowPageProps = {
  site: Site
  /** The visitor's fediverse account, as typed. */
  account?: string | undefined
  /** What is wrong with the account, in words. */
  message?: string | undefined
  /** The page of the visitor's own server where they confirm the following. */
  found?: { href: string; host: string } | undefined
  /** One feed of a directory, where the page is not about the whole site. */
  feed?: FollowedFeed | undefined
  /** For a directory: the territories that can be followed instead. */
  areas?: FollowAreas | undefined
  signedIn?: boolean | undefined
}

export type FollowedFeed = {
  /** The account's name, such as `cafes-ille-et-vilaine`. */
  name: string
  /** The name of its territory; undefined for online cafés. */
  title: string | undefined
  /** The handle, such as `@cafes-ille-et-vilaine@annuaire.example`. */
  handle: string
  /** The address of the page of its cafés. */
  href: string
  /** The addresses of the same cafés as calendar and feed, as paths of the site. */
  agenda: string
  atom: string
  /** For a département: the addresses of the collections of all its places, and how many these are. */
  places?: { total: number; collections: readonly string[] } | undefined
}

/** How to follow all places of a département at once, by a collection of their accounts. */
function Places({
  total,
  collections,
  name,
  t,
}: NonNullable<FollowedFeed['places']> & { name: string; t: Messages }) {
  const texts = t.follow.page.places
  return (
    <>
      <h3 id="lieux">{texts.title}</h3>
      <p>{total === 0 ? texts.none : texts.how(total)}</p>
      {total > 0 &&
        collections.map((address, index) => (
          <>
            <p>
              <code class="address" id={`adresse-lieux-${index + 1}`}>
                {address}
              </code>
            </p>
            <Copy of={`adresse-lieux-${index + 1}`} what={`${texts.title}, ${name}`} t={t} />
          </>
        ))}
    </>
  )
}

/** Shows every way to hear of the next cafés without an account here. POST on the same address: `compte`. */
export function FollowPage(props: FollowPageProps) {
  const { site, account, message, found, feed, areas, signedIn } = props
  const t = messagesFor(site.lang)
  const texts = t.follow.page
  const title = titleOf(site, feed, t)
  const handle = feed?.handle ?? site.handle
  const form: FormState = {
    values: { compte: account ?? '' },
    messages: message ? [{ name: 'compte', message }] : [],
    labels: { compte: texts.compte },
    hints: { compte: texts.compteHint },
    t,
  }
  return (
    <Layout
      title={titleOfForm(form, title)}
      site={site}
      current={paths.followPage}
      description={texts.lead}
      scripts={[COPY_SCRIPT]}
      signedIn={signedIn}
      narrow
    >
      <ErrorSummary form={form} />
      <h1>{title}</h1>
      <p class="lead">{texts.lead}</p>
      {feed && (
        <p>
          <Link href={feed.href}>{texts.feedCafes}</Link> ·{' '}
          <Link href={paths.followPage}>{texts.titleHub}</Link>
        </p>
      )}
      {areas && <ChooseArea areas={areas} chosen={feed?.name} t={t} />}
      <h2>{texts.account}</h2>
      {found && <Confirm found={found} t={t} />}
      <Form
        method="post"
        action={feed ? paths.followFeed(feed.name) : paths.followPage}
        class="stack"
        novalidate
      >
        <InputField form={form} name="compte" autocomplete="off" required />
        <SubmitButton>{texts.submit}</SubmitButton>
      </Form>
      <p>{feed ? texts.feedHandle : texts.handle}</p>
      <p>
        <code class="address" id="adresse-compte">
          {handle}
        </code>
      </p>
      <Copy of="adresse-compte" what={handle} t={t} />
      <p>{texts.handleParts}</p>
      <p>{feed ? texts.feedSearch : texts.search}</p>
      {feed?.places && <Places {...feed.places} name={feed.title ?? feed.name} t={t} />}
      <SoftwareAdvice site={site} isShared={site.kind === 'hub'} t={t} />
      <Calendar site={site} agenda={feed?.agenda ?? paths.agenda} t={t} />
      {site.sendsAlerts && <AlertPanel about={{}} t={t} />}
      <h2>{texts.reader}</h2>
      <p>{feed ? texts.feedReader : texts.readerHow}</p>
      <ul>
        <li>
          <code class="address" id="adresse-flux">
            {site.origin + (feed?.atom ?? paths.atom)}
          </code>
          <Copy of="adresse-flux" what={texts.reader} t={t} />
        </li>
        {!feed && (
          <li>
            <code class="address" id="adresse-flux-json">
              {site.origin + paths.jsonFeed}
            </code>
            <Copy of="adresse-flux-json" what={`${texts.reader} (JSON)`} t={t} />
          </li>
        )}
      </ul>
    </Layout>
  )
}

/**
 * The answer is a link and not a redirect: the visitor sees where they go, and the Content-Security-Policy
 * (`form-action`) forbids redirects to other sites.
 */
const Confirm = ({ found, t }: { found: { href: string; host: string }; t: Messages }) => (
  <div class="panel" role="status">
    <p>{t.follow.page.found(found.host)}</p>
    <p>
      <OuterLink href={found.href} class="button">
        {t.follow.page.go(found.host)}
      </OuterLink>
    </p>
  </div>
)

function titleOf(site: Site, feed: FollowedFeed | undefined, t: Messages): string {
  const texts = t.follow.page
  if (feed) return feed.title ? texts.titleFeed(feed.title) : texts.titleOnline
  return site.kind === 'hub' ? texts.titleHub : texts.title(site.name)
}

const Calendar = ({ site, agenda, t }: { site: Site; agenda: string; t: Messages }) => (
  <>
    <h2>{t.follow.page.calendar}</h2>
    <p>{t.follow.page.calendarHow}</p>
    <p>
      <code class="address" id="adresse-agenda">
        {site.origin + agenda}
      </code>
    </p>
    <Copy of="adresse-agenda" what={t.follow.page.calendar} t={t} />
    <p>
      <Link href={`webcal://${new URL(site.origin).host}${agenda}`}>
        {t.follow.page.calendarOpen}
      </Link>
    </p>
  </>
)
