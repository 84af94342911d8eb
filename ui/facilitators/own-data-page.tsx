import { momentText } from '../../node/domain/values/date-text.ts'
import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { ConsentLog, type ShownConsent } from './own-profile-page.tsx'

/** A value as in the JSON file. */
export type OwnDatum = string | number | boolean | null | OwnDatum[] | { [name: string]: OwnDatum }

export type OwnDataPageProps = {
  site: Site
  token: string
  data: { [name: string]: OwnDatum }
  /** The consents, which are in `data` too. */
  consents: ShownConsent[]
}

/** Shows everything that the site stores about a person, who can also download it as a file. */
export function OwnDataPage({ site, token, data, consents }: OwnDataPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.facilitator.ownData
  return (
    <Layout title={texts.title} site={site} noindex narrow>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <p class="buttons">
        <Link
          class="button"
          href={`${paths.ownProfile(token, 'donnees')}?format=json`}
          download="mes-donnees.json"
        >
          {texts.download}
        </Link>
        <Link href={paths.ownProfile(token)}>{texts.back}</Link>
      </p>
      {Object.entries(data).map(([name, value]) => (
        <section>
          <h2>{texts.parts[name as keyof typeof texts.parts] ?? name}</h2>
          {isEmpty(value) ? (
            <p>{texts.nothing}</p>
          ) : name === 'consents' ? (
            <ConsentLog consents={consents} t={t} />
          ) : (
            <Datum value={value} t={t} />
          )}
        </section>
      ))}
    </Layout>
  )
}

const isEmpty = (value: OwnDatum): boolean =>
  value === null || (typeof value === 'object' && Object.keys(value).length === 0)

function Datum({ value, t }: { value: OwnDatum; t: Messages }) {
  if (Array.isArray(value))
    return (
      <ul>
        {value.map((item) => (
          <li>
            <Datum value={item} t={t} />
          </li>
        ))}
      </ul>
    )
  if (value === null || typeof value !== 'object') return <>{plainText(value, t)}</>
  const { names } = t.facilitator.ownData
  const said = Object.entries(value).filter(([, each]) => !isEmpty(each) && each !== '')
  return (
    <dl class="facts-list">
      {said.map(([name, each]) => (
        <div>
          <dt>{names[name as keyof typeof names] ?? name}</dt>
          <dd>
            <Datum value={each} t={t} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/

/** Returns a value as in the file, except that dates and booleans are in words. */
function plainText(value: string | number | boolean | null, t: Messages): string {
  const { yes, no } = t.facilitator.ownData
  if (typeof value === 'boolean') return value ? yes : no
  const text = String(value)
  return INSTANT.test(text) ? momentText(Temporal.Instant.from(text), t.lang) : text
}
