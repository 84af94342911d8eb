/** What waits for the team from one registrable domain: the first items, and how many there are. */
type DomainGroup<T> = { domain: string; items: T[]; total: number }

/**
 * A page of what waits, grouped by domain, so that a domain that sends thousands is listed beside the others and not
 * before them. With `domain`, it holds all items of that one alone.
 */
export type DomainPage<T> = {
  groups: DomainGroup<T>[]
  domain: string | undefined
  page: number
  hasMore: boolean
}

const DOMAINS_A_PAGE = 10
export const ITEMS_A_DOMAIN = 5
const ITEMS_OF_DOMAIN = 50

/**
 * Groups the items of a page by domain.
 * @param items - In the order in which they are to be read; domains come in the order of their first item.
 */
export function pageByDomain<T>(
  items: readonly T[],
  {
    domainOf,
    page,
    domain,
  }: { domainOf: (item: T) => string; page: number; domain?: string | undefined },
): DomainPage<T> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const name = domainOf(item)
    const group = groups.get(name)
    if (group) group.push(item)
    else groups.set(name, [item])
  }
  if (domain !== undefined) {
    const all = groups.get(domain) ?? []
    const start = (page - 1) * ITEMS_OF_DOMAIN
    const shown = all.slice(start, start + ITEMS_OF_DOMAIN)
    const group = { domain, items: shown, total: all.length }
    return {
      groups: shown.length > 0 ? [group] : [],
      domain,
      page,
      hasMore: all.length > start + ITEMS_OF_DOMAIN,
    }
  }
  const start = (page - 1) * DOMAINS_A_PAGE
  const shown = [...groups].slice(start, start + DOMAINS_A_PAGE)
  return {
    groups: shown.map(([name, all]) => ({
      domain: name,
      items: all.slice(0, ITEMS_A_DOMAIN),
      total: all.length,
    })),
    domain,
    page,
    hasMore: groups.size > start + DOMAINS_A_PAGE,
  }
}
