import { monthAndYear } from '../../node/domain/values/date-text.ts'
import { DeskLayout } from '../admin/layout.tsx'
import type { DeskSession, Site } from '../components/site.ts'
import { type Strings, stringsFor } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths } from '../paths.ts'

export const DEMAND_LEVELS = ['commune', 'departement', 'region'] as const
export type DemandLevel = (typeof DEMAND_LEVELS)[number]

export const DEMAND_ORDERS = ['total', 'name', 'toCome', 'last'] as const
export type DemandOrder = (typeof DEMAND_ORDERS)[number]

export type DemandRow = {
  /** Code of the territory's page. */
  code: string
  name: string
  /** What it is in. */
  within: string
  total: number
  toCome: number
  last: Temporal.PlainYearMonth
}

export type DeskDemandsPageProps = {
  site: Site
  session: DeskSession
  level: DemandLevel
  order: DemandOrder
  rows: DemandRow[]
}

/** Where cafés are asked for, exactly: for the directory's team. */
export function DeskDemandsPage({ site, session, level, order, rows }: DeskDemandsPageProps) {
  const t = stringsFor(site.lang)
  const words = t.territory.desk
  return (
    <DeskLayout title={words.title} site={site} session={session} current={paths.deskDemands}>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <nav aria-label={words.by}>
        <ul>
          {DEMAND_LEVELS.map((each) => (
            <li>
              <a
                href={hrefOf({ level: each, order })}
                aria-current={each === level ? 'page' : undefined}
              >
                {words.levels[each]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {rows.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <>
          <Table level={level} order={order} rows={rows} t={t} />
          <p>
            <a href={`${paths.deskDemandsFile}?par=${level}`}>{words.file}</a>
          </p>
        </>
      )}
    </DeskLayout>
  )
}

const hrefOf = ({ level, order }: { level: DemandLevel; order: DemandOrder }): string =>
  `${paths.deskDemands}?${new URLSearchParams({ par: level, tri: order })}`

type TableProps = { level: DemandLevel; order: DemandOrder; rows: DemandRow[]; t: Strings }

function Table({ level, order, rows, t }: TableProps) {
  const { col, caption, sortBy } = t.territory.desk
  const head = (column: DemandOrder) => (
    <th scope="col" aria-sort={column === order ? SORTS[column] : undefined}>
      <a href={hrefOf({ level, order: column })} title={sortBy(col[column])}>
        {col[column]}
      </a>
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
              <a href={paths.territory(code)}>{name}</a>
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
