import type { CafeContent } from './cafe.ts'
import { mapCafeTexts } from './cafe-texts.ts'

/** What the source of an imported café said last: one JSON text for each aspect of a café. */
export type ImportSnapshot = { readonly [aspect: string]: string }

/** The aspects of a café, each with the fields that only change together. */
export const ASPECTS = {
  title: ['title'],
  summary: ['summary'],
  description: ['descriptionMarkdown', 'descriptionHtml', 'descriptionText'],
  times: ['startsAt', 'endsAt', 'timezone'],
  place: ['attendanceMode', 'onlineUrl', 'venue'],
  openTo: ['openTo'],
  intentions: ['intentions'],
  languages: ['languages'],
  ...mapCafeTexts((name) => [name]),
  registration: ['registration', 'phone'],
  format: ['format'],
  themes: ['themes'],
  audiences: ['audiences'],
  accessibility: ['accessibility'],
  image: ['image'],
} as const satisfies { [aspect: string]: readonly (keyof CafeContent)[] }

/**
 * Returns the content of a café by aspects. HTML and plain text are left out, since they follow from the Markdown, and
 * so are the seats left, which depend on who signs up.
 */
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
 * Returns what the source says now in the aspects that a person has changed here, as fields of a café; the aspects that
 * agree are left out.
 * @param said - What `contentSnapshot` wrote, perhaps with aspects that the content does not have.
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
