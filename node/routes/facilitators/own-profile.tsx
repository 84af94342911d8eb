import { Hono, type Context as HonoContext } from 'hono'
import { draftMail } from '../../../ui/admin/mail-templates.ts'
import {
  FacilitatorFormPage,
  type FacilitatorFormPageProps,
} from '../../../ui/facilitators/form.tsx'
import { OwnDataPage, type OwnDatum } from '../../../ui/facilitators/own-data-page.tsx'
import {
  OwnFacilitatorPage,
  type OwnFacilitatorPageProps,
} from '../../../ui/facilitators/own-profile-page.tsx'
import { FacilitatorPreviewPage } from '../../../ui/facilitators/preview-page.tsx'
import { WithdrawalPage, WithdrawPage } from '../../../ui/facilitators/withdrawal-pages.tsx'
import { messagesFor, problemMessage } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { isAliasGivenUp } from '../../domain/facilitators/alias.ts'
import {
  type Facilitator,
  publishingGaps,
  selectShownFields,
} from '../../domain/facilitators/facilitator.ts'
import { LINK_MINUTES } from '../../domain/values/link.ts'
import { toEmail } from '../../store/accounts/accounts.ts'
import { expireOtherLinks, listOpenLinks, renewLink } from '../../store/accounts/links.ts'
import { inTransaction } from '../../store/database/database.ts'
import { isAliasFree } from '../../store/facilitators/aliases.ts'
import { listConsents } from '../../store/facilitators/consents.ts'
import {
  acceptDirectory,
  listJoinedHosts,
  refuseDirectory,
} from '../../store/facilitators/directories.ts'
import {
  appendFacilitatorMail,
  mayConfirmAddress,
  PROFILE_LINK_MAIL,
} from '../../store/facilitators/mails.ts'
import { readOwnData } from '../../store/facilitators/own-data.ts'
import {
  confirmNextEmail,
  deleteReplacedMedia,
  findFacilitatorByLink,
  findOwn,
  saveFacilitatorDraft,
} from '../../store/facilitators/own-profiles.ts'
import {
  publishFacilitator,
  unpublishFacilitator,
  withdrawFacilitator,
} from '../../store/facilitators/publication.ts'
import { findWithdrawal } from '../../store/facilitators/withdrawals.ts'
import { deleteFilesOf } from '../../store/files/media-storage.ts'
import { createRateLimiter, spend } from '../../store/queues/rate-limits.ts'
import { PHOTO_FORM_BYTES } from '../cafes/image.ts'
import { limitBody, readForm, textOf, valuesOf } from '../http/forms.ts'
import { deadLink, withSecretAddress } from '../http/link-pages.tsx'
import { findSite } from '../http/site.ts'
import { labelOfCode } from '../http/territory-links.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { changesOf, consentBlocks, consentsToLog, seenHash } from './consents.ts'
import { readFacilitatorForm, valuesOfOwn, writtenOf } from './form.ts'
import { answerClaim, listClaimedMandates } from './own-mandates.ts'
import { createPhotoLimits } from './photo-limits.ts'

/** What the address of the page may say was done. */
const DONE = [
  ...(['published', 'hidden', 'joined', 'left', 'address', 'links'] as const),
  ...(['claimed', 'dropped'] as const),
]

/** The maximum number of changes of the alias in a day: each leaves one that nobody gets again. */
const MOVES_PER_DAY = 3

/** Returns what the person agreed to beside this site, with what is published now. */
const agreedOf = ({ state, directories, fediverse }: Facilitator): string[] =>
  state === 'published' ? [...directories, ...(fediverse ? ['fediverse'] : [])] : []

type FoundOwn = Exclude<Awaited<ReturnType<typeof findFacilitatorByLink>>, { dead: unknown }>
/**
 * Returns whether the mailbox of the address that the person gave last has been proven, before or by the link in use.
 */
const isAddressProven = ({ isMailConfirmed, mailedTo, email, nextEmail }: FoundOwn): boolean =>
  nextEmail === undefined ? isMailConfirmed || mailedTo === email : mailedTo === nextEmail

/** Returns whether the team handed the link over: it was sent to no mailbox. */
const isHanded = ({ mailedTo }: FoundOwn): boolean => mailedTo === undefined

type OwnEnv = WebEnv & {
  Variables: {
    own: FoundOwn
    /** Whether the photo of this form is read, as `createPhotoLimits` says. */
    mayBringPhoto: boolean
  }
}

/**
 * A person's own profile, by their link. The link is the authorization, so that no form checks its origin, and its
 * address must not be sent with the next page's request. The page without a token, which asks for a link, is different:
 * its form checks its origin.
 */
