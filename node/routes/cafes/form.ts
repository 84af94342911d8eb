import { CAFE_FIELDS, ONLINE } from '../../../ui/cafes/cafe-fields.ts'
import { SERIES_FIELDS } from '../../../ui/cafes/series/several-dates.tsx'
import type { FormValues } from '../../../ui/components/fields.tsx'
import { toFormValues, usualValuesOf } from '../../../ui/forms/description.ts'
import {
  STRUCTURE_MAX,
  withAnnouncedFor,
  withoutAnnouncedFor,
} from '../../domain/cafes/announced-for.ts'
import { type Cafe, endsAtPlace, startsAtPlace, USUAL_REMINDERS } from '../../domain/cafes/cafe.ts'
import { DEFAULT_MINUTES } from '../../domain/cafes/cafe-input.ts'
import { isSameAddress, type SavedVenue, type Venue, venueOf } from '../../domain/cafes/venue.ts'
import { lineOfResource } from '../../domain/resources/named-resource.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { cleanText, LINE_MAX } from '../../formats/text/clean-text.ts'
import { lookUpPlace } from '../../geo/places.ts'
import { readFields, textOf, textsOf, webAddressOf } from '../http/forms.ts'
import { problemsOfTime, readDayAndTime } from './day-and-time.ts'

type FormReading = {
  chosen?: SavedVenue | undefined
  isForStructure?: boolean | undefined
}

/**
 * Reads the fields of the café form as the input of the API, with the problems that only the form can have, since a day
 * and an hour are two fields here. `current` is the café that is edited: what the form does not show stays. `chosen` is
 * the kept venue that was picked from the list, in place of what is typed; `isForStructure` asks for the structure.
 */
export function readCafeForm(
  form: FormData,
  current: Cafe | undefined,
  { chosen, isForStructure = current?.announcedFor !== undefined }: FormReading = {},
): { body: Record<string, unknown>; problems: Problem[]; isDraft: boolean; isUndated: boolean } {
  const text = (name: string) => textOf(form, name)
  const isDraft = text('save') === 'draft' && current?.publication !== 'published'
  const isUndated = isDraft && text('date') === '' && text('endDate') === ''
  const start = readDayAndTime(
    isUndated ? STAND_IN_DAY : text('date'),
    text('time') || (isDraft ? NO_HOUR : ''),
  )
  const problems: Problem[] = problemsOfTime(start, { day: 'date', time: 'time' }, true)
  const duration = keptDuration(form, current)
  const hasEnd = duration === undefined && (text('endTime') !== '' || text('endDate') !== '')
  const end = readDayAndTime(text('endDate') || start.day, text('endTime'))
  if (hasEnd) problems.push(...problemsOfTime(end, { day: 'endDate', time: 'endTime' }, false))
  if (isForStructure) problems.push(...problemsOfStructure(readStructure(form)))
  const attendanceMode = text('venue.id') === ONLINE ? 'online' : text('attendanceMode')
  return {
    problems,
    isDraft,
    isUndated,
    body: {
      ...withQuestions(readFields(form, CAFE_FIELDS), form),
      descriptionMarkdown: isForStructure
        ? withAnnouncedFor(readStructure(form), text('descriptionMarkdown'))
        : text('descriptionMarkdown'),
      startsAt: start.local ?? PLACEHOLDER_TIME,
      endsAt: hasEnd ? end.local : undefined,
      durationMinutes: duration,
      attendanceMode: attendanceMode || undefined,
      ...(text('onlineFor') === 'registrants'
        ? { onlineUrl: '', registrantsUrl: webAddressOf(form, 'onlineUrl') }
        : { onlineUrl: webAddressOf(form, 'onlineUrl'), registrantsUrl: '' }),
      resources: form.has('resources') ? linesIn(form, 'resources') : undefined,
      intentions: chosenTexts(form, 'intentions', current),
      languages: chosenTexts(form, 'languages', current),
      venue:
        attendanceMode === 'online'
          ? undefined
          : chosen
            ? venueOf(chosen)
            : readVenue(form, current?.venue),
      accessibility: readAccessibility(form, { current, chosen }),
      // A form cannot ask for a price; one that was added to the request is refused.
      price: form.has('price') ? text('price') : undefined,
    },
  }
}

const NTH = ['1', '2']
const YES_OR_NO = ['Oui', 'Non']

/** Adds the questions to those who register; one without a text is none. */
function withQuestions(body: Record<string, unknown>, form: FormData): Record<string, unknown> {
  const questions = NTH.flatMap((nth) => {
    const [asked, why] = [`question${nth}`, `question${nth}.why`].map((name) => textOf(form, name))
    const answers = linesIn(form, `question${nth}.answers`)
    const listed = answers.length > 0 ? [...new Set(answers)] : YES_OR_NO
    return asked ? [{ text: asked, why, answers: listed }] : []
  })
  return { ...body, registration: { ...Object(body.registration), questions } }
}

