const LAST_PAGE = 10_000

/** Reads the number of a page from its address; the first where that is none. */
export function readPage(value: string | undefined): number {
  const isNumber = /^[1-9]\d{0,4}$/.test(value ?? '')
  return isNumber ? Math.min(Number(value), LAST_PAGE) : 1
}
