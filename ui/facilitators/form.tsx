import { FACILITATOR_FIELDS, LEVELS } from '../../node/domain/facilitators/facilitator.ts'
import { ALT_MAX, type CafeImage, isStoredImage } from '../../node/domain/values/image.ts'
import { ACCEPT } from '../cafes/image-fields.tsx'
import {
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
import { FormFields } from '../forms/form-field.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { OWN_PROFILE_FORM } from './own-profile-fields.ts'

/**
 * POST `/animation/moi/{token}/profil`, with a file: `OWN_PROFILE_FIELDS`, `image`, `image.alt`, `image.remove`, and
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
    <FormFields form={form} fields={OWN_PROFILE_FORM[part]} />
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
      <FormFields form={form} fields={OWN_PROFILE_FORM.address} />
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
        fields={OWN_PROFILE_FORM.where}
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
      <FormFields form={form} fields={OWN_PROFILE_FORM.sight} />
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
