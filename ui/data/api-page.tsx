import { CardTable } from '../components/card-table.tsx'
import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { apiExamples, type Example } from './api-examples.ts'

/** One address and method of the API, from its own description. */
export type DescribedOperation = {
  id: string
  method: string
  /** The path, from `/api/v1` on. */
  path: string
  needsToken: boolean
  /** The summary, in English. */
  summary: string
  parameters: readonly { name: string; description: string }[]
}

/** A kind of error; its `type` is an anchor of this page. */
type DescribedError = {
  type: string
  status: number
  title: string
  detail?: string | undefined
}

export type ApiPageProps = {
  site: Site
  operations: readonly DescribedOperation[]
  errors: readonly DescribedError[]
  limits: { reads: number; exports: number }
  /** The date of the café in the examples. */
  day: Temporal.PlainDate
  signedIn?: boolean | undefined
}

/** Says what other software can read and write here, for the person who connects it. */
export function ApiPage({ site, operations, errors, limits, day, signedIn }: ApiPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.site.api
  const more = t.data.api
  const examples = apiExamples(site.origin, day, more)
  return (
    <Layout title={texts.title} site={site} current={paths.api} signedIn={signedIn}>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <ul>
        <li>
          <Link href={paths.openData}>{more.openData}</Link>
        </li>
        <li>
          <Link href={paths.embed}>{more.embed}</Link>
        </li>
      </ul>
      <h2>{texts.files}</h2>
      <p>
        {texts.filesText} <code>?near=35000&amp;radius=30</code>
      </p>
      <ul>
        {Object.entries(more.formats).map(([file, label]) => (
          <li>
            <Link href={`/export/${file}`}>{label}</Link>
          </li>
        ))}
      </ul>
      <h2>{more.rules}</h2>
      <ul>
        {[
          more.rule.pages,
          more.rule.french,
          more.rule.etag,
          more.rule.cors,
          more.rule.limits(limits.reads, limits.exports),
          more.rule.idempotency,
          more.rule.scope,
        ].map((rule) => (
          <li>{rule}</li>
        ))}
      </ul>
      <h2>{more.examples}</h2>
      <p>{more.examplesText}</p>
      <Examples examples={examples.reads} />
      <h3>{texts.write}</h3>
      <p>
        {texts.writeText} <Link href={paths.tokens}>{texts.tokens}</Link>
      </p>
      <p>{more.writeExamples}</p>
      <code class="command">JETON=…</code>
      <Examples examples={examples.writes} />
      <h2>{more.operations}</h2>
      <Operations
        title={more.reading}
        operations={operations.filter(({ needsToken }) => !needsToken)}
        t={t}
      />
      <Operations
        title={more.writing}
        operations={operations.filter(({ needsToken }) => needsToken)}
        t={t}
      />
      <p>
        {texts.contract}
        {'\u00a0: '}
        <Link href={paths.openApi}>{texts.openApi}</Link>
      </p>
      <h2>{more.errors}</h2>
      <p>{more.errorsText}</p>
      <dl>
        {errors.map(({ type, status, title, detail }) => (
          <>
            <dt id={type}>
              <code>{status}</code> {title}
            </dt>
            <dd>
              <code>{type}</code> {detail}
            </dd>
          </>
        ))}
      </dl>
    </Layout>
  )
}

const Examples = ({ examples }: { examples: readonly Example[] }) => (
  <>
    {examples.map(({ label, command }) => (
      <>
        <p class="example">{label}</p>
        <code class="command">{command}</code>
      </>
    ))}
  </>
)

type OperationsProps = { title: string; operations: DescribedOperation[]; t: Messages }

const Operations = ({ title, operations, t }: OperationsProps) => (
  <>
    <h3>{title}</h3>
    <ul class="operations">
      {operations.map((operation) => (
        <li>
          <code>
            {operation.method} /api/v1{operation.path}
          </code>
          <p>{summaryOf(operation, t)}</p>
          {operation.parameters.length > 0 && <Parameters operation={operation} t={t} />}
        </li>
      ))}
    </ul>
  </>
)

const summaryOf = ({ id, summary }: DescribedOperation, t: Messages) => {
  const known: Record<string, string> = t.data.api.operation
  return known[id] ?? <span lang={t.lang === 'en' ? undefined : 'en'}>{summary}</span>
}

function Parameters({ operation, t }: { operation: DescribedOperation; t: Messages }) {
  const texts = t.data.api
  return (
    <details>
      <summary>{texts.parametersOf(operation.parameters.length)}</summary>
      <CardTable
        rows={operation.parameters}
        columns={[
          [texts.parameter, ({ name }) => <code>{name}</code>],
          [
            texts.meaning,
            ({ description }) => (
              <span lang={t.lang === 'en' ? undefined : 'en'}>{description || '–'}</span>
            ),
          ],
        ]}
      />
    </details>
  )
}
