import type { Child } from 'hono/jsx'
import type { Facilitator, LedCafes } from '../../node/domain/facilitators/facilitator.ts'
import { monthAndYear } from '../../node/domain/values/date-text.ts'
import { dayInParis } from '../../node/domain/values/days.ts'
import { isStoredImage } from '../../node/domain/values/image.ts'
import { languageName } from '../cafes/details.tsx'
import { Drawn } from '../components/drawn.tsx'
import { Link } from '../components/link.tsx'
import { Picture } from '../components/photo.tsx'
import { UserText } from '../components/user-text.tsx'
import { CUP } from '../drawings/cup.ts'
import type { Messages } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { telHref } from '../paths.ts'

/** A profile with the fields that its reader may see (`visibleTo`), and the name of its territory. */
export type ShownFacilitator = {
  facilitator: Facilitator
  territory: string | undefined
  /** This directory's copy of the photo of a person of another site. */
  copy?: PhotoCopy | undefined
}

type PhotoCopy = { src: string; width: number; height: number }

/** The photo, our own file or a copy; otherwise a drawing, which shows nobody. */
export const Portrait = ({
  facilitator: { photo },
  copy,
  isDecoration = false,
}: Pick<ShownFacilitator, 'facilitator' | 'copy'> & { isDecoration?: boolean }) => {
  if (isStoredImage(photo))
    return (
      <Picture
        image={photo}
        name="thumb"
        sizes={isDecoration ? '5rem' : '(min-width: 40rem) 13rem, 7rem'}
        isDecoration={isDecoration}
        lazy={isDecoration}
      />
    )
  if (!photo || !copy)
    return (
      <div class="thumb">
        <Drawn drawing={CUP} />
      </div>
    )
  return (
    <img
      class="thumb"
      src={copy.src}
      alt={isDecoration ? '' : photo.alt}
      width={copy.width}
      height={copy.height}
      loading={isDecoration ? 'lazy' : undefined}
    />
  )
}

type ProfileProps = ShownFacilitator & {
  /** The name and what else its heading holds. */
  heading: Child
  /** What one does next, on top of the facts. */
  action?: Child
  led?: LedCafes | undefined
  /** What follows the words and topics of the person. */
  children?: Child
  t: Messages
}

/**
 * Shows a whole profile: the portrait and the person's own words, then the facts on one card, then topics and formats.
 * The person sees the same before they agree.
 */
export function FacilitatorProfile({ heading, action, led, children, t, ...shown }: ProfileProps) {
  const { facilitator } = shown
  const where = whereOf(shown, t)
  return (
    <div class="cafe-page">
      <div>
        <div class="person">
          <Portrait {...shown} />
          <div>
            <p class="kicker">{t.facilitator.role[facilitator.word]}</p>
            {heading}
            {where && <p class="lead">{where}</p>}
          </div>
        </div>
        {facilitator.presentation && (
          <blockquote class="own-words typed">
            <UserText t={t}>{facilitator.presentation}</UserText>
          </blockquote>
        )}
      </div>
      <ProfileFacts facilitator={facilitator} action={action} led={led} t={t} />
      <div>
        <Topics heading={t.facilitator.facts.themes} topics={facilitator.themes} t={t} />
        <Topics heading={t.facilitator.facts.formats} topics={facilitator.formats} t={t} />
        {children}
      </div>
    </div>
  )
}

type FactsProps = Pick<ProfileProps, 'facilitator' | 'action' | 'led' | 't'>

function ProfileFacts({ facilitator, action, led, t }: FactsProps) {
  const texts = t.facilitator
  const facts: [string, Child][] = [
    [
      texts.facts.availability,
      facilitator.availability && <UserText t={t}>{facilitator.availability}</UserText>,
    ],
    [
      texts.facts.languages,
      sentenceCase(facilitator.languages.map((tag) => languageName(tag, t)).join(', ')),
    ],
    [texts.facts.status, facilitator.status && texts.statuses[facilitator.status]],
    [texts.facts.training, trainingOf(facilitator, t)],
    [texts.facts.led, led && texts.led(led.total, monthAndYear(dayInParis(led.first), t.lang))],
  ]
  const known = facts.filter(([, value]) => value)
  const hasContact = facilitator.contact === 'shown' && facilitator.shownContact
  if (known.length === 0 && !hasContact && !action) return null
  return (
    <div class="facts-card">
      {action}
      <dl class="facts-list">
        {known.map(([label, value]) => (
          <div>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <ShownContact person={facilitator} t={t} />
      </dl>
    </div>
  )
}

type TopicsProps = { heading: string; topics: readonly string[]; t: Messages }

const Topics = ({ heading, topics, t }: TopicsProps) =>
  topics.length > 0 ? (
    <div class="topics">
      <p>
        <strong>{heading}</strong>
      </p>
      <ul class="tags">
        {topics.map((topic) => (
          <li>
            <UserText t={t}>{topic}</UserText>
          </li>
        ))}
      </ul>
    </div>
  ) : null

const whereOf = (
  { facilitator: { radiusKm }, territory }: ShownFacilitator,
  t: Messages,
): string | undefined => {
  if (territory === undefined) return undefined
  const { around, within } = t.facilitator.radius
  if (radiusKm === undefined) return territory
  return `${territory}, ${radiusKm === 0 ? within : around(radiusKm)}`
}

function trainingOf(
  { training, trainedOn }: Pick<Facilitator, 'training' | 'trainedOn'>,
  t: Messages,
): string | undefined {
  if (training === undefined || training === 'none') return undefined
  if (training !== 'trained' || trainedOn === undefined) return t.facilitator.trainings[training]
  const month = monthAndYear(Temporal.PlainYearMonth.from(trainedOn), t.lang)
  return t.facilitator.trainedSince(month)
}

export function ShownContact({
  person: { contact, shownContact },
  t,
}: {
  person: Pick<Facilitator, 'contact' | 'shownContact'>
  t: Messages
}) {
  if (contact !== 'shown' || !shownContact) return null
  const href = shownContact.includes('@') ? `mailto:${shownContact}` : telHref(shownContact)
  return (
    <div>
      <dt>{t.facilitator.facts.contact}</dt>
      <dd>
        <Link href={href}>{shownContact.replaceAll(' ', '\u00a0')}</Link>
      </dd>
    </div>
  )
}
