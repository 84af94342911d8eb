import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { NOTE_MAX } from '../../node/domain/cafes/status-change.ts'
import {
  placeTextOf,
  type Suggestion,
  type SuggestionState,
} from '../../node/domain/suggestions/suggestion.ts'
import { VersionInput, WhichCafe } from '../cafes/action-pages.tsx'
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
import { Form, Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import type { TownChoice } from '../forms/form-field.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths, type SuggestionAction } from '../paths.ts'
import { SuggestionFields, toSuggestionForm } from './fields.tsx'

export type SuggestionDone = keyof Messages['suggestion']['own']['done']

/**
 * POST to `paths.suggestion(token, action)`: none of its fields to confirm, those of the form with `version` to change,
 * `raison` to cancel, `cafe` = `aussi` to remove a published café as well.
 */
export type OwnSuggestionPageProps = {
  site: Site
  suggestion: Suggestion
  cafe: Cafe | undefined
  state: SuggestionState
  token: string
  values: FormValues
  messages: FieldMessage[]
  towns: readonly TownChoice[] | undefined
  /** What was just done. */
  done: SuggestionDone | undefined
}

type PartProps = OwnSuggestionPageProps & { form: FormState; t: Messages }

/** A suggested café, by the link of its author: what became of it, and what they may do. */
export function OwnSuggestionPage(props: OwnSuggestionPageProps) {
  const { site, suggestion, cafe, state, values, messages, done } = props
  const t = messagesFor(site.lang)
  const texts = t.suggestion.own
  const form = toSuggestionForm(values, messages, t)
  const part = { ...props, form, t }
  return (
    <Layout title={titleOfForm(form, texts.title)} site={site} noindex narrow>
      <ErrorSummary form={form} />
      <h1>{texts.title}</h1>
      {done && (
        <p class="flash" role={done === 'stale' ? 'alert' : 'status'}>
          {texts.done[done]}
        </p>
      )}
      <p class="lead">{texts.states[state]}</p>
      {cafe ? (
        <WhichCafe cafe={cafe} t={t} />
      ) : (
        <p class="panel">
          <strong>
            <UserText t={t}>{suggestion.title}</UserText>
          </strong>
        </p>
      )}
      {state === 'refused' && <Refusal {...part} />}
      {cafe && state === 'published' && suggestion.typed && (
        <p class="notice">
          <UserText t={t}>{texts.placeWaits(placeTextOf(suggestion.typed))}</UserText>
        </p>
      )}
      {cafe && (state === 'published' || state === 'over') && (
        <p>
          <Link href={paths.cafe(cafe.id)}>{texts.seePage}</Link>
        </p>
      )}
      {state === 'unproven' && <Proof {...part} />}
      {(state === 'waiting' || state === 'published') && <Correction {...part} />}
      {state === 'published' && <Cancellation {...part} />}
      {state === 'published' && <OwnSite {...part} />}
      {(state === 'unproven' || state === 'waiting') && (
        <Act {...part} action="retirer" label={texts.withdraw} hint={texts.withdrawHint} />
      )}
      {(state === 'published' || state === 'over') && (
        <Act {...part} action="effacer" label={texts.erase} hint={texts.eraseHint} />
      )}
      {state === 'refused' && (
        <Act {...part} action="effacer" label={texts.erase} hint={texts.eraseUnseen} />
      )}
    </Layout>
  )
}

const Refusal = ({ suggestion: { endReason }, t }: PartProps) => {
  const texts = t.suggestion.own
  return (
    <>
      <p>
        <UserText t={t}>{endReason ? texts.refusedBecause(endReason) : texts.noReason}</UserText>
      </p>
      <p>
        <Link class="button" href={paths.suggest}>
          {t.suggestion.form.another}
        </Link>
      </p>
    </>
  )
}

/** What was typed, to be read once more, and the button that proves the address. */
const Proof = ({ form, towns, token, t }: PartProps) => (
  <Form method="post" action={paths.suggestion(token)} class="stack" novalidate>
    <SuggestionFields {...{ form, towns }} />
    <SubmitButton>{t.suggestion.own.prove}</SubmitButton>
  </Form>
)

const Correction = ({ form, towns, token, cafe, state, t }: PartProps) => {
  const texts = t.suggestion.own
  const isPublished = state === 'published'
  return (
    <section aria-labelledby="corriger">
      <h2 id="corriger">{texts.edit}</h2>
      <p>{isPublished ? texts.editPublished : texts.editWaiting}</p>
      <Form method="post" action={paths.suggestion(token, 'modifier')} class="stack" novalidate>
        {cafe && <VersionInput cafe={cafe} />}
        <SuggestionFields {...{ form, towns, isPublished }} />
        <SubmitButton>{texts.save}</SubmitButton>
      </Form>
    </section>
  )
}

const Cancellation = ({ form, token, t }: PartProps) => (
  <section aria-labelledby="annuler">
    <h2 id="annuler">{t.suggestion.own.cancel}</h2>
    <Form method="post" action={paths.suggestion(token, 'retirer')} class="stack" novalidate>
      <InputField form={form} name="raison" max={NOTE_MAX} optional />
      <SubmitButton danger>{t.suggestion.own.cancel}</SubmitButton>
    </Form>
  </section>
)

/** How a structure that has its own site by now takes the café over. */
const OwnSite = ({ cafe, token, t }: PartProps) => {
  const texts = t.suggestion.own
  return cafe ? (
    <section aria-labelledby="site">
      <h2 id="site">{texts.site}</h2>
      <p>{texts.siteHint}</p>
      <p>
        <Link class="button quiet" href={paths.cafeCalendar(cafe.id)}>
          {texts.siteFile}
        </Link>
      </p>
      <Form method="post" action={paths.suggestion(token, 'effacer')}>
        <input type="hidden" name="cafe" value="aussi" />
        <button type="submit" class="button quiet">
          {texts.handOver}
        </button>
      </Form>
    </section>
  ) : null
}

type ActProps = PartProps & { action: SuggestionAction; label: string; hint: string }

const Act = ({ token, action, label, hint }: ActProps) => (
  <Form method="post" action={paths.suggestion(token, action)}>
    <button type="submit" class="button quiet">
      {label}
    </button>
    <p class="fine">{hint}</p>
  </Form>
)
