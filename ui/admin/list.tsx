import type { Child } from 'hono/jsx'
import { CardTable, type TableProps } from '../components/card-table.tsx'
import { Form, Link } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { type Bulk, BulkBar, Tick } from './bulk.tsx'

/**
 * What the address of a list asks for: `?q=&etat=&page=`. `state` is the state itself, not its name in the address.
 */
export type ListQuery<State extends string> = { words: string; state: State; page: number }

/** One page of a list: the first page is 1, and `total` counts the rows of all pages. */
export type ListPage<Row> = {
  rows: readonly Row[]
  total: number
  page: number
  pages: number
}

export type RowsProps<Row> = Omit<TableProps<Row>, 'tick'> & {
  /** What is said where there is no row. */
  none?: string | undefined
  /** The section of the page that the rows are, where it has several. */
  section?: { id: string; heading: string; level?: 2 | 3; lead?: string | undefined }
  bulk?: Bulk<Row> | undefined
  t: Messages
}

/** A short list of the administration, or one page of a long one: its rows, or a sentence where there is none. */
export function Rows<Row>({ none, section, bulk, t, ...table }: RowsProps<Row>) {
  const tick = bulk && {
    heading: t.admin.bulk.choice,
    cell: (row: Row) => <Tick item={bulk.itemOf(row)} t={t} />,
  }
  const rows =
    table.rows.length === 0 ? (
      none && <p>{none}</p>
    ) : (
      <div class={bulk && 'many'}>
        {bulk && <BulkBar bulk={bulk} t={t} />}
        <CardTable {...table} tick={tick} />
      </div>
    )
  if (!section) return <>{rows}</>
  const { id, heading, lead } = section
  const Heading = section.level === 3 ? 'h3' : 'h2'
  return (
    <section aria-labelledby={id}>
      <Heading id={id}>{heading}</Heading>
      {lead && table.rows.length > 0 && <p>{lead}</p>}
      {rows}
    </section>
  )
}

type Props<Row, State extends string> = Omit<RowsProps<Row>, 'rows' | 'none'> & {
  /** The address of the page, without its query. */
  path: string
  /** The states in which rows are, in their order: the value of `etat` of each, its label, and how many rows it has. */
  states?:
    | {
        names: Record<State, string>
        labels: Record<State, string>
        counts: Record<State, number>
      }
    | undefined
  /** Left out where the list has neither states nor a search. */
  query?: Omit<ListQuery<State>, 'page'>
  found: ListPage<Row>
  /**
   * `words`: the label of the search, which a list without one has not; `none`: nothing is in this state; `noneFound`:
   * nothing of it is what was looked for.
   */
  texts: {
    states?: string
    words?: string
    found?: (total: number) => string
    none: string
    noneFound?: string
  }
  /** A further choice beside the search, with the name of its parameter. */
  choice?: { name: string; value: string | undefined; field: Child }
  /** What shows the rows, where `found` has only their number. */
  children?: Child
}

/**
 * A list of the administration: its states with their counts, a search, the rows as a table that a phone shows as cards,
 * what can be done to several at once, and links to the other pages.
 */
export function List<Row, State extends string>(props: Props<Row, State>) {
  const { path, states, query, found, texts, choice, t } = props
  const stateName = query && states?.names[query.state]
  const hrefOf = (asked: Record<string, string | undefined>) =>
    `${path}?${new URLSearchParams(Object.entries({ etat: stateName, ...asked }).flatMap(([name, value]) => (value ? [[name, value]] : [])))}`
  const narrowed = { q: query?.words, ...(choice && { [choice.name]: choice.value }) }
  const isNarrowed = Object.values(narrowed).some(Boolean)
  const isEmpty = states && query ? states.counts[query.state] === 0 : found.total === 0
  return (
    <>
      {states && (
        <nav class="chips" aria-label={texts.states}>
          {(Object.keys(states.names) as State[]).map((one) => (
            <Link
              class="chip"
              href={hrefOf({ etat: states.names[one] })}
              aria-current={one === query?.state ? 'page' : undefined}
            >
              {states.labels[one]} ({states.counts[one]})
            </Link>
          ))}
        </nav>
      )}
      {isEmpty && !(isNarrowed && !states) ? (
        <p>{texts.none}</p>
      ) : (
        <>
          {texts.words && <Search {...props} {...{ stateName }} label={texts.words} />}
          {texts.found && (
            <p role="status">
              {found.total === 0 ? texts.noneFound : texts.found(found.total)}{' '}
              {isNarrowed && <Link href={hrefOf({})}>{t.admin.list.clear}</Link>}
            </p>
          )}
          <Rows {...props} rows={found.rows} />
          {props.children}
          <Turn {...found} hrefOf={(page) => hrefOf({ ...narrowed, page: String(page) })} t={t} />
        </>
      )}
    </>
  )
}

type SearchProps = {
  path: string
  query?: { words: string }
  stateName: string | undefined
  label: string
  choice?: { field: Child }
  t: Messages
}

const Search = (props: SearchProps) => (
  <Form method="get" action={props.path} class="narrowing" role="search">
    {props.stateName && <input type="hidden" name="etat" value={props.stateName} />}
    <p>
      <label for="q">{props.label}</label>
      <input id="q" name="q" type="search" value={props.query?.words} maxlength={LIST_WORDS_MAX} />
    </p>
    {props.choice?.field}
    <button type="submit" class="button quiet">
      {props.t.admin.list.search}
    </button>
  </Form>
)

/** The maximum number of characters of a search in a list. */
export const LIST_WORDS_MAX = 200

type TurnProps = { page: number; pages: number; hrefOf: (page: number) => string; t: Messages }

/** Links to the previous and the next page, where they exist. */
function Turn({ page, pages, hrefOf, t }: TurnProps) {
  if (pages < 2) return null
  const texts = t.admin.list
  return (
    <nav aria-label={texts.pages}>
      <ul class="turn">
        {page > 1 && (
          <li>
            <Link href={hrefOf(page - 1)}>{texts.before}</Link>
          </li>
        )}
        <li>{texts.page(page, pages)}</li>
        {page < pages && (
          <li>
            <Link href={hrefOf(page + 1)}>{texts.after}</Link>
          </li>
        )}
      </ul>
    </nav>
  )
}