export function ownFacilitatorRoutes(context: Context) {
  const { db, config, now } = context
  const mailWorks = config.mail !== undefined

  const moves = createRateLimiter(db, {
    name: 'addresses',
    points: MOVES_PER_DAY,
    duration: 86_400,
  })

  const photos = createPhotoLimits(db, (c: HonoContext<OwnEnv>): string => c.var.own.facilitator.id)

  const tokenOf = (c: HonoContext<OwnEnv>): string => c.req.param('token') ?? ''

  async function deleteFiles(mediaIds: readonly string[]): Promise<void> {
    for (const mediaId of mediaIds) await deleteFilesOf({ db, config }, mediaId)
  }

  async function home(
    c: HonoContext<OwnEnv>,
    {
      done,
      claim = { typed: '', messages: [] },
    }: Partial<Pick<OwnFacilitatorPageProps, 'done' | 'claim'>> = {},
  ) {
    const { facilitator, draft, nextEmail, mailedTo } = c.var.own
    const link = { purpose: 'own-profile', subject: facilitator.id } as const
    return c.html(
      <OwnFacilitatorPage
        site={await findSite(context, c)}
        token={tokenOf(c)}
        facilitator={facilitator}
        hasDraft={draft !== undefined}
        consents={await listConsents(db, facilitator.id)}
        hosts={await listJoinedHosts(db)}
        nextEmail={nextEmail}
        mayConfirm={nextEmail !== undefined && nextEmail === mailedTo}
        otherLinks={(await listOpenLinks(db, link, now())).length - 1}
        mailWorks={mailWorks}
        mandates={await listClaimedMandates(context, facilitator)}
        claim={claim}
        done={done}
      />,
      claim.messages.length > 0 ? 422 : 200,
    )
  }

  async function form(
    c: HonoContext<OwnEnv>,
    shown: Pick<FacilitatorFormPageProps, 'values' | 'messages' | 'photo' | 'towns'>,
    status: 200 | 422 | 429 = 200,
  ) {
    const site = await findSite(context, c)
    const { facilitator } = c.var.own
    const isShown = facilitator.consentedAt !== undefined
    const address = isShown ? facilitator.url : undefined
    return c.html(
      <FacilitatorFormPage site={site} token={tokenOf(c)} address={address} {...shown} />,
      status,
    )
  }

  const firstForm = (c: HonoContext<OwnEnv>) =>
    form(c, {
      values: valuesOfOwn(c.var.own),
      messages: [],
      photo: writtenOf(c.var.own).photo,
    })

  /** What the person is asked to agree to. */
  async function askedOf(c: HonoContext<OwnEnv>) {
    const site = await findSite(context, c)
    const t = messagesFor(site.lang)
    const hosts = await listJoinedHosts(db)
    const changes = changesOf(c.var.own, now())
    return { site, t, written: writtenOf(c.var.own), siteName: site.name, hosts, changes }
  }

  /** Confirms the waiting address, by a link that was mailed to it; the address before it is told. */
  async function takeNextEmail(c: HonoContext<OwnEnv>): Promise<void> {
    const { facilitator, mailedTo } = c.var.own
    const { id } = facilitator
    const siteName = (await findSite(context, c)).name
    await inTransaction(db, async (trx) => {
      const changed = await confirmNextEmail(trx, { id, mailedTo }, now())
      if (!changed) return
      const mail = draftMail('profile-address', { siteName })
      await appendFacilitatorMail(trx, { facilitatorId: id, to: changed.former, ...mail }, now())
    })
    context.wake()
  }

  async function preview(
    c: HonoContext<OwnEnv>,
    {
      ticked = [],
      isMissing = false,
      hasMovedOften = false,
    }: { ticked?: string[]; isMissing?: boolean; hasMovedOften?: boolean } = {},
  ) {
    const asked = await askedOf(c)
    const { site, written } = asked
    const { facilitator, isAdult } = c.var.own
    const whole = { ...facilitator, ...written }
    const { alias } = written
    const address =
      alias === undefined ? facilitator.uri : `${config.origin}${paths.facilitator(alias)}`
    const shown = (audience: 'public' | 'network') => {
      const seen = selectShownFields(whole, audience)
      return { audience, shown: { facilitator: seen, territory: labelOfCode(seen.territory) } }
    }
    const everybody = written.level === 'public' ? [shown('public')] : []
    const missing = { field: 'page', code: 'consent_required' } as const
    const isFiner = Object.values(written.fieldLevels).includes('network')
    const structures =
      written.level === 'network' || (written.level === 'public' && isFiner)
        ? [shown('network')]
        : []
    return c.html(
      <FacilitatorPreviewPage
        site={site}
        token={tokenOf(c)}
        name={written.name}
        word={written.word}
        address={{ url: address, isChosen: alias !== undefined }}
        former={
          isAliasGivenUp(facilitator, alias)
            ? { url: facilitator.url, isFollowed: facilitator.actorUri !== undefined }
            : undefined
        }
        views={[...everybody, ...structures]}
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

  return new Hono<OwnEnv>()
    .use(`${paths.ownProfile(':token')}/*`, withSecretAddress('no-referrer'))
    .use(`${paths.ownProfile(':token')}/*`, async (c, next) => {
      const token = /^\/animation\/moi\/([^/]+)/.exec(c.req.path)?.[1] ?? ''
      const own = await findFacilitatorByLink(db, token, now())
      if ('dead' in own) return deadLink(context, c, 'own-profile', own)
      await renewLink(db, { token, until: now().add({ minutes: LINK_MINUTES['own-profile'] }) })
      c.set('own', own)
      return next()
    })
    .get(paths.ownProfile(':token'), (c) => {
      const { facilitator, draft } = c.var.own
      if (facilitator.state === 'invited' && !draft) return firstForm(c)
      const done = c.req.query('fait')
      return home(c, { done: DONE.find((each) => each === done) })
    })
    .get(paths.ownProfile(':token', 'profil'), firstForm)
    .post(paths.ownProfile(':token', 'profil'), photos.inTurn, async (c) => {
      const { own } = c.var
      const site = await findSite(context, c)
      const isWithoutFiles = !c.var.mayBringPhoto
      const sent = await readForm(c, { most: PHOTO_FORM_BYTES, isWithoutFiles })
      const { id } = own.facilitator
      const { changedOften, photosOften, photosBusy } = messagesFor(site.lang).facilitator.form
      const refuse = (name: string, message: string, status: 422 | 429 = 422) => {
        const shown = { photo: writtenOf(own).photo, towns: undefined }
        return form(c, { values: valuesOf(sent), messages: [{ name, message }], ...shown }, status)
      }
      if (isWithoutFiles && photos.hasLostPhoto(sent)) return refuse('image', photosBusy, 429)
      // This is checked before anything of the form is stored, such as the photo.
      const typed = toEmail(textOf(sent, 'email'))
      const isKnown = [own.email, own.nextEmail, own.mailedTo].includes(typed)
      if (!isKnown && !(await mayConfirmAddress(db, { facilitatorId: id, to: typed }, now())))
        return refuse('email', changedOften)
      if (await photos.isOneTooMany(c, sent)) return refuse('image', photosOften)
      const read = await readFacilitatorForm(context, sent, own, messagesFor(site.lang))
      if (!('draft' in read)) return form(c, read, 422)
      const { draft } = read
      const isProven = own.mailedTo === read.email.trim().toLowerCase()
      const { mediaIds } = await inTransaction(db, async (trx) => {
        await saveFacilitatorDraft(
          trx,
          { id, draft, email: read.email, isProven, mailWorks },
          now(),
        )
        const saved = await findOwn(trx, id)
        const email = saved?.nextEmail ?? (saved?.isMailConfirmed ? undefined : saved?.email)
        // The address is a new one, or was typed after a link on paper; a link sent to it proves that it is the
        // person's.
        const isOther = email && email !== own.email && email !== own.nextEmail
        if (isOther && (await mayConfirmAddress(trx, { facilitatorId: id, to: email }, now())))
          await appendFacilitatorMail(
            trx,
            {
              facilitatorId: id,
              to: email,
              ...draftMail(PROFILE_LINK_MAIL, { siteName: site.name }),
            },
            now(),
          )
        return deleteReplacedMedia(trx, own)
      })
      await deleteFiles(mediaIds)
      context.wake()
      return c.redirect(paths.ownProfile(tokenOf(c), 'apercu'), 303)
    })
    .get(paths.ownProfile(':token', 'apercu'), (c) => preview(c))
    .post(paths.ownProfile(':token', 'apercu'), limitBody(), async (c) => {
      const sent = await readForm(c)
      const asked = await askedOf(c)
      const directories = asked.hosts.filter((host) => sent.getAll('directory').includes(host))
      const ticked = [...['page', 'fediverse'].filter((name) => sent.has(name)), ...directories]
      // The profile was changed meanwhile, in another window: it is shown before anything is published.
      if (sent.get('seen') !== seenHash(asked)) return preview(c)
      const isAsked = consentBlocks(asked).length > 0
      if (isAsked && !ticked.includes('page')) return preview(c, { ticked, isMissing: true })
      const isMoved = isAliasGivenUp(c.var.own.facilitator, asked.written.alias)
      if (isMoved && (await spend(moves, c.var.own.facilitator.id)) !== undefined)
        return preview(c, { ticked, hasMovedOften: true })
      await takeNextEmail(c)
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
      if (answer.outcome === 'incomplete') return preview(c)
      await deleteFiles(answer.mediaIds)
      context.wake()
      return c.redirect(`${paths.ownProfile(tokenOf(c))}?fait=published`, 303)
    })
    .get(paths.ownProfile(':token', 'donnees'), async (c) => {
      const { id } = c.var.own.facilitator
      const data = (await readOwnData(db, id, now())) ?? {}
      const text = JSON.stringify(data, undefined, 2)
      if (c.req.query('format') === 'json') {
        c.header('Content-Disposition', 'attachment; filename="mes-donnees.json"')
        return c.body(text, 200, { 'Content-Type': 'application/json; charset=utf-8' })
      }
      const shown = JSON.parse(text) as Record<string, OwnDatum>
      const site = await findSite(context, c)
      const consents = await listConsents(db, id)
      return c.html(<OwnDataPage {...{ site, consents }} token={tokenOf(c)} data={shown} />)
    })
    .post(paths.ownProfile(':token', 'adresse'), limitBody(), async (c) => {
      await takeNextEmail(c)
      return c.redirect(`${paths.ownProfile(tokenOf(c))}?fait=address`, 303)
    })
    .post(paths.ownProfile(':token', 'liens'), limitBody(), async (c) => {
      const link = { purpose: 'own-profile', subject: c.var.own.facilitator.id } as const
      await expireOtherLinks(db, { ...link, tokens: [tokenOf(c)] }, now())
      return c.redirect(`${paths.ownProfile(tokenOf(c))}?fait=links`, 303)
    })
    .post(paths.ownProfile(':token', 'annuaires'), limitBody(), async (c) => {
      const sent = await readForm(c)
      const { id, level } = c.var.own.facilitator
      const host = textOf(sent, 'host')
      const { lang, facilitator } = messagesFor((await findSite(context, c)).lang)
      const consent = {
        ...{ level, text: facilitator.consent.directory(host), lang },
        isByHandedLink: isHanded(c.var.own),
      }
      const isYes = textOf(sent, 'answer') === 'yes'
      if (isYes) await acceptDirectory(db, { id, host, consent }, now())
      else await refuseDirectory(db, { id, host }, now())
      context.wake()
      const done = isYes ? 'joined' : 'left'
      return c.redirect(`${paths.ownProfile(tokenOf(c))}?fait=${done}`, 303)
    })
    .post(paths.ownProfile(':token', 'mandats'), limitBody(), async (c) => {
      const sent = await readForm(c)
      const { lang } = await findSite(context, c)
      const answer = await answerClaim(context, {
        ...{ id: c.var.own.facilitator.id, sent, lang, isByHandedLink: isHanded(c.var.own) },
      })
      if (!('done' in answer)) return home(c, { claim: answer })
      context.wake()
      return c.redirect(`${paths.ownProfile(tokenOf(c))}?fait=${answer.done}`, 303)
    })
    .post(paths.ownProfile(':token', 'masquer'), limitBody(), async (c) => {
      await unpublishFacilitator(db, c.var.own.facilitator.id, now())
      context.wake()
      return c.redirect(`${paths.ownProfile(tokenOf(c))}?fait=hidden`, 303)
    })
    .get(paths.ownProfile(':token', 'retrait'), async (c) =>
      c.html(<WithdrawPage site={await findSite(context, c)} token={tokenOf(c)} />),
    )
    .post(paths.ownProfile(':token', 'retrait'), limitBody(), async (c) => {
      const withdrawn = await withdrawFacilitator(db, c.var.own.facilitator.id, now())
      context.wake()
      await deleteFiles(withdrawn.mediaIds)
      if (withdrawn.reportToken) return c.redirect(paths.withdrawal(withdrawn.reportToken), 303)
      return c.html(<WithdrawalPage site={await findSite(context, c)} servers={undefined} />)
    })
    .get(paths.withdrawal(':token'), withSecretAddress('no-referrer'), async (c) => {
      const withdrawal = await findWithdrawal(db, tokenOf(c))
      if (!withdrawal) return c.notFound()
      const site = await findSite(context, c)
      return c.html(<WithdrawalPage site={site} servers={withdrawal.servers} />)
    })
}
