import {
  CONTACT_WAYS,
  FACILITATOR_FIELDS,
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
import { ALT_MAX, type CafeImage, isStoredImage } from '../../node/domain/values/image.ts'
import { ACCEPT } from '../cafes/image-fields.tsx'
import {
  type Choice,
  ErrorSummary,
  type FieldMessage,
  type FormState,
  type FormValues,
  InputField,
  SubmitButton,
  titleOfForm,
} from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form } from '../components/link.tsx'
import { Picture } from '../components/photo.tsx'
import type { Site } from '../components/site.ts'
import { type Fields, labelled } from '../forms/description.ts'
import { FormFields } from '../forms/form-field.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

const noAnswer = (t: Messages) => t.facilitator.form.noAnswer

/** The fields of a person's own profile by the parts of the page. */
const PROFILE_FORM = {
  who: {
    name: { kind: 'text', autocomplete: 'name', max: NAME_MAX, required: true },
    word: { kind: 'radio', choices: labelled(FACILITATOR_TITLES, (t) => t.facilitator.word) },
    status: {
      ...{ kind: 'select', empty: noAnswer },
      choices: labelled(FACILITATOR_STATUSES, (t) => t.facilitator.statuses),
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
      choices: labelled(EXTENTS, (t) => t.facilitator.form.extents),
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
      choices: labelled(TRAININGS, (t) => t.facilitator.trainings),
    },
    trainedOn: { kind: 'text', max: 7, short: true, optional: true },
  },
  audience: {
    contact: { kind: 'radio', choices: labelled(CONTACT_WAYS, (t) => t.facilitator.form.contacts) },
    shownContact: { kind: 'text', max: 254, optional: true },
    email: { kind: 'email', autocomplete: 'email', required: true },
    isAdult: { kind: 'tick', box: { value: '1', label: (t) => t.facilitator.form.adult } },
  },
  sight: { level: { kind: 'radio', choices: labelled(LEVELS, (t) => t.facilitator.levelsMean) } },
} as const satisfies { [part: string]: Fields }

export const PROFILE_FIELDS: Fields = Object.assign({}, ...Object.values(PROFILE_FORM))

function radii(t: Messages): Choice[] {
  const texts = t.facilitator.form.radii
  return TRAVEL_RADII.map((km) => [String(km), km === 0 ? texts[0] : texts.other(km)])
}

/**
 * POST `/animation/moi/{token}/profil`, with a file: `PROFILE_FIELDS`, `image`, `image.alt`, `image.remove`, and
 * `niveau.{field}` for each field of expertise.
 */
export type FacilitatorFormPageProps = {
  site: Site
  token: string
  /** The address of the public page, where the profile was published. */
  address: string | undefined
  values: FormValues
  messages: FieldMessage[]
  /** The picture that the form holds. */
  photo: CafeImage | undefined
  /** The towns that the text may mean, with what to type for each. */
  towns?: { text: string; label: string }[] | undefined
}

export function FacilitatorFormPage(props: FacilitatorFormPageProps) {
  const { site, token, values, messages } = props
  const t = messagesFor(site.lang)
  const texts = t.facilitator.form
  const form: FormState = { values, messages, labels: texts.labels, hints: texts.hints, t }
  return (
    <Layout title={titleOfForm({ messages, t }, texts.title)} site={site} noindex narrow>
      <ErrorSummary form={form} />
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <Form
        method="post"
        action={paths.ownProfile(token, 'profil')}
        enctype="multipart/form-data"
        novalidate
      >
        <Plain form={form} part="who" />
        <Address form={form} address={props.address} t={t} />
        <Where form={form} towns={props.towns} t={t} />
        <Plain form={form} part="what" />
        <Photo form={form} photo={props.photo} t={t} />
        <Plain form={form} part="audience" />
        <Sight form={form} t={t} />
        <SubmitButton>{texts.submit}</SubmitButton>
      </Form>
    </Layout>
  )
}

type Part = { form: FormState; t: Messages }

/** A part of the page that shows its fields and nothing else. */
const Plain = ({ form, part }: { form: FormState; part: 'who' | 'what' | 'audience' }) => (
  <>
    <h2>{form.t.facilitator.form[part]}</h2>
    <FormFields form={form} fields={PROFILE_FORM[part]} />
  </>
)

function Address({ form, address, t }: Part & Pick<FacilitatorFormPageProps, 'address'>) {
  const texts = t.facilitator.form
  const isWrong = form.messages.some(({ name }) => name === 'alias')
  const isOpen = isWrong || address !== undefined || Boolean(form.values.alias)
  return (
    <details class="more-fields" open={isOpen}>
      <summary>{texts.chooseAddress}</summary>
      {address !== undefined && <p class="fine">{texts.addressNow(address)}</p>}
      <FormFields form={form} fields={PROFILE_FORM.address} />
    </details>
  )
}

function Where({ form, towns, t }: Part & Pick<FacilitatorFormPageProps, 'towns'>) {
  const texts = t.facilitator.form
  return (
    <>
      <h2>{texts.where}</h2>
      <FormFields
        form={form}
        fields={PROFILE_FORM.where}
        instead={{ ou: (field) => (towns ? <Towns towns={towns} t={t} /> : field) }}
      />
    </>
  )
}

const Towns = ({
  towns,
  t,
}: {
  towns: readonly { text: string; label: string }[]
  t: Messages
}) => (
  <fieldset class="choice-group" id="ou" tabindex={-1}>
    <legend>{t.facilitator.form.several}</legend>
    {towns.map(({ text, label }, at) => (
      <label class="choice">
        <input type="radio" name="ou" value={text} checked={at === 0} />
        <span>{label}</span>
      </label>
    ))}
  </fieldset>
)

function Photo({ form, photo, t }: Part & Pick<FacilitatorFormPageProps, 'photo'>) {
  const texts = t.facilitator.form
  const isWrong = form.messages.some(({ name }) => name.startsWith('image'))
  return (
    <details class="more-fields" open={isWrong || photo !== undefined}>
      <summary>{texts.more}</summary>
      {isStoredImage(photo) && (
        <div class="kept-image">
          <Picture
            image={{ ...photo, alt: photo.alt || texts.withoutAlt }}
            name="thumb"
            sizes="12rem"
          />
        </div>
      )}
      {photo && (
        <label class="choice">
          <input type="checkbox" name="image.remove" value="1" />
          <span>{texts.removePhoto}</span>
        </label>
      )}
      <InputField form={form} name="image" type="file" accept={ACCEPT} optional />
      <InputField form={form} name="image.alt" max={ALT_MAX} />
    </details>
  )
}

function Sight({ form, t }: Part) {
  const texts = t.facilitator
  const isFine = FACILITATOR_FIELDS.some((field) => form.values[`niveau.${field}`])
  return (
    <>
      <h2>{texts.form.sight}</h2>
      <FormFields form={form} fields={PROFILE_FORM.sight} />
      <details class="more-fields" open={isFine}>
        <summary>{texts.form.byField}</summary>
        {FACILITATOR_FIELDS.map((field) => (
          <div class="field short">
            <label for={`niveau-${field}`}>{sentence(texts.consent.fields[field])}</label>
            <select id={`niveau-${field}`} name={`niveau.${field}`}>
              <option value="">{texts.form.same}</option>
              {LEVELS.slice(1).map((level) => (
                <option value={level} selected={form.values[`niveau.${field}`] === level}>
                  {texts.levels[level]}
                </option>
              ))}
            </select>
          </div>
        ))}
      </details>
    </>
  )
}

const sentence = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1)
