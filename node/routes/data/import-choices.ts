import { createHash } from 'node:crypto'
import { isLeftOut, type LeftOut } from '../../domain/cafes/followed-calendar.ts'
import type { ImportedIdentity } from '../../domain/cafes/import.ts'
import { textOf, textsOf } from '../http/forms.ts'
import type { ImportStep } from './import-step.ts'

/** A form has 1,000 fields at most: of more rows than these, none can be left out. */
const MOST_CHOICES = 900

/** What a row does can be left out where it would change something. */
const OFFERED: ImportStep['outcome'][] = ['created', 'drafted', 'updated', 'cancelled']

/** The rows of a preview that have a box to tick, by the keys that its form sends. */
export type Offered = { key: string; identity: ImportedIdentity; isKept: boolean }[]

/** @returns undefined where there are too many rows to choose among. */
export function listOffered(
  steps: readonly ImportStep[],
  isKept: (identity: ImportedIdentity) => boolean,
): Offered | undefined {
  const offered = steps
    .filter(({ outcome }) => OFFERED.includes(outcome))
    .flatMap(({ identity }) => identity ?? [])
    .map((identity) => ({ key: hashIdentity(identity), identity, isKept: isKept(identity) }))
  return offered.length > MOST_CHOICES ? undefined : offered
}

/** The same event and date have the same key; 72 bits, so that two of one file never share it. */
const hashIdentity = ({ uid, recurrenceId }: ImportedIdentity): string =>
  createHash('sha256')
    .update(JSON.stringify([uid, recurrenceId ?? null]))
    .digest('base64url')
    .slice(0, 12)

export type FormChoices = {
  isLeftOut: (identity: ImportedIdentity) => boolean
  publication: 'published' | 'draft'
  keepsVenues: boolean
  isFollowed: boolean
}

/**
 * What the form of a preview says: a row is left out when its box was `offered` and it is not among those to `keep`. A
 * row without a box does what it does.
 */
export function readChoices(form: FormData): FormChoices {
  const kept = new Set(textsOf(form, 'keep'))
  const left = new Set(
    textOf(form, 'offered')
      .split(' ')
      .filter((key) => key !== '' && !kept.has(key)),
  )
  return {
    isLeftOut: (identity) => left.has(hashIdentity(identity)),
    publication: textOf(form, 'publication') === 'draft' ? 'draft' : 'published',
    keepsVenues: textOf(form, 'keepVenues') !== '',
    isFollowed: textOf(form, 'follow') !== '',
  }
}

/** Of more places than these, a list to choose from is no help: they are kept only where somebody says so. */
const FEW_PLACES = 20

/** Where the new cafés take place, each place once, and whether keeping them is proposed. */
export function listNewPlaces(steps: readonly ImportStep[]): { places: string[]; areFew: boolean } {
  const made = steps.filter(({ outcome }) => outcome === 'created' || outcome === 'drafted')
  const places = [...new Set(made.flatMap(({ place }) => place ?? []))]
  return { places, areFew: places.length <= FEW_PLACES }
}

/**
 * What a followed calendar remembers of rows that were left out. Where all dates of a series were, so are those to come;
 * what was left out before, and that this file does not have, stays so.
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
