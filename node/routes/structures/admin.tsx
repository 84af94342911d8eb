import { Hono, type Context as HonoContext } from 'hono'
import { paths } from '../../../ui/paths.ts'
import {
  StructureAdminPage,
  type StructureAdminPageProps,
} from '../../../ui/structures/admin-structure.tsx'
import {
  ChoosePlacePage,
  StructureFilePage,
  type WrongFile,
} from '../../../ui/structures/file-import.tsx'
import { PROFILE_FIELDS } from '../../../ui/structures/profile-fields.ts'
import type { Context } from '../../context.ts'
import type { VenueContent } from '../../domain/cafes/venue.ts'
import {
  emptyProfileFor,
  type StructureProfile,
} from '../../domain/structures/structure-profile.ts'
import { townChoicesOf } from '../../geo/places.ts'
import { saveEdit } from '../../store/accounts/saved-edit.ts'
import { insertVenue, listVenues } from '../../store/cafes/venues.ts'
import { findStructureProfile, OWN_PROFILE } from '../../store/structures/profiles.ts'
import {
  type EditedForm,
  editedFormOf,
  editHistoryPage,
  reconcileWithOthers,
} from '../accounts/edited-form.tsx'
import { listChanges, withShown } from '../accounts/reconciled-form.ts'
import { profileValuesOf, readPlaceFile } from '../cafes/mediation-file.ts'
import { withFlash } from '../http/flash.ts'
import { valuesOf } from '../http/forms.ts'
import { type Admin, authorOf, needsAdministrator, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { isOnboardingStep, onboardingPlace } from '../workspaces/onboarding-state.ts'
import { receiveLogo } from './logo-form.ts'
import { decideProfileForm, valuesOfProfile } from './profile-form.ts'

const editedPlace = ({ organization }: Admin): EditedForm => ({
  ...{ subject: { type: 'structure', id: organization.id }, action: paths.place },
  page: paths.place,
  ...editedFormOf(PROFILE_FIELDS, (t) => ({ ...t.place.labels, ...t.profile.labels })),
})

/** The form of what everybody reads about the place. */
export function structureAdminRoutes(context: Context) {
  const { db, now } = context

  const page = async (
    c: HonoContext<WebEnv>,
    shown: Pick<StructureAdminPageProps, 'values' | 'problems' | 'towns' | 'logo' | 'isPrefilled'>,
  ) =>
    c.html(
      <StructureAdminPage
        {...(await adminPropsFor(context, c))}
        step={onboardingPlace(c, context, 'place')}
        {...shown}
      />,
      shown.problems.length > 0 ? 422 : 200,
    )

  const filePage = async (c: HonoContext<WebEnv>, wrong?: WrongFile) =>
    c.html(
      <StructureFilePage
        {...(await adminPropsFor(context, c))}
        target="place"
        isOnboardingStep={isOnboardingStep(c)}
        values={wrong ? valuesOf(c.var.form) : {}}
        wrong={wrong}
      />,
      wrong ? 422 : 200,
    )

  const profileOf = async ({ organization }: Admin) =>
    (await findStructureProfile(db, organization.id)) ?? emptyProfileFor(organization.name)

  async function saveChanged(c: HonoContext<WebEnv>): Promise<Response> {
    const { form, admin } = c.var
    const organizationId = admin.organization.id
    const before = await profileOf(admin)
    const { logo: current } = before
    const shown = { current: valuesOfProfile(before) }
    const conflict = await reconcileWithOthers(c, context, editedPlace(admin), shown)
    if (conflict) return conflict
    const answer = await receiveLogo(context, form, { current, organizationId })
    const { profile, venue, problems, choices } = decideProfileForm(form, answer)
    if (!profile) {
      const towns = choices && townChoicesOf(choices)
      return page(c, { values: valuesOf(form), problems, towns, logo: answer.logo })
    }
    const by = authorOf(admin)
    const edit = {
      ...{ id: organizationId, by, seen: OWN_PROFILE.versionOf(before) },
      decide: () => ({ value: profile }),
      changesOf: (_: StructureProfile, after: StructureProfile) =>
        listChanges(valuesOfProfile(before), valuesOfProfile(after)),
    }
    const saved = await saveEdit(db, OWN_PROFILE, edit, now())
    if (saved.outcome === 'stale') return saveChanged(c)
    if (venue && !(await isKnown(venue, organizationId)))
      await insertVenue(db, { content: venue, organizationId, by }, now())
    context.wake()
    return c.redirect(isOnboardingStep(c) ? paths.onboarding : withFlash(paths.place, 'done'), 303)
  }

  return new Hono<WebEnv>()
    .use(needsAdministrator)
    .get('/', async (c) => {
      const profile = await profileOf(c.var.admin)
      return page(c, {
        values: withShown(valuesOfProfile(profile)),
        problems: [],
        logo: profile.logo,
      })
    })
    .get('/historique', (c) => editHistoryPage(c, context, editedPlace(c.var.admin)))
    .post('/', saveChanged)
    .get('/fichier', (c) => filePage(c))
    .post('/fichier', async (c) => {
      const answer = await readPlaceFile(c.var.form)
      if ('wrong' in answer) return filePage(c, answer.wrong)
      if ('places' in answer)
        return c.html(
          <ChoosePlacePage
            {...(await adminPropsFor(context, c))}
            target="place"
            isOnboardingStep={isOnboardingStep(c)}
            places={answer.places}
          />,
        )
      const profile = await profileOf(c.var.admin)
      const shown = withShown(valuesOfProfile(profile))
      const values = profileValuesOf(answer.place, shown)
      return page(c, { values, problems: [], logo: profile.logo, isPrefilled: true })
    })

  /** Whether an address is known already, so that a second click does not save it twice. */
  async function isKnown({ name, commune }: VenueContent, organizationId: string) {
    const venues = await listVenues(db, organizationId)
    return venues.some((venue) => venue.name === name && venue.commune === commune)
  }
}
