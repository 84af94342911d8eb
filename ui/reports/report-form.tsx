import type { Child } from 'hono/jsx'
import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import type { Report, ReportRefusal } from '../../node/domain/reports/report.ts'
import { QUESTION_MAX, QUESTIONS_MAX } from '../../node/domain/reports/report-input.ts'
import { plainDate } from '../../node/domain/values/date-text.ts'
import { ALT_MAX } from '../../node/domain/values/image.ts'
import { ACCEPT } from '../cafes/image-fields.tsx'
import {
  Choices,
  ErrorSummary,
  FieldError,
  type FormState,
  InputField,
  SubmitButton,
} from '../components/fields.tsx'
import { Form, Link } from '../components/link.tsx'
import { FormFields } from '../forms/form-field.tsx'
import type { Messages } from '../locales/messages.ts'
import { REPORT_FIELDS } from './report-fields.ts'

/**
 * POST to `action`, with `version` and `step`: `number` has `participants`, or `held` as `no` where the café did not take
 * place; `confirm` has the number that is meant; `details` has `question.0` and `theme.0` and so on, `firstTimers`,
 * `format`, `words`, `nextSteps`, `publish`, `image`, `image.alt`, `image.remove`, `consent`, `publishPhoto`, and `more`
 * for more lines without saving.
 */
export type ReportFormProps = {
  cafe: Cafe
  /** What is kept; undefined before anything is. */
  report: Report | undefined
  /** Whether the number is asked, also where one is kept. */
  isAsking: boolean
  version: string
  /** Why it can no longer be told of. */
  refusal: ReportRefusal | undefined
  action: string
  removeHref: string
  /** The CSRF token, where somebody is signed in. */
  csrf?: string | undefined
  form: FormState
  /** Where the number that the form holds comes from, where nobody typed it. */
  from?: 'count' | 'registered' | 'mail' | undefined
  /** Whether the link says that the café did not take place. */
  isNotHeldAsked: boolean
  /** How many lines there are for questions. */
  lines: number
  /** What was just saved. */
  isSaved: boolean
  /** What a colleague saved meanwhile, in words. */
  stale?: string | undefined
  /** The last day on which it can be corrected. */
  until: Temporal.PlainDate
}

/** What is asked of a café after it took place: first the number alone; the rest once that is kept. */
export function ReportForm(props: ReportFormProps) {
  const { report, refusal, isAsking, stale, form, removeHref } = props
  const texts = form.t.report
  if (refusal)
    return (
      <>
        <p class="lead">{texts.refused[refusal]}</p>
        {report && <Kept {...props} report={report} />}
        {report && <Link href={removeHref}>{texts.remove.link}</Link>}
      </>
    )
  return (
    <>
      <ErrorSummary form={form} />
      {stale && (
        <p class="notice" role="alert">
          {stale}
        </p>
      )}
      {!report || isAsking ? <NumberForm {...props} /> : <Rest {...props} report={report} />}
      {report && (
        <p class="fine">
          <Link href={removeHref}>{texts.remove.link}</Link>
        </p>
      )}
    </>
  )
}

function NumberForm(props: ReportFormProps) {
  const { form, from, until, isNotHeldAsked } = props
  const texts = form.t.report.number
  return (
    <Step {...props} step="number">
      {isNotHeldAsked && <NotHeld t={form.t} />}
      <div class="head-count">
        <FormFields form={form} fields={REPORT_FIELDS.number} />
      </div>
      {from && <p class="hint">{texts.from[from]}</p>}
      <SubmitButton>{texts.submit}</SubmitButton>
      {!isNotHeldAsked && <NotHeld t={form.t} quiet />}
      <p class="fine">
        {texts.until(plainDate(until, form.t.lang))} {!props.csrf && texts.keep}
      </p>
    </Step>
  )
}

const NotHeld = ({ t, quiet }: { t: Messages; quiet?: boolean }) => (
  <p>
    <button type="submit" class={quiet ? 'button quiet' : 'button'} name="held" value="no">
      {t.report.number.notHeld}
    </button>
  </p>
)

type StepProps = ReportFormProps & {
  step: 'number' | 'confirm' | 'details'
  children?: Child
}

const Step = ({ step, action, csrf, version, children }: StepProps) => (
  <Form
    {...{ action, csrf }}
    method="post"
    class="stack"
    novalidate
    enctype={step === 'details' ? 'multipart/form-data' : undefined}
  >
    <input type="hidden" name="version" value={version} />
    <input type="hidden" name="step" value={step} />
    {children}
  </Form>
)

