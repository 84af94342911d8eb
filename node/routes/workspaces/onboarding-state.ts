import type { Context as HonoContext } from 'hono'
import type { OnboardingPlace } from '../../../ui/admin/page-head.tsx'
import type { Context } from '../../context.ts'
import {
  type OnboardingStep,
  onboarding,
  type StepState,
  stepsOf,
} from '../../domain/structures/onboarding.ts'
import { hasCafes } from '../../store/cafes/admin-list.ts'
import { findSetting, saveSetting } from '../../store/database/settings.ts'
import { listFollowings } from '../../store/directory/followings.ts'
import { findStructureProfile } from '../../store/structures/profiles.ts'
import { findSettings } from '../../store/structures/site-settings.ts'
import { textOf } from '../http/forms.ts'
import type { WebEnv } from './access.ts'

const DIRECTORY = 'first_steps_directory'

/** Finds the state of the first steps of this structure. */
export async function findOnboardingSteps(
  { db, isDirectory }: Pick<Context, 'db' | 'isDirectory'>,
  organizationId: string,
): Promise<{ step: OnboardingStep; state: StepState }[]> {
  const { legal } = await findSettings(db)
  const isJoining = (await listFollowings(db)).some(({ isJoin }) => isJoin)
  const noted = await findSetting(db, DIRECTORY)
  return onboarding({
    isDirectory,
    profile: await findStructureProfile(db, organizationId),
    legal,
    directory: isJoining || noted === 'asked' ? 'asked' : noted ? 'skipped' : undefined,
    hasCafe: await hasCafes(db, organizationId),
  })
}

/**
 * Stores the answer about a directory. The request itself is sent later, outside of the page; until then this note is
 * all that shows it.
 */
export const saveDirectoryStep = (
  { db }: Pick<Context, 'db'>,
  state: 'asked' | 'skipped',
): Promise<void> => saveSetting(db, DIRECTORY, state)

/** Returns whether this request, a page or a form, belongs to the first steps. */
export const isOnboardingStep = (c: HonoContext<WebEnv>): boolean =>
  c.req.method === 'GET' || c.req.method === 'HEAD'
    ? c.req.query('premiers-pas') !== undefined
    : textOf(c.var.form, 'premiers-pas') !== ''

/**
 * Returns which of the first steps this page is, counted from 1, and of how many; undefined where the page was not
 * opened as one.
 */
export function onboardingPlace(
  c: HonoContext<WebEnv>,
  context: Pick<Context, 'isDirectory'>,
  step: OnboardingStep,
): OnboardingPlace | undefined {
  const steps = stepsOf(context)
  return isOnboardingStep(c) ? { number: steps.indexOf(step) + 1, total: steps.length } : undefined
}
