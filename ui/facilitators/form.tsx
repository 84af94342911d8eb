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
  PRESENTATION_MAX,
  TRAVEL_RADII,
} from '../../node/domain/facilitators/facilitator-input.ts'
import { ALT_MAX, type CafeImage, isStoredImage } from '../../node/domain/values/image.ts'
import { ACCEPT } from '../cafes/image-fields.tsx'
import {
  type Choice,
  Choices,
  ErrorSummary,
  type FieldMessage,
  type FormState,
  type FormValues,
  InputField,
  SelectField,
  SubmitButton,
  TextArea,
  titleOfForm,
} from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form } from '../components/link.tsx'
import { Picture } from '../components/photo.tsx'
import type { Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/**
 * POST `/animation/moi/{token}/profil`, with a file: `name`, `alias`, `word`, `ou`, `extent`, `radiusKm`, `formats`,
 * `themes`, `languages`*, `status`, `training`, `trainedOn`, `availability`, `presentation`, `image`, `image.alt`,
 * `image.remove`, `contact`, `shownContact`, `email`, `isAdult`, `level`, `niveau.{field}`.
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
        <Who form={form} t={t} />
        <Address form={form} address={props.address} t={t} />
        <Where form={form} towns={props.towns} t={t} />
        <What form={form} t={t} />
        <Photo form={form} photo={props.photo} t={t} />
        <CafeAudience form={form} t={t} />
        <Sight form={form} t={t} />
        <SubmitButton>{texts.submit}</SubmitButton>
      </Form>
    </Layout>
  )
}

type Part = { form: FormState; t: Messages }

const Who = ({ form, t }: Part) => (
  <>
    <h2>{t.facilitator.form.who}</h2>
    <InputField form={form} name="name" autocomplete="name" max={80} required />
    <Choices
      form={form}
      name="word"
      type="radio"
      choices={FACILITATOR_TITLES.map((word) => [word, t.facilitator.word[word]])}
    />
    <Select
      form={form}
      name="status"
      t={t}
      choices={pairs(FACILITATOR_STATUSES, t.facilitator.statuses)}
    />
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
      <InputField form={form} name="alias" autocomplete="off" max={30} short optional />
    </details>
  )
}

function Where({ form, towns, t }: Part & Pick<FacilitatorFormPageProps, 'towns'>) {
  const texts = t.facilitator.form
  return (
    <>
      <h2>{texts.where}</h2>
      {towns ? (
        <fieldset class="choice-group" id="ou" tabindex={-1}>
          <legend>{texts.several}</legend>
          {towns.map(({ text, label }, at) => (
            <label class="choice">
              <input type="radio" name="ou" value={text} checked={at === 0} />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
      ) : (
        <InputField form={form} name="ou" autocomplete="off" required />
      )}
      <Choices form={form} name="extent" type="radio" choices={pairs(EXTENTS, texts.extents)} />
      <Select
        form={form}
        name="radiusKm"
        t={t}
        choices={TRAVEL_RADII.map((km) => [
          String(km),
          km === 0 ? texts.radii[0] : texts.radii.other(km),
        ])}
      />
    </>
  )
}

const What = ({ form, t }: Part) => (
  <>
    <h2>{t.facilitator.form.what}</h2>
    <TextArea form={form} name="presentation" rows={4} max={PRESENTATION_MAX} optional />
    <InputField form={form} name="formats" max={500} optional />
    <InputField form={form} name="themes" max={500} optional />
    <InputField form={form} name="availability" max={200} optional />
    <Choices
      form={form}
      name="languages"
      type="checkbox"
      choices={Object.entries(t.cafe.language)}
    />
    <Select form={form} name="training" t={t} choices={pairs(TRAININGS, t.facilitator.trainings)} />
    <InputField form={form} name="trainedOn" max={7} short optional />
  </>
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

const CafeAudience = ({ form, t }: Part) => (
  <>
    <h2>{t.facilitator.form.audience}</h2>
    <Choices
      form={form}
      name="contact"
      type="radio"
      choices={pairs(CONTACT_WAYS, t.facilitator.form.contacts)}
    />
    <InputField form={form} name="shownContact" max={254} optional />
    <InputField form={form} name="email" type="email" autocomplete="email" required />
    <Choices
      form={form}
      name="isAdult"
      type="checkbox"
      choices={[['1', t.facilitator.form.adult]]}
    />
  </>
)

function Sight({ form, t }: Part) {
  const texts = t.facilitator
  const isFine = FACILITATOR_FIELDS.some((field) => form.values[`niveau.${field}`])
  return (
    <>
      <h2>{texts.form.sight}</h2>
      <Choices form={form} name="level" type="radio" choices={pairs(LEVELS, texts.levelsMean)} />
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

const pairs = <Value extends string>(
  values: readonly Value[],
  texts: { readonly [value in Value]: string },
): Choice[] => values.map((value) => [value, texts[value]])

type SelectProps = Part & { name: string; choices: readonly Choice[] }

/** A select element with an empty answer. */
const Select = ({ form, name, choices, t }: SelectProps) => (
  <SelectField
    form={form}
    name={name}
    empty={t.facilitator.form.noAnswer}
    groups={[{ label: form.labels[name] ?? '', choices }]}
  />
)