/** Returns the lines that were typed in a field, without empty ones. */
const linesIn = (form: FormData, name: string): string[] =>
  textsOf(form, name)
    .flatMap((lines) => lines.split('\n'))
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** Returns the questions of a café as they are typed. */
const questionValues = ({ registration: { questions = [] } }: Cafe): FormValues =>
  Object.fromEntries(
    NTH.flatMap((nth, index) => {
      const { text = '', why = '', answers = [] } = questions[index] ?? {}
      const isUsual = answers.join() === YES_OR_NO.join()
      return [
        [`question${nth}`, text],
        [`question${nth}.why`, why],
        [`question${nth}.answers`, isUsual ? '' : answers.join('\n')],
      ]
    }),
  )

/** Returns the name of the structure for which a café is announced. */
export const readStructure = (form: FormData): string =>
  cleanText(textOf(form, 'announcedFor'), LINE_MAX)

function problemsOfStructure(structure: string): Problem[] {
  if (structure === '') return [{ field: 'announcedFor', code: 'required' }]
  return structure.length > STRUCTURE_MAX
    ? [{ field: 'announcedFor', code: 'too_long', detail: String(STRUCTURE_MAX) }]
    : []
}

/** Returns the description without what the program writes before it. */
const ownTextOf = ({ announcedFor, descriptionMarkdown = '' }: Cafe): string =>
  announcedFor === undefined ? descriptionMarkdown : withoutAnnouncedFor(descriptionMarkdown)

/** The day of a draft without one, on which no café is; its hour is midnight, as an import leaves it. */
const STAND_IN_DAY = '2099-12-31'
const NO_HOUR = '00:00'

/** Stands in for a time with which the form itself has found a problem, so that all other problems are found too. */
const PLACEHOLDER_TIME = '2099-12-31T12:00'

/**
 * Returns the duration, when the end was left as it was: it then follows the start, since moving a café by an hour
 * moves all of it.
 */
function keptDuration(form: FormData, current: Cafe | undefined): number | undefined {
  if (!current) return undefined
  const shown = valuesOfCafe(current)
  const isSame = (...names: string[]) => names.every((name) => textOf(form, name) === shown[name])
  if (!isSame('endDate', 'endTime') || isSame('date', 'time')) return undefined
  return Math.round(current.startsAt.until(current.endsAt).total('minutes'))
}

/** Returns the ticked boxes. They come in the form's order, so that the same ones ticked are no change. */
function chosenTexts(
  form: FormData,
  name: 'intentions' | 'languages' | 'accessibility',
  current: Cafe | undefined,
): readonly string[] {
  const chosen = textsOf(form, name)
  const known: readonly string[] = current?.[name] ?? []
  const isSame = chosen.length === known.length && chosen.every((text) => known.includes(text))
  return isSame ? known : chosen
}

/** Returns the accessibility of a café. A new one has that of its venue, unless the form says more. */
function readAccessibility(
  form: FormData,
  { current, chosen }: { current: Cafe | undefined; chosen: SavedVenue | undefined },
): readonly string[] {
  const ticked = chosenTexts(form, 'accessibility', current)
  return !current && chosen && ticked.length === 0 ? chosen.accessibility : ticked
}

/** Finds the kept venue that was picked; what is typed beside it then does not count. */
export const findChosenVenue = (
  form: FormData,
  venues: readonly SavedVenue[],
): SavedVenue | undefined => venues.find(({ id }) => id === textOf(form, 'venue.id'))

/** Reads a venue. Its town is one text; the code is chosen when several towns have that name. */
function readVenue(form: FormData, current: Venue | undefined) {
  const name = textOf(form, 'venue.name')
  const town = textOf(form, 'venue.town')
  const streetAddress = textOf(form, 'venue.streetAddress')
  if (name === '' && town === '' && streetAddress === '') return undefined
  const isSameTown = current !== undefined && town === townOf(current)
  const isSameDoor = isSameTown && streetAddress === (current.streetAddress ?? '')
  return {
    name,
    streetAddress,
    ...(isSameTown
      ? { postalCode: current.postalCode, commune: current.commune, codeInsee: current.codeInsee }
      : { commune: town, codeInsee: chosenCode(town, textOf(form, 'venue.codeInsee')) }),
    ...(isSameDoor && { latitude: current.latitude, longitude: current.longitude }),
  }
}

