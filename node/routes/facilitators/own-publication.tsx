import { Hono, type Context as HonoContext } from 'hono'
import { FacilitatorPreviewPage } from '../../../ui/facilitators/preview-page.tsx'
import { messagesFor, problemMessage } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { isAliasGivenUp } from '../../domain/facilitators/alias.ts'
import {
  type Facilitator,
  publishingGaps,
  selectShownFields,
} from '../../domain/facilitators/facilitator.ts'
import { limitOf } from '../../domain/limits/limits.ts'
import { isAliasFree } from '../../store/facilitators/aliases.ts'
import { findLedCafes } from '../../store/facilitators/cafe-facilitators.ts'
import { listJoinedHosts } from '../../store/facilitators/directories.ts'
import { publishFacilitator } from '../../store/facilitators/publication.ts'
import { createRateLimiter, spend } from '../../store/queues/rate-limits.ts'
import { limitBody, readForm } from '../http/forms.ts'
import { findSite } from '../http/site.ts'
import { labelOfCode } from '../http/territory-links.ts'
import { changesOf, consentBlocks, consentsToLog, seenHash } from './consents.ts'
import { writtenOf } from './form.ts'
import {
  behindLink,
  deleteFiles,
  isAddressProven,
  isHanded,
  type OwnEnv,
  takeNextEmail,
  tokenOf,
} from './own-link.ts'

/** Returns what the person agreed to beside this site, with what is published now. */
const agreedOf = ({ state, directories, fediverse }: Facilitator): string[] =>
  state === 'published' ? [...directories, ...(fediverse ? ['fediverse'] : [])] : []

/**
 * The preview of a profile, as everybody and as the structures of the network will see it, with what its person is asked
 * to agree to, and its publication.
 */
export function ownPublicationRoutes(context: Context) {
  const own: Own = {
    ...context,
    mailWorks: context.config.mail !== undefined,
    moves: createRateLimiter(context.db, limitOf('changes of alias')),
  }
  return new Hono<OwnEnv>()
    .get(paths.ownProfile(':token', 'apercu'), (c) => preview(own, c))
    .post(paths.ownProfile(':token', 'apercu'), limitBody(), (c) => publish(own, c))
}

type Own = Context & {
  mailWorks: boolean
  moves: ReturnType<typeof createRateLimiter>
}
type Asked = HonoContext<OwnEnv>

async function publish(context: Own, c: Asked) {
  const { moves, db, config, mailWorks, now } = context
  const sent = await readForm(c)
  const asked = await askedOf(context, c)
  const directories = asked.hosts.filter((host) => sent.getAll('directory').includes(host))
  const ticked = [...['page', 'fediverse'].filter((name) => sent.has(name)), ...directories]
  // The profile was changed meanwhile, in another window: it is shown before anything is published.
  if (sent.get('seen') !== seenHash(asked)) return preview(context, c)
  const isAsked = consentBlocks(asked).length > 0
  if (isAsked && !ticked.includes('page')) return preview(context, c, { ticked, isMissing: true })
  const isMoved = isAliasGivenUp(c.var.own.facilitator, asked.written.alias)
  if (isMoved && (await spend(moves, c.var.own.facilitator.id)) !== undefined)
    return preview(context, c, { ticked, hasMovedOften: true })
  await takeNextEmail(context, c)
  const agreed = { directories, fediverse: ticked.includes('fediverse') }
  const { facilitator, mailedTo } = c.var.own
  const answer = await publishFacilitator(
    db,
    {
      id: facilitator.id,
      origin: config.origin,
      consents: consentsToLog(asked, { ...agreed, isByHandedLink: isHanded(c.var.own) }),
      ...agreed,
      asked: asked.changes ? [] : asked.hosts,
      only: asked.changes && [...asked.changes.changed, ...asked.changes.ended],
      provenEmail: mailedTo,
      mailWorks,
    },
    now(),
  )
  if (answer.outcome === 'incomplete') return preview(context, c)
  await deleteFiles(context, answer.mediaIds)
  context.wake()
  return c.redirect(`${paths.ownProfile(tokenOf(c))}?fait=published`, 303)
}

/** What the person is asked to agree to. */
async function askedOf(context: Own, c: Asked) {
  const { db, now } = context
  const site = await findSite(context, c)
  const t = messagesFor(site.lang)
  const hosts = await listJoinedHosts(db)
  const changes = changesOf(c.var.own, now())
  return { site, t, written: writtenOf(c.var.own), siteName: site.name, hosts, changes }
}

async function preview(
  context: Own,
  c: Asked,
  {
    ticked = [],
    isMissing = false,
    hasMovedOften = false,
  }: { ticked?: string[]; isMissing?: boolean; hasMovedOften?: boolean } = {},
) {
  const { config, mailWorks, db } = context
  const asked = await askedOf(context, c)
  const { site, written } = asked
  const { facilitator, isAdult } = c.var.own
  const whole = { ...facilitator, ...written }
  const { alias } = written
  const address =
    alias === undefined ? facilitator.uri : `${config.origin}${paths.facilitator(alias)}`
  const shown = (audience: 'public' | 'network') => {
    const seen = selectShownFields(whole, audience)
    const facilitator = { ...seen, photo: behindLink(c, seen.photo) }
    return { audience, shown: { facilitator, territory: labelOfCode(seen.territory) } }
  }
  const everybody = written.level === 'public' ? [shown('public')] : []
  const missing = { field: 'page', code: 'consent_required' } as const
  const isFiner = Object.values(written.fieldLevels).includes('network')
  const structures =
    written.level === 'network' || (written.level === 'public' && isFiner) ? [shown('network')] : []
  return c.html(
    <FacilitatorPreviewPage
      site={site}
      token={tokenOf(c)}
      name={written.name}
      address={{ url: address, isChosen: alias !== undefined }}
      former={
        isAliasGivenUp(facilitator, alias)
          ? { url: facilitator.url, isFollowed: facilitator.actorUri !== undefined }
          : undefined
      }
      views={[...everybody, ...structures]}
      led={await findLedCafes(db, { facilitatorId: facilitator.id, now: context.now() })}
      blocks={consentBlocks(asked)}
      ticked={ticked}
      agreed={agreedOf(facilitator)}
      gaps={publishingGaps(whole, {
        ...{ isAdult, hasMovedOften },
        isMailConfirmed: isAddressProven(c.var.own),
        mailWorks,
        isAliasFree: await isAliasFree(db, { alias, id: facilitator.id, origin: config.origin }),
      })}
      isPublished={facilitator.state === 'published'}
      seen={seenHash(asked)}
      messages={isMissing ? [{ name: 'page', message: problemMessage(missing, site.lang) }] : []}
    />,
    hasMovedOften ? 429 : isMissing ? 422 : 200,
  )
}
