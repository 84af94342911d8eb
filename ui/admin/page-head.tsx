import type { Child } from 'hono/jsx'
import { ErrorSummary, type FormState } from '../components/fields.tsx'
import type { Messages } from '../locales/messages.ts'

/** Which step of the first run a page is, and of how many. */
export type OnboardingPlace = { number: number; total: number }

export type PageHeadProps = {
  /** The heading, where it is not the title of the window. */
  heading?: Child | undefined
  lead?: Child | undefined
  /** The page's form, whose errors are listed below the lead. */
  form?: FormState | undefined
  /** See `ErrorSummary`. */
  secret?: boolean | undefined
  /** The number of the step above the heading, when the page is one of the first run. */
  step?: OnboardingPlace | undefined
  /** The links beside the heading to what is done most here. */
  buttons?: Child | undefined
}

/** How every page of the administration begins: its heading, what it is for, and what is wrong in its form. */
export function PageHead(props: PageHeadProps & { title: string; t: Messages }) {
  const { title, heading = title, lead, form, secret, step, buttons, t } = props
  const words = (
    <>
      {step && <p class="kicker">{t.onboarding.step(step.number, step.total)}</p>}
      <h1>{heading}</h1>
      {lead !== undefined && <p class="lead">{lead}</p>}
    </>
  )
  return (
    <>
      {buttons ? (
        <div class="admin-head">
          <div>{words}</div>
          <p class="buttons">{buttons}</p>
        </div>
      ) : (
        words
      )}
      {form && <ErrorSummary form={form} secret={secret} />}
    </>
  )
}
