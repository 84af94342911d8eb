import type { Context as HonoContext } from 'hono'
import type { ShownEdit } from '../../../../ui/admin/edit-history-page.tsx'
import { ConfirmChangePage } from '../../../../ui/cafes/change-page.tsx'
import { CafeFormPage } from '../../../../ui/cafes/form.tsx'
import type { Season } from '../../../../ui/cafes/series/several-dates.tsx'
import type { FormValues } from '../../../../ui/components/fields.tsx'
import type { Context } from '../../../context.ts'
import type { Cafe } from '../../../domain/cafes/cafe.ts'
import { horizonOf } from '../../../domain/cafes/horizon.ts'
import type { Problem } from '../../../domain/values/problem.ts'
import type { Commune } from '../../../geo/commune-table.ts'
import { townChoicesOf } from '../../../geo/places.ts'
import { findOtherVersion } from '../../../store/backup/unsent-edits.ts'
import { listVenues } from '../../../store/cafes/venues.ts'
import { listFacilitatorIds } from '../../../store/facilitators/cafe-facilitators.ts'
import { findSuggestionOf } from '../../../store/suggestions/suggestions.ts'
import { withShown } from '../../accounts/reconciled-form.ts'
import { valuesOf } from '../../http/forms.ts'
import { languageOf } from '../../http/language.ts'
import { findSite } from '../../http/site.ts'
import { type Admin, adminSession, type WebEnv } from '../../workspaces/access.ts'
import { adminPropsFor } from '../../workspaces/admin-props.ts'
import { findLegalGaps } from '../../workspaces/legal-minimum.ts'
import { listCafeFacilitators } from '../facilitators.ts'
import { valuesOfCafe } from '../form.ts'
import type { CafeImageAnswer } from '../image.ts'
import { findCafeAudience } from './audience.ts'
import { findOverridden } from './overridden-fields.ts'

type Shown = {
  values: FormValues
  current?: Cafe | undefined
  /** A picture that the form holds and that is not the café's yet. */
  picture?: CafeImageAnswer | undefined
  problems?: Problem[]
  choices?: readonly Commune[] | undefined
  /** The deletion of the café that this form edited; its texts are then those of a new one. */
  deletion?: ShownEdit | undefined
  /** The dates of a series as they are planned so far. */
  season?: Season
}

/** Answers with the form of a café; with 422 where it has problems, each of which stands beside its field. */
export async function showCafeForm(context: Context, c: HonoContext<WebEnv>, shown: Shown) {
  const { current, picture, problems, choices, deletion } = shown
  const horizonDays = horizonOf(context.config).endlessDays
  const season = shown.season ?? { plan: undefined, horizonDays }
  const { admin } = c.var
  const media = picture?.media
  const values = { ...shown.values, ...(media && { 'image.media': media.id }) }
  return c.html(
    <CafeFormPage
      {...(await adminPropsFor(context, c))}
      values={values}
      problems={problems ?? []}
      towns={choices && townChoicesOf(choices)}
      current={current}
      otherVersion={current && (await findOtherVersion(context.db, current.id))}
      deletion={deletion}
      image={picture?.image ?? current?.image}
      venues={await listVenues(context.db, admin.organization.id)}
      mayKeepVenue={admin.mandate === undefined}
      isReady={admin.mandate === undefined || (await findLegalGaps(context)).length === 0}
      audience={await findCafeAudience(context, current)}
      season={current || admin.mandate ? undefined : season}
      people={await listCafeFacilitators(context, admin)}
      suggestion={current && (await findSuggestionOf(context.db, current.id))}
      overridden={
        current && (await findOverridden(context, { admin, cafe: current, lang: languageOf(c) }))
      }
    />,
    deletion ? 409 : problems ? 422 : 200,
  )
}

/** Answers with the form of a café that cannot be published as it is, so that it can be completed. */
export const showIncompleteForm = async (
  context: Context,
  c: HonoContext<WebEnv>,
  { current, problem }: { current: Cafe; problem: Problem },
) =>
  showCafeForm(context, c, {
    values: withShown(await findShownValues(context, c.var.admin, current)),
    current,
    problems: [problem],
  })

/** Answers with what followers will be told, which the team confirms. */
export async function showChange(
  context: Context,
  c: HonoContext<WebEnv>,
  { before, after, media }: { before: Cafe; after: Cafe; media: CafeImageAnswer['media'] },
) {
  const values = { ...valuesOf(c.var.form), ...(media && { 'image.media': media.id }) }
  const site = await findSite(context, c)
  const audience = await findCafeAudience(context, before)
  const session = adminSession(c.var.admin)
  return c.html(<ConfirmChangePage {...{ site, session, before, after, audience, values }} />)
}

/**
 * Finds all values that the form of a café shows, including people and the kept address: when it is sent unchanged, it
 * changes nothing.
 */
export const findShownValues = async (
  context: Context,
  admin: Admin,
  cafe: Cafe,
): Promise<FormValues> => ({
  ...valuesOfCafe(cafe, false, await listVenues(context.db, admin.organization.id)),
  ...((await listCafeFacilitators(context, admin)).length > 0 && {
    facilitators: await listFacilitatorIds(context.db, cafe.id),
  }),
})
