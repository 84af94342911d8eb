import { STRUCTURE_MAX } from '../../node/domain/cafes/announced-for.ts'
import {
  INTENTIONS,
  OPENNESS,
  REGISTRATION_MODES,
  REMINDERS,
  USUAL_REMINDERS,
} from '../../node/domain/cafes/cafe.ts'
import {
  DEFAULT_CAPACITY,
  QUESTION_MAX,
  SUMMARY_MAX,
  TITLE_MAX,
} from '../../node/domain/cafes/cafe-input.ts'
import { ACCESS_MAX } from '../../node/domain/cafes/venue.ts'
import { CLOSURES_MAX } from '../../node/domain/series/closures.ts'
import { ACCESSIBILITY_CODES } from '../../node/domain/values/accessibility.ts'
import type { Choice } from '../components/fields.tsx'
import { choicesFrom, type Fields, fieldsOf, fieldWords } from '../forms/description.ts'
import type { Messages } from '../locales/messages.ts'
import { languageName } from './details.tsx'

/** The value of `venue.id` for a café that is online only; for a venue that is not in the list it is empty. */
export const ONLINE = 'online'

/** What every café needs. The venue is one of the list, `online`, or, with an empty `venue.id`, as typed. */
const questions = {
  /** The structure, where a directory announces the café for one. */
  announcedFor: { kind: 'text', isOwn: true, required: true, max: STRUCTURE_MAX },
  title: { kind: 'text', required: true, max: TITLE_MAX },
  date: { kind: 'date', isOwn: true, required: true, short: true },
  time: { kind: 'time', isOwn: true, required: true, short: true },
  'venue.id': { kind: 'part', isOwn: true, usual: '' },
  'venue.name': { kind: 'text', isOwn: true, with: 'venue.id' },
  /** A postcode or a town, as typed. */
  'venue.town': { kind: 'text', isOwn: true, with: 'venue.id' },
  'venue.streetAddress': { kind: 'text', isOwn: true, with: 'venue.id', optional: true },
  'venue.keep': { kind: 'part', isOwn: true, usual: '1' },
  /** `mixed` where one may take part online as well. */
  attendanceMode: { kind: 'part', isOwn: true, with: 'venue.id', usual: [], words: modeWords },
  onlineUrl: { kind: 'url', isOwn: true },
  onlineFor: { kind: 'radio', isOwn: true, with: 'onlineUrl', usual: 'public', choices: readers },
} as const satisfies Fields

const presentation = {
  descriptionMarkdown: { kind: 'lines', isOwn: true, rows: 5 },
  summary: { kind: 'text', rows: 2, max: SUMMARY_MAX },
  image: { kind: 'file', isOwn: true },
  'image.media': { kind: 'part', isOwn: true },
  'image.alt': { kind: 'part', isOwn: true },
  'image.credit': { kind: 'part', isOwn: true },
  'image.focus': { kind: 'part', isOwn: true },
  format: { kind: 'text', list: 'formats' },
  intentions: { kind: 'boxes', choices: choicesFrom(INTENTIONS, (t) => t.cafe.intention) },
  themes: { kind: 'words' },
} as const satisfies Fields

const registration = {
  'registration.mode': {
    kind: 'radio',
    usual: 'none',
    choices: choicesFrom(REGISTRATION_MODES, (t) => t.admin.cafeForm.registrationMode),
  },
  'registration.url': { kind: 'url', with: 'registration.mode' },
  phone: { kind: 'tel' },
  'registration.capacity': {
    ...{ kind: 'number', with: 'registration.mode', short: true, inputmode: 'numeric' },
    usual: String(DEFAULT_CAPACITY),
  },
  /** Of a café on site and online. */
  'registration.onlineCapacity': {
    ...{ kind: 'number', with: 'registration.mode', short: true, inputmode: 'numeric' },
  },
  'registration.reminders': {
    kind: 'boxes',
    usual: USUAL_REMINDERS,
    choices: choicesFrom(REMINDERS, (t) => t.admin.cafeForm.reminders),
  },
  'registration.wholeSeries': {
    kind: 'tick',
    box: { value: '1', label: (t) => t.admin.cafeForm.wholeSeries },
  },
  /** What people are asked who register: yes or no where no answer is listed, one on each line. */
  question1: { kind: 'text', isOwn: true, max: QUESTION_MAX },
  'question1.why': { kind: 'text', isOwn: true, with: 'question1', max: QUESTION_MAX },
  'question1.answers': { kind: 'list', isOwn: true, with: 'question1', rows: 3 },
  question2: { kind: 'text', isOwn: true, max: QUESTION_MAX },
  'question2.why': { kind: 'text', isOwn: true, with: 'question2', max: QUESTION_MAX },
  'question2.answers': { kind: 'list', isOwn: true, with: 'question2', rows: 3 },
  support: { kind: 'text' },
} as const satisfies Fields

