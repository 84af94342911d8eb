import {
  LICENCE_PAGES,
  RESOURCE_AUDIENCES,
  RESOURCE_KINDS,
  RESOURCE_LEVELS,
  RESOURCE_LICENCES,
  type Resource,
  type ResourceContent,
} from '../../../node/domain/resources/resource.ts'
import {
  AUTHOR_MAX,
  DESCRIPTION_MAX,
  GROUP_MAX,
  ITEM_MAX,
  LIST_MAX,
  MINUTES_MAX,
  SUMMARY_MAX,
  TITLE_MAX,
} from '../../../node/domain/resources/resource-input.ts'
import { escapeHtml } from '../../../node/domain/values/escape-html.ts'
import { toWebAddress } from '../../../node/domain/values/web-address.ts'
import { cleanText } from '../../../node/formats/text/clean-text.ts'
import { sanitizeHtml } from '../../../node/formats/text/html-text.ts'
import { PUBLIC, RESOURCE_CONTEXT } from '../context.ts'
import { idOf, isObject, isStorable, type Json, originOf, textOf, toList } from '../json.ts'
import { readInstant } from '../read-event.ts'
import { CAFES, followersUri } from '../uris.ts'

/** A resource on the wire: an `Article`, which other software shows, with terms of schema.org and of ours. */

/** Returns a resource of ours as JSON, without its proof. */
export function toResourceArticle(resource: Resource, origin: string): Json {
  const published = resource.createdAt.toString()
  const updated = resource.updatedAt.toString()
  const { minutes, groupMin, groupMax, link, language } = resource
  const content = `<p>${escapeHtml(resource.summary)}</p>${resource.descriptionHtml}`
  return {
    '@context': RESOURCE_CONTEXT,
    id: resource.uri,
    type: 'Article',
    url: resource.uri,
    attributedTo: resource.owner.uri,
    to: [PUBLIC],
    cc: [followersUri(origin, CAFES)],
    name: resource.title,
    summary: resource.summary,
    content,
    contentMap: { [language]: content },
    published,
    ...(updated !== published && { updated }),
    inLanguage: language,
    resourceKind: resource.kind,
    audiences: resource.audiences,
    ...(minutes !== undefined && { timeRequired: `PT${minutes}M` }),
    ...(groupMin !== undefined && { groupMin }),
    ...(groupMax !== undefined && { groupMax }),
    material: resource.material,
    needsComputer: resource.needsComputer,
    educationalLevel: resource.level,
    license: LICENCE_PAGES[resource.licence],
    creditText: resource.author,
    themes: resource.themes,
    ...(link !== undefined && { attachment: [{ type: 'Link', href: link, name: resource.title }] }),
  }
}

/** What another server says of a resource of its own. */
export type ReadResource = ResourceContent & {
  uri: string
  ownerUri: string
  publishedAt: Temporal.Instant
  updatedAt: Temporal.Instant
}

/** Returns whether an Article is a resource, by a term of ours. */
export const isResourceArticle = (object: Json): boolean => object.resourceKind !== undefined

/** How far a time may be ahead of our clock; a later one counts as now, or no later change would ever count. */
const AHEAD = { minutes: 10 }

/**
 * Reads a resource, in the terms of our own context, and cleans it. Undefined where it is none, has no title, sentence or
 * author, or is not of the origin of its owner. The caller must check whose word it is.
 */
export function fromResourceArticle(
  article: Json,
  now: Temporal.Instant,
): ReadResource | undefined {
  const uri = idOf(article)
  const ownerUri = idOf(toList(article.attributedTo)[0])
  if (!uri || !ownerUri || !isStorable(uri) || originOf(uri) === undefined) return undefined
  if (originOf(uri) !== originOf(ownerUri)) return undefined
  const title = readLine(article.name, TITLE_MAX)
  const summary = readLine(article.summary, SUMMARY_MAX)
  const author = readLine(article.creditText, AUTHOR_MAX)
  const kind = RESOURCE_KINDS.find((one) => one === article.resourceKind)
  if (!title || !summary || !author || !kind) return undefined
  const publishedAt = readTime(article.published, now)
  return {
    ...{ uri, ownerUri, title, summary, author, kind, ...readFacts(article) },
    ...{ descriptionMarkdown: undefined, descriptionHtml: readContent(article.content, summary) },
    link: readLink(article.attachment),
    publishedAt,
    updatedAt: article.updated === undefined ? publishedAt : readTime(article.updated, now),
  }
}

function readFacts(article: Json) {
  const { license } = article
  const [groupMin, groupMax] = [article.groupMin, article.groupMax].map((said) =>
    readNumber(said, GROUP_MAX),
  )
  const isGroup = groupMin === undefined || groupMax === undefined || groupMin <= groupMax
  return {
    audiences: RESOURCE_AUDIENCES.filter((one) => toList(article.audiences).includes(one)),
    ...{ groupMin: isGroup ? groupMin : undefined, groupMax: isGroup ? groupMax : undefined },
    minutes: readMinutes(article.timeRequired),
    material: readLines(article.material),
    needsComputer: article.needsComputer === true,
    level: RESOURCE_LEVELS.find((one) => one === article.educationalLevel) ?? 'beginner',
    language: readLanguage(article.inLanguage),
    licence:
      RESOURCE_LICENCES.find((one) => LICENCE_PAGES[one] === (idOf(license) ?? license)) ??
      RESOURCE_LICENCES[0],
    themes: readLines(article.themes),
  } satisfies Partial<ResourceContent>
}

/** The HTML of a whole text of ours is not longer than several times its Markdown. */
const CONTENT_MAX = 6 * DESCRIPTION_MAX

/** Reads how it goes: the content without the sentence that it begins with, which pages show above it. */
function readContent(value: unknown, summary: string): string {
  const html = sanitizeHtml((textOf(value) ?? '').slice(0, CONTENT_MAX))
  const lead = `<p>${escapeHtml(summary)}</p>`
  return html.startsWith(lead) ? html.slice(lead.length) : html
}

function readLink(attachment: unknown): string | undefined {
  const link = toList(attachment).find((one) => isObject(one) && one.type === 'Link')
  const href = isObject(link) ? textOf(link.href) : undefined
  return href === undefined ? undefined : toWebAddress(href)
}

const readLine = (value: unknown, max: number): string => cleanText(textOf(value) ?? '', max)

const readLines = (value: unknown): string[] => [
  ...new Set(
    toList(value)
      .slice(0, LIST_MAX)
      .map((item) => readLine(item, ITEM_MAX))
      .filter((text) => text !== ''),
  ),
]

const readNumber = (value: unknown, max: number): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= max
    ? value
    : undefined

/** Reads a duration in minutes, `PT45M`; any other form counts as none. */
function readMinutes(value: unknown): number | undefined {
  const [, digits] = /^PT(\d{1,4})M$/.exec(textOf(value)?.slice(0, 10) ?? '') ?? []
  return digits === undefined ? undefined : readNumber(Number(digits), MINUTES_MAX)
}

const readLanguage = (value: unknown): string => {
  const tag = textOf(value)?.slice(0, 12) ?? ''
  return /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/.test(tag) ? tag : 'fr'
}

function readTime(value: unknown, now: Temporal.Instant): Temporal.Instant {
  const at = readInstant(value)
  return at && Temporal.Instant.compare(at, now.add(AHEAD)) <= 0 ? at : now
}
