import { monthAndYear } from '../../node/domain/values/date-text.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { Link } from '../components/link.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths } from '../paths.ts'

export const REQUEST_LEVELS = ['commune', 'departement', 'region'] as const
export type RequestLevel = (typeof REQUEST_LEVELS)[number]

export const REQUEST_ORDERS = ['total', 'name', 'toCome', 'last'] as const
export type RequestOrder = (typeof REQUEST_ORDERS)[number]

export type RequestRow = {
  /** The code of the territory's page. */
  code: string
  name: string
  /** The territory that contains it. */
  within: string
  total: number
  toCome: number
  last: Temporal.PlainYearMonth
}

export type AdminRequestsPageProps = AdminProps & {
  level: RequestLevel
  order: RequestOrder
  rows: RequestRow[]
}

/** Lists where cafés are asked for, with exact numbers, for the directory's team. */
export function AdminRequestsPage({ site, session, level, order, rows }: AdminRequestsPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.territory.admin
  return (
    <AdminPage
      title={texts.title}
      lead={texts.lead}
      {...{ site, session }}
      current={paths.adminRequests}
    >
      <nav aria-label={texts.by}>
        <ul>
          {REQUEST_LEVELS.map((each) => (
            <li>
              <Link
                href={hrefOf({ level: each, order })}
                aria-current={each === level ? 'page' : undefined}
              >
                {texts.levels[each]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {rows.length === 0 ? (
        <p>{texts.none}</p>
      ) : (
        <>
          <Table level={level} order={order} rows={rows} t={t} />
          <p>
            <Link href={`${paths.adminRequestsFile}?par=${level}`}>{texts.file}</Link>
          </p>
        </>
      )}
    </AdminPage>
  )
}

const hrefOf = ({ level, order }: { level: RequestLevel; order: RequestOrder }): string =>
  `${paths.adminRequests}?${new URLSearchParams({ par: level, tri: order })}`

type TableProps = { level: RequestLevel; order: RequestOrder; rows: RequestRow[]; t: Messages }

function Table({ level, order, rows, t }: TableProps) {
  const { col, caption, sortBy } = t.territory.admin
  const head = (column: RequestOrder) => (
    <th scope="col" aria-sort={column === order ? SORTS[column] : undefined}>
      <Link href={hrefOf({ level, order: column })} title={sortBy(col[column])}>
        {col[column]}
      </Link>
    </th>
  )
  return (
    <table class="cards">
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          {head('name')}
          <th scope="col">{col.within}</th>
          {head('total')}
          {head('toCome')}
          {head('last')}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ code, name, within, total, toCome, last }) => (
          <tr>
            <th scope="row" data-label={col.name}>
              <Link href={paths.territory(code)}>{name}</Link>
            </th>
            <td data-label={col.within}>{within}</td>
            <td data-label={col.total}>{total}</td>
            <td data-label={col.toCome}>{toCome}</td>
            <td data-label={col.last}>{sentenceCase(monthAndYear(last, t.lang))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const SORTS = {
  total: 'descending',
  name: 'ascending',
  toCome: 'ascending',
  last: 'descending',
} as const