/** Returns the chosen code. A choice that was made for another town, before that field was changed, does not count. */
export function chosenCode(town: string, code: string): string | undefined {
  const answer = lookUpPlace(town)
  const isOffered =
    answer.kind === 'several' && answer.choices.some(({ codeInsee }) => codeInsee === code)
  return isOffered ? code : undefined
}

/** Returns a town as its field shows it, e.g. `35000 Rennes`. */
export const townOf = ({ postalCode, commune }: Pick<Venue, 'postalCode' | 'commune'>): string =>
  [postalCode, commune].filter(Boolean).join(' ')

/** Returns the values of a new form: those of most cafés, at the given `venue`. */
export const newCafeValues = (venue: FormValues = {}): FormValues => ({
  ...usualValuesOf(CAFE_FIELDS),
  ...usualValuesOf(SERIES_FIELDS),
  ...venue,
})

/** Returns the same café a week later, by the clock of its place; more weeks later when that is still past. */
export function addWeek(cafe: Cafe, now: Temporal.Instant): Cafe {
  const start = startsAtPlace(cafe)
  const passed = cafe.startsAt.until(now).total('hours') / (7 * 24)
  const weeks = Math.max(1, Math.ceil(passed))
  const endsAt = endsAtPlace(cafe).add({ weeks }).toInstant()
  return { ...cafe, startsAt: start.add({ weeks }).toInstant(), endsAt }
}

/** Returns the values of a café's form; a copy is published anew. */
export function valuesOfCafe(
  cafe: Cafe,
  duplicate = false,
  venues: readonly SavedVenue[] = [],
): FormValues {
  const kept = venues.find((venue) => cafe.venue && isSameAddress(venueOf(venue), cafe.venue))
  const start = startsAtPlace(cafe)
  const end = endsAtPlace(cafe)
  const isSameDay = start.toPlainDate().equals(end.toPlainDate())
  const isHourGiven = cafe.publication !== 'draft' || hourOf(start) !== NO_HOUR
  const isUsualEnd = start.until(end).total('minutes') === DEFAULT_MINUTES
  return toFormValues(CAFE_FIELDS, cafe, {
    ...(cafe.announcedFor !== undefined && !duplicate && { announcedFor: cafe.announcedFor }),
    date: cafe.isUndated ? '' : start.toPlainDate().toString(),
    time: isHourGiven ? hourOf(start) : '',
    'venue.id': cafe.attendanceMode === 'online' ? ONLINE : (kept?.id ?? ''),
    ...(kept ? {} : valuesOfAddress(cafe.venue)),
    attendanceMode: cafe.attendanceMode === 'mixed' ? ['mixed'] : [],
    onlineUrl: cafe.onlineUrl ?? cafe.registrantsUrl ?? '',
    onlineFor: cafe.registrantsUrl && !cafe.onlineUrl ? 'registrants' : 'public',
    descriptionMarkdown: duplicate ? (cafe.descriptionMarkdown ?? '') : ownTextOf(cafe),
    ...questionValues(cafe),
    resources: (cafe.resources ?? []).map(lineOfResource).join('\n'),
    'registration.reminders': cafe.registration.reminders ?? USUAL_REMINDERS,
    'image.media': (duplicate && cafe.image?.mediaId) || '',
    'image.alt': cafe.image?.alt ?? '',
    'image.credit': cafe.image?.credit ?? '',
    'image.focus': cafe.image?.focalPoint?.join(' ') ?? '0 0',
    endTime: !isHourGiven && isUsualEnd ? '' : hourOf(end),
    endDate: isSameDay ? '' : end.toPlainDate().toString(),
    ...(!duplicate && publicationValues(cafe)),
  })
}

/** Returns the values of a venue as they are typed. */
export const valuesOfAddress = (
  venue: Pick<Venue, 'name' | 'postalCode' | 'commune' | 'streetAddress'> | undefined,
): FormValues => ({
  'venue.name': venue?.name ?? '',
  'venue.town': venue ? townOf(venue) : '',
  'venue.streetAddress': venue?.streetAddress ?? '',
})

/** Returns the values that say when a café that is held back is to be published. */
function publicationValues({
  publication,
  publishAt,
  timezone,
}: Pick<Cafe, 'publication' | 'publishAt' | 'timezone'>): FormValues {
  if (publication === 'published' || !publishAt) return {}
  const at = publishAt.toZonedDateTimeISO(timezone)
  return {
    publishDate: at.toPlainDate().toString(),
    publishTime: at.toPlainTime().toString({ smallestUnit: 'minute' }),
  }
}

const hourOf = (at: Temporal.ZonedDateTime): string =>
  at.toPlainTime().toString({ smallestUnit: 'minute' })