type KeptProps = ReportFormProps & { report: Report }

/** Says what is kept, and leads to its correction. */
function Kept({ report, isSaved, action, refusal, form }: KeptProps) {
  const texts = form.t.report
  const { isHeld, participants = 0, isCounted } = report
  const counted = texts.thanks[isCounted ? 'counted' : 'uncounted'](participants)
  return (
    <div class="notice" role={isSaved ? 'status' : undefined}>
      <p>
        <strong>{isHeld ? counted : texts.thanks.notHeld}</strong>
      </p>
      {!refusal && (
        <p>
          {isSaved && `${texts.thanks.close} `}
          <Link href={`${action}?corriger=1`}>{texts.number.correct}</Link>
        </p>
      )}
    </div>
  )
}

/** What comes after the number: the question whether it is right, then what is optional. */
function Rest(props: KeptProps) {
  const { report, form } = props
  const texts = form.t.report
  if (!report.isCounted)
    return (
      <>
        <Step {...props} step="confirm">
          <h2>{texts.unusual.title(report.participants ?? 0)}</h2>
          <p>{texts.unusual.why}</p>
          <input type="hidden" name="participants" value={report.participants} />
          <SubmitButton>{texts.unusual.yes(report.participants ?? 0)}</SubmitButton>
        </Step>
        <NumberForm {...props} />
      </>
    )
  return (
    <>
      <Kept {...props} />
      {report.isHeld && <Details {...props} />}
    </>
  )
}

function Details(props: KeptProps) {
  const { form } = props
  const { details: texts } = form.t.report
  const { firstTimers, ...others } = REPORT_FIELDS.details
  return (
    <>
      <h2>{texts.title}</h2>
      <p class="lead">{texts.lead}</p>
      <Step {...props} step="details">
        <Questions {...props} />
        <FormFields form={form} fields={{ firstTimers }} />
        <FormFields form={form} fields={others} />
        <Photo {...props} />
        <SubmitButton>{texts.submit}</SubmitButton>
      </Step>
    </>
  )
}

function Questions({ form, lines }: ReportFormProps) {
  const { details: texts } = form.t.report
  const numbers = Array.from({ length: Math.min(lines, QUESTIONS_MAX) }, (_, index) => index)
  return (
    <fieldset class="asked-questions" aria-describedby="questions-aide">
      <legend>{texts.questions}</legend>
      <span class="hint" id="questions-aide">
        {texts.questionsHint}
      </span>
      <FieldError
        id="questions-erreur"
        message={form.messages.find(({ name }) => name === 'questions')?.message}
      />
      {numbers.map((index) => (
        <div class="asked-question">
          <Line form={form} name={`question.${index}`} />
          <Line form={form} name={`theme.${index}`} />
        </div>
      ))}
      {lines < QUESTIONS_MAX && (
        <p>
          <button type="submit" class="button quiet small" name="more" value="1">
            {texts.more}
          </button>
        </p>
      )}
    </fieldset>
  )
}

type LineProps = { form: FormState; name: string; label: string }

const Line = ({ form, name }: Omit<LineProps, 'label'>) => (
  <InputField {...{ form, name }} max={name.startsWith('question') ? QUESTION_MAX : undefined} />
)

function Photo({ form, report }: KeptProps) {
  const { details: texts, boxes } = form.t.report
  return (
    <fieldset class="choice-group">
      <legend>{texts.photo}</legend>
      <span class="hint">{texts.photoHint}</span>
      {report.picture && (
        <>
          <p>{texts.photoKept}</p>
          <Tick form={form} name="image.remove" label={boxes.remove} />
        </>
      )}
      <InputField form={form} name="image" type="file" accept={ACCEPT} />
      <InputField form={form} name="image.alt" max={ALT_MAX} />
      <Choices form={form} name="consent" type="checkbox" choices={[['yes', boxes.consent]]} />
      <Choices
        form={form}
        name="publishPhoto"
        type="checkbox"
        choices={[['photo', boxes.publishPhoto]]}
      />
    </fieldset>
  )
}

const Tick = ({ form, name, label }: LineProps) => (
  <label class="choice">
    <input type="checkbox" name={name} value="1" checked={form.values[name] === '1'} />
    <span>{label}</span>
  </label>
)
