import { type Feed, feedPath, feedText } from '../../node/domain/territories/feed.ts'
import { escapeHtml } from '../../node/domain/values/escape-html.ts'
import type { Database } from '../../node/store/database/database.ts'
import { countFeedCafesToCome } from '../../node/store/feeds/cafes.ts'
import type { OwnActor } from './own-actor.ts'

/**
 * Returns the actor of a feed, with its texts in French; `directory` is the name of the directory that has the feed.
 */
export function toFeedActor(feed: Feed, directory: string): OwnActor {
  const words = feedText(feed)
  const names: Record<Feed['kind'], string> = {
    national: directory,
    online: 'en ligne',
    region: feed.title,
    network: feed.title,
    departement: feed.code === '' ? feed.title : `${feed.title} (${feed.code})`,
  }
  return {
    identifier: feed.name,
    type: 'Group',
    name: `Cafés IA – ${names[feed.kind]}`,
    summaryHtml: [
      `<p>Les cafés IA ${escapeHtml(words)} : des rencontres gratuites pour parler d’intelligence artificielle.</p>`,
      '<p>Ce compte annonce chaque café une seule fois, dit ce qui change ou ce qui est annulé, et rappelle chaque lundi les cafés de la semaine. ',
      'Personne ne lit les réponses ici : pour une question, écrivez au lieu.</p>',
    ].join(''),
    facts: [],
    path: feedPath(feed),
    listsPlaces: feed.kind === 'departement',
  }
}

/** Returns the counts of a feed, which change from day to day, as rows of its profile. */
export async function countsOfFeed(
  db: Database,
  feed: Feed,
  { origin, now }: { origin: string; now: Temporal.Instant },
): Promise<OwnActor['facts']> {
  const href = escapeHtml(`${origin}${feedPath(feed)}`)
  return [
    { name: 'Cafés à venir', value: String(await countFeedCafesToCome(db, feed, now)) },
    { name: 'Tous les cafés', value: `<a href="${href}">${href}</a>` },
  ]
}
