import { createHash } from 'node:crypto'
import type { ConsentBlock } from '../../../ui/facilitators/preview-page.tsx'
import type { Messages } from '../../../ui/locales/messages.ts'
import {
  FACILITATOR_FIELDS,
  type FacilitatorContent,
  type FacilitatorField,
  levelOf,
} from '../../domain/facilitators/facilitator.ts'
import { plainDate } from '../../domain/values/date-text.ts'
import { dayInParis } from '../../domain/values/days.ts'
import type { Consent } from '../../store/facilitators/consents.ts'
import type { FacilitatorDraft, OwnFacilitator } from '../../store/facilitators/own-profiles.ts'

type Asked = {
  written: FacilitatorDraft
  siteName: string
  hosts: readonly string[]
  /** Set where only these fields are agreed to, and the rest stays as it is. */
  changes?: Changes | undefined
  t: Messages
}

type ConsentField = FacilitatorField | 'name' | 'alias'

type Changes = {
  /** Fields that are shown to somebody and were changed, or are shown to others than before. */
  changed: readonly ConsentField[]
  /** Fields that are no longer shown. */
  ended: readonly ConsentField[]
  /** When the consent ends of which they are part. */
  until: Temporal.Instant
  directories: readonly string[]
  fediverse: boolean
}

/** Returns the changes of a published profile; undefined where all of it is to be agreed to. */
export function changesOf(
  { facilitator: before, draft: after }: OwnFacilitator,
  now: Temporal.Instant,
): Changes | undefined {
  const { state, level, expiresAt: until, directories, fediverse } = before
  if (!after || state !== 'published' || level !== after.level || !until) return undefined
  if (Temporal.Instant.compare(until, now) <= 0) return undefined
  const was = shownFields(before)
  const is = shownFields(after)
  const isNew = (field: FacilitatorField) =>
    !was.includes(field) ||
    levelOf(before, field) !== levelOf(after, field) ||
    textOfField(before, field) !== textOfField(after, field)
  const isRenamed = before.name !== after.name || before.word !== after.word
  const isMoved = before.alias !== after.alias && level !== 'nobody'
  return {
    changed: [
      ...(isRenamed ? (['name'] as const) : []),
      ...(isMoved && after.alias !== undefined ? (['alias'] as const) : []),
      ...is.filter(isNew),
    ],
    ended: [
      ...(isMoved && after.alias === undefined ? (['alias'] as const) : []),
      ...was.filter((field) => !is.includes(field)),
    ],
    ...{ until, directories, fediverse },
  }
}

/** Returns the level of a consent; the name and the address are shown to everybody who sees the profile. */
const levelOfConsent = (written: FacilitatorDraft, field: ConsentField) =>
  field === 'name' || field === 'alias' ? written.level : levelOf(written, field)

const shownFields = (written: FacilitatorDraft): FacilitatorField[] =>
  filledFields(written).filter((field) => levelOf(written, field) !== 'nobody')

const textOfField = (said: FacilitatorContent, field: FacilitatorField): string => {
  if (field === 'training') return JSON.stringify([said.training, said.trainedOn])
  if (field === 'contact') return JSON.stringify([said.contact, said.shownContact])
  if (field === 'photo') return JSON.stringify([said.photo?.url, said.photo?.alt])
  return JSON.stringify(said[field])
}

/** Returns what a person is asked to agree to, in the words that the log stores, each directory separately. */
export function consentBlocks(asked: Asked): ConsentBlock[] {
  const { written, hosts, changes, t } = asked
  const words = t.facilitator.consent
  if (changes) {
    const text = changeWords(asked, changes)
    return changes.changed.length === 0
      ? []
      : [{ name: 'page', text, isRequired: true, isChange: true }]
  }
  const directories = written.level === 'nobody' ? [] : hosts
  return [
    { name: 'page', text: pageWords(asked), isRequired: true },
    ...directories.map(
      (host) =>
        ({ name: 'directory', host, text: words.directory(host), isRequired: false }) as const,
    ),
    ...(written.level === 'public'
      ? [{ name: 'fediverse', text: words.fediverse, isRequired: false } as const]
      : []),
  ]
}

function changeWords({ written, siteName, t }: Asked, changes: Changes): string {
  const { changed, until, directories, fediverse } = changes
  const words = t.facilitator.consent
  const named = (level: 'public' | 'network') =>
    changed
      .filter((field) => levelOfConsent(written, field) === level)
      .map((field) => words.fields[field])
      .join(', ')
  const places = [...directories, ...(fediverse ? [words.fields.fediverse] : [])].join(', ')
  return [
    words.changes(siteName, plainDate(dayInParis(until), t.lang)),
    ...(named('public') ? [words.changesPublic(named('public'))] : []),
    ...(named('network') ? [words.changesNetwork(named('network'))] : []),
    ...(places ? [words.changesElsewhere(places)] : []),
  ].join(' ')
}

function pageWords({ written, siteName, t }: Asked): string {
  const words = t.facilitator.consent
  const named = (level: 'public' | 'network') =>
    filledFields(written)
      .filter((field) => levelOf(written, field) === level)
      .map((field) => words.fields[field])
  if (written.level === 'nobody') return words.pageNobody(siteName)
  const whole = [words.fields.name, ...(written.alias === undefined ? [] : [words.fields.alias])]
  if (written.level === 'network')
    return words.pageNetwork(siteName, [...whole, ...named('network')].join(', '))
  const everybody = words.pagePublic(siteName, [...whole, ...named('public')].join(', '))
  const others = named('network')
  return others.length > 0 ? `${everybody} ${words.andNetwork(others.join(', '))}` : everybody
}

/** Returns the fields that have a value; only these are agreed to. */
const filledFields = (written: FacilitatorDraft): FacilitatorField[] =>
  FACILITATOR_FIELDS.filter((field) => {
    if (field === 'contact') return written.contact !== 'none'
    const value = written[field]
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== ''
  })

/**
 * Returns the consents to store: one for each field that is shown to somebody, and for each place where the profile
 * goes.
 */
export function consentsToLog(
  asked: Asked,
  agreed: { directories: readonly string[]; fediverse: boolean; isByHandedLink: boolean },
): Consent[] {
  const { written, t } = asked
  const { isByHandedLink } = agreed
  const blocks = consentBlocks(asked)
  const text = (name: ConsentBlock['name']) => blocks.find((block) => block.name === name)?.text
  const row = (field: Consent['field'], level: Consent['level'], words: string | undefined) =>
    words === undefined ? [] : [{ field, level, text: words, lang: t.lang, isByHandedLink }]
  if (asked.changes)
    return asked.changes.changed.flatMap((field) =>
      row(field, levelOfConsent(written, field), text('page')),
    )
  const named = blocks.filter(({ host }) => host !== undefined && agreed.directories.includes(host))
  return [
    ...row('name', written.level, text('page')),
    ...(written.alias === undefined ? [] : row('alias', written.level, text('page'))),
    ...filledFields(written).flatMap((field) => row(field, levelOf(written, field), text('page'))),
    ...named.flatMap(({ host, text: words }) =>
      row('directory', written.level, words).map((one) => ({ ...one, host })),
    ),
    ...(agreed.fediverse ? row('fediverse', written.level, text('fediverse')) : []),
  ].filter(({ field, level }) => field === 'name' || level !== 'nobody')
}

/** Returns the hash of what was on the page, since what is published must be what was agreed to. */
export const seenHash = (asked: Asked): string =>
  createHash('sha256')
    .update(JSON.stringify([asked.written, consentBlocks(asked)]))
    .digest('base64url')
    .slice(0, 22)
