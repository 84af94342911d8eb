import type { Child } from 'hono/jsx'
import { type SavedVenue, venueText } from '../../node/domain/cafes/venue.ts'
import type { CafeImage } from '../../node/domain/values/image.ts'
import {
  type Choice,
  Choices,
  type FormState,
  type FormValues,
  SelectField,
} from '../components/fields.tsx'
import { FormField, FormFields, type TownChoice, TownChoices } from '../forms/form-field.tsx'
import { CAFE_FIELDS, CAFE_FORM, cafeFieldWords, type Named, ONLINE } from './cafe-fields.ts'
import { CafeImageFields } from './image-fields.tsx'
import {
  DatesSwitch,
  PlannedSeason,
  RecurrenceFields,
  type Season,
} from './series/several-dates.tsx'

/** Above this number of venues, the list becomes a select element. */
const LISTED_MAX = 5

type QuestionsProps = {
  form: FormState
  towns: readonly TownChoice[] | undefined
  venues: readonly SavedVenue[]
  mayKeep: boolean
  /** The dates of a series as they are planned so far; undefined where none may be planned. */
  season: Season | undefined
  /** What the author of a suggested café is asked: all of it in short, or only what may change once it is published. */
  suggested?: 'new' | 'published'
}

/** The fields that every café needs: a title, a date and time, a place. A draft needs only a title. */
export const Questions = ({ form, towns, venues, mayKeep, season, suggested }: QuestionsProps) => (
  <div class="cafe-questions">
    {suggested !== 'published' && form.values.announcedFor !== undefined && (
      <Field form={form} name="announcedFor" />
    )}
    {suggested !== 'published' && (
      <div class="question">
        <Field form={form} name="title" />
      </div>
    )}
    <fieldset class="question when">
      <legend>{form.t.admin.cafeForm.when}</legend>
      {season && <DatesSwitch form={form} />}
      <div class="row">
        <Field form={form} name="date" />
        <Field form={form} name="time" />
      </div>
      {season && <RecurrenceFields form={form} />}
      {season && <PlannedSeason plan={season.plan} t={form.t} />}
    </fieldset>
    {!(suggested === 'published' && form.values['venue.id'] === ONLINE) && (
      <fieldset class="question where">
        <legend>{form.labels['venue.id']}</legend>
        {suggested !== 'published' && <Venues form={form} venues={venues} />}
        <TypedVenue form={form} towns={towns} mayKeep={mayKeep} />
        {suggested === undefined && <Online form={form} />}
        {suggested === 'new' && (
          <div class="if-online">
            <Field form={form} name="onlineUrl" />
          </div>
        )}
      </fieldset>
    )}
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

const TypedVenue = ({ form, towns, mayKeep }: Omit<QuestionsProps, 'venues' | 'season'>) => (
  <div class="if-elsewhere">
    <Field form={form} name="venue.name" />
    <Field form={form} name="venue.town" />
    <TownChoices form={form} name="venue.codeInsee" towns={towns} />
    <Field form={form} name="venue.streetAddress" />
    {mayKeep && <Tick form={form} name="venue.keep" value="1" />}
  </div>
)

const Online = ({ form }: { form: FormState }) => (
  <>
    <div class="if-on-site">
      <Tick form={form} name="attendanceMode" value="mixed" />
    </div>
    <div class="if-online">
      <Field form={form} name="onlineUrl" />
      <Field form={form} name="onlineFor" />
    </div>
  </>
)

const Field = ({ form, name }: { form: FormState; name: string }) => (
  <FormField form={form} name={name} field={CAFE_FIELDS[name]} />
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

/** The parts of the café form that are folded. */
type FoldName = Exclude<keyof typeof CAFE_FORM, 'questions'>

type AnsweredForm = { form: FormState; people: Named; isNew: boolean }

type FoldsProps = AnsweredForm & { image: CafeImage | undefined; isPublished: boolean }

/** The optional parts of the form: each line shows its current answer, and unfolds to change it. */
export function Folds(props: FoldsProps) {
  const { form, image, people, isPublished } = props
  const texts = form.t.admin.cafeForm
  return (
    <section class="folds" aria-labelledby="reste">
      <h2 id="reste">{texts.rest}</h2>
      <p class="hint">{texts.restHint}</p>
      <Fold name="presentation" {...props}>
        <FormFields
          form={form}
          fields={CAFE_FORM.presentation}
          instead={{
            image: () => <CafeImageFields form={form} image={image} />,
            format: (field) => <WithFormats field={field} formats={texts.formats.split('|')} />,
          }}
        />
      </Fold>
      <Fold name="duration" {...props}>
        <div class="row">
          <FormFields form={form} fields={CAFE_FORM.duration} />
        </div>
      </Fold>
      <Fold name="registration" {...props}>
        <FormFields
          form={form}
          fields={CAFE_FORM.registration}
          instead={{
            'registration.url': (field) => <div class="if-external">{field}</div>,
            'registration.onlineCapacity': (field) => <div class="if-local if-mixed">{field}</div>,
            ...Object.fromEntries(OF_LOCAL.map((name) => [name, ifLocal])),
          }}
        />
      </Fold>
      <Fold name="leading" {...props}>
        <FormFields
          form={form}
          fields={CAFE_FORM.leading}
          instead={{ facilitators: () => <LedBy form={form} people={people} /> }}
        />
      </Fold>
      <Fold name="access" {...props}>
        <FormFields form={form} fields={CAFE_FORM.access} />
      </Fold>
      {!isPublished && (
        <Fold name="publishing" {...props}>
          <p>{form.t.cafeStatus.publishing.lead}</p>
          <div class="row">
            <FormFields form={form} fields={CAFE_FORM.publishing} />
          </div>
        </Fold>
      )}
    </section>
  )
}

const WithFormats = ({ field, formats }: { field: Child; formats: readonly string[] }) => (
  <>
    {field}
    <datalist id="formats">
      {formats.map((format) => (
        <option value={format} />
      ))}
    </datalist>
  </>
)

/** What is asked only where people register on the site. */
const OF_LOCAL = Object.keys(CAFE_FORM.registration).filter((name) =>
  /^(registration\.(reminders|wholeSeries)|question)/.test(name),
)
const ifLocal = (field: Child) => <div class="if-local">{field}</div>

type FoldProps = AnsweredForm & { name: FoldName; children?: unknown }

/**
 * A part of the form, which is open where one of its fields is wrong. The summary shows what the form held when it was
 * opened. Where the browser can tell that a field was changed, a stylesheet says so instead.
 */
const Fold = ({ name, children, ...answered }: FoldProps) => {
  const { form } = answered
  const texts = form.t.admin.cafeForm
  return (
    <details class="fold" open={form.messages.some((message) => message.name in CAFE_FORM[name])}>
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

/** Returns the summary that a folded part shows when the form is opened: « entrée libre, 15 places ». */
function foldAnswerText(name: FoldName, { form, people, isNew }: AnsweredForm): string {
  const { values, t } = form
  const texts = t.admin.cafeForm.answers
  const has = (...names: string[]) => names.some((each) => textsIn(values, each).length > 0)
  const wordsOf = (each: string) => cafeFieldWords(each, values[each], { t, people, venues: [] })
  const byName: Record<FoldName, () => (string | false)[]> = {
    presentation: () => [
      has('descriptionMarkdown', 'summary') ? texts.written : texts.unwritten,
      has('image.media', 'image.alt') ? texts.withImage : texts.withoutImage,
    ],
    duration: () => [
      has('endTime', 'endDate') ? texts.until(wordsOf('endDate'), wordsOf('endTime')) : texts.usual,
    ],
    registration: () => [
      texts.entry[textsIn(values, 'registration.mode')[0] ?? 'none'] ?? '',
      texts.seats(textsIn(values, 'registration.capacity')[0] ?? ''),
    ],
    leading: () => [has('facilitators') ? wordsOf('facilitators') : texts.unnamed],
    access: () => [
      values.openTo === 'reserved' ? texts.reserved : texts.open,
      has('languages') && texts.spoken(wordsOf('languages')),
      has('accessibility')
        ? wordsOf('accessibility').toLowerCase()
        : isNew && has('venue.id') && values['venue.id'] !== ONLINE && texts.asVenue,
    ],
    publishing: () => [has('publishDate') ? texts.at(wordsOf('publishDate')) : texts.atOnce],
  }
  return byName[name]()
    .filter((text) => text !== false && text !== '')
    .join(', ')
}

const textsIn = (values: FormValues, name: string): string[] =>
  [values[name] ?? []].flat().filter((text) => text !== '')
