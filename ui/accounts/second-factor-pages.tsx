import { raw } from 'hono/html'
import { relativePast } from '../../node/domain/values/date-text.ts'
import { VERSION } from '../admin/meanwhile.tsx'
import { type FormState, InputField, SubmitButton, titleOfForm } from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form, Link, PostForm } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { AccountFrame, type AccountFrameProps } from './account-frame.tsx'
import { PendingFormInput } from './pending-form.tsx'

/**
 * Why a code was not taken: it is wrong or was used, the site has lost the key by which it knows those of applications,
 * too many were tried, or the step is over.
 */
export type CodeProblem = 'wrong' | 'unreadable' | 'wait' | 'over'

/** The field for a code of the application, or a recovery code. */
export const CodeField = ({ form }: { form: FormState }) => (
  <InputField form={form} name="code" autocomplete="one-time-code" required />
)

const formOf = (t: Messages, problem: CodeProblem | undefined): FormState => ({
  values: {},
  messages: problem ? [{ name: 'code', message: t.admin.secondFactor[problem] }] : [],
  labels: { code: t.admin.secondFactor.code },
  hints: { code: t.admin.secondFactor.codeHint },
  t,
})

/**
 * POST `/administration/connexion/code`: `step` (the secret of this step), `code`, `retour`, `kept`; the last two are
 * sent back unchanged. `step` is undefined once the step is over.
 */
export type SecondStepPageProps = {
  site: Site
  step: string | undefined
  returnTo: string
  pendingForm?: string | undefined
  problem?: CodeProblem | undefined
}

export function SecondStepPage({
  site,
  step,
  returnTo,
  pendingForm,
  problem,
}: SecondStepPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.admin.secondFactor
  const form = formOf(t, problem)
  return (
    <Layout
      title={step ? titleOfForm(form, texts.stepTitle) : texts.stepTitle}
      site={site}
      current={paths.signIn}
      noindex
      narrow
    >
      <h1>{texts.stepTitle}</h1>
      {step === undefined ? (
        <>
          <p class="notice" role="alert">
            {texts.over}
          </p>
          <p>
            <Link class="button" href={paths.signIn}>
              {t.admin.signIn.title}
            </Link>
          </p>
        </>
      ) : (
        <>
          <p class="lead">{texts.stepLead}</p>
          <Form method="post" action={paths.secondStep} class="stack" novalidate>
            <input type="hidden" name="step" value={step} />
            <input type="hidden" name="retour" value={returnTo} />
            <PendingFormInput pendingForm={pendingForm} />
            <CodeField form={form} />
            <SubmitButton>{t.admin.signIn.submit}</SubmitButton>
          </Form>
          <h2>{texts.lost}</h2>
          <p>{texts.lostHow}</p>
        </>
      )}
    </Layout>
  )
}

export type ShownFactor = { since: Temporal.Instant; codesLeft: number }

type PanelProps = {
  csrf: string
  hasPassword: boolean
  /** Undefined where the account has none. */
  factor: ShownFactor | undefined
  isRequired: boolean
  now: Temporal.Instant
  form: FormState
}

/**
 * The part of an account's page about its second factor. POST `…/second-facteur`: `csrf`, `factorPassword` ·
 * POST `…/second-facteur/codes` and `…/second-facteur/retirer`: `csrf`, `code`.
 */
