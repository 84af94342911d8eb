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
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { LINK_MINUTES } from '../../domain/values/link.ts'
import { toEmail } from '../../store/accounts/accounts.ts'
import { expireOtherLinks, listOpenLinks, renewLink } from '../../store/accounts/links.ts'
import { inTransaction } from '../../store/database/database.ts'
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
  deleteReplacedMedia,
  findFacilitatorByLink,
  findOwn,
  saveFacilitatorDraft,
} from '../../store/facilitators/own-profiles.ts'
import { unpublishFacilitator } from '../../store/facilitators/publication.ts'
import { PHOTO_LIMITS } from '../cafes/image.ts'
import { limitBody, readForm, textOf, valuesOf } from '../http/forms.ts'
import { deadLink, withSecretAddress } from '../http/link-pages.tsx'
import { findSite } from '../http/site.ts'
import { readFacilitatorForm, valuesOfOwn, writtenOf } from './form.ts'
import { deleteFiles, isHanded, type OwnEnv, takeNextEmail, tokenOf } from './own-link.ts'
import { answerClaim, listClaimedMandates } from './own-mandates.ts'
import { ownPublicationRoutes } from './own-publication.tsx'
import { ownWithdrawalRoutes } from './own-withdrawal.tsx'
import { createPhotoLimits } from './photo-limits.ts'

/** What the address of the page may say was done. */
const DONE = [
  ...(['published', 'hidden', 'joined', 'left', 'address', 'links'] as const),
  ...(['claimed', 'dropped'] as const),
]

/**
 * A person's own profile, by their link. The link is the authorization, so that no form checks its origin, and its
 * address must not be sent with the next page's request. The page without a token, which asks for a link, is different:
 * its form checks its origin.
 */
export function ownFacilitatorRoutes(context: Context) {
  const { db, config, now } = context
  const mailWorks = config.mail !== undefined

  const photos = createPhotoLimits(db, (c: HonoContext<OwnEnv>): string => c.var.own.facilitator.id)

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
      const sent = await readForm(c, { ...PHOTO_LIMITS, isWithoutFiles })
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
      await deleteFiles(context, mediaIds)
      context.wake()
      return c.redirect(paths.ownProfile(tokenOf(c), 'apercu'), 303)
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
      await takeNextEmail(context, c)
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
    .route('/', ownPublicationRoutes(context))
    .route('/', ownWithdrawalRoutes(context))
}
