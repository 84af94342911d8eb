import type { Messages } from '../locales/messages.ts'

/** Which step of the first run a page is, and of how many. */
export type OnboardingPlace = { number: number; total: number }

/** The page's h1, below the number of the step in the first run. */
export const StepHeading = ({
  step,
  title,
  t,
}: {
  step: OnboardingPlace | undefined
  title: string
  t: Messages
}) => (
  <>
    {step && <p class="kicker">{t.onboarding.step(step.number, step.total)}</p>}
    <h1>{title}</h1>
  </>
)
