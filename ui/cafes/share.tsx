import { type Cafe, pageOf } from '../../node/domain/cafes/cafe.ts'
import { whenText } from '../../node/domain/cafes/cafe-text.ts'
import { ShareButtons } from '../components/copy.tsx'
import { writeOnce } from '../components/drawn.tsx'
import { Link } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { placeOf } from './card.tsx'
import type { CafeState } from './state.ts'

type ShareProps = { cafe: Cafe; state: CafeState; t: Messages }

/**
 * Ways to share a café: by the device's own function, by mail, by its address or a QR code. No third party is involved.
 */
export function SharePanel({ cafe, state, t }: ShareProps) {
  const address = pageOf(cafe)
  return (
    <section class="share" aria-labelledby="partager">
      <h2 id="partager">{t.cafe.share.heading}</h2>
      <ul>
        <ShareButtons of="adresse-cafe" title={titleOf(cafe, state, t)} t={t} />
        <li>
          <Link href={mailHref(cafe, state, address, t)}>{t.cafe.share.byMail}</Link>
        </li>
        {cafe.publication === 'published' && (
          <li>
            <Link href={paths.cafeCode(cafe.id)}>{t.verify.code}</Link>
          </li>
        )}
        {cafe.publication === 'published' && (
          <li>
            <Link href={paths.cafeSheet(cafe.id, 'affiche')}>{t.kit.page.take}</Link>,{' '}
            <Link href={paths.cafeSheet(cafe.id, 'affiche', 'chaleureux')}>
              {t.kit.page.takeWarm}
            </Link>
          </li>
        )}
      </ul>
      <p class="fine" data-by-hand>
        {t.cafe.share.copy}{' '}
        <code class="address" id="adresse-cafe">
          {address}
        </code>
      </p>
    </section>
  )
}

/**
 * The café's address and its code, on paper only. The picture is loaded when the page is printed: browsers load lazy
 * pictures then, and none that is not displayed.
 */
export const PrintedAddress = ({ cafe }: { cafe: Cafe }) => (
  <p class="printed-address">
    {cafe.publication === 'published' && (
      <img src={paths.cafeCode(cafe.id)} alt="" width="120" height="120" loading="lazy" />
    )}
    <span>{pageOf(cafe).replace(/^https?:\/\//u, '')}</span>
  </p>
)

/** Says what « Ajouter à mon agenda » does, and how to learn of changes. */
export const CalendarHelp = ({ t }: { t: Messages }) =>
  writeOnce(t, 'calendar help', () => (
    <details class="calendar-help">
      <summary>{t.cafe.keep.heading}</summary>
      <p>{t.cafe.keep.how}</p>
      <p>
        {t.cafe.keep.changes} <Link href={paths.followPage}>{t.cafe.keep.subscribe}</Link>
      </p>
    </details>
  ))

const titleOf = (cafe: Cafe, state: CafeState, t: Messages): string =>
  `${state ? t.cafe.state[state] : ''}${cafe.title}`

function mailHref(cafe: Cafe, state: CafeState, address: string, t: Messages): string {
  const isDated = state !== 'postponed' && !cafe.isUndated
  const when = isDated ? whenText(cafe, t.lang) : t.cafe.dateToCome
  const subject = titleOf(cafe, state, t)
  const lines = [subject, when, placeOf(cafe, t), address]
  const body = lines.filter(Boolean).join('\r\n')
  return `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`
}
