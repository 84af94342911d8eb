import type { Generated } from 'kysely'
import { listKeyWords } from '../../../domain/reports/question-group.ts'
import type {
  Resource,
  ResourceAudience,
  ResourceKind,
  ResourceLevel,
  ResourceLicence,
} from '../../../domain/resources/resource.ts'
import {
  choice,
  describe,
  flag,
  instant,
  json,
  number,
  optional,
  type RowOf,
  text,
} from '../table.ts'

/** The tables of resources. */
export interface ResourceTables {
  resource: ResourceTable
  cafe_resource: { cafe_id: string; uri: string }
}

/** The columns of a resource, of this server or of another. */
export const RESOURCE = describe<Resource>()(
  {
    id: text,
    uri: text,
    slug: text,
    owner: { prefix: 'owner_', fields: { uri: text, name: text } },
    organizationId: optional(text),
    peerId: optional(text),
    title: text,
    summary: text,
    kind: choice<ResourceKind>(),
    audiences: json<ResourceAudience[]>(),
    groupMin: optional(number),
    groupMax: optional(number),
    minutes: optional(number),
    material: json<string[]>(),
    needsComputer: flag,
    level: choice<ResourceLevel>(),
    language: text,
    licence: choice<ResourceLicence>(),
    author: text,
    themes: json<string[]>(),
    descriptionMarkdown: optional(text),
    descriptionHtml: text,
    link: optional(text),
    createdAt: instant,
    updatedAt: instant,
  },
  {
    words: (resource: Resource) => wordsOf(resource),
  },
)

/** Returns the words by which a resource is found, each after a space. */
const wordsOf = ({ title, summary, author, themes }: Resource): string =>
  ` ${listKeyWords([title, summary, author, ...themes].join(' ')).join(' ')}`

interface ResourceTable extends RowOf<typeof RESOURCE> {
  /** How many cafés that were held named it when they were last counted; lists are in this order. */
  used: Generated<number>
}
