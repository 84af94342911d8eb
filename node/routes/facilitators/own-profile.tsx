import { Hono, type Context as HonoContext, type Next } from 'hono'
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
import { isNamingMailStopped, saveNamingMailStopped } from '../../store/accounts/stopped-mails.ts'
import { inTransaction } from '../../store/database/database.ts'
import { listHiddenProfiles } from '../../store/directory/hidden-elsewhere.ts'
import { hasRoomForNewcomer } from '../../store/directory/newcomers.ts'
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
import { isAlwaysNamed, listNamings, saveNamingAnswer } from '../../store/facilitators/namings.ts'
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
import { FOR_NOBODY_ELSE, sendMedia } from '../http/media.ts'
import { findSite } from '../http/site.ts'
import { readFacilitatorForm, valuesOfOwn, writtenOf } from './form.ts'
import {
  behindLink,
  deleteFiles,
  type FoundOwn,
  isHanded,
  type OwnEnv,
  takeNextEmail,
  tokenOf,
} from './own-link.ts'
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
  const own: Own = {
    ...context,
    mailWorks: context.config.mail !== undefined,
    photos: createPhotoLimits(
      context.db,
      (c: HonoContext<OwnEnv>): string => c.var.own.facilitator.id,
    ),
  }
  return new Hono<OwnEnv>()
    .use(`${paths.ownProfile(':token')}/*`, withSecretAddress('no-referrer'))
    .use(`${paths.ownProfile(':token')}/*`, (c, next) => openLink(own, c, next))
    .get(paths.ownProfile(':token'), (c) => showProfile(own, c))
    .get(paths.ownProfile(':token', 'profil'), (c) => firstForm(own, c))
    .post(paths.ownProfile(':token', 'profil'), own.photos.inTurn, (c) => saveProfile(own, c))
    .get(`${paths.ownProfile(':token', 'photo')}/:name`, (c) => sendOwnPhoto(own, c))
    .get(paths.ownProfile(':token', 'donnees'), (c) => showData(own, c))
    .post(paths.ownProfile(':token', 'adresse'), limitBody(), (c) => deleteAddress(own, c))
    .post(paths.ownProfile(':token', 'liens'), limitBody(), (c) => endOtherLinks(own, c))
    .post(paths.ownProfile(':token', 'annuaires'), limitBody(), (c) => answerDirectory(own, c))
    .post(paths.ownProfile(':token', 'mandats'), limitBody(), (c) => answerMandate(own, c))
    .post(paths.ownProfile(':token', 'cafes'), limitBody(), (c) => answerNaming(own, c))
    .post(paths.ownProfile(':token', 'masquer'), limitBody(), (c) => hide(own, c))
    .route('/', ownPublicationRoutes(context))
    .route('/', ownWithdrawalRoutes(context))
}

type Own = Context & {
  mailWorks: boolean
  photos: ReturnType<typeof createPhotoLimits<Asked>>
}
type Asked = HonoContext<OwnEnv>

async function openLink(context: Own, c: Asked, next: Next) {
  const { db, now } = context
  const token = /^\/animation\/moi\/([^/]+)/.exec(c.req.path)?.[1] ?? ''
  const own = await findFacilitatorByLink(db, token, now())
  if ('dead' in own) return deadLink(context, c, 'own-profile', own)
  await renewLink(db, { token, until: now().add({ minutes: LINK_MINUTES['own-profile'] }) })
  c.set('own', own)
  return next()
}

function showProfile(context: Own, c: Asked) {
  const { facilitator, draft } = c.var.own
  if (facilitator.state === 'invited' && !draft) return firstForm(context, c)
  const done = c.req.query('fait')
  return home(context, c, { done: DONE.find((each) => each === done) })
}

/** Sends a file of the photo that the person shows or is about to. */
function sendOwnPhoto(context: Own, c: Asked) {
  const { facilitator, draft } = c.var.own
  const own = [facilitator.photo?.mediaId, draft?.photo?.mediaId]
  const name = c.req.param('name') ?? ''
  return own.includes(name.slice(0, 32)) ? sendMedia(context, name, FOR_NOBODY_ELSE) : c.notFound()
}

async function saveProfile(context: Own, c: Asked) {
  const { photos, db, now } = context
  const { own } = c.var
  const site = await findSite(context, c)
  const isWithoutFiles = !c.var.mayBringPhoto
  const sent = await readForm(c, { ...PHOTO_LIMITS, isWithoutFiles })
  const { id } = own.facilitator
  const { changedOften, photosOften, photosBusy } = messagesFor(site.lang).facilitator.form
  const { full: askFull } = messagesFor(site.lang).facilitator.ask
  const refuse = (name: string, message: string, status: 422 | 429 = 422) => {
    const shown = { photo: writtenOf(own).photo, towns: undefined }
    return form(
      context,
      c,
      { values: valuesOf(sent), messages: [{ name, message }], ...shown },
      status,
    )
  }
  if (isWithoutFiles && photos.hasLostPhoto(sent)) return refuse('image', photosBusy, 429)
  // This is checked before anything of the form is stored, such as the photo.
  const typed = toEmail(textOf(sent, 'email'))
  const isKnown = [own.email, own.nextEmail, own.mailedTo].includes(typed)
  if (!isKnown && !(await mayConfirmAddress(db, { facilitatorId: id, to: typed }, now())))
    return refuse('email', changedOften)
  if (!(await mayAsk(context, own, typed))) return refuse('email', askFull, 429)
  if (await photos.isOneTooMany(c, sent)) return refuse('image', photosOften)
  const read = await readFacilitatorForm(context, sent, own, messagesFor(site.lang))
  if (!('draft' in read)) return form(context, c, read, 422)
  await deleteFiles(context, await saveDraft(context, own, { ...read, siteName: site.name }))
  context.wake()
  return c.redirect(paths.ownProfile(tokenOf(c), 'apercu'), 303)
}

