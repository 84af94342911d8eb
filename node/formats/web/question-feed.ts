import { Feed } from 'feed'
import type { ShownQuestion } from '../../domain/reports/question.ts'
import { dayInParis } from '../../domain/values/days.ts'
import { escapeHtml } from '../../domain/values/escape-html.ts'
import { cleanText, LINE_MAX } from '../text/clean-text.ts'
import type { FeedAbout } from './feeds.ts'

/** A question and what the feed says of it. */
type FeedQuestion = Pick<ShownQuestion, 'text' | 'lastOn'> & { url: string; summary: string }

/** Writes questions as Atom 1.0 (RFC 4287), in the given order. An entry is updated when its question comes up again. */
export function toQuestionFeed(questions: readonly FeedQuestion[], about: FeedAbout): string {
  const days = questions.map(({ lastOn }) => toDate(lastOn).getTime())
  const today = toDate(dayInParis(about.now))
  const feed = new Feed({
    id: about.url,
    title: cleanText(about.name, LINE_MAX),
    description: cleanText(about.description, LINE_MAX),
    link: about.page,
    feed: about.url,
    updated: days.length > 0 ? new Date(Math.max(...days)) : today,
    author: { name: cleanText(about.author, LINE_MAX), link: about.page },
    copyright: 'Licence Ouverte 2.0',
    generator: 'Café IA',
  })
  for (const { text, url, summary, lastOn } of questions)
    feed.addItem({
      id: url,
      link: url,
      title: escapeHtml(cleanText(text, LINE_MAX)),
      description: escapeHtml(summary),
      date: toDate(lastOn),
    })
  return feed.atom1()
}

/** A day is told at its beginning in UTC, since the hour of a café says nothing of when it was noted. */
const toDate = (day: Temporal.PlainDate): Date => new Date(`${day}T00:00:00Z`)
