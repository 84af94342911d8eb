import type { Messages } from '../locales/messages.ts'

/** The step of the first run that a page is: the second of four. */
export type OnboardingPlace = { number: number; total: number }

/** A page's h1, with where one is in the first run above it. */
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
