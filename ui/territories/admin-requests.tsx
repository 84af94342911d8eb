import { monthAndYear } from '../../node/domain/values/date-text.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { List, type ListPage, type ListQuery } from '../admin/list.tsx'
import { Link } from '../components/link.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths } from '../paths.ts'

export const REQUEST_LEVELS = ['commune', 'departement', 'region'] as const
export type RequestLevel = (typeof REQUEST_LEVELS)[number]

/** The value of `etat` in the address, for each level. */
export const REQUEST_LEVEL_NAMES: Record<RequestLevel, string> = {
  commune: 'communes',
  departement: 'departements',
  region: 'regions',
}

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

/** GET `/administration/demandes`: `etat` · `q` · `tri` · `page`. */
export type AdminRequestsPageProps = AdminProps & {
  query: Omit<ListQuery<RequestLevel>, 'page'>
  order: RequestOrder
  counts: Record<RequestLevel, number>
  found: ListPage<RequestRow>
}

/** Lists where cafés are asked for, with exact numbers, for the directory's team. */
export function AdminRequestsPage(props: AdminRequestsPageProps) {
  const { site, session, query, order, counts, found } = props
  const t = messagesFor(site.lang)
  const { col, ...texts } = t.territory.admin
  return (
    <AdminPage
      title={texts.title}
      lead={texts.lead}
      {...{ site, session }}
      current={paths.adminRequests}
    >
      <List
        path={paths.adminRequests}
        states={{ names: REQUEST_LEVEL_NAMES, labels: texts.levels, counts }}
        texts={{ ...texts, states: texts.by }}
        choice={{
          name: 'tri',
          value: order === 'total' ? undefined : order,
          field: <OrderField order={order} t={t} />,
        }}
        columns={[
          [col.name, ({ code, name }) => <Link href={paths.territory(code)}>{name}</Link>],
          [col.within, ({ within }) => within],
          [col.total, ({ total }) => total],
          [col.toCome, ({ toCome }) => toCome],
          [col.last, ({ last }) => sentenceCase(monthAndYear(last, t.lang))],
        ]}
        {...{ query, found, t }}
      />
      {counts[query.state] > 0 && (
        <p>
          <Link href={`${paths.adminRequestsFile}?par=${query.state}`}>{texts.file}</Link>
        </p>
      )}
    </AdminPage>
  )
}

const OrderField = ({ order, t }: { order: RequestOrder; t: Messages }) => (
  <p>
    <label for="tri">{t.territory.admin.sortBy}</label>
    <select id="tri" name="tri">
      {REQUEST_ORDERS.map((one) => (
        <option value={one} selected={one === order}>
          {t.territory.admin.col[one]}
        </option>
      ))}
    </select>
  </p>
)
