import type { Strings } from '../locales/messages.ts'

/** The step of the first run that a page is: the second of four. */
export type StepPlace = { number: number; total: number }

/** A page's h1, with where one is in the first run above it. */
export const StepHeading = ({
  step,
  title,
  t,
}: {
  step: StepPlace | undefined
  title: string
  t: Strings
}) => (
  <>
    {step && <p class="kicker">{t.firstSteps.step(step.number, step.total)}</p>}
    <h1>{title}</h1>
  </>
)