/** Returns whether somebody whom the team has neither invited nor accepted, nor has waiting, may wait for it. */
async function mayAsk({ db, config }: Own, own: FoundOwn, typed: string): Promise<boolean> {
  if (own.facilitator.approvedAt || own.isMailConfirmed) return true
  return hasRoomForNewcomer(db, { email: typed, origin: config.origin })
}

type ReadDraft = Extract<Awaited<ReturnType<typeof readFacilitatorForm>>, { draft: unknown }>

/**
 * Saves a draft, and sends a link to an address that is new, or was typed after a link on paper, since a link that was
 * sent to it proves that it is the person's.
 * @returns The ids of the pictures that the draft replaces.
 */
const saveDraft = (
  { db, now, mailWorks }: Own,
  own: FoundOwn,
  { draft, email: typed, siteName }: ReadDraft & { siteName: string },
) =>
  inTransaction(db, async (trx) => {
    const { id } = own.facilitator
    const isProven = own.mailedTo === typed.trim().toLowerCase()
    await saveFacilitatorDraft(trx, { id, draft, email: typed, isProven, mailWorks }, now())
    const saved = await findOwn(trx, id)
    const email = saved?.nextEmail ?? (saved?.isMailConfirmed ? undefined : saved?.email)
    const isOther = email && email !== own.email && email !== own.nextEmail
    const to = { facilitatorId: id, to: email ?? '' }
    if (isOther && (await mayConfirmAddress(trx, to, now())))
      await appendFacilitatorMail(
        trx,
        { ...to, ...draftMail(PROFILE_LINK_MAIL, { siteName }) },
        now(),
      )
    return (await deleteReplacedMedia(trx, own)).mediaIds
  })

async function showData(context: Own, c: Asked) {
  const { db, now } = context
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
}

async function deleteAddress(context: Own, c: Asked) {
  await takeNextEmail(context, c)
  return c.redirect(`${paths.ownProfile(tokenOf(c))}?fait=address`, 303)
}

async function endOtherLinks({ db, now }: Own, c: Asked) {
  const link = { purpose: 'own-profile', subject: c.var.own.facilitator.id } as const
  await expireOtherLinks(db, { ...link, tokens: [tokenOf(c)] }, now())
  return c.redirect(`${paths.ownProfile(tokenOf(c))}?fait=links`, 303)
}

async function answerDirectory(context: Own, c: Asked) {
  const { db, now } = context
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
}

async function answerNaming(context: Own, c: Asked) {
  const { db, now } = context
  const sent = await readForm(c)
  const answer = textOf(sent, 'answer')
  const { id } = c.var.own.facilitator
  if (answer === 'yes' || answer === 'no')
    await saveNamingAnswer(db, id, { cafeId: textOf(sent, 'cafe'), answer }, now())
  if (answer === 'always' || answer === 'ask') await saveNamingAnswer(db, id, { answer }, now())
  if (answer === 'mail' || answer === 'no-mail')
    await saveNamingMailStopped(db, { facilitatorId: id, isStopped: answer === 'no-mail' })
  context.wake()
  return c.redirect(`${paths.ownProfile(tokenOf(c))}#cafes`, 303)
}

async function answerMandate(context: Own, c: Asked) {
  const sent = await readForm(c)
  const { lang } = await findSite(context, c)
  const answer = await answerClaim(context, {
    ...{ id: c.var.own.facilitator.id, sent, lang, isByHandedLink: isHanded(c.var.own) },
  })
  if (!('done' in answer)) return home(context, c, { claim: answer })
  context.wake()
  return c.redirect(`${paths.ownProfile(tokenOf(c))}?fait=${answer.done}`, 303)
}

async function hide(context: Own, c: Asked) {
  const { db, now } = context
  await unpublishFacilitator(db, c.var.own.facilitator.id, now())
  context.wake()
  return c.redirect(`${paths.ownProfile(tokenOf(c))}?fait=hidden`, 303)
}

async function home(
  context: Own,
  c: Asked,
  {
    done,
    claim = { typed: '', messages: [] },
  }: Partial<Pick<OwnFacilitatorPageProps, 'done' | 'claim'>> = {},
) {
  const { db, now, mailWorks } = context
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
      named={{
        namings: await listNamings(db, facilitator.id, now()),
        isAlways: await isAlwaysNamed(db, facilitator.id),
        isMailed: mailWorks ? !(await isNamingMailStopped(db, facilitator.id)) : undefined,
      }}
      hiddenBy={await listHiddenProfiles(db, { facilitatorId: facilitator.id })}
    />,
    claim.messages.length > 0 ? 422 : 200,
  )
}

async function form(
  context: Own,
  c: Asked,
  shown: Pick<FacilitatorFormPageProps, 'values' | 'messages' | 'photo' | 'towns'>,
  status: 200 | 422 | 429 = 200,
) {
  const site = await findSite(context, c)
  const { facilitator } = c.var.own
  const isShown = facilitator.consentedAt !== undefined
  const address = isShown ? facilitator.url : undefined
  return c.html(
    <FacilitatorFormPage
      {...shown}
      {...{ site, address, token: tokenOf(c), photo: behindLink(c, shown.photo) }}
    />,
    status,
  )
}

const firstForm = (context: Own, c: Asked) =>
  form(context, c, {
    values: valuesOfOwn(c.var.own),
    messages: [],
    photo: writtenOf(c.var.own).photo,
  })
