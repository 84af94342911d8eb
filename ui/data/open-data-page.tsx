import type { OpenData } from '../../node/domain/territories/open-data.ts'
import { longDate } from '../../node/domain/values/date-text.ts'
import { OuterLink } from '../components/external-link.tsx'
import { Layout } from '../components/layout.tsx'
import type { Site } from '../components/site.ts'
import { Typed, typedLang } from '../components/user-text.tsx'
import { type Strings, stringsFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** One column of the table of cafés, as its schema says it. */
type DescribedColumn = {
  name: string
  type: 'string' | 'number' | 'integer' | 'datetime' | 'boolean'
  /** In French. */
  description: string
  constraints?:
    | {
        required?: true
        unique?: true
        enum?: string[]
        pattern?: string
        minimum?: number | string
        maximum?: number | string
      }
    | undefined
}

export type OpenDataPageProps = {
  site: Site
  /** Undefined while the first files are being made. */
  data: OpenData | undefined
  columns: readonly DescribedColumn[]
  signedIn?: boolean | undefined
}

const LICENCE = 'https://www.etalab.gouv.fr/licence-ouverte-open-licence'

/** What may be taken away as files, under which licence, and what each column means. */
export function OpenDataPage({ site, data, columns, signedIn }: OpenDataPageProps) {
  const t = stringsFor(site.lang)
  const words = t.data.open
  return (
    <Layout
      title={words.title}
      site={site}
      current={paths.openData}
      description={words.lead}
      signedIn={signedIn}
    >
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <h2>{words.files}</h2>
      {data ? <Files data={data} t={t} /> : <Preparing t={t} />}
      <h2>{words.licence}</h2>
      <p>
        {words.licenceText} <OuterLink href={LICENCE}>{words.licenceName}</OuterLink>
      </p>
      <h2>{words.persons}</h2>
      <p>{words.personsText}</p>
      <h2>{words.fresh}</h2>
      <p>{words.freshText}</p>
      <ul>
        {[`/api/v1/cafes?updatedSince=2026-11-01`, `/api/v1/removed?since=2026-11-01`].map(
          (href) => (
            <li>
              <Address site={site} href={href} />
            </li>
          ),
        )}
      </ul>
      <p>
        <a href={paths.api}>{words.api}</a>
      </p>
      <h2>{words.search}</h2>
      <p>{words.searchText}</p>
      <p>
        <Address site={site} href="/export/cafes.geojson?ou=35000&rayon=50" />
      </p>
      <p>{words.agenda}</p>
      <p>
        <Address site={site} href="/export/openagenda.json" />
      </p>
      <p>
        {words.embed} <a href={paths.embed}>{words.embedLink}</a>
      </p>
      <p>
        {t.verify.fromData} <a href={paths.verify}>{t.verify.title}</a>
      </p>
      <h2>{words.dictionary}</h2>
      <p>{words.dictionaryText}</p>
      <ul>
        <li>
          <a href={paths.tableSchema}>{words.schema}</a>
        </li>
        <li>
          <a href={paths.tableExample}>{words.example}</a>
        </li>
      </ul>
      <Dictionary columns={columns} t={t} />
    </Layout>
  )
}

const Address = ({ site, href }: { site: Site; href: string }) => (
  <a class="address" href={href}>
    {site.origin}
    {href}
  </a>
)

const Preparing = ({ t }: { t: Strings }) => (
  <div class="panel" role="status">
    <p>{t.data.open.preparingText}</p>
  </div>
)

function Files({ data, t }: { data: OpenData; t: Strings }) {
  const words = t.data.open
  const made = longDate(data.createdAt.toZonedDateTimeISO('Europe/Paris'), t.lang)
  return (
    <>
      <p>{words.made(made, words.cafes(data.cafes), words.places(data.places))}</p>
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">{words.col.file}</th>
            <th scope="col">{words.col.what}</th>
            <th scope="col">{words.col.size}</th>
            <th scope="col">{words.col.sha}</th>
          </tr>
        </thead>
        <tbody>
          {data.files.map(({ name, bytes, sha256 }) => (
            <tr>
              <th scope="row" data-label={words.col.file}>
                <a href={paths.openDataFile(name)} download={name}>
                  {name}
                </a>
              </th>
              <td data-label={words.col.what}>{words.what[name]}</td>
              <td data-label={words.col.size}>{words.size(bytes)}</td>
              <td data-label={words.col.sha}>
                <code class="digest">{sha256}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        <a href={paths.dataPackage}>{words.package}</a>
      </p>
    </>
  )
}

function Dictionary({ columns, t }: { columns: readonly DescribedColumn[]; t: Strings }) {
  const words = t.data.open
  return (
    <table class="cards dictionary">
      <thead>
        <tr>
          <th scope="col">{words.column.name}</th>
          <th scope="col">{words.column.type}</th>
          <th scope="col">{words.column.meaning}</th>
          <th scope="col">{words.column.rule}</th>
        </tr>
      </thead>
      <tbody>
        {columns.map((column) => (
          <tr>
            <th scope="row" data-label={words.column.name}>
              <code>{column.name}</code>
            </th>
            <td data-label={words.column.type}>{words.types[column.type]}</td>
            <td data-label={words.column.meaning} lang={typedLang({}, t)}>
              {column.description}
            </td>
            <td data-label={words.column.rule}>
              {ruleOf(column, t) || '–'}
              {column.constraints?.enum && (
                <>
                  {' '}
                  <Typed t={t}>{column.constraints.enum.join(', ')}</Typed>
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ruleOf({ constraints = {} }: DescribedColumn, t: Strings): string {
  const words = t.data.open
  const { minimum, maximum, pattern } = constraints
  return [
    constraints.required && words.required,
    constraints.unique && words.unique,
    pattern && pattern.length < 40 && words.pattern(pattern),
    minimum !== undefined && maximum !== undefined
      ? words.between(String(minimum), String(maximum))
      : minimum !== undefined && words.atLeast(String(minimum)),
    constraints.enum && words.oneOf,
  ]
    .filter(Boolean)
    .join(', ')
}
