import { createHash } from 'node:crypto'
import { ROW_CHOICES, type RowChoice } from '../../../../ui/data/import-rows.tsx'
import { isLeftOut, type LeftOut } from '../../../domain/cafes/followed-calendar.ts'
import type { ImportedIdentity } from '../../../domain/cafes/import.ts'
import { textOf } from '../../http/forms.ts'
import type { ImportStep } from './import-step.ts'

/** A form has 1,000 fields at most: with more rows than this, none can be left out. */
const MOST_CHOICES = 900

/** The outcomes that can be left out, because they would change something. */
const OFFERED: ImportStep['outcome'][] = ['created', 'drafted', 'updated', 'cancelled']

/** A row of a preview about which a person decides, with the key that its form sends. */
export type Offered = { key: string; identity: ImportedIdentity; choice: RowChoice }[]

/**
 * Lists the rows about which a person decides.
 * @returns undefined where there are too many rows to choose from.
 */
export function listOffered(
  steps: readonly ImportStep[],
  choiceOf: (identity: ImportedIdentity) => RowChoice,
): Offered | undefined {
  const offered = steps
    .filter(({ outcome }) => OFFERED.includes(outcome))
    .flatMap(({ identity }) => identity ?? [])
    .map((identity) => ({ key: hashIdentity(identity), identity, choice: choiceOf(identity) }))
  return offered.length > MOST_CHOICES ? undefined : offered
}

/** Returns the key of an event and date, always the same; it has 72 bits, so that two of one file never share it. */
const hashIdentity = ({ uid, recurrenceId }: ImportedIdentity): string =>
  createHash('sha256')
    .update(JSON.stringify([uid, recurrenceId ?? null]))
    .digest('base64url')
    .slice(0, 12)

export type FormChoices = {
  isLeftOut: (identity: ImportedIdentity) => boolean
  publicationOf: (identity: ImportedIdentity) => 'published' | 'draft' | undefined
  publication: 'published' | 'draft'
  keepsVenues: boolean
  isFollowed: boolean
}

/** Reads the form of a preview. A row without a choice is applied, as all new ones are published. */
export function readChoices(form: FormData): FormChoices {
  const chosen = new Map([...form].flatMap(([name, value]) => toEntry(name, value)))
  return {
    isLeftOut: (identity) => chosen.get(hashIdentity(identity)) === 'skip',
    publicationOf: (identity) => {
      const choice = chosen.get(hashIdentity(identity))
      return choice === 'draft' ? 'draft' : choice === 'publish' ? 'published' : undefined
    },
    publication: textOf(form, 'publication') === 'draft' ? 'draft' : 'published',
    keepsVenues: textOf(form, 'keepVenues') !== '',
    isFollowed: textOf(form, 'follow') !== '',
  }
}

/** Reads the field `choice.KEY` of a row. */
function toEntry(name: string, value: unknown): [key: string, choice: RowChoice][] {
  const choice = ROW_CHOICES.find((known) => known === value)
  return name.startsWith('choice.') && choice ? [[name.slice('choice.'.length), choice]] : []
}

/** With more places than this, a list to choose from does not help: they are kept only when a person asks for it. */
const FEW_PLACES = 20

/** Lists where the new cafés take place, each place once, and whether keeping them is proposed. */
export function listNewPlaces(steps: readonly ImportStep[]): { places: string[]; areFew: boolean } {
  const made = steps.filter(({ outcome }) => outcome === 'created' || outcome === 'drafted')
  const places = [...new Set(made.flatMap(({ place }) => place ?? []))]
  return { places, areFew: places.length <= FEW_PLACES }
}

/**
 * Returns what a followed calendar remembers of rows that were left out. Where all dates of a series were, future ones
 * are too; what was left out before, and is not in this file, stays so.
 */
export function toLeftOut(
  identities: readonly ImportedIdentity[],
  isLeftOutNow: (identity: ImportedIdentity) => boolean,
  before: readonly LeftOut[],
): LeftOut[] {
  const kept = identities.filter((identity) => !isLeftOutNow(identity))
  const keptUids = new Set(kept.map(({ uid }) => uid))
  const left = identities
    .filter(isLeftOutNow)
    .map(({ uid, recurrenceId }) => (keptUids.has(uid) ? { uid, recurrenceId } : { uid }))
  const unseen = before.filter((one) => !identities.some((identity) => isLeftOut([one], identity)))
  const all = new Map([...unseen, ...left].map((one) => [JSON.stringify(one), one]))
  return [...all.values()]
}
