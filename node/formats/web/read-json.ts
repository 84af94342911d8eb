import type { ImportPreview, ImportRow } from '../../domain/cafes/import.ts'
import { cleanText } from '../text/clean-text.ts'
import { type AgendaReading, cutRows, MOST_EVENTS, readOpenAgenda } from './read-open-agenda.ts'

/**
 * Reads a JSON file: an agenda in the form of OpenAgenda, or our own export of signed announcements, one in each line;
 * undefined for anything else. A line that is not complete means that the file is cut.
 */
export function readJsonImport(text: string, reading: AgendaReading): ImportPreview | undefined {
  const value = parse(text)
  const events = toEvents(value)
  if (events)
    return { format: 'openagenda', ...readOpenAgenda(events, reading), isCut: false, warnings: [] }
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const documents = lines.map(parse)
  if (!documents.some(isSigned)) return undefined
  const all = documents.flatMap((document, at) => toRow(document, at + 1) ?? [])
  const rows = all.length > MOST_EVENTS ? cutRows(all) : all
  const isCut = documents.at(-1) === undefined
  return { format: undefined, rows, wholeEvents: [], isCut, warnings: [] }
}

const toEvents = (value: unknown): readonly unknown[] | undefined =>
  typeof value === 'object' && value !== null && 'events' in value && Array.isArray(value.events)
    ? value.events
    : undefined

type Signed = { id: string; name?: unknown; proof: unknown }

const isSigned = (value: unknown): value is Signed =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  typeof value.id === 'string' &&
  'proof' in value

/**
 * Reads a signed announcement, which is its own site's word: it is received from there, and nobody else may change it.
 */
function toRow(document: unknown, row: number): ImportRow | undefined {
  if (!isSigned(document)) return undefined
  const { id, name } = document
  const title = typeof name === 'string' ? cleanText(name, 255) : id
  return { row, uid: cleanText(id, 500), aside: 'signed', title }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
