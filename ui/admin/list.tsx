import type { Child } from 'hono/jsx'
import { CardTable, type Column } from '../components/card-table.tsx'
import { Form, Link } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'

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

type Props<Row, State extends string> = {
  /** The address of the page, without its query. */
  path: string
  /** The states in which rows are, in their order: the value of `etat` of each, its label, and how many rows it has. */
  states: {
    names: Record<State, string>
    labels: Record<State, string>
    counts: Record<State, number>
  }
  query: Omit<ListQuery<State>, 'page'>
  found: ListPage<Row>
  /** `none`: nothing is in this state; `noneFound`: nothing of it is what was looked for. */
  texts: {
    states: string
    words: string
    found: (total: number) => string
    none: string
    noneFound: string
  }
  columns: readonly (Column<Row> | false)[]
  /** The column that names the row, if it is not the first. */
  nameColumn?: number
  /** Whether a phone shows each row in three lines, without the headings of its columns. */
  isCompact?: boolean
  /** A further choice beside the search, with the name of its parameter. */
  choice?: { name: string; value: string | undefined; field: Child }
  /** What shows the rows, where `found` has only their number. */
  children?: Child
  t: Messages
}

/**
 * A list of the administration: its states with their counts, a search, the rows as a table that a phone shows as cards,
 * and links to the other pages.
 */
export function List<Row, State extends string>(props: Props<Row, State>) {
  const { path, states, query, found, texts, choice, t } = props
  const { words, state } = query
  const hrefOf = (asked: Record<string, string | undefined>) =>
    `${path}?${new URLSearchParams(Object.entries({ etat: states.names[state], ...asked }).flatMap(([name, value]) => (value ? [[name, value]] : [])))}`
  const narrowed = { q: words, ...(choice && { [choice.name]: choice.value }) }
  const isNarrowed = Object.values(narrowed).some(Boolean)
  return (
    <>
      <nav class="chips" aria-label={texts.states}>
        {(Object.keys(states.names) as State[]).map((one) => (
          <Link
            class="chip"
            href={hrefOf({ etat: states.names[one] })}
            aria-current={one === state ? 'page' : undefined}
          >
            {states.labels[one]} ({states.counts[one]})
          </Link>
        ))}
      </nav>
      {states.counts[state] === 0 ? (
        <p>{texts.none}</p>
      ) : (
        <>
          <Form method="get" action={path} class="narrowing" role="search">
            <input type="hidden" name="etat" value={states.names[state]} />
            <p>
              <label for="q">{texts.words}</label>
              <input id="q" name="q" type="search" value={words} maxlength={LIST_WORDS_MAX} />
            </p>
            {choice?.field}
            <button type="submit" class="button quiet">
              {t.admin.list.search}
            </button>
          </Form>
          <p role="status">
            {found.total === 0 ? texts.noneFound : texts.found(found.total)}{' '}
            {isNarrowed && <Link href={hrefOf({})}>{t.admin.list.clear}</Link>}
          </p>
          {found.rows.length > 0 && <CardTable {...props} rows={found.rows} />}
          {props.children}
          <Turn {...found} hrefOf={(page) => hrefOf({ ...narrowed, page: String(page) })} t={t} />
        </>
      )}
    </>
  )
}

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
        <li>{page > 1 && <Link href={hrefOf(page - 1)}>{texts.before}</Link>}</li>
        <li>{texts.page(page, pages)}</li>
        <li>{page < pages && <Link href={hrefOf(page + 1)}>{texts.after}</Link>}</li>
      </ul>
    </nav>
  )
}
