/** One page of a list: the first page is 1, and `total` counts the rows of all pages. */
export type ListPage<Row> = {
  rows: readonly Row[]
  total: number
  page: number
  pages: number
}

type Asked = { page: number; size: number }

/** Places the page that was asked for, the last one where it is behind that; `offset` rows come before it. */
export function placePage(total: number, { page, size }: Asked) {
  const pages = Math.max(1, Math.ceil(total / size))
  const placed = Math.min(page, pages)
  return { total, page: placed, pages, offset: (placed - 1) * size }
}

/** Returns one page of rows that are all read already. */
export function pageOf<Row>(rows: readonly Row[], asked: Asked): ListPage<Row> {
  const { offset, ...placed } = placePage(rows.length, asked)
  return { ...placed, rows: rows.slice(offset, offset + asked.size) }
}
