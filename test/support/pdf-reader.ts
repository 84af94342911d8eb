import { execFileSync } from 'node:child_process'

/** A value of a PDF as qpdf writes it in JSON (version 2): references are `12 0 R`, names begin with a slash. */
type Value = null | boolean | number | string | Value[] | { [key: string]: Value }
export type Dict = { [key: string]: Value }

export type PdfFile = {
  catalog: Dict
  pages: Dict[]
  /** Returns what a reference stands for, or the value itself. */
  follow: (value: Value | undefined) => Value | undefined
  dictOf: (value: Value | undefined) => Dict
  listOf: (value: Value | undefined) => Value[]
  /** Returns the decoded bytes of a stream as text. */
  streamOf: (value: Value | undefined) => string
}

type PdfObject = { value?: Value; stream?: { dict: Dict; data?: string } }

/** Reads all objects of a PDF by qpdf, a library of its own. */
export function readPdf(path: string): PdfFile {
  const options = ['--json', '--json-stream-data=inline', '--decode-level=all']
  const text = execFileSync('qpdf', [...options, path], { encoding: 'utf8', maxBuffer: 2 ** 28 })
  const { qpdf, pages } = JSON.parse(text) as {
    qpdf: [unknown, Record<string, PdfObject>]
    pages: { object: string }[]
  }
  const find = (value: Value | undefined): PdfObject | undefined =>
    typeof value === 'string' && /^\d+ \d+ R$/.test(value) ? qpdf[1][`obj:${value}`] : undefined
  const follow = (value: Value | undefined) => {
    const found = find(value)
    return found ? (found.value ?? found.stream?.dict) : value
  }
  const dictOf = (value: Value | undefined) => (follow(value) ?? {}) as Dict
  const listOf = (value: Value | undefined) => {
    const found = follow(value)
    return Array.isArray(found) ? found : found === undefined ? [] : [found]
  }
  const streamOf = (value: Value | undefined) =>
    Buffer.from(find(value)?.stream?.data ?? '', 'base64').toString('latin1')
  const catalog = dictOf(qpdf[1].trailer?.value && dictOf(qpdf[1].trailer.value)['/Root'])
  return {
    catalog,
    pages: pages.map(({ object }) => dictOf(object)),
    follow,
    dictOf,
    listOf,
    streamOf,
  }
}

/** Operators that paint (ISO 32000-1, table 51). */
const PAINTS = /^(?:f|F|f\*|S|s|B|B\*|b|b\*|Tj|TJ|'|"|Do|sh|EI)$/

/**
 * Walks the operators of a page: what is painted outside of marked content, the ids of the content that is marked, in
 * their order, and whether each mark ends.
 */
export function walkContent(content: string): { unmarked: string[]; ids: number[]; open: number } {
  const tokens =
    content.match(/\((?:\\.|[^\\)])*\)|<<|>>|<[\da-fA-F\s]*>|[[\]]|[^\s<>[\]()]+/gs) ?? []
  const unmarked: string[] = []
  const ids: number[] = []
  let open = 0
  tokens.forEach((token, at) => {
    if (token === 'BDC' || token === 'BMC') open++
    else if (token === 'EMC') open--
    else if (token === '/MCID') ids.push(Number(tokens[at + 1]))
    else if (PAINTS.test(token) && open < 1) unmarked.push(token)
  })
  return { unmarked, ids, open }
}
