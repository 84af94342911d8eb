import { LEGAL_MINIMUM, type LegalNotice } from './legal-notice.ts'
import type { StructureProfile } from './structure-profile.ts'

export type OnboardingStep = 'place' | 'legal' | 'directory' | 'cafe'
/** `waiting`: everything was asked, and another has still to answer. */
type StepState = 'done' | 'waiting' | 'todo' | 'skipped'
/** What a step lacks: fields of its form, or that the directory has refused the request or cannot be found. */
export type StepGap = 'address' | 'contact' | (typeof LEGAL_MINIMUM)[number] | 'refused' | 'failed'
export type FoundStep = { step: OnboardingStep; state: StepState; missing: readonly StepGap[] }

/** The state of the step `directory`, by what the directories answered. */
const OF_DIRECTORY = {
  accepted: 'done',
  asked: 'waiting',
  skipped: 'skipped',
  refused: 'todo',
  failed: 'todo',
} as const satisfies Record<string, StepState>

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
  /** What the directories that were asked answered, the best of it; or that the question was skipped. */
  directory: keyof typeof OF_DIRECTORY | undefined
  hasCafe: boolean
}): FoundStep[] {
  const { profile, legal, directory } = found
  const missing: Record<OnboardingStep, StepGap[]> = {
    place: [
      ...(profile?.address === undefined ? ['address' as const] : []),
      ...((profile?.phone ?? profile?.email) === undefined ? ['contact' as const] : []),
    ],
    legal: LEGAL_MINIMUM.filter((field) => legal[field] === undefined),
    directory: directory === 'refused' || directory === 'failed' ? [directory] : [],
    cafe: [],
  }
  const states: Record<OnboardingStep, StepState> = {
    place: missing.place.length === 0 ? 'done' : 'todo',
    legal: missing.legal.length === 0 ? 'done' : 'todo',
    directory: directory ? OF_DIRECTORY[directory] : 'todo',
    cafe: found.hasCafe ? 'done' : 'todo',
  }
  return stepsOf(found).map((step) => ({ step, state: states[step], missing: missing[step] }))
}
