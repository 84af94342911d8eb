import type { Following } from '../../node/domain/federation/following.ts'
import type { FirstStep, StepState } from '../../node/domain/structures/onboarding.ts'
import {
  CsrfInput,
  ErrorSummary,
  type FieldMessage,
  type FormState,
  type FormValues,
  InputField,
  titleOfForm,
} from '../components/fields.tsx'
import type { DeskSession, Site } from '../components/site.ts'
import { stringsFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { DeskLayout } from './layout.tsx'
import { StepHeading, type StepPlace } from './step-heading.tsx'

type Step = { step: FirstStep; state: StepState }

export type FirstStepsPageProps = { site: Site; session: DeskSession; steps: readonly Step[] }

const firstStepHref: Record<FirstStep, string> = {
  place: `${paths.place}?premiers-pas`,
  legal: `${paths.settings}?premiers-pas`,
  directory: paths.firstStepsDirectory,
  cafe: paths.newCafe,
}

/** What is done of the first run and what comes next; it may be left and found again at any time. */
export function FirstStepsPage({ site, session, steps }: FirstStepsPageProps) {
  const t = stringsFor(site.lang)
  const words = t.firstSteps
  const done = steps.filter(({ state }) => state !== 'todo').length
  const next = steps.find(({ state }) => state === 'todo')
  return (
    <DeskLayout title={words.title} site={site} session={session} current={paths.firstSteps}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <p class="strong">{words.progress(done, steps.length)}</p>
        <ol class="steps">
          {steps.map(({ step, state }) => (
            <li>
              <h2>
                {words.steps[step].title}{' '}
                <span class={state === 'todo' ? 'tag draft' : 'tag'}>{words.state[state]}</span>
              </h2>
              <p>{words.steps[step].text}</p>
              {step !== next?.step && !(step === 'cafe' && state === 'done') && (
                <p>
                  <a href={firstStepHref[step]}>
                    {state === 'done'
                      ? words.change(words.steps[step].title)
                      : words.open(words.steps[step].title)}
                  </a>
                </p>
              )}
              {step === next?.step && (
                <p>
                  <a class="button" href={firstStepHref[step]}>
                    {done === 0 ? words.start : words.go}
                    <span class="unseen">{` : ${words.steps[step].title}`}</span>
                  </a>
                </p>
              )}
            </li>
          ))}
        </ol>
        <p>
          <a href={paths.desk}>{next ? words.later : words.desk}</a>
        </p>
      </div>
    </DeskLayout>
  )
}

/**
 * POST `/administration/premiers-pas/annuaire`: `csrf`, `join.address`, `join.invitation` · POST
 * `/administration/premiers-pas/annuaire/passer`: `csrf`.
 */
export type FirstDirectoryPageProps = {
  site: Site
  session: DeskSession
  step: StepPlace
  values: FormValues
  messages: FieldMessage[]
  /** The directory that was asked already, and its answer. */
  asked?: Pick<Following, 'address' | 'state'> | undefined
}

export function FirstDirectoryPage(props: FirstDirectoryPageProps) {
  const { site, session, step, values, messages, asked } = props
  const t = stringsFor(site.lang)
  const words = t.firstSteps.directory
  const { network } = t.desk
  const form: FormState = {
    values,
    messages,
    labels: { 'join.address': network.joinAddress, 'join.invitation': network.joinCode },
    hints: { 'join.address': network.joinAddressHint, 'join.invitation': network.joinCodeHint },
    t,
  }
  const { title } = t.firstSteps.steps.directory
  return (
    <DeskLayout
      title={titleOfForm(form, title)}
      site={site}
      session={session}
      current={paths.firstSteps}
    >
      <div class="narrow">
        <StepHeading step={step} title={title} t={t} />
        <p class="lead">{words.lead}</p>
        {asked && (
          <p>
            <strong>{words.state[asked.state](asked.address)}</strong>
          </p>
        )}
        <ErrorSummary form={form} />
        <form method="post" action={paths.firstStepsDirectory} novalidate>
          <CsrfInput csrf={session.csrf} />
          <InputField form={form} name="join.address" required />
          <InputField form={form} name="join.invitation" optional />
          <p class="buttons">
            <button type="submit" class="button">
              {words.submit}
            </button>
            <a href={paths.firstSteps}>{t.firstSteps.later}</a>
          </p>
        </form>
        {!asked && (
          <form method="post" action={paths.skipDirectory} class="panel">
            <CsrfInput csrf={session.csrf} />
            <p>{words.skipHint}</p>
            <p>
              <button type="submit" class="button quiet">
                {words.skip}
              </button>
            </p>
          </form>
        )}
      </div>
    </DeskLayout>
  )
}
