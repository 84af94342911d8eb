import type { Context as HonoContext } from 'hono'
import type { OnboardingPlace } from '../../../ui/admin/page-head.tsx'
import type { Context } from '../../context.ts'
import {
  type FoundStep,
  type OnboardingStep,
  onboarding,
  stepsOf,
} from '../../domain/structures/onboarding.ts'
import { hasCafes } from '../../store/cafes/admin-list.ts'
import { findSetting, saveSetting } from '../../store/database/settings.ts'
import { listAskedDirectories } from '../../store/directory/joinings.ts'
import { findStructureProfile } from '../../store/structures/profiles.ts'
import { findSettings } from '../../store/structures/site-settings.ts'
import { textOf } from '../http/forms.ts'
import type { WebEnv } from './access.ts'

const DIRECTORY = 'first_steps_directory'

/** The answers of directories; that of one counts for all. */
const BEST_FIRST = ['accepted', 'asked', 'refused', 'failed'] as const

/** Finds the state of the first steps of this structure. */
export async function findOnboardingSteps(
  { db, isDirectory }: Pick<Context, 'db' | 'isDirectory'>,
  organizationId: string,
): Promise<FoundStep[]> {
  const { legal } = await findSettings(db)
  const answers = (await listAskedDirectories(db)).map(({ state }) => state)
  const isSkipped = (await findSetting(db, DIRECTORY)) === 'skipped'
  return onboarding({
    isDirectory,
    profile: await findStructureProfile(db, organizationId),
    legal,
    directory:
      BEST_FIRST.find((state) => answers.includes(state)) ?? (isSkipped ? 'skipped' : undefined),
    hasCafe: await hasCafes(db, organizationId),
  })
}

/** Notes that the question about a directory was passed over; a request made later counts instead. */
export const skipDirectoryStep = ({ db }: Pick<Context, 'db'>): Promise<void> =>
  saveSetting(db, DIRECTORY, 'skipped')

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
