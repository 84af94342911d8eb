import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { stringify } from 'csv-stringify/sync'
import type { BlockLevel, ListedBlock } from '../../domain/federation/block.ts'
import { toHost } from '../../domain/values/host.ts'
import { cleanText } from '../text/clean-text.ts'
import { decodeBytes } from './bytes-text.ts'

/**
 * Lists of blocked domains in the form that Mastodon exports and imports (`#domain,#severity,#reject_media,
 * #reject_reports,#public_comment,#obfuscate`; app/models/form/domain_block in mastodon/mastodon), and plain lists of one
 * domain a line, as its users export theirs.
 */

/** The most lines of a list that are read. */
const MOST_LISTED = 100_000

/** What a list says; of one domain the last line counts. */
export type BlockListReading = {
  blocks: ListedBlock[]
  /** How many lines name no domain: hidden behind stars, or not spelled as one. */
  unread: number
  /** Whether lines after the first hundred thousand were left out. */
  isCut: boolean
}

/** The severities of Mastodon; a domain of `noop` is neither blocked nor limited there. */
const LEVELS: Readonly<Record<string, BlockLevel>> = { suspend: 'block', silence: 'limit' }

const COMMENT_MAX = 300

/**
 * Reads a list a part at a time, so that others go on between.
 * @returns undefined for what is no such table.
 */
export async function readBlockList(bytes: Uint8Array): Promise<BlockListReading | undefined> {
  const text = decodeBytes(bytes).replace(/^\ufeff/, '')
  const rows = Readable.from(partsOf(text)).pipe(
    parse({
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: 10_000,
    }),
  )
  const blocks = new Map<string, ListedBlock>()
  let columns: ReturnType<typeof findColumns> | undefined
  let [unread, lines] = [0, 0]
  try {
    for await (const cells of rows as AsyncIterable<string[]>) {
      if (!columns) {
        columns = findColumns(cells)
        if (columns.isHeader) continue
      }
      if (lines === MOST_LISTED) return { blocks: [...blocks.values()], unread, isCut: true }
      lines += 1
      const block = readRow(cells, columns)
      if (block) blocks.set(block.target, block)
      else if (block === undefined) unread += 1
    }
  } catch {
    return undefined
  }
  // A page of the web is a text of lines as well.
  if (!columns?.isHeader && blocks.size === 0) return undefined
  return { blocks: [...blocks.values()], unread, isCut: false }
}

/** Characters that are parsed before others go on. */
const PART = 32_768

function* partsOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += PART) yield text.slice(at, at + PART)
}

function findColumns(cells: readonly string[]) {
  const names = cells.map((cell) => cell.replace(/^#/, '').trim().toLowerCase())
  const at = (name: string) => names.indexOf(name)
  const isHeader = at('domain') >= 0
  return isHeader
    ? { isHeader, domain: at('domain'), severity: at('severity'), comment: at('public_comment') }
    : { isHeader, domain: 0, severity: -1, comment: -1 }
}

/** Reads a line; undefined where it names no domain, null where its domain is neither blocked nor limited. */
function readRow(
  cells: readonly string[],
  columns: ReturnType<typeof findColumns>,
): ListedBlock | undefined | null {
  const domain = (cells[columns.domain] ?? '').slice(0, 300)
  const target = domain.includes('/') ? undefined : toHost(domain)
  if (!target || !/^[^\s.*]+(\.[^\s.*]+)+$/.test(target)) return undefined
  const severity = (cells[columns.severity] ?? '').toLowerCase()
  const level = columns.severity < 0 || severity === '' ? 'block' : LEVELS[severity]
  if (!level) return null
  return { target, level, reason: cleanText(cells[columns.comment] ?? '', COMMENT_MAX) }
}

const HEADER = [
  ...['#domain', '#severity', '#reject_media', '#reject_reports', '#public_comment', '#obfuscate'],
]

/** Returns the first line of a list. */
export const blockListHead = (): string => stringify([HEADER])

/** Writes lines of a list, of domains alone: Mastodon's form has no accounts. */
export const blockListRows = (blocks: readonly ListedBlock[]): string =>
  stringify(
    blocks.map(({ target, level, reason }) => [
      ...[target, level === 'block' ? 'suspend' : 'silence'],
      ...[level === 'block' ? 'true' : 'false', 'false', reason, 'false'],
    ]),
    { escape_formulas: true },
  )
