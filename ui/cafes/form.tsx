/**
 * The café form. POST `/administration/cafes/nouveau` or `/administration/cafes/{id}`, fields named as in the API:
 *
 * `csrf` · `form` (what makes two clicks one café) · `shown` (what the form showed, so that two people lose no words) · `announcedFor` (the structure, where the directory announces it for one) · `save` = `publish` | `draft` · `title` · `date` (`2026-12-03`) ·
 * `time` (`18:30`) · `venue.id` (one of the list), `venue.shown` (what the list showed at first) · `venue.name` · `venue.town` (postcode or town, as typed) · `venue.codeInsee` (only when several towns were offered) ·
 * `descriptionMarkdown` · `endDate` · `endTime` · `attendanceMode` · `onlineUrl` · `onlineFor` = `public` | `registrants` · `venue.streetAddress` · `summary` ·
 * `format` · `intentions`* · `themes`, `audiences` (separated by commas) · `speakers` (one per line) · `accessibility`* ·
 * `languages`* · `openTo` · `registration.mode` · `registration.url` · `registration.capacity` · `phone` · `support` ·
 * `facilitators`* (ids; with `facilitators.shown` where they can be chosen) ·
 * `publishDate`, `publishTime` (both empty: at once) · `image`, `image.media`, `image.alt`, `image.credit`, `image.focus`, `image.remove` (see `image-fields.tsx`)
 *
 * (* several values of one name).
 */

import { STRUCTURE_MAX } from '../../node/domain/cafes/announced-for.ts'
import {
  ATTENDANCE_MODES,
  type Cafe,
  INTENTIONS,
  OPENNESS,
  REGISTRATION_MODES,
} from '../../node/domain/cafes/cafe.ts'
import { SUMMARY_MAX, TITLE_MAX } from '../../node/domain/cafes/cafe-input.ts'
import type { SavedVenue } from '../../node/domain/cafes/venue.ts'
import { ACCESSIBILITY_CODES } from '../../node/domain/values/accessibility.ts'
import type { CafeImage } from '../../node/domain/values/image.ts'
import type { Problem } from '../../node/domain/values/problem.ts'
import { HistoryLink } from '../admin/history-link.tsx'
import { AdminLayout } from '../admin/layout.tsx'
import {
  type Choice,
  Choices,
  CsrfInput,
  ErrorSummary,
  type FormState,
  type FormValues,
  InputField,
  messagesOf,
  SelectField,
  ShownInput,
  TextArea,
  titleOfForm,
} from '../components/fields.tsx'
import { Form, Link } from '../components/link.tsx'
import type { AdminSession, Site } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { type CafeAudience, WhatWillHappen } from './audience.tsx'
import { languageName } from './details.tsx'
import { CafeImageFields } from './image-fields.tsx'
import { PublishLater } from './publish-later-fields.tsx'

export type CafeFormPageProps = {
  site: Site
  session: AdminSession
  /** As typed; see the names above. */
  values: FormValues
  problems: Problem[]
  /** The towns to choose from, when several answer to `venue.town`. */
  towns?: { codeInsee: string; label: string }[] | undefined
  /** The café as it stands, for an edit. */
  current?: Pick<Cafe, 'id' | 'publication' | 'status'> | undefined
  /** The picture that the form holds. */
  image?: CafeImage | undefined
  /** To choose from. */
  venues?: readonly SavedVenue[] | undefined
  /** People to choose from: `facilitators`*, with `facilitators.shown`. */
  people?: readonly { id: string; name: string }[] | undefined
  /** Fields that somebody changed here, and what the calendar that the café comes from says of them. */
  overridden?: readonly { label: string; says: string }[] | undefined
  /** Who will hear of it. */
  audience: CafeAudience
}

export function CafeFormPage(props: CafeFormPageProps) {
  const { site, session, values, problems, towns, current, image, venues, audience } = props
  const t = messagesFor(site.lang)
  const texts = t.admin.cafeForm
  const { labels, hints } = texts
  const messages = messagesOf(problems.map(withoutTypedTown), t, inputFor)
  const form: FormState = { values, messages, labels, hints, t }
  const title = current ? texts.titleEdit : texts.titleNew
  const isPublished = current?.publication === 'published'
  return (
    <AdminLayout
      title={titleOfForm(form, title)}
      site={site}
      session={session}
      current={paths.newCafe}
    >
      <div class="narrow">
        <h1>{title}</h1>
        <p class="lead">{isPublished ? texts.leadEdit : texts.lead}</p>
        <ErrorSummary form={form} />
        <Overridden fields={props.overridden ?? []} t={t} />
        <Form
          method="post"
          action={current ? paths.editCafe(current.id) : paths.newCafe}
          enctype="multipart/form-data"
          class="stack"
          novalidate
          data-draft
        >
          <CsrfInput csrf={session.csrf} />
          {typeof values.form === 'string' && (
            <input type="hidden" name="form" value={values.form} />
          )}
          <ShownInput values={values} />
          <Essentials form={form} towns={towns ?? []} venues={venues ?? []} />
          <LedBy form={form} people={props.people ?? []} />
          <More form={form} image={image} />
          {!isPublished && <PublishLater form={form} />}
          <WhatWillHappen
            audience={audience}
            deed={isPublished ? 'change' : 'new'}
            mayMove={isPublished}
            t={t}
          />
          <p class="buttons">
            <button type="submit" name="save" value="publish" class="button">
              {isPublished ? texts.save : texts.publish}
            </button>
            {!isPublished && (
              <button type="submit" name="save" value="draft" class="button quiet">
                {texts.draft}
              </button>
            )}
          </p>
        </Form>
        {current && <Otherwise current={current} t={t} />}
        {current && <HistoryLink form={paths.editCafe(current.id)} t={t} />}
      </div>
    </AdminLayout>
  )
}

