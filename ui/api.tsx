import { Layout } from './layout.tsx'
import { paths } from './paths.ts'
import type { Site } from './site.ts'
import { stringsFor } from './strings.ts'

export type ApiPageProps = { site: Site; signedIn?: boolean | undefined }

/** What other software may read and write here, for the person who will connect it. */
export function ApiPage({ site, signedIn }: ApiPageProps) {
  const words = stringsFor(site.lang).api
  return (
    <Layout title={words.title} site={site} current={paths.api} signedIn={signedIn}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <h2>{words.files}</h2>
        <p>
          {words.filesText} <code>?near=35000&amp;radius=30</code>
        </p>
        <ul>
          {EXPORTS.map((format) => (
            <li>
              <a href={`/export/cafes.${format}`}>{words.formats[format]}</a>
            </li>
          ))}
        </ul>
        <h2>{words.read}</h2>
        <p>{words.readText}</p>
        <code class="command">{`curl '${site.origin}/api/v1/cafes?near=35000&radius=30'`}</code>
        <p>{words.parameters}</p>
        <h2>{words.write}</h2>
        <p>
          {words.writeText} <a href={paths.tokens}>{words.tokens}</a>
        </p>
        <h2>{words.contract}</h2>
        <p>
          <a href={paths.openApi}>{words.openApi}</a>
        </p>
      </div>
    </Layout>
  )
}

const EXPORTS = ['ics', 'csv', 'json', 'jsonld', 'atom', 'ndjson'] as const
