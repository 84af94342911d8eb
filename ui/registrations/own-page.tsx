import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { whenText } from '../../node/domain/cafes/cafe-text.ts'
import {
  type Closed,
  type Need,
  type Registration,
  sideOf,
} from '../../node/domain/registrations/registration.ts'
import { momentText } from '../../node/domain/values/date-text.ts'
import {
  type FieldMessage,
  type FormState,
  InputField,
  SubmitButton,
} from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form, Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { type OwnRegistrationAction, paths } from '../paths.ts'
import { WhichCafe } from './form-page.tsx'

/** POST to `paths.registration(token, action)`: no field, but `places` for `places`. */
export type OwnRegistrationPageProps = {
  site: Site
  cafe: Cafe
  registration: Registration
  needs: readonly Need[]
  /** What the person answered to the questions of the team. */
  answers: readonly { question: string; answer: string }[]
  /** How many registrations wait before it, itself included, where it waits. */
  rank: number | undefined
  token: string
  /** The other dates of a series that were asked for together with it. */
  group: readonly { registration: Registration; cafe: Cafe }[]
  /** Why nobody can take seats any more. */
  closed: Closed | undefined
  /** What was just done. */
  done?: string | undefined
  problem?: string | undefined
}

/** A person's own registration, by their link or code. */
export function OwnRegistrationPage(props: OwnRegistrationPageProps) {
  const { site, cafe, registration, done, problem, closed } = props
  const t = messagesFor(site.lang)
  const texts = t.registration.own
  return (
    <Layout title={texts.title} site={site} noindex narrow>
      <h1>{texts.title}</h1>
      {done && (
        <p class="flash" role="status">
          {done}
        </p>
      )}
      {problem && (
        <p class="error" role="alert">
          {problem}
        </p>
      )}
      <p class="lead">
        {closed ? t.registration.closed[closed] : texts.states[registration.state]}
      </p>
      <WhichCafe cafe={cafe} t={t} />
      {!closed && <Answer {...props} t={t} />}
      <Facts {...props} t={t} />
      <Changes {...props} t={t} />
      <OtherDates {...props} t={t} />
      <h2>{t.registration.form.privacyLink}</h2>
      <p>
        <Link href={paths.registration(props.token, 'donnees.json')}>{texts.take}</Link>
      </p>
      <Act {...props} action="effacer" label={texts.erase} quiet />
      <p class="fine">{texts.eraseHint}</p>
    </Layout>
  )
}

type PartProps = OwnRegistrationPageProps & { t: Messages }

function Answer(props: PartProps) {
  const { registration, cafe, t } = props
  const { state, heldUntil, seats } = registration
  const texts = t.registration.own
  if (state === 'unproven') return <Act {...props} action={undefined} label={texts.prove} />
  const { bySide, seatsLeft } = cafe.registration
  const left = bySide ? bySide[sideOf(cafe, registration.side)] : seatsLeft
  if (state === 'waiting' && (left ?? 0) >= seats)
    return <Act {...props} action="accepter" label={seats > 1 ? texts.acceptMany : texts.accept} />
  if (state !== 'offered' || !heldUntil) return null
  return (
    <>
      <p>{texts.until(momentText(heldUntil, t.lang, cafe.timezone))}</p>
      <Act {...props} action="accepter" label={seats > 1 ? texts.acceptMany : texts.accept} />
      <Act {...props} action="laisser" label={texts.decline} quiet />
    </>
  )
}

function Facts({ registration, needs, answers, rank, cafe, t }: PartProps) {
  const texts = t.registration.own
  const { name, seats, email, phone, state, side } = registration
  const rows: [string, string][] = [
    [texts.name, name],
    [texts.seats, String(seats)],
    ...(rank === undefined ? [] : [[texts.rank, String(rank)] as [string, string]]),
    ...(email || phone ? [[texts.contact, email ?? phone ?? ''] as [string, string]] : []),
    ...(needs.length > 0
      ? [
          [texts.needs, needs.map((need) => t.registration.form.needs[need]).join(', ')] as [
            string,
            string,
          ],
        ]
      : []),
    ...answers.map(({ question, answer }): [string, string] => [question, answer]),
    ...(state === 'confirmed' && sideOf(cafe, side) === 'online' && cafe.registrantsUrl
      ? [[texts.online, cafe.registrantsUrl] as [string, string]]
      : []),
  ]
  return (
    <dl class="facts-list">
      {rows.map(([label, value]) => (
        <>
          <dt>{label}</dt>
          <dd>
            {label === texts.online ? (
              <Link href={value}>{value}</Link>
            ) : (
              <UserText t={t}>{value}</UserText>
            )}
          </dd>
        </>
      ))}
    </dl>
  )
}

const OVER = ['cancelled', 'lapsed']

function Changes(props: PartProps) {
  const { registration, token, closed, t } = props
  const texts = t.registration.own
  if (OVER.includes(registration.state)) return null
  const messages: FieldMessage[] = []
  const form: FormState = {
    ...{ messages, t, values: { places: String(registration.seats) } },
    ...{ labels: { places: texts.seats }, hints: {} },
  }
  return (
    <>
      {!closed && (
        <Form method="post" action={paths.registration(token, 'places')} class="stack" novalidate>
          <InputField form={form} name="places" type="number" min={1} short />
          <SubmitButton quiet>{texts.change}</SubmitButton>
        </Form>
      )}
      <Act {...props} action="annuler" label={texts.cancel} quiet />
    </>
  )
}

/** The other dates of the series, each of which can be given back. */
function OtherDates({ group, token, t }: PartProps) {
  const texts = t.registration.own
  if (group.length === 0) return null
  return (
    <section aria-labelledby="autres-dates">
      <h2 id="autres-dates">{texts.otherDates}</h2>
      <ul class="rows">
        {group.map(({ registration: { id, state }, cafe }) => (
          <li>
            <Link href={paths.cafe(cafe.id)}>{whenText(cafe, t.lang)}</Link>
            <span class="line">{texts.states[state]}</span>
            {!OVER.includes(state) && (
              <Form method="post" action={paths.registration(token, 'annuler')}>
                <input type="hidden" name="inscription" value={id} />
                <button type="submit" class="button quiet small">
                  {texts.giveBack}
                  <span class="unseen">, {whenText(cafe, t.lang)}</span>
                </button>
              </Form>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

type ActProps = {
  token: string
  action: OwnRegistrationAction | undefined
  label: string
  quiet?: boolean
}

const Act = ({ token, action, label, quiet }: ActProps) => (
  <Form method="post" action={paths.registration(token, action)}>
    <SubmitButton quiet={quiet}>{label}</SubmitButton>
  </Form>
)

/** POST: `code`. */
export type FindRegistrationPageProps = { site: Site; code: string; problem: string | undefined }

/** Asks for the code of a registration. */
export function FindRegistrationPage({ site, code, problem }: FindRegistrationPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.registration.find
  const form: FormState = {
    values: { code },
    messages: problem ? [{ name: 'code', message: problem }] : [],
    labels: { code: texts.code },
    hints: {},
    t,
  }
  return (
    <Layout title={texts.title} site={site} noindex narrow>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <Form method="post" action={paths.findRegistration} class="stack" novalidate>
        <InputField form={form} name="code" autocomplete="off" required />
        <SubmitButton>{texts.submit}</SubmitButton>
      </Form>
    </Layout>
  )
}
