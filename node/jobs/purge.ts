import type { Context } from '../context.ts'
import { CLOCK } from '../domain/cafes/edit.ts'
import { MEASURED_DAYS } from '../domain/monitoring/measure.ts'
import { RETENTION_DAYS } from '../domain/values/retention.ts'
import { deleteOldActs } from '../store/accounts/acts.ts'
import { deleteDeadLinks } from '../store/accounts/links.ts'
import { deleteExpiredSessions } from '../store/accounts/sessions.ts'
import { deleteExpiredTeamInvitations } from '../store/accounts/team-invitations.ts'
import { endBlocks } from '../store/blocking.ts'
import { deleteSeriesWithoutDates } from '../store/cafes/series/outline.ts'
import { isPostgres } from '../store/database/dialect.ts'
import { countErasedCafe } from '../store/database/write-log/erased-cafes.ts'
import { forgetRetiredKeys } from '../store/directory/actor-keys.ts'
import { listEndedBlocks } from '../store/directory/blocks.ts'
import { deleteOldDeletions } from '../store/directory/deletions.ts'
import { deleteIdleHosts } from '../store/directory/hosts.ts'
import { eraseRefusedRequests, listPeersLeftBefore } from '../store/directory/peers.ts'
import { deleteStaleRemoteActors } from '../store/directory/remote-actors.ts'
import { deleteOldContactMessages } from '../store/facilitators/contact-messages.ts'
import {
  deleteForgottenFacilitators,
  listLapsedFacilitators,
} from '../store/facilitators/own-profiles.ts'
import { withdrawFacilitator } from '../store/facilitators/publication.ts'
import { deleteAnnouncedBefore } from '../store/feeds/announced.ts'
import { deleteFeedDaysBefore } from '../store/feeds/feeds.ts'
import { refuseOldRequests } from '../store/feeds/stamps.ts'
import { deleteUnusedMedia, listMediaIds } from '../store/files/media.ts'
import { deleteMediaFiles } from '../store/files/media-storage.ts'
import { deleteOldFlags } from '../store/flags/forget-flags.ts'
import { deletePeer } from '../store/memberships.ts'
import { deleteMeasuresBefore } from '../store/monitoring/hour-measures.ts'
import { deleteSpentActivities } from '../store/queues/activities.ts'
import { deleteCafePacesBefore } from '../store/queues/cafe-pace.ts'
import { deleteDoneChanges } from '../store/queues/changes.ts'
import { deleteCountedBefore } from '../store/queues/counters.ts'
import { deleteDeliveriesFailedBefore } from '../store/queues/failed-deliveries.ts'
import { deleteIdempotentAnswers } from '../store/queues/idempotency.ts'
import { deleteOldMails } from '../store/queues/mails.ts'
import { deletePeerDaysBefore } from '../store/queues/peer-days.ts'
import { deleteExpiredRateLimits } from '../store/queues/rate-limits.ts'
import { deleteSeenBefore } from '../store/queues/received-activities.ts'
import { deleteSharesBefore, recountShares } from '../store/queues/shares.ts'
import { deleteTasksBefore } from '../store/queues/tasks.ts'
import { deleteExpiredAttestations } from '../store/referents/attestations.ts'
import { deleteOldReferents } from '../store/referents/referents.ts'
import { deleteOldRegistrations } from '../store/registrations/purge.ts'
import { deleteEmptyGroups } from '../store/reports/asked-questions.ts'
import { deleteGoneListings } from '../store/search/changed-cafes.ts'
import { deleteOldSuggestions } from '../store/suggestions/suggestions.ts'
import { deleteExpiredAlerts } from '../store/territories/alerts.ts'
import { deleteOldRequestHashes } from '../store/territories/requests.ts'

const DAY = 24

/** Deletes what is kept for a time only, so that no table grows without end. */
export async function purge({
  db,
  config,
  now,
  isDirectory,
}: Pick<Context, 'db' | 'config' | 'now' | 'isDirectory'>): Promise<void> {
  const ago = (days: number) => now().subtract({ hours: days * DAY })
  await deleteSeenBefore(db, ago(35))
  await deleteTasksBefore(db, ago(7))
  await deletePeerDaysBefore(db, ago(7))
  await deleteDoneChanges(db, ago(30))
  await deleteCafePacesBefore(db, ago(1))
  await deleteDeliveriesFailedBefore(db, ago(90))
  await deleteSpentActivities(db, ago(2))
  await deleteOldDeletions(db, now())
  await deleteGoneListings(db, ago(400))
  await refuseOldRequests(db, now())
  await deleteOldContactMessages(db, ago(RETENTION_DAYS.contactMessage))
  await deleteIdleHosts(db, ago(90))
  await deleteCountedBefore(db, ago(400))
  await deleteMeasuresBefore(db, ago(MEASURED_DAYS + 1))
  await deleteSharesBefore(db, ago(2).toZonedDateTimeISO('UTC').toPlainDate())
  await recountShares(db)
  await deleteStaleRemoteActors(db, ago(RETENTION_DAYS.remoteActor))
  await deleteAnnouncedBefore(db, ago(400))
  await deleteSeriesWithoutDates(db)
  await deleteFeedDaysBefore(db, ago(35).toZonedDateTimeISO('UTC').toPlainDate())
  await deleteIdempotentAnswers(db, ago(7))
  await deleteExpiredSessions(db, now())
  await deleteExpiredTeamInvitations(db, now())
  await deleteOldMails(db, now())
  await deleteExpiredAlerts(db, now())
  await deleteOldRegistrations(db, now(), config.registrationDays)
  await deleteOldSuggestions(db, now())
  await deleteEmptyGroups(db)
  await deleteExpiredRateLimits(db, now())
  await deleteOldRequestHashes(db, now())
  await deleteForgottenFacilitators(db, now())
  for (const id of await listLapsedFacilitators(db, now())) await withdrawFacilitator(db, id, now())
  await deleteExpiredAttestations(db, now())
  await deleteOldReferents(db, now())
  await forgetRetiredKeys(db, now())
  await deleteDeadLinks(db, now())
  await deleteOldActs(db, now())
  await deleteOldFlags(db, now())
  const targets = await listEndedBlocks(db, now())
  if (targets.length > 0) await endBlocks(db, { targets, by: CLOCK, isDirectory }, now())
  for (const peer of await listPeersLeftBefore(db, ago(RETENTION_DAYS.formerPeer)))
    await deletePeer(db, peer.id)
  await eraseRefusedRequests(db, ago(RETENTION_DAYS.formerPeer))
  await deleteUnusedMedia(db, ago(1))
  // What texts of cafés said of people who are in no list of names is in their files until this night.
  if (!isPostgres(db)) await countErasedCafe(db)
  await deleteMediaFiles({ db, config }, { known: await listMediaIds(db), before: ago(1) })
}
