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
import { hasUnsettledWords } from '../../store/backup/unsent-edits.ts'
import { insertVenue, listVenues } from '../../store/cafes/venues.ts'
import { findStructureProfile, OWN_PROFILE } from '../../store/structures/profiles.ts'
import {
  type EditedForm,
  editedFormOf,
  editHistoryPage,
  saveEditedForm,
} from '../accounts/edited-form.tsx'
import { withShown } from '../accounts/reconciled-form.ts'
import { profileValuesOf, readPlaceFile } from '../cafes/mediation-file.ts'
import { withFlash } from '../http/flash.ts'
import { valuesOf } from '../http/forms.ts'
import { type Admin, authorOf, needsAdministrator, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { isOnboardingStep, onboardingPlace } from '../workspaces/onboarding-state.ts'
import { closingRoutes } from './closing.tsx'
import { receiveLogo } from './logo-form.ts'
import { receivePartners } from './partner-form.ts'
import { decideProfileForm, valuesOfProfile } from './profile-form.ts'

const editedPlace = ({ organization }: Admin): EditedForm => ({
  ...{ subject: { type: 'structure', id: organization.id }, action: paths.place },
  page: paths.place,
  ...editedFormOf(PROFILE_FIELDS, (t) => ({ ...t.place.labels, ...t.profile.labels })),
})

/** The form of what everybody reads about the place. */
export const structureAdminRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .use(needsAdministrator)
    .get('/', (c) => showPlace(context, c))
    .get('/historique', (c) => editHistoryPage(c, context, editedPlace(c.var.admin)))
    .post('/', (c) => saveChanged(context, c))
    .get('/fichier', (c) => filePage(context, c))
    .post('/fichier', (c) => readFile(context, c))
    .route('/fermer', closingRoutes(context))

type Asked = HonoContext<WebEnv>

async function showPlace(context: Context, c: Asked) {
  const profile = await profileOf(context, c.var.admin)
  return page(context, c, {
    values: withShown(valuesOfProfile(profile)),
    problems: [],
    logos: logosOf(profile),
  })
}

async function readFile(context: Context, c: Asked) {
  const answer = await readPlaceFile(c.var.form)
  if ('wrong' in answer) return filePage(context, c, answer.wrong)
  if ('places' in answer)
    return c.html(
      <ChoosePlacePage
        {...(await adminPropsFor(context, c))}
        target="place"
        isOnboardingStep={isOnboardingStep(c)}
        places={answer.places}
      />,
    )
  const profile = await profileOf(context, c.var.admin)
  const shown = withShown(valuesOfProfile(profile))
  const values = profileValuesOf(answer.place, shown)
  return page(context, c, { values, problems: [], logos: logosOf(profile), isPrefilled: true })
}

const page = async (
  context: Context,
  c: Asked,
  shown: Pick<StructureAdminPageProps, 'values' | 'problems' | 'towns' | 'logos' | 'isPrefilled'>,
) =>
  c.html(
    <StructureAdminPage
      {...(await adminPropsFor(context, c))}
      step={onboardingPlace(c, context, 'place')}
      areWordsHeld={await hasUnsettledWords(context.db)}
      isHosted={!c.var.admin.isSite}
      {...shown}
    />,
    shown.problems.length > 0 ? 422 : 200,
  )

const filePage = async (context: Context, c: Asked, wrong?: WrongFile) =>
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

const profileOf = async ({ db }: Context, { organization }: Admin) =>
  (await findStructureProfile(db, organization.id)) ?? emptyProfileFor(organization.name)

/** Returns the logos by the fields of the form: those that are stored, and those that it brought. */
const logosOf = (
  { logo, partners }: Pick<StructureProfile, 'logo' | 'partners'>,
  held: StructureAdminPageProps['logos']['held'] = {},
): StructureAdminPageProps['logos'] => ({
  stored: {
    ...(logo && { logo }),
    ...Object.fromEntries(partners.map((each) => [`partner${each.line}.logo`, each.logo])),
  },
  held,
})

async function saveChanged(context: Context, c: Asked): Promise<Response> {
  const { db, now } = context
  const { form, admin } = c.var
  const organizationId = admin.organization.id
  let venue: VenueContent | undefined
  const saved = await saveEditedForm(c, context, editedPlace(admin), {
    ...{ noun: OWN_PROFILE, valuesOf: valuesOfProfile },
    decide: async (before) => {
      const answer = await receiveLogo(context, form, { current: before.logo, organizationId })
      const sent = { current: before.partners, organizationId }
      const partners = await receivePartners(context, form, sent)
      const { problems = [], choices, ...decided } = decideProfileForm(form, answer, partners)
      venue = decided.venue
      if (decided.profile) return decided.profile
      const towns = choices && townChoicesOf(choices)
      const logos = logosOf(before, { ...partners.held, ...(answer.held && { logo: answer.held }) })
      return page(context, c, { values: valuesOf(form), problems, towns, logos })
    },
  })
  if (saved instanceof Response) return saved
  if (venue && !(await isKnown(context, venue, organizationId)))
    await insertVenue(db, { content: venue, organizationId, by: authorOf(admin) }, now())
  return c.redirect(isOnboardingStep(c) ? paths.onboarding : withFlash(paths.place, 'done'), 303)
}

/** Whether an address is known already, so that a second click does not save it twice. */
async function isKnown({ db }: Context, { name, commune }: VenueContent, organizationId: string) {
  const venues = await listVenues(db, organizationId)
  return venues.some((venue) => venue.name === name && venue.commune === commune)
}
