import type { Config } from '../../config.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { horizonOf } from '../../domain/cafes/horizon.ts'
import { contentAt, type Series } from '../../domain/series/series.ts'
import type { SeriesHome } from '../../store/series/plan-dates.ts'
import type { Organization } from '../../store/structures/organizations.ts'
import { organizerOf } from '../workspaces/organizer.ts'

/** Returns who announces the cafés of a structure's series, and how far ahead. */
export const homeOf = ({
  config,
  organization,
}: {
  config: Config
  organization: Organization
}): SeriesHome => ({
  organizer: organizerOf(config, organization),
  origin: config.origin,
  horizon: horizonOf(config),
})

/** Returns a café as the series says that each of its dates is, at the first one. */
export const sampleOf = (series: Series, organizer: Cafe['organizer']): Cafe => ({
  ...contentAt(series, series.recurrence.start),
  ...{ id: series.id, uri: series.uri, url: series.uri, uid: series.uri },
  ...{ recurrenceId: undefined, reference: undefined, series: undefined },
  ...{ organizationId: series.organizationId, peerId: undefined, organizer },
  ...{ publication: 'draft', publishAt: undefined, publishedAt: undefined },
  ...{ updatedAt: series.updatedAt, confirmedAt: undefined, hiddenReason: undefined },
})
