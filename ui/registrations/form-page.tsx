import { type Cafe, isFull, type RegistrationQuestion } from '../../node/domain/cafes/cafe.ts'
import { whenText } from '../../node/domain/cafes/cafe-text.ts'
import { NEEDS, type Side, sidesOf } from '../../node/domain/registrations/registration.ts'
import { plainDate } from '../../node/domain/values/date-text.ts'
import { placeOf } from '../cafes/card.tsx'
import {
  Choices,
  ErrorSummary,
  type FieldMessage,
  type FormState,
  type FormValues,
  InputField,
  SubmitButton,
  titleOfForm,
} from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form, Link } from '../components/link.tsx'
import { NoticePage } from '../components/notice-page.tsx'
import type { Site } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import { Honeypot } from '../facilitators/profile-page.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/**
 * POST on the same address: `prenom`, `places`, `courriel` or `telephone`, `besoins` (several), `age`, `parent`, `cote` where
 * one may come on site or online, and `signature`.
 */
export type RegistrationFormPageProps = {
  site: Site
  cafe: Cafe
  values: FormValues
  messages: FieldMessage[]
  mailWorks: boolean
  /** What the server signed, by which it knows its own form. */
  signature: string
  /** The day on which what is typed is erased. */
  eraseOn: Temporal.PlainDate
  /** At how many dates of its series one may register at once; one where the team offers it not. */
  dates: number
  /** Who answers questions about personal data, in the words of the team. */
  dataContact?: string | undefined
  /** When the last backup that holds it goes; undefined where the site makes none. */
  lastOn?: Temporal.PlainDate | undefined
}

/** Lets a citizen register at a café, without an account. */
export function RegistrationFormPage(props: RegistrationFormPageProps) {
  const { site, cafe, values, messages, mailWorks, eraseOn } = props
  const t = messagesFor(site.lang)
  const texts = t.registration.form
  const form = formOf(values, messages, t)
  const sides = sidesOf(cafe)
  const { seatsLeft } = cafe.registration
  return (
    <Layout title={titleOfForm(form, texts.title)} site={site} noindex narrow>
      <ErrorSummary form={form} />
      <h1>{texts.title}</h1>
      <WhichCafe cafe={cafe} t={t} />
      <p class="lead">{isFull(cafe) ? texts.full : texts.lead}</p>
      {seatsLeft !== undefined && seatsLeft > 0 && (
        <p>
          <strong>{texts.left(seatsLeft)}</strong>
        </p>
      )}
      <Form method="post" action={paths.registrationForm(cafe.id)} class="stack" novalidate>
        <input type="hidden" name="signature" value={props.signature} />
        {values.avant && <input type="hidden" name="avant" value={values.avant} />}
        <InputField form={form} name="prenom" autocomplete="given-name" required />
        <InputField form={form} name="places" type="number" min={1} short />
        {props.dates > 1 && (
          <Choices
            form={{ ...form, values: { dates: 'une', ...form.values } }}
            name="dates"
            type="radio"
            choices={[
              ['une', texts.oneDate(whenText(cafe, t.lang))],
              ['toutes', texts.allDates(props.dates)],
            ]}
          />
        )}
        {sides.length > 1 && (
          <Choices
            form={{ ...form, values: { cote: firstSideOf(cafe), ...form.values } }}
            name="cote"
            type="radio"
            choices={sides.map((side) => [side, sideText(cafe, side, t)] as const)}
          />
        )}
        <p class="hint">{mailWorks ? texts.contact : texts.noMail}</p>
        {mailWorks && <InputField form={form} name="courriel" type="email" autocomplete="email" />}
        <InputField form={form} name="telephone" type="tel" autocomplete="tel" />
        {(cafe.registration.questions ?? []).map((question, index) => (
          <Choices
            form={withQuestion(form, question, `question${index + 1}`)}
            name={`question${index + 1}`}
            type="radio"
            optional
            choices={[
              ...question.answers.map((answer) => [answer, answer] as const),
              ['', texts.pass],
            ]}
          />
        ))}
        <details class="panel" open={[values.besoins ?? []].flat().length > 0}>
          <summary>{texts.needsFold}</summary>
          <Choices
            form={form}
            name="besoins"
            type="checkbox"
            optional
            isLong
            choices={NEEDS.map((need) => [need, texts.needs[need]] as const)}
          />
        </details>
        <Consent form={form} t={t} />
        <Honeypot t={t} />
        <SubmitButton>{texts.submit}</SubmitButton>
        <p class="fine">
          <UserText t={t}>
            {texts.privacy({
              who: cafe.organizer.name,
              contact: props.dataContact,
              day: plainDate(eraseOn, t.lang),
              last: props.lastOn && plainDate(props.lastOn, t.lang),
            })}
          </UserText>{' '}
          <Link href={paths.personalData}>{texts.privacyLink}</Link>
        </p>
      </Form>
    </Layout>
  )
}

