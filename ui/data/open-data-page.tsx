import type { OpenData } from '../../node/domain/territories/open-data.ts'
import { longDate } from '../../node/domain/values/date-text.ts'
import { dayInParis } from '../../node/domain/values/days.ts'
import { CardTable } from '../components/card-table.tsx'
import { OuterLink } from '../components/external-link.tsx'
import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { frenchSpaces } from '../locales/typography.ts'
import { paths } from '../paths.ts'
import { Fold } from './fold.tsx'

/** One column of the table of cafés, from its schema. */
type DescribedColumn = {
  name: string
  type: 'string' | 'number' | 'integer' | 'datetime' | 'boolean'
  /** The description in French, as in the schema. */
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

/** Lists the files that can be downloaded, their licence, and the meaning of each column. */
export function OpenDataPage({ site, data, columns, signedIn }: OpenDataPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.data.open
  return (
    <Layout
      title={texts.title}
      site={site}
      current={paths.openData}
      description={texts.lead}
      signedIn={signedIn}
    >
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <div class="folds">
        <Fold id="fichiers" heading={texts.files}>
          {data ? <Files data={data} t={t} /> : <Preparing t={t} />}
        </Fold>
        <Fold id="licence" heading={texts.licence}>
          <p>
            {texts.licenceText} <OuterLink href={LICENCE}>{texts.licenceName}</OuterLink>
          </p>
        </Fold>
        <Fold id="personnes" heading={texts.persons}>
          <p>{texts.personsText}</p>
        </Fold>
        <Fold id="nouveautes" heading={texts.fresh}>
          <Fresh site={site} t={t} />
        </Fold>
        <Fold id="recherche" heading={texts.search}>
          <OfSearch site={site} t={t} />
        </Fold>
        <Fold id="colonnes" heading={texts.dictionary}>
          <p>{texts.dictionaryText}</p>
          <ul>
            <li>
              <Link href={paths.tableSchema}>{texts.schema}</Link>
            </li>
            <li>
              <Link href={paths.tableExample}>{texts.example}</Link>
            </li>
          </ul>
          <Dictionary columns={columns} t={t} />
        </Fold>
      </div>
    </Layout>
  )
}

type PartProps = { site: Site; t: Messages }

const Fresh = ({ site, t }: PartProps) => (
  <>
    <p>{t.data.open.freshText}</p>
    <ul>
      {[`/api/v1/cafes?updatedSince=2026-11-01`, `/api/v1/removed?since=2026-11-01`].map((href) => (
        <li>
          <Address site={site} href={href} />
        </li>
      ))}
    </ul>
    <p>
      <Link href={paths.api}>{t.data.open.api}</Link>
    </p>
  </>
)

const OfSearch = ({ site, t }: PartProps) => (
  <>
    <p>{t.data.open.searchText}</p>
    <p>
      <Address site={site} href="/export/cafes.geojson?ou=35000&rayon=50" />
    </p>
    <p>{t.data.open.agenda}</p>
    <p>
      <Address site={site} href="/export/openagenda.json" />
    </p>
    <p>
      {t.data.open.embed} <Link href={paths.embed}>{t.data.open.embedLink}</Link>
    </p>
    <p>
      {t.verify.fromData} <Link href={paths.verify}>{t.verify.title}</Link>
    </p>
  </>
)

const Address = ({ site, href }: { site: Site; href: string }) => (
  <Link class="address" href={href}>
    {site.origin}
    {href}
  </Link>
)

const Preparing = ({ t }: { t: Messages }) => (
  <div class="panel" role="status">
    <p>{t.data.open.preparingText}</p>
  </div>
)

function Files({ data, t }: { data: OpenData; t: Messages }) {
  const texts = t.data.open
  const made = longDate(dayInParis(data.createdAt), t.lang)
  return (
    <>
      <p>{texts.made(made, texts.cafes(data.cafes), texts.places(data.places))}</p>
      <CardTable
        rows={data.files}
        columns={[
          [
            texts.col.file,
            ({ name }) => (
              <Link href={paths.openDataFile(name)} download={name}>
                {name}
              </Link>
            ),
          ],
          [texts.col.what, ({ name }) => texts.what[name]],
          [texts.col.size, ({ bytes }) => texts.size(bytes)],
          [texts.col.sha, ({ sha256 }) => <code class="digest">{sha256}</code>],
        ]}
      />
      <p>
        <Link href={paths.dataPackage}>{texts.package}</Link>
      </p>
    </>
  )
}

function Dictionary({ columns, t }: { columns: readonly DescribedColumn[]; t: Messages }) {
  const texts = t.data.open
  return (
    <table class="cards dictionary">
      <thead>
        <tr>
          <th scope="col">{texts.column.name}</th>
          <th scope="col">{texts.column.type}</th>
          <th scope="col">{texts.column.meaning}</th>
          <th scope="col">{texts.column.rule}</th>
        </tr>
      </thead>
      <tbody>
        {columns.map((column) => (
          <tr>
            <th scope="row" data-label={texts.column.name}>
              <code>{column.name}</code>
            </th>
            <td data-label={texts.column.type}>{texts.types[column.type]}</td>
            <td data-label={texts.column.meaning}>
              {texts.columns[column.name] ?? frenchSpaces(column.description)}
            </td>
            <td data-label={texts.column.rule}>
              {ruleOf(column, t) || '–'}
              {column.constraints?.enum && (
                <>
                  {' '}
                  <UserText t={t}>{column.constraints.enum.join(', ')}</UserText>
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ruleOf({ constraints = {} }: DescribedColumn, t: Messages): string {
  const texts = t.data.open
  const { minimum, maximum, pattern } = constraints
  return [
    constraints.required && texts.required,
    constraints.unique && texts.unique,
    pattern && pattern.length < 40 && texts.pattern(pattern),
    minimum !== undefined && maximum !== undefined
      ? texts.between(String(minimum), String(maximum))
      : minimum !== undefined && texts.atLeast(String(minimum)),
    constraints.enum && texts.oneOf,
  ]
    .filter(Boolean)
    .join(', ')
}
