import {
  type Cafe,
  type CafeContent,
  isPast,
  type Publication,
  startsAtPlace,
} from '../../../domain/cafes/cafe.ts'
import { readTime } from '../../../domain/cafes/cafe-input.ts'
import type { Problem } from '../../../domain/values/problem.ts'
import { textOf } from '../../http/forms.ts'
import { problemsOfTime, readDayAndTime } from '../day-and-time.ts'

/** When a café is published: at once, at an hour, or not yet. */
export type Held = { publication: Publication; publishAt: Temporal.Instant | undefined }

type Surroundings = {
  current: Cafe | undefined
  /** Undefined when another field is wrong. */
  content: CafeContent | undefined
  now: Temporal.Instant
}

/** Reads the button that was pressed, and the hour beside it. A published café stays published. */
export function readPublication(
  form: FormData,
  { current, content, now }: Surroundings,
): { held: Held; problems: Problem[] } {
  const isDraft = textOf(form, 'save') === 'draft'
  const atOnce: Held = { publication: isDraft ? 'draft' : 'published', publishAt: undefined }
  const [day, time] = [textOf(form, 'publishDate'), textOf(form, 'publishTime')]
  if (current?.publication === 'published' || (day === '' && time === ''))
    return { held: atOnce, problems: [] }
  const at = readDayAndTime(day, time)
  const wrong = problemsOfTime(at, { day: 'publishDate', time: 'publishTime' }, true)
  if (wrong.length > 0 || !content || !at.local) return { held: atOnce, problems: wrong }
  const publishAt = readTime(at.local, content.timezone)
  if (!publishAt) return { held: atOnce, problems: [{ field: 'publishDate', code: 'not_a_date' }] }
  const held: Held = { publication: isDraft ? 'draft' : 'scheduled', publishAt }
  return { held, problems: isDraft ? [] : problemsOfHour(publishAt, content, now) }
}

function problemsOfHour(
  publishAt: Temporal.Instant,
  { startsAt }: CafeContent,
  now: Temporal.Instant,
): Problem[] {
  if (Temporal.Instant.compare(publishAt, now) <= 0)
    return [{ field: 'publishDate', code: 'in_the_past' }]
  if (Temporal.Instant.compare(publishAt, startsAt) >= 0)
    return [{ field: 'publishDate', code: 'published_too_late' }]
  return []
}

/** Returns why one click may not announce a café: it is over, or its day, hour or place is not known yet. */
export function problemOfPublishing(cafe: Cafe, now: Temporal.Instant): Problem | undefined {
  if (cafe.isUndated) return { field: 'date', code: 'required' }
  if (!cafe.venue && cafe.attendanceMode !== 'online')
    return { field: 'venue', code: 'venue_required' }
  if (isPast(cafe, now)) return { field: 'startsAt', code: 'in_the_past' }
  const { hour, minute } = startsAtPlace(cafe)
  return hour === 0 && minute === 0 ? { field: 'time', code: 'required' } : undefined
}