/** Returns the side that is chosen unless the person says otherwise: the first one with a seat. */
const firstSideOf = (cafe: Cafe): Side => {
  const [first] = sidesOf(cafe)
  return sidesOf(cafe).find((side) => cafe.registration.bySide?.[side] !== 0) ?? first
}

/** Returns a side in words, with what one finds there where no seat is left. */
const sideText = ({ registration }: Cafe, side: Side, t: Messages): string => {
  const { sides, sideFull } = t.registration.form
  return registration.bySide?.[side] === 0 ? `${sides[side]} ${sideFull}` : sides[side]
}

/** The form with the words of a question of the team, and why it is asked; nobody has to answer. */
const withQuestion = (form: FormState, { text, why }: RegistrationQuestion, name: string) => ({
  ...form,
  values: { [name]: '', ...form.values },
  labels: { ...form.labels, [name]: text },
  hints: { ...form.hints, [name]: why },
})

/** Who is registered: a person of 15 years or more, or by an adult, whose own name and contact these are. */
const Consent = ({ form, t }: { form: FormState; t: Messages }) => (
  <>
    <Tick form={form} name="age" label={t.registration.form.age} />
    <Tick form={form} name="parent" label={t.registration.form.byAdult} />
  </>
)

const Tick = ({ form, name, label }: { form: FormState; name: string; label: string }) => {
  const message = form.messages.find((one) => one.name === name)?.message
  return (
    <div class="field">
      <label class="choice">
        <input
          id={name}
          type="checkbox"
          name={name}
          value="oui"
          checked={form.values[name] === 'oui'}
          aria-invalid={message ? 'true' : undefined}
          aria-describedby={message ? `${name}-erreur` : undefined}
        />
        <span>{label}</span>
      </label>
      {message && (
        <p class="error" id={`${name}-erreur`}>
          {message}
        </p>
      )}
    </div>
  )
}

const formOf = (values: FormValues, messages: FieldMessage[], t: Messages): FormState => {
  const { form: texts } = t.registration
  const { prenom, places, dates, cote, courriel, telephone, besoins } = texts
  return {
    ...{ values, messages, t },
    // What is wrong with a box says so without its label, in its place.
    labels: { prenom, places, dates, cote, courriel, telephone, besoins, age: '' },
    hints: {
      prenom: texts.prenomHint,
      dates: texts.datesHint,
      telephone: texts.telephoneHint,
      besoins: texts.besoinsHint,
    },
  }
}

/** What one registers for: the title, when, and where. */
export const WhichCafe = ({ cafe, t }: { cafe: Cafe; t: Messages }) => (
  <p>
    <Link href={paths.cafe(cafe.id)}>
      <UserText cafe={cafe} t={t}>
        {cafe.title}
      </UserText>
    </Link>
    <span class="line">{whenText(cafe, t.lang)}</span>
    <span class="line">{placeOf(cafe, t)}</span>
  </p>
)

/** Why nobody can register at a café here. */
export const ClosedPage = ({ site, cafe, text }: { site: Site; cafe: Cafe; text: string }) => {
  const t = messagesFor(site.lang)
  return (
    <NoticePage
      site={site}
      title={t.registration.form.title}
      text={text}
      back={{ href: paths.cafe(cafe.id), label: t.registration.back }}
    />
  )
}