const access = {
  openTo: {
    kind: 'radio',
    usual: 'public',
    choices: choicesFrom(OPENNESS, (t) => t.admin.cafeForm.openTo),
  },
  audiences: { kind: 'words' },
  accessibility: { kind: 'boxes', choices: choicesFrom(ACCESSIBILITY_CODES, (t) => t.cafe.access) },
  languages: { kind: 'boxes', usual: 'fr', choices: languages },
} as const satisfies Fields

/** The fields of the café form by its parts, of which all but the first are folded. */
export const CAFE_FORM = {
  questions,
  presentation,
  duration: {
    endTime: { kind: 'time', isOwn: true, short: true },
    endDate: { kind: 'date', isOwn: true, short: true, with: 'endTime' },
  },
  registration,
  leading: {
    /** Ids; they come with `facilitators.shown` where they can be chosen. */
    facilitators: { kind: 'part', isOwn: true },
    /** One on each line, since a name may have a comma before what the person is known for. */
    speakers: { kind: 'list', rows: 2 },
    /** On each line the address of a page, with its title if one wants to. */
    resources: { kind: 'list', isOwn: true, rows: 2 },
  },
  access,
  /** Both are empty where it is published at once. */
  publishing: {
    publishDate: { kind: 'date', isOwn: true, short: true },
    publishTime: { kind: 'time', isOwn: true, short: true, with: 'publishDate' },
  },
} as const satisfies { [part: string]: Fields }

export const CAFE_FIELDS = fieldsOf(CAFE_FORM)

/** How one gets in, wherever a form asks for it. */
export const VENUE_ACCESS = {
  access: { kind: 'lines', rows: 3, optional: true, max: ACCESS_MAX },
  accessibility: {
    ...{ kind: 'boxes', optional: true },
    choices: choicesFrom(ACCESSIBILITY_CODES, (t) => t.cafe.access),
  },
  acceslibreUrl: { kind: 'url', optional: true },
} as const satisfies Fields

export const VENUE_FORM = {
  town: {
    name: { kind: 'text', required: true, max: 100 },
    town: { kind: 'text', isOwn: true, required: true },
  },
  street: { streetAddress: { kind: 'text', optional: true, max: 255 } },
  access: VENUE_ACCESS,
  closures: { closures: { kind: 'list', rows: 3, optional: true, max: CLOSURES_MAX } },
  /** Degrees, with a decimal comma. */
  point: {
    latitude: { kind: 'text', isOwn: true, short: true },
    longitude: { kind: 'text', isOwn: true, short: true, with: 'latitude' },
  },
} as const satisfies { [part: string]: Fields }

export const VENUE_FIELDS = fieldsOf(VENUE_FORM)

/** Items that have an id and a name. */
export type Named = readonly { id: string; name: string }[]

/** Returns what a field of the café form holds in words. Venues and people have their names. */
export function cafeFieldWords(
  name: string,
  value: string | readonly string[] | undefined,
  { t, venues, people }: { t: Messages; venues: Named; people: Named },
): string {
  const named = (list: Named) =>
    [value ?? []]
      .flat()
      .flatMap((id) => list.find((one) => one.id === id)?.name ?? [])
      .join(', ')
  if (name === 'venue.id') return named([{ id: ONLINE, name: t.cafe.mode.online }, ...venues])
  if (name === 'facilitators') return named(people)
  return fieldWords(CAFE_FIELDS[name] ?? { kind: 'text' }, value, t)
}

function modeWords(t: Messages) {
  return t.cafe.mode
}

function readers({ admin: { cafeForm } }: Messages): Choice[] {
  return [
    ['public', cafeForm.onlineFor.public],
    ['registrants', cafeForm.onlineFor.registrants],
  ]
}

/** Returns the usual languages, and those that the café already has. */
function languages(t: Messages, chosen: readonly string[]): Choice[] {
  const tags = new Set([...Object.keys(t.cafe.language), ...chosen])
  return [...tags].map((tag) => [tag, languageName(tag, t)])
}
