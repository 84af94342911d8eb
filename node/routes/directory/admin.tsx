import { Hono, type Context as HonoContext } from 'hono'
import type { FlashKey } from '../../../ui/admin/layout.tsx'
import { VERSION } from '../../../ui/admin/meanwhile.tsx'
import type { FieldMessage } from '../../../ui/components/fields.tsx'
import { NETWORK_LABEL_MAX } from '../../../ui/directory/admin-forms.tsx'
import { DirectoryPage, type DirectoryPageProps } from '../../../ui/directory/admin-page.tsx'
import { messagesFor, problemMessage } from '../../../ui/locales/messages.ts'
import { type PeerAction, paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { listArrivalGroups } from '../../domain/federation/arrivals.ts'
import { JOIN_MESSAGE_MAX, readFollowAddress } from '../../domain/federation/follow-address.ts'
import { DomainError } from '../../domain/values/errors.ts'
import type { ProblemCode } from '../../domain/values/problem.ts'
import { listHeldArrivals, listHeldByDomain } from '../../store/cafes/moderated-cafes.ts'
import { inTransaction } from '../../store/database/database.ts'
import { findFollowing, requestFollow, stopFollowing } from '../../store/directory/followings.ts'
import { createInvitation, listInvitations } from '../../store/directory/invitations.ts'
import {
  listJoinings,
  listOtherFollowings,
  listUnsentJoins,
} from '../../store/directory/joinings.ts'
import { listPeers } from '../../store/directory/peers.ts'
import { answerRecovery, listRecoveries } from '../../store/directory/recoveries.ts'
import { findCutOffSince } from '../../store/directory/unreachable-peers.ts'
import { listFailedDeliveries, retryDeliveries } from '../../store/queues/failed-deliveries.ts'
import { listStoppedToday } from '../../store/queues/peer-days.ts'
import { withFlash } from '../http/flash.ts'
import { textOf, valuesOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { readPage } from '../http/read-page.ts'
import { authorOf, needsAdministrator, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { admissionPage, readAdmissionReason } from './admission.tsx'
import { blockRoutes } from './blocks.tsx'
import { bulkSiteRoutes } from './bulk-sites.ts'
import { directoryQuestions } from './confirm-pages.tsx'
import { heldCafeRoutes } from './held-cafes.tsx'
import { hiddenObjectRoutes } from './hidden-objects.tsx'
import { applyDecision, peerOf } from './site-decisions.ts'
import { findSites, readDomainOf } from './sites.ts'
import { stampRoutes } from './stamps.tsx'

/** The maximum number of characters of a reason that is sent: a chosen sentence and the team's own text. */
const REASON_SENT_MAX = 400

/** The pages of the directory: who is in it, which directory this site is in, and which domains are blocked. */
export const directoryRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .use(needsAdministrator)
    .get('/', (c) => page(context, c))
    .get('/:id{[0-9a-f-]{16,36}}', (c) => showAdmission(context, c))
    .route('/blocages', blockRoutes(context))
    .route('/', directoryQuestions(context))
    .route('/', bulkSiteRoutes(context))
    .post('/rejoindre', (c) => join(context, c))
    .post('/suivre', (c) => follow(context, c))
    .post('/suivis/:id/reessayer', (c) => followAgain(context, c))
    .post('/suivis/:id/arreter', (c) => endFollowing(context, c))
    .post('/envois/reessayer', (c) => sendAgain(context, c))
    .post('/reessayer', (c) => askEverybody(context, c))
    .route('/cafes', heldCafeRoutes(context))
    .route('/masques', hiddenObjectRoutes(context))
    .route('/accords', stampRoutes(context))
    .post('/invitations', (c) => invite(context, c))
    .post('/:id/reprise', (c) => answerRecovered(context, c))
    .post('/:id/:action{accepter|refuser|reessayer|bloquer|arreter}', (c) => decide(context, c))

type Asked = HonoContext<WebEnv>
type AboutOne = HonoContext<WebEnv, '/:id'>

const showAdmission = async (context: Context, c: AboutOne) =>
  admissionPage(c, context, await peerOf(context, c.req.param('id')))

async function join(context: Context, c: Asked) {
  const { db, now } = context
  const asked = readFollowAddress(textOf(c.var.form, 'join.address'))
  if (!asked) return refused(context, c, 'join.address', 'not_an_url')
  const invitation = textOf(c.var.form, 'join.invitation') || asked.invitation
  const message = textOf(c.var.form, 'join.message') || undefined
  if (message && message.length > JOIN_MESSAGE_MAX)
    return refused(context, c, 'join.message', 'too_long', JOIN_MESSAGE_MAX)
  const request = { address: asked.address, join: true, invitation, message }
  await requestFollow(db, request, now())
  return done(context, c, 'requested')
}

async function follow(context: Context, c: Asked) {
  const { db, now } = context
  const typed = textOf(c.var.form, 'follow.address')
  const asked = readFollowAddress(typed)
  if (!asked) return refused(context, c, 'follow.address', typed === '' ? 'required' : 'not_an_url')
  const { address } = asked
  await requestFollow(db, { address, join: false, invitation: undefined }, now())
  return done(context, c, 'requested')
}

async function followAgain(context: Context, c: AboutOne) {
  const { db, now } = context
  const following = await findFollowing(db, c.req.param('id'))
  if (!following) throw new DomainError('gone', 'directory.following_gone')
  const { address, isJoin: join, invitation, message } = following
  await requestFollow(db, { address, join, invitation, message }, now())
  return done(context, c, 'requested')
}

async function endFollowing(context: Context, c: AboutOne) {
  const { db, now } = context
  await stopFollowing(db, c.req.param('id'), now())
  return done(context, c)
}

async function sendAgain(context: Context, c: Asked) {
  const { db, now } = context
  await retryDeliveries(db, textOf(c.var.form, 'host'), now())
  return done(context, c)
}

/** Reads and sends again at once to all servers that fail, as when this site was cut off from the network. */
async function askEverybody(context: Context, c: Asked) {
  const failing = (await listPeers(context.db)).filter(({ failingSince }) => failingSince)
  for (const peer of failing)
    await applyDecision(context, 'reessayer', {
      ...{ peer, seen: peer.membership, reason: '', by: authorOf(c.var.admin) },
    })
  return done(context, c)
}

async function invite(context: Context, c: Asked) {
  const { db, now } = context
  const label = textOf(c.var.form, 'invitation.label')
  if (label === '') return refused(context, c, 'invitation.label', 'required')
  if (label.length > NETWORK_LABEL_MAX)
    return refused(context, c, 'invitation.label', 'too_long', NETWORK_LABEL_MAX)
  const organizationId = c.var.admin.organization.id
  // The code is shown in this answer alone: no address leads to it again.
  return page(context, c, {
    newInvitation: await createInvitation(db, { organizationId, label }, now()),
  })
}

async function answerRecovered(context: Context, c: AboutOne) {
  const { db, now } = context
  const { id } = await peerOf(context, c.req.param('id'))
  const choice = textOf(c.var.form, 'choix')
  if (choice !== 'donner' && choice !== 'refuser')
    throw new DomainError('invalid', 'site.unreadable_form')
  const answer = choice === 'donner' ? 'granted' : 'refused'
  await inTransaction(db, (trx) => answerRecovery(trx, { peerId: id, answer }, now()))
  return done(context, c)
}

async function decide(context: Context, c: AboutOne) {
  const peer = await peerOf(context, c.req.param('id'))
  const action = c.req.param('action') as PeerAction
  const { form } = c.var
  const typed = { why: textOf(form, 'why'), words: textOf(form, 'words') }
  const read =
    action === 'refuser'
      ? readAdmissionReason(c, typed)
      : { reason: textOf(form, 'reason').slice(0, REASON_SENT_MAX) }
  if ('messages' in read)
    return admissionPage(c, context, peer, { values: typed, messages: read.messages })
  const by = authorOf(c.var.admin)
  const decision = { peer, seen: textOf(form, VERSION), reason: read.reason, by }
  if (await applyDecision(context, action, decision))
    return done(context, c, ANSWERED[action] ?? 'done')
  const values = { ...typed, words: typed.words || read.reason }
  return admissionPage(c, context, await peerOf(context, peer.id), {
    ...{ values, messages: [], isStale: true },
  })
}

const ANSWERED: Partial<Record<PeerAction, FlashKey>> = {
  accepter: 'siteAdmitted',
  refuser: 'siteRefused',
}

async function page(context: Context, c: Asked, shown: Partial<DirectoryPageProps> = {}) {
  const { db, now } = context
  const stopped = await listStoppedToday(db, now())
  return c.html(
    <DirectoryPage
      {...(await adminPropsFor(context, c))}
      now={now()}
      sites={await findSites(c, context)}
      recoveries={context.isDirectory ? await listRecoveries(db) : []}
      cutOffSince={await findCutOffSince(db)}
      joinings={context.isDirectory ? [] : await listJoinings(db)}
      unsent={await listUnsentJoins(db)}
      followings={(await listOtherFollowings(db)).map((following) => ({
        ...following,
        stoppedBy: stopped.get(following.peerId ?? ''),
      }))}
      receivedGroups={listArrivalGroups(await listHeldArrivals(db, now()))}
      received={
        await listHeldByDomain(db, {
          now: now(),
          page: readPage(c.req.query('recus')),
          domain: readDomainOf(c),
        })
      }
      undelivered={
        await listFailedDeliveries(db, {
          organizationId: c.var.admin.organization.id,
          now: now(),
        })
      }
      invitations={await listInvitations(db)}
      {...shown}
    />,
    shown.messages ? 422 : 200,
  )
}

/** Shows the page with a problem; `max` is the limit of a text that is too long. */
function refused(context: Context, c: Asked, name: string, code: ProblemCode, max?: number) {
  const lang = languageOf(c)
  const { wrong } = messagesFor(lang).admin.network
  const problem = { field: name, code, ...(max && { detail: String(max) }) }
  const message = wrong[`${name}.${code}`] ?? problemMessage(problem, lang)
  const messages: FieldMessage[] = [{ name, message }]
  return page(context, c, { values: c.var.form ? valuesOf(c.var.form) : c.req.query(), messages })
}

function done(context: Context, c: Asked, flash: FlashKey = 'done') {
  context.wake()
  return c.redirect(withFlash(paths.network, flash), 303)
}
