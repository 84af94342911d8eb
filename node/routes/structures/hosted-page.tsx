import { Hono, type Context as HonoContext } from 'hono'
import { NoticePage } from '../../../ui/components/notice-page.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import { StructurePage } from '../../../ui/structures/structure-page.tsx'
import type { Context } from '../../context.ts'
import { handleOf } from '../../domain/structures/structure.ts'
import { emptyProfileFor } from '../../domain/structures/structure-profile.ts'
import { longDate } from '../../domain/values/date-text.ts'
import type { Lang } from '../../domain/values/lang.ts'
import { listHeldCafesOf } from '../../store/cafes/past-cafes.ts'
import { listFacilitators } from '../../store/facilitators/search.ts'
import { listNetworksOf } from '../../store/networks/networks.ts'
import { findHosted, type HostedStructure } from '../../store/structures/hosted.ts'
import { findStructureProfile } from '../../store/structures/profiles.ts'
import { toListed } from '../cafes/cards.ts'
import { listNextCafes } from '../cafes/first-dates.ts'
import { languageOf } from '../http/language.ts'
import { findSite } from '../http/site.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'
import { structureUriOf } from '../workspaces/organizer.ts'
import { findHelpNearby } from './help-nearby.ts'

const CAFES_SHOWN = 30
const PAST_SHOWN = 10
const PEOPLE_SHOWN = 20

/** The page of each structure that this site hosts; one that is suspended is not there, and any other is passed on. */
export const hostedPageRoutes = (context: Context) =>
  new Hono<WebEnv>().get(`${paths.structures}/:slug`, async (c, next) => {
    const { db, config, now } = context
    const structure = await findHosted(db, { slug: c.req.param('slug') })
    if (!structure) return next()
    if (structure.suspension) return c.notFound()
    if (structure.closing?.past === 'gone') return answerGone(context, c)
    const { id, slug, name, kind, createdAt } = structure
    const profile = (await findStructureProfile(db, id)) ?? emptyProfileFor(name)
    const uri = structureUriOf(config.origin, slug)
    const { cafes, hasMore } = await listNextCafes(db, {
      ...{ from: now(), organizer: uri, limit: CAFES_SHOWN },
    })
    const past = await listHeldCafesOf(db, { organizerUri: uri, now: now(), limit: PAST_SHOWN })
    const networks = await listNetworksOf(db, { structureUri: uri, isOurs: true })
    const { facilitators } = await listFacilitators(db, {
      ...{ audience: 'public', organizationId: id, now: now(), limit: PEOPLE_SHOWN },
    })
    const { address, website } = profile
    return c.html(
      <StructurePage
        site={await findSite(context, c)}
        structure={{
          ...{ id: slug, uri, name, kind, address, website, lastWordAt: createdAt },
          ...{ url: config.origin + paths.structure(slug), handle: handleOf(uri, slug) },
        }}
        {...{ cafes, hasMore, profile, territories: [] }}
        networks={networks.map(({ uri, name }) => ({ href: uri, label: name }))}
        people={facilitators.map((one) => ({
          href: paths.facilitator(one.handle),
          label: one.name,
        }))}
        map={undefined}
        help={findHelpNearby(address ?? {})}
        past={await toListed(db, past)}
        source={undefined}
        closedOn={closedOn(structure, languageOf(c))}
        now={now()}
        signedIn={(await findAdmin(c, context)) !== undefined}
      />,
    )
  })

/** Answers 410 where a structure closed and took its past along. */
async function answerGone(context: Context, c: HonoContext<WebEnv>): Promise<Response> {
  const site = await findSite(context, c)
  const back = { href: paths.home, label: site.name }
  return c.html(<NoticePage {...{ site, back }} {...messagesFor(site.lang).leaving.gone} />, 410)
}

const closedOn = ({ closing }: HostedStructure, lang: Lang): string | undefined =>
  closing && longDate(closing.at.toZonedDateTimeISO('Europe/Paris').toPlainDate(), lang)
