import { STRUCTURE_MAX } from '../../node/domain/cafes/announced-for.ts'
import { INTENTIONS, OPENNESS, REGISTRATION_MODES } from '../../node/domain/cafes/cafe.ts'
import { SUMMARY_MAX, TITLE_MAX } from '../../node/domain/cafes/cafe-input.ts'
import { type SavedVenue, venueText } from '../../node/domain/cafes/venue.ts'
import { ACCESSIBILITY_CODES } from '../../node/domain/values/accessibility.ts'
import type { CafeImage } from '../../node/domain/values/image.ts'
import {
  type Choice,
  Choices,
  type FormState,
  InputField,
  SelectField,
  TextArea,
} from '../components/fields.tsx'
import type { Messages } from '../locales/messages.ts'
import { languageName } from './details.tsx'
import { type AnsweredForm, type FoldName, foldAnswerText } from './field-words.ts'
import { CafeImageFields } from './image-fields.tsx'

/** The value of `venue.id` for a café that is online only; for a venue that is not in the list it is empty. */
export const ONLINE = 'online'
/** Above this number of venues, the list becomes a select element. */
const LISTED_MAX = 5

type Towns = readonly { codeInsee: string; label: string }[]
type QuestionsProps = {
  form: FormState
  towns: Towns
  venues: readonly SavedVenue[]
  mayKeep: boolean
}

/** The fields that every café needs: a title, a date and time, a place. A draft needs only a title. */
export const Questions = ({ form, towns, venues, mayKeep }: QuestionsProps) => (
  <div class="cafe-questions">
    {form.values.announcedFor !== undefined && (
      <InputField form={form} name="announcedFor" required max={STRUCTURE_MAX} />
    )}
    <div class="question">
      <InputField form={form} name="title" required max={TITLE_MAX} />
    </div>
    <fieldset class="question">
      <legend>{form.t.admin.cafeForm.when}</legend>
      <div class="row">
        <InputField form={form} name="date" type="date" required short />
        <InputField form={form} name="time" type="time" required short />
      </div>
    </fieldset>
    <fieldset class="question where">
      <legend>{form.labels['venue.id']}</legend>
      <Venues form={form} venues={venues} />
      <TypedVenue form={form} towns={towns} mayKeep={mayKeep} />
      <Online form={form} />
    </fieldset>
  </div>
)

/** The choice of the venue: the stored ones, then another place, then online. */
function Venues({ form, venues }: Pick<QuestionsProps, 'form' | 'venues'>) {
  const texts = form.t.admin.cafeForm.where
  const chosen = String(form.values['venue.id'] ?? '')
  const others: Choice[] = [
    ['', venues.length > 0 ? texts.elsewhere : texts.onSite],
    [ONLINE, texts.online],
  ]
  if (venues.length > LISTED_MAX)
    return (
      <SelectField
        form={{ ...form, labels: { ...form.labels, 'venue.id': texts.list } }}
        name="venue.id"
        groups={[
          {
            label: form.t.cafeStatus.venues.yours,
            choices: venues.map((venue) => [venue.id, venueText(venue)]),
          },
          { label: texts.others, choices: others },
        ]}
      />
    )
  const known = venues.map(({ id, name, streetAddress, postalCode, commune }) => ({
    ...{ value: id, label: name },
    hint: [streetAddress, [postalCode, commune].filter(Boolean).join(' ')]
      .filter(Boolean)
      .join(', '),
  }))
  return (
    <div class="answers">
      {[...known, ...others.map(([value, label]) => ({ value, label, hint: '' }))].map(
        ({ value, label, hint }) => (
          <label class="choice">
            <input type="radio" name="venue.id" value={value} checked={chosen === value} />
            <span>
              {label}
              {hint !== '' && <span class="hint">{hint}</span>}
            </span>
          </label>
        ),
      )}
    </div>
  )
}

const TypedVenue = ({ form, towns, mayKeep }: Omit<QuestionsProps, 'venues'>) => (
  <div class="if-elsewhere">
    <InputField form={form} name="venue.name" />
    <InputField form={form} name="venue.town" />
    {towns.length > 0 && (
      <Choices
        form={form}
        name="venue.codeInsee"
        type="radio"
        choices={towns.map(({ codeInsee, label }) => [codeInsee, label])}
      />
    )}
    <InputField form={form} name="venue.streetAddress" optional />
    {mayKeep && <Tick form={form} name="venue.keep" value="1" />}
  </div>
)

const Online = ({ form }: { form: FormState }) => (
  <>
    <div class="if-on-site">
      <Tick form={form} name="attendanceMode" value="mixed" />
    </div>
    <div class="if-online">
      <InputField form={form} name="onlineUrl" type="url" />
      <Choices form={form} name="onlineFor" type="radio" choices={onlineReaders(form.t)} />
    </div>
  </>
)

type TickProps = { form: FormState; name: string; value: string }

/** A single check box. */
const Tick = ({ form, name, value }: TickProps) => (
  <label class="choice">
    <input
      type="checkbox"
      name={name}
      value={value}
      checked={[form.values[name] ?? []].flat().includes(value)}
    />
    <span>{form.labels[name]}</span>
  </label>
)

type FoldsProps = AnsweredForm & { image: CafeImage | undefined; isPublished: boolean }

