import {
  ALERT_RADII,
  ALERT_RHYTHMS,
  type AlertAsked,
  type AlertRhythm,
} from '../../node/domain/territories/alert.ts'
import { plainDate } from '../../node/domain/values/date-text.ts'
import { dayInParis } from '../../node/domain/values/days.ts'
import {
  Choices,
  ErrorSummary,
  type FormState,
  InputField,
  SelectField,
  SubmitButton,
  titleOfForm,
} from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form, Link } from '../components/link.tsx'
import { NoticePage } from '../components/notice-page.tsx'
import type { Site } from '../components/site.ts'
import { Remembered } from '../follow/alert-form.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** POST on the same address: `email`, and `territoire` or `ou` and `rayon`. */
export type AlertPageProps = {
  site: Site
  values: { email: string; ou: string; rayon: string; territoire: string; rythme: AlertRhythm }
  /** The name of `territoire`, where one was chosen. */
  place: string | undefined
  /** The further conditions of the search that is remembered, and these in words. */
  conditions: AlertAsked
  words: readonly string[]
  messages: { name: string; message: string }[]
  /** The towns that the text may mean, with what to type for each. */
  towns?: { text: string; label: string }[] | undefined
  mailWorks: boolean
  signedIn?: boolean | undefined
}

export function AlertPage(props: AlertPageProps) {
  const { site, values, place, conditions, words, messages, towns, mailWorks } = props
  const t = messagesFor(site.lang)
  const texts = t.alert
  const form: FormState = {
    values,
    messages,
    labels: { rythme: texts.rhythm, ou: texts.where, rayon: texts.radius, email: texts.email },
    hints: { ou: texts.whereHint, email: texts.emailHint },
    t,
  }
  return (
    <Layout
      title={titleOfForm(form, texts.title)}
      site={site}
      current={paths.alerts}
      description={texts.lead}
      signedIn={props.signedIn}
      narrow
    >
      <ErrorSummary form={form} />
      <h1>{texts.title}</h1>
      <p class="lead">{place ? texts.here(place) : texts.lead}</p>
      {words.length > 0 && <p>{texts.limitedTo(words.join(', '))}</p>}
      {mailWorks ? (
        <Form method="post" action={paths.alerts} class="stack" novalidate>
          <Remembered values={conditions} />
          <Choices
            form={form}
            name="rythme"
            type="radio"
            choices={ALERT_RHYTHMS.map((one) => [one, texts.rhythms[one]] as const)}
          />
          {place ? (
            <input type="hidden" name="territoire" value={values.territoire} />
          ) : (
            <Where form={form} towns={towns} t={t} />
          )}
          <InputField form={form} name="email" type="email" autocomplete="email" required />
          <SubmitButton>{texts.submit}</SubmitButton>
        </Form>
      ) : (
        <NoMail territory={values.territoire} t={t} />
      )}
    </Layout>
  )
}

type WhereProps = { form: FormState; towns: AlertPageProps['towns']; t: Messages }

const Where = ({ form, towns, t }: WhereProps) => (
  <>
    {towns ? (
      <fieldset class="choice-group" id="ou" tabindex={-1}>
        <legend>{t.alert.several}</legend>
        {towns.map(({ text, label }, at) => (
          <label class="choice">
            <input type="radio" name="ou" value={text} checked={at === 0} />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
    ) : (
      <InputField form={form} name="ou" autocomplete="postal-code" required />
    )}
    <SelectField
      form={form}
      name="rayon"
      groups={[
        {
          label: t.alert.radius,
          choices: ALERT_RADII.map((km) => [String(km), t.alert.km(km)] as const),
        },
      ]}
    />
  </>
)

const NoMail = ({ territory, t }: { territory: string; t: Messages }) => (
  <>
    <p>{t.alert.noMail}</p>
    <p>
      <Link href={territory ? paths.territory(territory) : paths.followPage}>
        {t.alert.followInstead}
      </Link>
    </p>
  </>
)

/** The page after the request, after opening the mail's link, and after its button. */
export type AlertLinkPageProps = {
  site: Site
  /** What the mail's link is for; `…Done` after its button was pressed. */
  state: 'sent' | 'keep' | 'keepDone' | 'stop' | 'stopDone'
  place?: string | undefined
  /** The address of the page, to which its form is sent. */
  action?: string | undefined
  until?: Temporal.Instant | undefined
  /** Whether it is the letter of each week that they asked for. */
  isWeekly?: boolean | undefined
  /** Whether the person has other alerts: their address is not erased with this one. */
  hasOthers?: boolean | undefined
}

export function AlertLinkPage(props: AlertLinkPageProps) {
  const { site, state, place = '', action, until, hasOthers = false, isWeekly = false } = props
  const { lang } = site
  const texts = messagesFor(lang).alert
  const { title, text, submit } = textsOfState({
    ...{ state, place, until, hasOthers, texts, lang, isWeekly },
  })
  return (
    <NoticePage
      {...{ site, title, text }}
      button={action && submit ? { action, label: submit } : undefined}
      back={{ href: paths.home, label: texts.back }}
      isDone={state === 'sent' || state === 'keepDone' || state === 'stopDone'}
    >
      {state === 'sent' && <p>{texts.sent.notThere}</p>}
      {state === 'keepDone' && action && (
        <Form method="post" action={action}>
          <input type="hidden" name="arreter" value="1" />
          <button type="submit" class="link">
            {texts.keep.stop}
          </button>
        </Form>
      )}
      {state === 'stopDone' && (
        <p>
          <Link href={paths.alerts}>{texts.again}</Link>
        </p>
      )}
    </NoticePage>
  )
}

type AlertState = Pick<AlertLinkPageProps, 'state'> & {
  place: string
  until: Temporal.Instant | undefined
  hasOthers: boolean
  isWeekly: boolean
  texts: Messages['alert']
  lang: Messages['lang']
}

function textsOfState({ state, place, until, hasOthers, isWeekly, texts, lang }: AlertState): {
  title: string
  text: string
  submit?: string
} {
  const { keep, stop, sent } = texts
  if (state === 'sent') return { title: sent.title, text: sent.lead }
  const { letter } = texts
  if (state === 'keep')
    return isWeekly
      ? { title: keep.title, text: letter.keepLead(place), submit: letter.submit }
      : { title: keep.title, text: keep.lead(place), submit: keep.submit }
  if (state === 'stop') {
    const submit = hasOthers ? stop.submitOne : stop.submit
    return { title: stop.title, text: isWeekly ? letter.stopLead(place) : stop.lead(place), submit }
  }
  if (state === 'stopDone')
    return { title: stop.doneTitle, text: hasOthers ? stop.doneOne : stop.done }
  const day = until ? plainDate(dayInParis(until), lang) : ''
  return { title: keep.doneTitle, text: isWeekly ? letter.keepDone(day) : keep.done(day) }
}
