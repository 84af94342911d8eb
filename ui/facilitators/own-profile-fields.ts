import {
  CONTACT_WAYS,
  FACILITATOR_STATUSES,
  FACILITATOR_TITLES,
  LEVELS,
  TRAININGS,
} from '../../node/domain/facilitators/facilitator.ts'
import {
  EXTENTS,
  NAME_MAX,
  PRESENTATION_MAX,
  TRAVEL_RADII,
} from '../../node/domain/facilitators/facilitator-input.ts'
import type { Choice } from '../components/fields.tsx'
import { choicesFrom, type Fields, fieldsOf } from '../forms/description.ts'
import type { Messages } from '../locales/messages.ts'

const noAnswer = (t: Messages) => t.facilitator.form.noAnswer

/** The fields of a person's own profile by the parts of the page. */
export const OWN_PROFILE_FORM = {
  who: {
    name: { kind: 'text', autocomplete: 'name', max: NAME_MAX, required: true },
    word: { kind: 'radio', choices: choicesFrom(FACILITATOR_TITLES, (t) => t.facilitator.word) },
    status: {
      ...{ kind: 'select', empty: noAnswer },
      choices: choicesFrom(FACILITATOR_STATUSES, (t) => t.facilitator.statuses),
    },
  },
  address: {
    alias: { kind: 'text', autocomplete: 'off', max: 30, short: true, optional: true },
  },
  where: {
    /** The town, as typed. */
    ou: { kind: 'text', isOwn: true, autocomplete: 'off', required: true },
    extent: {
      ...{ kind: 'radio', isOwn: true },
      choices: choicesFrom(EXTENTS, (t) => t.facilitator.form.extents),
    },
    radiusKm: { kind: 'select', empty: noAnswer, choices: radii },
  },
  what: {
    presentation: { kind: 'lines', rows: 4, max: PRESENTATION_MAX, optional: true },
    formats: { kind: 'words', max: 500, optional: true },
    themes: { kind: 'words', max: 500, optional: true },
    availability: { kind: 'text', max: 200, optional: true },
    languages: { kind: 'boxes', choices: (t) => Object.entries(t.cafe.language) },
    training: {
      ...{ kind: 'select', empty: noAnswer },
      choices: choicesFrom(TRAININGS, (t) => t.facilitator.trainings),
    },
    trainedOn: { kind: 'text', max: 7, short: true, optional: true },
  },
  audience: {
    contact: {
      kind: 'radio',
      choices: choicesFrom(CONTACT_WAYS, (t) => t.facilitator.form.contacts),
    },
    shownContact: { kind: 'text', max: 254, optional: true },
    email: { kind: 'email', autocomplete: 'email', required: true },
    isAdult: { kind: 'tick', box: { value: '1', label: (t) => t.facilitator.form.adult } },
  },
  sight: {
    level: { kind: 'radio', choices: choicesFrom(LEVELS, (t) => t.facilitator.levelsMean) },
  },
} as const satisfies { [part: string]: Fields }

export const OWN_PROFILE_FIELDS = fieldsOf(OWN_PROFILE_FORM)

function radii(t: Messages): Choice[] {
  const texts = t.facilitator.form.radii
  return TRAVEL_RADII.map((km) => [String(km), km === 0 ? texts[0] : texts.other(km)])
}