export function SecondFactorPanel({
  csrf,
  hasPassword,
  factor,
  isRequired,
  now,
  form,
}: PanelProps) {
  const { t } = form
  const texts = t.admin.secondFactor
  return (
    <section class="panel stack" aria-labelledby="second-facteur">
      <h2 id="second-facteur">{texts.title}</h2>
      {factor ? (
        <>
          <p>
            {texts.isOn(relativePast(factor.since, now, t.lang))} {texts.left(factor.codesLeft)}
          </p>
          <PostForm csrf={csrf} action={paths.secondFactor} class="stack" novalidate>
            <CodeField form={form} />
            <p class="buttons">
              <button type="submit" class="button quiet" formaction={paths.recoveryCodes}>
                {texts.newCodes}
              </button>
              {!isRequired && (
                <button type="submit" class="button quiet" formaction={paths.endSecondFactor}>
                  {texts.end}
                </button>
              )}
            </p>
          </PostForm>
        </>
      ) : (
        <>
          {isRequired && <p class="notice">{texts.isRequired}</p>}
          <p>{texts.why}</p>
          <PostForm csrf={csrf} action={paths.secondFactor} class="stack" novalidate>
            {hasPassword && (
              <InputField
                form={form}
                name="factorPassword"
                type="password"
                autocomplete="current-password"
                required
              />
            )}
            <SubmitButton quiet={!isRequired}>{texts.begin}</SubmitButton>
          </PostForm>
        </>
      )}
    </section>
  )
}

/** POST `…/second-facteur/confirmer`: `csrf`, `code`. */
export type NewFactorPageProps = AccountFrameProps & {
  /** The secret, as the application takes it by hand. */
  secret: string
  /** The same as a QR code, an SVG of ours. */
  qr: string
  problem?: CodeProblem | undefined
}

export function NewFactorPage({ secret, qr, problem, ...frame }: NewFactorPageProps) {
  const t = messagesFor(frame.site.lang)
  const texts = t.admin.secondFactor
  const form = formOf(t, problem)
  return (
    <AccountFrame {...frame} title={texts.newTitle} form={form}>
      <ol>
        <li>{texts.stepApplication}</li>
        <li>
          {texts.stepScan}
          <div class="factor-code" role="img" aria-label={texts.qrLabel}>
            {raw(qr)}
          </div>
          {texts.byHand}
          <strong class="paper-link">{secret.match(/.{1,4}/g)?.join(' ')}</strong>
        </li>
        <li>{texts.stepCode}</li>
      </ol>
      <PostForm csrf={frame.csrf} action={paths.confirmSecondFactor} class="stack" novalidate>
        <CodeField form={{ ...form, hints: {} }} />
        <SubmitButton>{texts.confirm}</SubmitButton>
      </PostForm>
      <p>
        <Link href={paths.account}>{t.admin.form.cancel}</Link>
      </p>
    </AccountFrame>
  )
}

/** Shows the recovery codes; only the answer that makes them shows them. */
export function RecoveryCodesPage({
  codes,
  ...frame
}: AccountFrameProps & { codes: readonly string[] }) {
  const t = messagesFor(frame.site.lang)
  const texts = t.admin.secondFactor
  return (
    <AccountFrame {...frame} title={texts.codesTitle}>
      <p class="notice" role="status">
        {texts.codesOnce}
      </p>
      <ul class="recovery-codes">
        {codes.map((code) => (
          <li>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p>{texts.codesKeep}</p>
      <p>
        <Link class="button" href={paths.account}>
          {texts.codesKept}
        </Link>
      </p>
    </AccountFrame>
  )
}

type SettingProps = { csrf: string; isRequired: boolean; t: Messages }

/** POST `/administration/equipe/second-facteur`: `csrf`, `version`, `required`. */
export function FactorSetting({ csrf, isRequired, t }: SettingProps) {
  const texts = t.admin.secondFactor.setting
  return (
    <section aria-labelledby="second-facteur">
      <h2 id="second-facteur">{t.admin.secondFactor.title}</h2>
      <p>{isRequired ? texts.isOn : texts.isOff}</p>
      <PostForm csrf={csrf} action={paths.factorSetting}>
        <input type="hidden" name={VERSION} value={String(isRequired)} />
        <button type="submit" name="required" value={isRequired ? '' : '1'} class="button quiet">
          {isRequired ? texts.stop : texts.ask}
        </button>
      </PostForm>
    </section>
  )
}
