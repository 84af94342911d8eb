import { LEGAL_MINIMUM, type LegalNotice } from './legal-notice.ts'
import type { StructureProfile } from './structure-profile.ts'

export type OnboardingStep = 'place' | 'legal' | 'directory' | 'cafe'
export type StepState = 'done' | 'todo' | 'skipped'

const STEPS: readonly OnboardingStep[] = ['place', 'legal', 'directory', 'cafe']

/** Returns the steps of a new server. A directory has fewer: it joins none, and its members have the cafés. */
export const stepsOf = ({ isDirectory }: { isDirectory: boolean }): readonly OnboardingStep[] =>
  isDirectory ? STEPS.slice(0, 2) : STEPS

/**
 * Returns what a new server still needs, computed from what is there, so that somebody who leaves in the middle finds
 * it as it stands.
 */
export function onboarding(found: {
  isDirectory: boolean
  profile: StructureProfile | undefined
  legal: LegalNotice
  /** Whether a directory was asked, or the question was skipped. */
  directory: 'asked' | 'skipped' | undefined
  hasCafe: boolean
}): { step: OnboardingStep; state: StepState }[] {
  const { profile, legal, directory } = found
  const isDone: Record<OnboardingStep, boolean> = {
    place: profile?.address !== undefined && (profile.phone ?? profile.email) !== undefined,
    legal: LEGAL_MINIMUM.every((field) => legal[field] !== undefined),
    directory: directory === 'asked',
    cafe: found.hasCafe,
  }
  return stepsOf(found).map((step) => {
    const isSkipped = step === 'directory' && directory === 'skipped'
    return { step, state: isDone[step] ? 'done' : isSkipped ? 'skipped' : 'todo' }
  })
}
