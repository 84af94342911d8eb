import { Hono, type Context as HonoContext } from 'hono'
import { paths } from '../../ui/paths.ts'
import { PlacePage, type PlacePageProps } from '../../ui/place.tsx'
import type { Context } from '../context.ts'
import { unwritten } from '../domain/profile.ts'
import { longLabelOf } from '../geo/places.ts'
import { findProfile, saveProfile } from '../store/profiles.ts'
import { assertAdministrator, deskSession, type WebEnv } from './access.ts'
import { isFirstStep, stepPlace } from './first-steps.ts'
import { readFlash, withFlash } from './flash.ts'
import { valuesOf } from './forms.ts'
import { decideProfileForm, valuesOfProfile } from './profile-form.ts'
import { findSite } from './site.ts'

/** Who the place is, for everybody to read. */
export function placeRoutes(context: Context) {
  const { db, now } = context

  const page = async (
    c: HonoContext<WebEnv>,
    shown: Pick<PlacePageProps, 'values' | 'problems' | 'towns'>,
  ) =>
    c.html(
      <PlacePage
        site={await findSite(context)}
        session={deskSession(c.var.desk)}
        step={stepPlace(c, context, 'place')}
        flash={readFlash(c)}
        {...shown}
      />,
      shown.problems.length > 0 ? 422 : 200,
    )

  return new Hono<WebEnv>()
    .use(async (c, next) => {
      assertAdministrator(c.var.desk)
      await next()
    })
    .get('/', async (c) => {
      const { organization } = c.var.desk
      const profile = (await findProfile(db, organization.id)) ?? unwritten(organization.name)
      return page(c, { values: valuesOfProfile(profile), problems: [] })
    })
    .post('/', async (c) => {
      const { form, desk } = c.var
      const { profile, problems, choices } = decideProfileForm(form)
      if (!profile) {
        const towns = choices?.map((town) => ({
          codeInsee: town.codeInsee,
          label: longLabelOf(town),
        }))
        return page(c, { values: valuesOf(form), problems, towns })
      }
      await saveProfile(db, { id: desk.organization.id, profile }, now())
      context.wake()
      return c.redirect(isFirstStep(c) ? paths.firstSteps : withFlash(paths.place, 'done'), 303)
    })
}