/** The towns to choose from stand right below: naming what was typed once more would not help. */
const withoutTypedTown = (problem: Problem): Problem =>
  problem.code === 'ambiguous_place' ? { field: problem.field, code: problem.code } : problem

/** Where the form shows a problem of the domain: its fields are fewer than the API's. */
export function inputFor(field: string): string {
  const [group = '', part = ''] = field.split('.')
  if (field === 'startsAt') return 'date'
  if (field === 'endsAt' || field === 'durationMinutes') return 'endTime'
  if (group === 'venue' && part !== 'name' && part !== 'streetAddress' && part !== 'town')
    return part === '' ? 'venue.name' : 'venue.town'
  if (field === 'registration') return 'registration.mode'
  if (field === 'image.url') return 'image'
  if (field === 'registrantsUrl') return 'onlineUrl'
  return ['venue', 'registration', 'image'].includes(group) ? field : group
}

type EssentialsProps = {
  form: FormState
  towns: { codeInsee: string; label: string }[]
  venues: readonly SavedVenue[]
}

const Essentials = ({ form, towns, venues }: EssentialsProps) => (
  <>
    {form.values.announcedFor !== undefined && (
      <InputField form={form} name="announcedFor" required max={STRUCTURE_MAX} />
    )}
    <InputField form={form} name="title" required max={TITLE_MAX} />
    <div class="row">
      <InputField form={form} name="date" type="date" required short />
      <InputField form={form} name="time" type="time" required short />
    </div>
    <p class="hint">{form.t.admin.cafeForm.lasts}</p>
    <Where form={form} towns={towns} venues={venues} />
    <TextArea form={form} name="descriptionMarkdown" rows={5} optional />
  </>
)

/** A venue of the list, or another one typed below: one that is chosen folds what it makes needless. */
function Where({ form, towns, venues }: EssentialsProps) {
  const { venues: texts } = form.t.cafeStatus
  if (venues.length === 0) return <VenueTextFields form={form} towns={towns} isRequired />
  const { values, messages } = form
  const isChosen = venues.some(({ id }) => id === values['venue.id'])
  const isWrong = messages.some(({ name }) => name.startsWith('venue.'))
  return (
    <>
      <SelectField
        form={form}
        name="venue.id"
        empty={texts.other}
        groups={[
          {
            label: texts.yours,
            choices: venues.map((venue) => [venue.id, `${venue.name}, ${venue.commune}`]),
          },
        ]}
      />
      <input type="hidden" name="venue.shown" value={String(values['venue.shown'] ?? '')} />
      <details class="more-fields" open={!isChosen || isWrong}>
        <summary>{texts.another}</summary>
        <VenueTextFields form={form} towns={towns} isRequired={false} />
      </details>
    </>
  )
}

type VenueTextFieldsProps = Omit<EssentialsProps, 'venues'> & { isRequired: boolean }

const VenueTextFields = ({ form, towns, isRequired }: VenueTextFieldsProps) => (
  <>
    <InputField form={form} name="venue.name" required={isRequired} />
    <InputField form={form} name="venue.town" required={isRequired} />
    {towns.length > 0 && (
      <Choices
        form={form}
        name="venue.codeInsee"
        type="radio"
        choices={towns.map(({ codeInsee, label }) => [codeInsee, label])}
      />
    )}
    <InputField form={form} name="venue.streetAddress" optional />
  </>
)

/** Boxes for those who lead cafés here: unticking the last one is an answer too. */
function LedBy({
  form,
  people,
}: {
  form: FormState
  people: readonly { id: string; name: string }[]
}) {
  if (people.length === 0) return null
  const { attached, attachedHint } = form.t.facilitator.admin
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
        optional
      />
    </>
  )
}

