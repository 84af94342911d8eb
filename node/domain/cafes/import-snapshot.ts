import type { CafeContent } from './cafe.ts'

/** What the source of an imported café said last: one JSON text for each thing that can be said of a café. */
export type ImportSnapshot = { readonly [aspect: string]: string }

/** Fields that only change together. */
export const ASPECTS = {
  title: ['title'],
  summary: ['summary'],
  description: ['descriptionMarkdown', 'descriptionHtml', 'descriptionText'],
  times: ['startsAt', 'endsAt', 'timezone'],
  place: ['attendanceMode', 'onlineUrl', 'venue'],
  openTo: ['openTo'],
  intentions: ['intentions'],
  languages: ['languages'],
  support: ['support'],
  registration: ['registration', 'phone'],
  format: ['format'],
  themes: ['themes'],
  audiences: ['audiences'],
  accessibility: ['accessibility'],
  image: ['image'],
} as const satisfies { [aspect: string]: readonly (keyof CafeContent)[] }

/** The content of a café by aspects; HTML and plain text follow from the Markdown, seats from those who come. */
export function contentSnapshot(content: CafeContent): ImportSnapshot {
  const { mode, url, capacity } = content.registration
  const compared = {
    ...content,
    ...{ descriptionHtml: undefined, descriptionText: undefined },
    registration: { mode, url, capacity },
  }
  const aspects = Object.entries(ASPECTS).map(([aspect, fields]) => [
    aspect,
    JSON.stringify(fields.map((field) => compared[field] ?? null)),
  ])
  return Object.fromEntries(aspects) as ImportSnapshot
}

/**
 * What the source says now where somebody has changed the café here: only the fields of aspects that differ.
 * @param said - What `contentSnapshot` wrote, perhaps with aspects that are not of the content.
 */
export function listOverridden(current: CafeContent, said: ImportSnapshot): Partial<CafeContent> {
  const here = contentSnapshot(current)
  const fields = Object.entries(ASPECTS).flatMap(([aspect, names]) => {
    const text = said[aspect]
    if (text === undefined || text === here[aspect]) return []
    const values = JSON.parse(text) as unknown[]
    return names.map((name, at) => [name, fromJson(name, values[at] ?? undefined)])
  })
  return Object.fromEntries(fields) as Partial<CafeContent>
}

const fromJson = (name: keyof CafeContent, value: unknown): unknown =>
  (name === 'startsAt' || name === 'endsAt') && typeof value === 'string'
    ? Temporal.Instant.from(value)
    : value
