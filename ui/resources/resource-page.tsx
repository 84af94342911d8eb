import type { Child } from 'hono/jsx'
import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { LICENCE_PAGES } from '../../node/domain/resources/resource.ts'
import { plainDate } from '../../node/domain/values/date-text.ts'
import { dayInParis } from '../../node/domain/values/days.ts'
import { webHref } from '../../node/domain/values/web-address.ts'
import { languageName } from '../cafes/details.tsx'
import { ClockIcon, HeartIcon, LevelIcon, ScreenIcon, TeamIcon } from '../components/icons.tsx'
import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import { PageFlag } from '../components/page-flag.tsx'
import type { Site } from '../components/site.ts'
import { UserText, userTextLang } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths } from '../paths.ts'
import { whenAndWhere } from '../referents/dashboard-acts.tsx'
import type { CountedResource } from './list-page.tsx'

export type ResourcePageProps = {
  site: Site
  resource: CountedResource
  /** Cafés to come that name it, soonest first, and past ones, the latest first. */
  soon: readonly Cafe[]
  past: readonly Cafe[]
  signedIn: boolean
  /** Whether the reader is an administrator, who may hide from a directory what another site publishes. */
  mayHide?: boolean | undefined
}

/** One resource: what one needs, how it goes, and where it comes from. */
export function ResourcePage({ site, resource, soon, past, ...seen }: ResourcePageProps) {
  const t = messagesFor(site.lang)
  const texts = t.resources
  const written = { languages: [resource.language] }
  return (
    <Layout
      title={resource.title}
      site={site}
      current={paths.resource(resource.slug)}
      canonical={resource.uri}
      description={resource.summary}
      signedIn={seen.signedIn}
    >
      <p>
        <Link href={paths.resources}>← {texts.page.back}</Link>
      </p>
      <article class="cafe-page resource-page">
        <header>
          <p class="kicker">{texts.kinds[resource.kind]}</p>
          <h1>
            <UserText cafe={written} t={t}>
              {resource.title}
            </UserText>
          </h1>
          <p class="lead">
            <UserText cafe={written} t={t}>
              {resource.summary}
            </UserText>
          </p>
        </header>
        <Facts {...{ site, resource, t }} />
        <div>
          <Needed {...{ resource, t }} />
          {resource.descriptionHtml !== '' && (
            <section aria-labelledby="deroule">
              <h2 id="deroule">{texts.page.how}</h2>
              {/* The cleaner in `node/formats` sanitised this HTML when it was received. */}
              <div
                class="prose"
                lang={userTextLang(written, t)}
                dangerouslySetInnerHTML={{ __html: resource.descriptionHtml }}
              />
            </section>
          )}
          <Cafes id="bientot" title={texts.page.soon} cafes={soon} t={t} />
          <Cafes id="passes" title={texts.page.past} cafes={past} t={t} />
          <Origin {...{ resource, t }} />
          <PageFlag
            address={site.origin + paths.resource(resource.slug)}
            kind="resource"
            mayHide={site.kind === 'hub' && resource.peerId !== undefined && seen.mayHide}
            t={t}
          />
        </div>
      </article>
    </Layout>
  )
}

type PartProps = { resource: CountedResource; t: Messages }

const Fact = ({ icon, name, children }: { icon: Child; name: string; children: Child }) => (
  <div>
    <dt>
      {icon}
      <span class="unseen">{name}</span>
    </dt>
    <dd>{children}</dd>
  </div>
)

function Facts({ site, resource, t }: PartProps & { site: Site }) {
  const texts = t.resources
  const { page } = texts
  const { minutes, groupMin, groupMax, audiences, uses } = resource
  const group = texts.group(groupMin, groupMax)
  const audience = audiences.map((one) => texts.audiences[one]).join(', ')
  return (
    <section class="facts-card" aria-label={page.facts}>
      <dl class="facts">
        {minutes !== undefined && (
          <Fact icon={<ClockIcon />} name={page.duration}>
            <strong>{texts.minutes(minutes)}</strong>
          </Fact>
        )}
        {(group !== '' || audience !== '') && (
          <Fact icon={<TeamIcon />} name={page.group}>
            <strong>{sentenceCase(group || audience)}</strong>
            {group !== '' && audience !== '' && <small>{sentenceCase(audience)}</small>}
          </Fact>
        )}
        <Fact icon={<LevelIcon />} name={page.level}>
          <strong>{texts.levels[resource.level]}</strong>
          {resource.language !== t.lang && (
            <small>{sentenceCase(languageName(resource.language, t))}</small>
          )}
        </Fact>
        <Fact icon={<ScreenIcon />} name={page.computer}>
          {resource.needsComputer ? page.needsComputer : page.noComputer}
        </Fact>
        <Fact icon={<HeartIcon />} name={t.resources.mostUsed}>
          {uses > 0 ? <strong>{texts.used(uses)}</strong> : page.notUsed}
        </Fact>
      </dl>
      <p class="keep">
        <OuterButton {...{ resource, t }} />
        <Link
          class="button quiet"
          href={site.kind === 'hub' ? paths.organise : paths.newCafeWith(resource.slug)}
        >
          {page.announce}
        </Link>
      </p>
    </section>
  )
}

/** The link to another site, with the name of its host, and for no search engine to follow. */
function OuterButton({ resource: { link }, t }: PartProps) {
  const href = webHref(link)
  if (href === undefined) return null
  return (
    <>
      <Link class="button" href={href} rel="noopener noreferrer nofollow ugc">
        {t.resources.page.link(new URL(href).host)}
      </Link>
      <small>{t.resources.page.linkHint}</small>
    </>
  )
}

function Needed({ resource, t }: PartProps) {
  if (resource.material.length === 0) return null
  return (
    <section aria-labelledby="il-faut">
      <h2 id="il-faut">{t.resources.page.need}</h2>
      <ul class="needed">
        {resource.material.map((item) => (
          <li>
            <UserText cafe={{ languages: [resource.language] }} t={t}>
              {item}
            </UserText>
          </li>
        ))}
      </ul>
    </section>
  )
}

type CafesProps = { id: string; title: string; cafes: readonly Cafe[]; t: Messages }

const Cafes = ({ id, title, cafes, t }: CafesProps) =>
  cafes.length === 0 ? null : (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul class="plain acts">
        {cafes.map((cafe) => (
          <li>
            <Link href={paths.cafe(cafe.id)}>
              <UserText cafe={cafe} t={t}>
                {cafe.title}
              </UserText>
            </Link>
            <br />
            <small>{whenAndWhere(cafe, t)}</small>
          </li>
        ))}
      </ul>
    </section>
  )

function Origin({ resource, t }: PartProps) {
  const texts = t.resources
  const { page } = texts
  const { licence, owner, author, updatedAt } = resource
  const day = dayInParis(updatedAt)
  return (
    <section class="panel" aria-labelledby="origine">
      <h2 id="origine">{page.from}</h2>
      <p>
        {page.writtenBy(author)} {page.publishedBy}{' '}
        <Link href={resource.uri}>
          {owner.name} {page.on(new URL(resource.uri).host)}
        </Link>
        {'. '}
        {page.version(plainDate(day, t.lang))}
      </p>
      <p>
        {page.licence(texts.licenceSays[licence], texts.licences[licence])}{' '}
        <Link href={LICENCE_PAGES[licence]} rel="license noopener noreferrer">
          {page.licenceText}
        </Link>
      </p>
      <h3>{page.cite}</h3>
      <p>
        {page.citeHow} <code class="address">{resource.uri}</code>
      </p>
    </section>
  )
}