/** Fields that most cafés leave as they are. Open when something in them is wrong, since the fold would hide it. */
function More({ form, image }: { form: FormState; image: CafeImage | undefined }) {
  const texts = form.t.admin.cafeForm
  const wrong = form.messages.some(({ name }) => !ESSENTIALS.has(name))
  return (
    <details class="more-fields" open={wrong}>
      <summary>
        {texts.more} <span class="hint">{texts.moreHint}</span>
      </summary>
      <Group legend={texts.groups.image}>
        <CafeImageFields form={form} image={image} />
      </Group>
      <Group legend={texts.groups.time}>
        <div class="row">
          <InputField form={form} name="endTime" type="time" short />
          <InputField form={form} name="endDate" type="date" short />
        </div>
      </Group>
      <Group legend={texts.groups.place}>
        <Choices form={form} name="attendanceMode" type="radio" choices={modes(form.t)} />
        <InputField form={form} name="onlineUrl" type="url" />
        <Choices form={form} name="onlineFor" type="radio" choices={onlineReaders(form.t)} />
      </Group>
      <Group legend={texts.groups.registration}>
        <Choices form={form} name="registration.mode" type="radio" choices={entries(form.t)} />
        <InputField form={form} name="registration.url" type="url" />
        <InputField form={form} name="phone" type="tel" />
        <InputField form={form} name="registration.capacity" inputmode="numeric" short />
      </Group>
      <Group legend={texts.groups.people}>
        <Choices form={form} name="openTo" type="radio" choices={opennesses(form.t)} />
        <InputField form={form} name="audiences" />
        <Choices form={form} name="accessibility" type="checkbox" choices={accesses(form.t)} />
        <Choices form={form} name="languages" type="checkbox" choices={languages(form)} />
      </Group>
      <Group legend={texts.groups.content}>
        <TextArea form={form} name="summary" rows={2} max={SUMMARY_MAX} />
        <InputField form={form} name="format" list="formats" />
        <datalist id="formats">
          {texts.formats.split('|').map((format) => (
            <option value={format} />
          ))}
        </datalist>
        <Choices form={form} name="intentions" type="checkbox" choices={intentions(form.t)} />
        <InputField form={form} name="themes" />
        <TextArea form={form} name="speakers" rows={2} />
        <InputField form={form} name="support" />
      </Group>
    </details>
  )
}

const ESSENTIALS = new Set([
  'announcedFor',
  'title',
  'date',
  'time',
  'venue.id',
  'venue.name',
  'venue.town',
  'venue.codeInsee',
  'venue.streetAddress',
  'descriptionMarkdown',
  'publishDate',
  'publishTime',
])

const Group = ({ legend, children }: { legend: string; children?: unknown }) => (
  <fieldset class="group">
    <legend>{legend}</legend>
    {children}
  </fieldset>
)

const modes = (t: Messages): Choice[] => ATTENDANCE_MODES.map((mode) => [mode, t.cafe.mode[mode]])

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

/** The usual ones, and those that the café already has. */
function languages({ values, t }: FormState): Choice[] {
  const asked = values.languages ?? []
  const tags = new Set([
    ...Object.keys(t.cafe.language),
    ...(typeof asked === 'string' ? [asked] : asked).filter((tag) => tag !== ''),
  ])
  return [...tags].map((tag) => [tag, languageName(tag, t)])
}

type OtherwiseProps = {
  current: Pick<Cafe, 'id' | 'publication' | 'status'>
  t: Messages
}

const Otherwise = ({ current, t }: OtherwiseProps) => {
  const texts = t.admin.cafeForm
  const canCancel = current.publication === 'published' && current.status !== 'cancelled'
  return (
    <section class="otherwise" aria-labelledby="sinon">
      <h2 id="sinon">{current.status === 'cancelled' ? texts.isCancelled : texts.otherwise}</h2>
      <div class="buttons">
        {current.status === 'cancelled' && (
          <Link class="button quiet" href={`${paths.cafeSituation(current.id)}?choix=as-planned`}>
            {texts.reinstateCafe}
          </Link>
        )}
        {canCancel && (
          <Link class="button quiet" href={paths.cancelCafe(current.id)}>
            {texts.cancelCafe}
          </Link>
        )}
        {current.publication === 'published' && (
          <Link class="button quiet" href={paths.cafeSituation(current.id)}>
            {t.cafeStatus.change.open}
          </Link>
        )}
        <Link class="button quiet" href={paths.deleteCafe(current.id)}>
          {texts.deleteCafe}
        </Link>
      </div>
    </section>
  )
}

type OverriddenProps = { fields: readonly { label: string; says: string }[]; t: Messages }

/** What the calendar says where somebody decided otherwise here. */
const Overridden = ({ fields, t }: OverriddenProps) => {
  const texts = t.admin.import.overridden
  return fields.length === 0 ? null : (
    <details class="panel">
      <summary>{texts.heading}</summary>
      <p>{texts.lead}</p>
      <dl>
        {fields.map(({ label, says }) => (
          <>
            <dt>{label}</dt>
            <dd>{says === '' ? texts.nothing : <UserText t={t}>{says}</UserText>}</dd>
          </>
        ))}
      </dl>
    </details>
  )
}
