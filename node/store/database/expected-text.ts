import type { Selectable } from 'kysely'
import type { CafeTable } from '../schema/cafes.ts'
import { fullValueOf } from './columns.ts'
import { readTemplate } from './compressed-text.ts'

/** The columns of a café's row from which `expectedText` is made. */
export const EXPECTED = [
  'uri',
  'organizer_uri',
  'title',
  'summary',
  'description_html',
  'starts_at',
  'ends_at',
  'wall_starts_at',
  'wall_ends_at',
  'published_at',
  'timezone',
  'venue_name',
  'street_address',
  'postal_code',
  'commune',
  'code_insee',
  'latitude',
  'longitude',
  'accessibility',
  'intentions',
  'languages',
  'audiences',
  'format',
] as const satisfies (keyof CafeTable)[]

type Row = Pick<Selectable<CafeTable>, (typeof EXPECTED)[number]>

/**
 * Returns what our own wire would sign for a café, as far as its row tells; that of the third dictionary has no
 * context. A signed text is compressed against it, so that neither its templates nor anything in this file is ever
 * edited, whatever our wire says later, and nothing here asks for time zones or tables of Unicode, which change: a
 * better one gets the next number.
 */
export function expectedText(stored: Row, number: 3 | 4): string {
  const row = {
    ...stored,
    wall_ends_at: stored.wall_ends_at || wallEndOf(stored),
    timezone: fullValueOf(stored, 'timezone'),
    languages: fullValueOf(stored, 'languages'),
    audiences: fullValueOf(stored, 'audiences'),
    accessibility: fullValueOf(stored, 'accessibility'),
  }
  const { origin, host } = new URL(row.uri)
  const uuid = row.uri.slice(row.uri.lastIndexOf('/') + 1)
  const values: Record<string, string | number | null> = {
    ...row,
    ...{ origin, host, uuid },
    ...(number === 4 && wordsOf(row)),
  }
  let parts = templates.get(number)
  if (!parts) {
    parts = readTemplate(number).split(/\{(\w+)\}/)
    templates.set(number, parts)
  }
  return parts.map((part, index) => (index % 2 === 0 ? part : (values[part] ?? ''))).join('')
}

/** Returns the wall time of the end of a café in which the clock is not changed. */
function wallEndOf({ wall_starts_at, starts_at, ends_at }: Row): string {
  const end = Date.parse(`${wall_starts_at}Z`) + Date.parse(ends_at) - Date.parse(starts_at)
  return Number.isNaN(end) ? '' : new Date(end).toISOString().slice(0, -'.000Z'.length)
}

/** What each template says, with a name after each part but the last. */
const templates = new Map<3 | 4, string[]>()

/** Returns the values of the fourth template that are not columns. */
function wordsOf(row: Row): Record<string, string> {
  const day = dayOf(row.wall_starts_at)
  const hours = `${hourOf(row.wall_starts_at)}\u00a0– ${hourOf(row.wall_ends_at)} (heure de Paris)`
  return {
    when: `${day}, ${hours}`,
    where: whereOf(row),
    starts_offset: offsetOf(row.wall_starts_at),
    ends_offset: offsetOf(row.wall_ends_at),
    card: cardOf(row, [capitalized(day), hours]),
    tag: (row.commune ?? '').replace(/(?:^|[ '’-])([a-zà-ÿ]?)/g, (_, first: string) =>
      first.toUpperCase(),
    ),
    format_term: row.format === null ? '' : `"format":"${row.format}",`,
  }
}

const WEEKDAYS = ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi']
const MONTHS =
  'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' ')

function dayOf(wall: string): string {
  const [year = 0, month = 0, day = 0] = wall.slice(0, 10).split('-').map(Number)
  const weekday = WEEKDAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()]
  return `${weekday} ${day === 1 ? '1er' : day}\u00a0${MONTHS[month - 1]}\u00a0${year}`
}

function hourOf(wall: string): string {
  const minutes = wall.slice(14, 16)
  return `${Number(wall.slice(11, 13))}\u00a0h${minutes === '00' ? '' : `\u00a0${minutes}`}`
}

/** Returns the offset that is right for most cafés: that of Paris, changed with the month. */
function offsetOf(wall: string): string {
  const month = wall.slice(5, 7)
  return month > '03' && month < '11' ? '+02:00' : '+01:00'
}

const whereOf = (row: Row): string =>
  row.venue_name === null
    ? 'En ligne'
    : [row.venue_name, row.street_address, `${row.postal_code ?? ''} ${row.commune ?? ''}`.trim()]
        .filter(Boolean)
        .join(', ')

/** Returns the version of the card that shows when and where, a hash (FNV-1a of 32 bits) of its words and their reverse. */
function cardOf({ title, venue_name, commune }: Row, when: readonly string[]): string {
  const isNamed = ` ${venue_name} `.includes(` ${commune} `)
  const place = isNamed ? venue_name : `${venue_name}, ${commune}`
  const where = venue_name === null ? ['En ligne'] : [place, place]
  const text = JSON.stringify([2, { title, when, where }])
  return hashOf(text) + hashOf([...text].reverse().join(''))
}

function hashOf(text: string): string {
  let sum = 0x811c9dc5
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193)
  return (sum >>> 0).toString(16).padStart(8, '0')
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
