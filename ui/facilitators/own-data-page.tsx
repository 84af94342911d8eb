import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** As JSON has it. */
export type OwnDatum = string | number | boolean | null | OwnDatum[] | { [name: string]: OwnDatum }

export type OwnDataPageProps = { site: Site; token: string; data: { [name: string]: OwnDatum } }

/** All that the site holds about a person, for them to read; the same as a file to take elsewhere. */
export function OwnDataPage({ site, token, data }: OwnDataPageProps) {
  const texts = messagesFor(site.lang).facilitator.ownData
  return (
    <Layout title={texts.title} site={site} noindex>
      <div class="narrow">
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
            {isEmpty(value) ? <p>{texts.nothing}</p> : <Datum value={value} />}
          </section>
        ))}
      </div>
    </Layout>
  )
}

const isEmpty = (value: OwnDatum): boolean =>
  value === null || (typeof value === 'object' && Object.keys(value).length === 0)

/** Names are those of the file, so that one is read with the other. */
function Datum({ value }: { value: OwnDatum }) {
  if (Array.isArray(value))
    return (
      <ul>
        {value.map((item) => (
          <li>
            <Datum value={item} />
          </li>
        ))}
      </ul>
    )
  if (value === null || typeof value !== 'object') return <>{String(value)}</>
  const said = Object.entries(value).filter(([, each]) => !isEmpty(each) && each !== '')
  return (
    <dl class="facts-list">
      {said.map(([name, each]) => (
        <div>
          <dt lang="en">{name}</dt>
          <dd>
            <Datum value={each} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
