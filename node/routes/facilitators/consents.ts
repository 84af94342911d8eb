import { createHash } from 'node:crypto'
import type { ConsentBlock } from '../../../ui/facilitators/own-profile-pages.tsx'
import type { Messages } from '../../../ui/locales/messages.ts'
import {
  FACILITATOR_FIELDS,
  type FacilitatorField,
  levelOf,
} from '../../domain/facilitators/facilitator.ts'
import type { Consent } from '../../store/facilitators/consents.ts'
import type { FacilitatorDraft } from '../../store/facilitators/own-profiles.ts'

type Asked = { written: FacilitatorDraft; siteName: string; hosts: readonly string[]; t: Messages }

/** What somebody is asked to agree to, in the words that the log keeps: each directory by itself. */
export function consentBlocks(asked: Asked): ConsentBlock[] {
  const { written, hosts, t } = asked
  const words = t.facilitator.consent
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

function pageWords({ written, siteName, t }: Asked): string {
  const words = t.facilitator.consent
  const named = (level: 'public' | 'network') =>
    filledFields(written)
      .filter((field) => levelOf(written, field) === level)
      .map((field) => words.fields[field])
  if (written.level === 'nobody') return words.pageNobody(siteName)
  if (written.level === 'network')
    return words.pageNetwork(siteName, [words.fields.name, ...named('network')].join(', '))
  const everybody = words.pagePublic(siteName, [words.fields.name, ...named('public')].join(', '))
  const others = named('network')
  return others.length > 0 ? `${everybody} ${words.andNetwork(others.join(', '))}` : everybody
}

/** Only what holds something is agreed to. */
const filledFields = (written: FacilitatorDraft): FacilitatorField[] =>
  FACILITATOR_FIELDS.filter((field) => {
    if (field === 'contact') return written.contact !== 'none'
    const value = written[field]
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== ''
  })

/** One row for each field that is shown to somebody, and for each place where the profile goes. */
export function consentsToLog(
  asked: Asked,
  agreed: { directories: readonly string[]; fediverse: boolean },
): Consent[] {
  const { written, t } = asked
  const blocks = consentBlocks(asked)
  const text = (name: ConsentBlock['name']) => blocks.find((block) => block.name === name)?.text
  const row = (field: Consent['field'], level: Consent['level'], words: string | undefined) =>
    words === undefined ? [] : [{ field, level, text: words, lang: t.lang }]
  const named = blocks.filter(({ host }) => host !== undefined && agreed.directories.includes(host))
  return [
    ...row('name', written.level, text('page')),
    ...filledFields(written).flatMap((field) => row(field, levelOf(written, field), text('page'))),
    ...named.flatMap(({ host, text: words }) =>
      row('directory', written.level, words).map((one) => ({ ...one, host })),
    ),
    ...(agreed.fediverse ? row('fediverse', written.level, text('fediverse')) : []),
  ].filter(({ field, level }) => field === 'name' || level !== 'nobody')
}

/** What was on the page: what is published must be what was agreed to. */
export const seenHash = (asked: Asked): string =>
  createHash('sha256')
    .update(JSON.stringify([asked.written, consentBlocks(asked)]))
    .digest('base64url')
    .slice(0, 22)
