import { JOIN_MESSAGE_MAX } from '../../node/domain/federation/follow-address.ts'
import type { Following } from '../../node/domain/federation/following.ts'
import type { FoundStep, OnboardingStep, StepGap } from '../../node/domain/structures/onboarding.ts'
import {
  type FieldMessage,
  type FormState,
  type FormValues,
  InputField,
  SubmitButton,
  TextArea,
} from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import type { AdminSession, Site } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { AdminPage, type AdminProps } from './layout.tsx'
import type { OnboardingPlace } from './page-head.tsx'

export type OnboardingPageProps = { site: Site; session: AdminSession; steps: readonly FoundStep[] }

const onboardingStepHref: Record<OnboardingStep, string> = {
  place: `${paths.place}?premiers-pas`,
  legal: `${paths.settings}?premiers-pas`,
  directory: paths.onboardingDirectory,
  cafe: paths.newCafe,
}

/** Shows which steps of the first run are done and which comes next; people may leave it and come back at any time. */
export function OnboardingPage({ site, session, steps }: OnboardingPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.onboarding
  const done = steps.filter(({ state }) => state === 'done' || state === 'skipped').length
  // A directory is not a venue: its first step asks about the directory itself.
  const wordsOf = (step: OnboardingStep) =>
    texts.steps[step === 'place' && site.kind === 'hub' ? 'ofDirectory' : step]
  const next = steps.find(({ state }) => state === 'todo')
  return (
    <AdminPage
      title={texts.title}
      lead={texts.lead}
      {...{ site, session }}
      current={paths.onboarding}
      narrow
    >
      <p class="strong">{texts.progress(done, steps.length)}</p>
      <ol class="steps">
        {steps.map(({ step, state, missing }) => {
          const { title, text } = wordsOf(step)
          return (
            <li>
              <h2>
                {title}{' '}
                <span class={state === 'todo' ? 'tag draft' : 'tag'}>{texts.state[state]}</span>
              </h2>
              <p>{text}</p>
              {state === 'waiting' && <p>{texts.waits}</p>}
              {missing.length > 0 && <p>{texts.missing(missing.map((gap) => gapText(gap, t)))}</p>}
              {step !== next?.step && !(step === 'cafe' && state === 'done') && (
                <p>
                  <Link href={onboardingStepHref[step]}>
                    {state === 'done' ? texts.change(title) : texts.open(title)}
                  </Link>
                </p>
              )}
              {step === next?.step && (
                <p>
                  <Link class="button" href={onboardingStepHref[step]}>
                    {done === 0 ? texts.start : texts.go}
                    <span class="unseen">{`\u00a0: ${title}`}</span>
                  </Link>
                </p>
              )}
            </li>
          )
        })}
      </ol>
      <p>
        <Link href={paths.admin}>{next ? texts.later : texts.admin}</Link>
      </p>
    </AdminPage>
  )
}

const gapText = (gap: StepGap, t: Messages): string => {
  const { gaps } = t.onboarding
  const legal: Record<string, string> = t.legal.settings.labels
  return gap in gaps ? gaps[gap as keyof typeof gaps] : (legal[gap] ?? gap)
}

/**
 * POST `/administration/premiers-pas/annuaire`: `csrf`, `join.address`, `join.invitation`, `join.message` · POST
 * `/administration/premiers-pas/annuaire/passer`: `csrf`.
 */
export type FirstDirectoryPageProps = AdminProps & {
  step: OnboardingPlace
  values: FormValues
  messages: FieldMessage[]
  /** The directory that was already asked, and its answer. */
  asked?: (Pick<Following, 'state' | 'reason'> & { name: string }) | undefined
}

export function FirstDirectoryPage(props: FirstDirectoryPageProps) {
  const { site, session, step, values, messages, asked } = props
  const t = messagesFor(site.lang)
  const texts = t.onboarding.directory
  const { network } = t.admin
  const form: FormState = {
    values,
    messages,
    labels: {
      'join.address': network.joinAddress,
      'join.invitation': network.joinCode,
      'join.message': network.joinMessage,
    },
    hints: {
      'join.address': network.joinAddressHint,
      'join.invitation': network.joinCodeHint,
      'join.message': network.joinMessageHint,
    },
    t,
  }
  const { title } = t.onboarding.steps.directory
  return (
    <AdminPage
      {...{ title, form, step, site, session }}
      lead={texts.lead}
      current={paths.onboarding}
      narrow
    >
      {asked && (
        <p>
          <strong>{texts.state[asked.state](asked.name)}</strong>
        </p>
      )}
      {asked?.state === 'refused' && (
        <p>
          <UserText t={t}>{t.admin.home.reasonGiven(asked.reason ?? '')}</UserText>
        </p>
      )}
      <PostForm csrf={session.csrf} action={paths.onboardingDirectory} novalidate>
        <InputField form={form} name="join.address" required />
        <InputField form={form} name="join.invitation" optional />
        <TextArea form={form} name="join.message" rows={3} max={JOIN_MESSAGE_MAX} optional />
        <p class="buttons">
          <button type="submit" class="button">
            {texts.submit}
          </button>
          <Link href={paths.onboarding}>{t.onboarding.later}</Link>
        </p>
      </PostForm>
      {!asked && (
        <PostForm csrf={session.csrf} action={paths.skipDirectory} class="panel">
          <p>{texts.skipHint}</p>
          <SubmitButton quiet>{texts.skip}</SubmitButton>
        </PostForm>
      )}
    </AdminPage>
  )
}
