import { RESOURCE_NEEDS, type Resource } from '../../node/domain/resources/resource.ts'
import { ClockIcon, LevelIcon, TeamIcon } from '../components/icons.tsx'
import { Layout } from '../components/layout.tsx'
import { Form, Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** A resource with the number of cafés that used it. */
export type CountedResource = Resource & { uses: number }

/** GET on the same address: `q`, `besoin`, `duree` in minutes, `theme`, `page` from 1. */
export type ResourcesPageProps = {
  site: Site
  values: { q: string; besoin: string; duree: string; theme: string }
  page: number
  total: number
  resources: readonly CountedResource[]
  hasMore: boolean
  themes: readonly string[]
  signedIn: boolean
}

const DURATIONS = [30, 60, 90]

/** Returns the address of a search for resources. */
const resourcesHref = (values: Partial<ResourcesPageProps['values']>, page = 1): string => {
  const asked = Object.entries({ ...values, page: page > 1 ? String(page) : '' })
  const given = new URLSearchParams(asked.filter(([, value]) => value))
  return given.size > 0 ? `${paths.resources}?${given}` : paths.resources
}

/** Shows what one can lead a café with, what most cafés used first. */
export function ResourcesPage(props: ResourcesPageProps) {
  const { site, values, page } = props
  const t = messagesFor(site.lang)
  const texts = t.resources
  const isAsked = Object.values(values).some((value) => value !== '') || page > 1
  return (
    <Layout
      title={texts.title}
      site={site}
      current={paths.resources}
      description={texts.lead}
      noindex={isAsked}
      signedIn={props.signedIn}
    >
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <SearchForm {...props} t={t} />
      <Needs {...props} t={t} />
      <Found {...props} {...{ t, isAsked }} />
      <Offer {...props} t={t} />
    </Layout>
  )
}

type PartProps = ResourcesPageProps & { t: Messages }

function SearchForm({ values, themes, t }: PartProps) {
  const texts = t.resources
  const durations = [...new Set([...DURATIONS, Number(values.duree)])].filter((n) => n > 0)
  return (
    <search>
      <Form class="search" action={paths.resources} method="get" aria-label={texts.form}>
        <div class="field">
          <label for="q">
            {texts.words} <span class="hint">{texts.wordsHint}</span>
          </label>
          <input id="q" name="q" type="text" value={values.q} />
        </div>
        <div class="field">
          <label for="duree">{texts.duration}</label>
          <select id="duree" name="duree">
            <option value="">{texts.anyDuration}</option>
            {durations
              .toSorted((one, other) => one - other)
              .map((minutes) => (
                <option value={minutes} selected={String(minutes) === values.duree}>
                  {texts.upTo(minutes)}
                </option>
              ))}
          </select>
        </div>
        {(themes.length > 0 || values.theme !== '') && (
          <div class="field">
            <label for="theme">{texts.theme}</label>
            <select id="theme" name="theme">
              <option value="">{texts.anyTheme}</option>
              {[...new Set([...themes, values.theme])].filter(Boolean).map((theme) => (
                <option value={theme} selected={theme === values.theme}>
                  {theme}
                </option>
              ))}
            </select>
          </div>
        )}
        {values.besoin !== '' && <input type="hidden" name="besoin" value={values.besoin} />}
        <button class="button" type="submit">
          {texts.submit}
        </button>
      </Form>
    </search>
  )
}

const Needs = ({ values, t }: PartProps) => (
  <nav aria-label={t.resources.need}>
    <ul class="chips">
      {(['', ...RESOURCE_NEEDS] as const).map((need) => (
        <li>
          <Link
            class="chip"
            href={resourcesHref({ ...values, besoin: need })}
            aria-current={need === values.besoin ? 'true' : undefined}
          >
            {need === '' ? t.resources.anyNeed : t.resources.needs[need]}
          </Link>
        </li>
      ))}
    </ul>
  </nav>
)

function Found({
  values,
  page,
  total,
  resources,
  hasMore,
  isAsked,
  t,
}: PartProps & { isAsked: boolean }) {
  const texts = t.resources
  const none = isAsked ? texts.found(0) : texts.empty
  return (
    <section aria-labelledby="trouvees">
      <h2 id="trouvees" class="found">
        {total === 0 ? none : `${texts.found(total)} `}
        {total > 0 && <small>{texts.mostUsed}</small>}
      </h2>
      <ResourceCards resources={resources} level={3} t={t} />
      <p class="buttons">
        {page > 1 && (
          <Link class="button quiet" href={resourcesHref(values, page - 1)}>
            {texts.before}
          </Link>
        )}
        {hasMore && (
          <Link class="button quiet" href={resourcesHref(values, page + 1)}>
            {texts.next}
          </Link>
        )}
      </p>
      {isAsked && (
        <p>
          <Link href={paths.resources}>{texts.all}</Link>
        </p>
      )}
    </section>
  )
}

type CardsProps = { resources: readonly CountedResource[]; level: 2 | 3; t: Messages }

/** Resources side by side, each with how long it takes, for how many, and how often it was used. */
function ResourceCards({ resources, level, t }: CardsProps) {
  const texts = t.resources
  const Heading = `h${level}` as 'h2'
  return (
    <ul class="resources">
      {resources.map((resource) => (
        <li>
          <p class="kicker">{texts.kinds[resource.kind]}</p>
          <Heading>
            <Link href={paths.resource(resource.slug)}>
              <UserText cafe={{ languages: [resource.language] }} t={t}>
                {resource.title}
              </UserText>
            </Link>
          </Heading>
          <p>
            <UserText cafe={{ languages: [resource.language] }} t={t}>
              {resource.summary}
            </UserText>
          </p>
          <ShortFacts resource={resource} t={t} />
          {resource.uses > 0 && <p class="uses">{texts.used(resource.uses)}</p>}
        </li>
      ))}
    </ul>
  )
}

function ShortFacts({ resource, t }: { resource: Resource; t: Messages }) {
  const texts = t.resources
  const group = texts.group(resource.groupMin, resource.groupMax)
  return (
    <ul class="short-facts">
      {resource.minutes !== undefined && (
        <li>
          <ClockIcon /> {texts.minutes(resource.minutes)}
        </li>
      )}
      {group !== '' && (
        <li>
          <TeamIcon /> {group}
        </li>
      )}
      <li>
        <LevelIcon /> {texts.levels[resource.level]}
      </li>
    </ul>
  )
}

const Offer = ({ site, t }: PartProps) => {
  const texts = t.resources.offer
  return (
    <section class="panel" aria-labelledby="proposer">
      <h2 id="proposer">{texts.title}</h2>
      <p>{texts.text}</p>
      <p>{texts.how}</p>
      <p class="buttons">
        <Link class="button" href={site.kind === 'hub' ? paths.organise : paths.newResource}>
          {site.kind === 'hub' ? texts.ways : texts.button}
        </Link>
      </p>
    </section>
  )
}