/** The optional parts of the form: each line shows its current answer, and unfolds to change it. */
export function Folds(props: FoldsProps) {
  const { form, image, people, isPublished } = props
  const { t } = form
  const texts = t.admin.cafeForm
  return (
    <section class="folds" aria-labelledby="reste">
      <h2 id="reste">{texts.rest}</h2>
      <p class="hint">{texts.restHint}</p>
      <Fold name="presentation" {...props}>
        <TextArea form={form} name="descriptionMarkdown" rows={5} />
        <TextArea form={form} name="summary" rows={2} max={SUMMARY_MAX} />
        <CafeImageFields form={form} image={image} />
        <InputField form={form} name="format" list="formats" />
        <datalist id="formats">
          {texts.formats.split('|').map((format) => (
            <option value={format} />
          ))}
        </datalist>
        <Choices form={form} name="intentions" type="checkbox" choices={intentions(t)} />
        <InputField form={form} name="themes" />
      </Fold>
      <Fold name="duration" {...props}>
        <div class="row">
          <InputField form={form} name="endTime" type="time" short />
          <InputField form={form} name="endDate" type="date" short />
        </div>
      </Fold>
      <Fold name="registration" {...props}>
        <Choices form={form} name="registration.mode" type="radio" choices={entries(t)} />
        <div class="if-external">
          <InputField form={form} name="registration.url" type="url" />
        </div>
        <InputField form={form} name="phone" type="tel" />
        <InputField form={form} name="registration.capacity" inputmode="numeric" short />
        <InputField form={form} name="support" />
      </Fold>
      <Fold name="leading" {...props}>
        <LedBy form={form} people={people} />
        <TextArea form={form} name="speakers" rows={2} />
      </Fold>
      <Fold name="access" {...props}>
        <Choices form={form} name="openTo" type="radio" choices={opennesses(t)} />
        <InputField form={form} name="audiences" />
        <Choices form={form} name="accessibility" type="checkbox" choices={accesses(t)} />
        <Choices form={form} name="languages" type="checkbox" choices={languages(form)} />
      </Fold>
      {!isPublished && (
        <Fold name="publishing" {...props}>
          <p>{t.cafeStatus.publishing.lead}</p>
          <div class="row">
            <InputField form={form} name="publishDate" type="date" short />
            <InputField form={form} name="publishTime" type="time" short />
          </div>
        </Fold>
      )}
    </section>
  )
}

/** The fields of each folded part; a part with a wrong field is opened. */
const FIELDS: Record<FoldName, readonly string[]> = {
  presentation:
    'descriptionMarkdown summary image image.alt image.credit image.focus format intentions themes'.split(
      ' ',
    ),
  duration: ['endTime', 'endDate'],
  registration: [
    'registration.mode',
    'registration.url',
    'phone',
    'registration.capacity',
    'support',
  ],
  leading: ['facilitators', 'speakers'],
  access: ['openTo', 'audiences', 'accessibility', 'languages'],
  publishing: ['publishDate', 'publishTime'],
}

type FoldProps = AnsweredForm & { name: FoldName; children?: unknown }

/**
 * The summary shows what the form held when it was opened. Where the browser can tell that a field was changed, a
 * stylesheet says so instead.
 */
const Fold = ({ name, children, ...answered }: FoldProps) => {
  const { form } = answered
  const texts = form.t.admin.cafeForm
  return (
    <details
      class="fold"
      open={form.messages.some((message) => FIELDS[name].includes(message.name))}
    >
      <summary>
        {texts.folds[name]} <span class="hint answer">{foldAnswerText(name, answered)}</span>
        <span class="hint changed">{texts.changed}</span>
      </summary>
      {children}
    </details>
  )
}

/** Check boxes for the facilitators of the site; no box ticked is an answer too. */
function LedBy({ form, people }: Pick<AnsweredForm, 'form' | 'people'>) {
  const { attached, attachedHint } = form.t.facilitator.admin
  if (people.length === 0) return <p>{form.t.admin.cafeForm.nobodyLeads}</p>
  const labelled = {
    ...form,
    labels: { ...form.labels, facilitators: attached },
    hints: { ...form.hints, facilitators: attachedHint },
  }
  return (
    <>
      <input type="hidden" name="facilitators.shown" value="1" />
      <Choices
        form={labelled}
        name="facilitators"
        type="checkbox"
        choices={people.map(({ id, name }) => [id, name])}
      />
    </>
  )
}

const entries = (t: Messages): Choice[] =>
  REGISTRATION_MODES.map((mode) => [mode, t.admin.cafeForm.registrationMode[mode]])

const opennesses = (t: Messages): Choice[] =>
  OPENNESS.map((openTo) => [openTo, t.admin.cafeForm.openTo[openTo]])

const onlineReaders = (t: Messages): Choice[] => [
  ['public', t.admin.cafeForm.onlineFor.public],
  ['registrants', t.admin.cafeForm.onlineFor.registrants],
]

const intentions = (t: Messages): Choice[] =>
  INTENTIONS.map((intention) => [intention, t.cafe.intention[intention]])

const accesses = (t: Messages): Choice[] =>
  ACCESSIBILITY_CODES.map((code) => [code, t.cafe.access[code]])

/** Returns the usual languages, and those that the café already has. */
function languages({ values, t }: FormState): Choice[] {
  const asked = values.languages ?? []
  const tags = new Set([
    ...Object.keys(t.cafe.language),
    ...(typeof asked === 'string' ? [asked] : asked).filter((tag) => tag !== ''),
  ])
  return [...tags].map((tag) => [tag, languageName(tag, t)])
}
