import type { Child } from 'hono/jsx'
import { type DomainPage, ITEMS_A_DOMAIN } from '../../node/domain/federation/domain-page.ts'
import type { Messages } from '../locales/messages.ts'
import { Link } from './link.tsx'

type Props<T> = {
  page: DomainPage<T>
  /** The address of the page that holds the list, without its query. */
  path: string
  /** What else the address asks for. */
  query?: Record<string, string>
  /** The query parameter with the number of the page of this list. */
  parameter: string
  /** The id of the section, to which its links lead. */
  id: string
  t: Messages
  children: (item: T) => Child
}

/**
 * Lists what waits for the team, grouped by registrable domain: the first few of each, with links to all of them and to
 * the next page.
 */
export function ByDomain<T>({ page, path, query, parameter, id, t, children }: Props<T>) {
  const texts = t.admin.byDomain
  const hrefOf = (asked: Record<string, string>) =>
    `${path}?${new URLSearchParams({ ...query, ...asked })}#${id}`
  const { domain } = page
  const next = { [parameter]: String(page.page + 1), ...(domain && { domaine: domain }) }
  return (
    <>
      {page.groups.map((group) => (
        <>
          {group.total > 1 && <h3>{texts.heading(group.domain, group.total)}</h3>}
          <ul class="requests">
            {group.items.map((item) => (
              <li class="panel">{children(item)}</li>
            ))}
          </ul>
          {domain === undefined && group.total > ITEMS_A_DOMAIN && (
            <p class="more">
              <Link class="button quiet" href={hrefOf({ domaine: group.domain })}>
                {texts.all(group.domain)}
              </Link>
            </p>
          )}
        </>
      ))}
      {(page.hasMore || domain !== undefined) && (
        <p class="more">
          {page.hasMore && (
            <Link class="button quiet" href={hrefOf(next)} rel="next">
              {texts.more}
            </Link>
          )}{' '}
          {domain !== undefined && (
            <Link href={query ? hrefOf({}) : `${path}#${id}`}>{texts.back}</Link>
          )}
        </p>
      )}
    </>
  )
}
