import { CardTable } from '../components/card-table.tsx'
import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { apiExamples, type Example } from './api-examples.ts'
import { Fold } from './fold.tsx'

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
      <div class="folds">
        <Fold id="fichiers" heading={texts.files}>
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
        </Fold>
        <Fold id="regles" heading={more.rules}>
          <Rules limits={limits} t={t} />
        </Fold>
        <Fold id="exemples" heading={more.examples}>
          <p>{more.examplesText}</p>
          <Examples examples={examples.reads} />
        </Fold>
        <Fold id="ecrire" heading={texts.write}>
          <p>
            {texts.writeText} <Link href={paths.tokens}>{texts.tokens}</Link>
          </p>
          <p>{more.writeExamples}</p>
          <code class="command">JETON=…</code>
          <Examples examples={examples.writes} />
        </Fold>
        <Fold id="adresses" heading={more.operations}>
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
        </Fold>
        <Fold id="erreurs" heading={more.errors}>
          <p>{more.errorsText}</p>
          <Errors errors={errors} />
        </Fold>
      </div>
      <p>
        {texts.contract}
        {'\u00a0: '}
        <Link href={paths.openApi}>{texts.openApi}</Link>
      </p>
    </Layout>
  )
}

function Rules({ limits, t }: Pick<ApiPageProps, 'limits'> & { t: Messages }) {
  const { rule } = t.data.api
  return (
    <ul>
      {[
        rule.pages,
        rule.french,
        rule.etag,
        rule.cors,
        rule.limits(limits.reads, limits.exports),
        rule.idempotency,
        rule.scope,
      ].map((text) => (
        <li>{text}</li>
      ))}
    </ul>
  )
}

const Errors = ({ errors }: Pick<ApiPageProps, 'errors'>) => (
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
)

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
