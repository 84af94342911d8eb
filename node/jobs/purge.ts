import type { Context } from '../context.ts'
import { deleteSpentActivities } from '../store/activities.ts'
import { deleteExpiredAlerts } from '../store/alerts.ts'
import { deleteAnnouncedBefore } from '../store/announced.ts'
import { deleteExpiredAttestations } from '../store/attestations.ts'
import { deleteCafePacesBefore } from '../store/cafe-pace.ts'
import { deleteDoneChanges } from '../store/changes.ts'
import { deleteOldContactMessages } from '../store/contact-messages.ts'
import { deleteCountedBefore } from '../store/counted.ts'
import { deleteDeliveriesParkedBefore } from '../store/deliveries.ts'
import { deleteOldVoices } from '../store/demands.ts'
import { deleteErasedBefore } from '../store/erasures.ts'
import { deleteFeedDaysBefore } from '../store/feeds.ts'
import { deleteIdleHosts } from '../store/hosts.ts'
import { deleteIdempotentAnswers } from '../store/idempotency.ts'
import { deleteDeadLinks } from '../store/links.ts'
import { deleteOldMails } from '../store/mails.ts'
import { deleteUnusedMedia, listMediaIds } from '../store/media.ts'
import { deleteMediaFiles } from '../store/media-files.ts'
import { deleteForgottenFacilitators, listForsakenFacilitators } from '../store/own-facilitators.ts'
import { deletePeerDaysBefore } from '../store/peer-days.ts'
import { deletePeer, listPeersLeftBefore } from '../store/peers.ts'
import { withdrawFacilitator } from '../store/publish-facilitator.ts'
import { deleteExpiredRateLimits } from '../store/rate-limits.ts'
import { forgetReferents } from '../store/referents.ts'
import { deleteStaleRemoteActors } from '../store/remote-actors.ts'
import { deleteSeenBefore } from '../store/seen.ts'
import { deleteExpiredSessions } from '../store/sessions.ts'
import { deleteSharesBefore, recountShares } from '../store/shares.ts'
import { deleteTasksBefore } from '../store/tasks.ts'
import { deleteExpiredTeamInvitations } from '../store/team-invitations.ts'
import { deleteIdleTombstones } from '../store/tombstones.ts'

const DAY = 24

/** What is kept for a time only, so that no table grows without end. */
export async function purge({
  db,
  config,
  now,
}: Pick<Context, 'db' | 'config' | 'now'>): Promise<void> {
  const ago = (days: number) => now().subtract({ hours: days * DAY })
  await deleteSeenBefore(db, ago(35))
  await deleteTasksBefore(db, ago(7))
  await deletePeerDaysBefore(db, ago(7))
  await deleteDoneChanges(db, ago(30))
  await deleteCafePacesBefore(db, ago(1))
  await deleteDeliveriesParkedBefore(db, ago(90))
  await deleteSpentActivities(db, ago(2))
  await deleteIdleTombstones(db, now())
  await deleteOldContactMessages(db, ago(7))
  await deleteIdleHosts(db, ago(90))
  await deleteErasedBefore(db, ago(400))
  await deleteCountedBefore(db, ago(400))
  await deleteSharesBefore(db, ago(2).toZonedDateTimeISO('UTC').toPlainDate())
  await recountShares(db)
  await deleteStaleRemoteActors(db, ago(30))
  await deleteAnnouncedBefore(db, ago(400))
  await deleteFeedDaysBefore(db, ago(35).toZonedDateTimeISO('UTC').toPlainDate())
  await deleteIdempotentAnswers(db, ago(7))
  await deleteExpiredSessions(db, now())
  await deleteExpiredTeamInvitations(db, now())
  await deleteOldMails(db, now())
  await deleteExpiredAlerts(db, now())
  await deleteExpiredRateLimits(db, now())
  await deleteOldVoices(db, now())
  await deleteForgottenFacilitators(db, now())
  for (const id of await listForsakenFacilitators(db, now()))
    await withdrawFacilitator(db, id, now())
  await deleteExpiredAttestations(db, now())
  await forgetReferents(db, now())
  await deleteDeadLinks(db, now())
  for (const peer of await listPeersLeftBefore(db, ago(30))) await deletePeer(db, peer.id)
  await deleteUnusedMedia(db, ago(1))
  await deleteMediaFiles({ db, config }, { known: await listMediaIds(db), before: ago(1) })
}
