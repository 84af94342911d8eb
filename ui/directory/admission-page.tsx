import type { Peer } from '../../node/domain/federation/peer.ts'
import type { RequesterAnswer, RequesterCafe } from '../../node/domain/federation/requester.ts'
import { clock, longDate, relativePast } from '../../node/domain/values/date-text.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { Meanwhile, VERSION } from '../admin/meanwhile.tsx'
import { OuterLink } from '../components/external-link.tsx'
import {
  ActionButton,
  Choices,
  type FormState,
  SubmitButton,
  TextArea,
} from '../components/fields.tsx'
import { Form, Link, PostForm } from '../components/link.tsx'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths, telHref } from '../paths.ts'
import { kindText } from '../structures/cards.tsx'
import { ADMISSION_REASON_MAX, ADMISSION_REASONS } from './admission-reasons.ts'

/** POST `/administration/reseau/{id}/refuser`, GET `…/arreter`: `csrf`, `version`, `why` (one of `ADMISSION_REASONS`), `words`. */
export type AdmissionPageProps = AdminProps & {
  peer: Peer
  /** What the site answered just now. */
  asked: RequesterAnswer
  /** The site's territory, and its referents; where there is none, the team answers for it. */
  territory: { name: string; referents: readonly string[] } | undefined
  /** What the referents think of it. */
  advice: readonly { name: string; territory: string; reason: string }[]
  now: Temporal.Instant
  values: FormState['values']
  messages: FormState['messages']
  /** Whether somebody else answered since the page of the form that was sent; then nothing was done. */
  isStale?: boolean
}

/**
 * Shows one site that asks to be in the directory: what the team has to know, and the form for the answer, which can be
 * undone.
 */
export function AdmissionPage(props: AdmissionPageProps) {
  const { site, session, peer, asked, now, values, messages, flash } = props
  const t = messagesFor(site.lang)
  const texts = t.admission
  const labels = { why: texts.why, words: texts.words }
  const form: FormState = { values, messages, labels, hints: { words: texts.wordsHint }, t }
  const title = texts.title[peer.membership](peer.name)
  return (
    <AdminPage
      {...{ title, form, site, session, flash }}
      lead={
        peer.requestedAt &&
        sentenceCase(t.admin.network.askedOn(relativePast(peer.requestedAt, now, t.lang)))
      }
      current={paths.network}
      back={{ href: paths.network, label: texts.back }}
      narrow
    >
      {props.isStale && <Meanwhile words={t.admin.edits.meanwhile} edit={undefined} t={t} />}
      {peer.reason !== undefined && peer.membership !== 'member' && (
        <p>
          <UserText t={t}>{t.admin.home.reasonGiven(peer.reason)}</UserText>
        </p>
      )}
      <Facts {...props} t={t} />
      <FirstCafes asked={asked} t={t} />
      <Answer {...props} form={form} t={t} />
    </AdminPage>
  )
}

type Shown = AdmissionPageProps & { t: Messages }

function Facts({ peer, asked, territory, advice, t }: Shown) {
  const texts = t.admission
  const found = asked.outcome === 'found' ? asked : undefined
  const town = found?.address && [found.address.postalCode, found.address.commune]
  const unsaid = found ? texts.unsaid : texts.unknown
  return (
    <section aria-labelledby="qui">
      <h2 id="qui">{texts.who}</h2>
      {!found && <p class="notice">{texts.silent(peer.host)}</p>}
      <dl class="facts-list">
        <div>
          <dt>{texts.commune}</dt>
          <dd>{town ? town.filter(Boolean).join(' ') : unsaid}</dd>
        </div>
        <div>
          <dt>{texts.kind}</dt>
          <dd>{kindText(found?.kind, t) ?? unsaid}</dd>
        </div>
        <div>
          <dt>{texts.phone}</dt>
          <dd>
            {found?.phone ? (
              <>
                <Link href={telHref(found.phone)}>{found.phone.replaceAll(' ', '\u00a0')}</Link>{' '}
                <small>{texts.phoneSaid}</small>
              </>
            ) : (
              unsaid
            )}
          </dd>
        </div>
        <div>
          <dt>{texts.page}</dt>
          <dd>
            <OuterLink href={`${peer.origin}/`}>{peer.host}</OuterLink>
            {found?.website && (
              <>
                {', '}
                <OuterLink href={found.website}>{new URL(found.website).host}</OuterLink>
              </>
            )}
            {found && <small> {texts.answers}</small>}
          </dd>
        </div>
        <div>
          <dt>{texts.territory}</dt>
          <dd>
            {territory ? texts.answersFor(territory.name, territory.referents) : texts.noTerritory}
          </dd>
        </div>
        <div>
          <dt>{peer.admittedAt ? t.admin.network.joinCode : texts.invitation}</dt>
          <dd>
            <UserText t={t}>{peer.invitation ?? t.admin.network.noWords}</UserText>
          </dd>
        </div>
        {advice.map(({ name, territory: of, reason }) => (
          <div>
            <dt>{t.referentAdmin.adviceOf(name, of)}</dt>
            <dd>{reason}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** The states in which a café does not take place when it says. */
const OFF = ['cancelled', 'postponed'] as const

function FirstCafes({ asked, t }: Pick<AdmissionPageProps, 'asked'> & { t: Messages }) {
  const texts = t.admission
  const cafes = asked.outcome === 'found' ? asked.cafes : undefined
  return (
    <section aria-labelledby="cafes">
      <h2 id="cafes">{texts.cafes}</h2>
      {cafes === undefined && <p>{texts.unread}</p>}
      {cafes?.length === 0 && <p>{texts.noCafe}</p>}
      {cafes !== undefined && cafes.length > 0 && (
        <ul class="plain acts">
          {cafes.map((cafe) => (
            <li>
              {OFF.map(
                (status) =>
                  cafe.status === status && <span class="state">{t.cafe.state[status]}</span>,
              )}
              <OuterLink href={cafe.url}>
                <UserText t={t}>{cafe.title}</UserText>
              </OuterLink>
              <br />
              <small>{whenAndWhere(cafe, t)}</small>
              {cafe.hasPrice && <p class="fine warn">{texts.priced}</p>}
              {cafe.openTo === 'reserved' && <p class="fine">{t.cafe.reserved}</p>}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function whenAndWhere({ startsAt, timezone, commune }: RequesterCafe, { lang }: Messages): string {
  const start = startsAt.toZonedDateTimeISO(timezone)
  const when = `${sentenceCase(longDate(start, lang))}, ${clock(start, lang)}`
  return commune ? `${when}, ${commune}` : when
}

/**
 * The buttons of the answer: to accept where the site is not a member; to refuse, with a reason that its team reads,
 * where it is not refused yet.
 */
function Answer({ form, t, ...props }: Shown & { form: FormState }) {
  const { peer, session } = props
  const texts = t.admission
  const { csrf } = session
  const isIn = peer.membership === 'member'
  const mayEnter =
    peer.membership === 'requested' ||
    peer.membership === 'refused' ||
    (peer.membership === 'left' && peer.reason !== undefined)
  const mayRefuse = isIn || peer.membership === 'requested'
  return (
    <section aria-labelledby="reponse">
      <h2 id="reponse">{texts.answer}</h2>
      {mayEnter && (
        <>
          <p>{texts.acceptEffect}</p>
          <div class="buttons">
            <PostForm csrf={csrf} action={paths.peerAction(peer.id, 'accepter')} class="inline">
              <input type="hidden" name={VERSION} value={peer.membership} />
              <button type="submit" class="button small">
                {peer.membership === 'requested' ? texts.accept : texts.acceptAfterAll}
              </button>
            </PostForm>
          </div>
        </>
      )}
      {mayRefuse && (
        <details class="more-fields" open={form.messages.length > 0 || props.isStale}>
          <summary>{isIn ? texts.dismissWhy : texts.refuseWhy}</summary>
          <Form
            method={isIn ? 'get' : 'post'}
            csrf={isIn ? undefined : csrf}
            action={paths.peerAction(peer.id, isIn ? 'arreter' : 'refuser')}
            class="stack"
            novalidate
          >
            <input type="hidden" name={VERSION} value={peer.membership} />
            <Choices
              form={form}
              name="why"
              type="radio"
              choices={ADMISSION_REASONS.map((reason) => [reason, texts.reasons[reason]])}
            />
            <TextArea form={form} name="words" rows={3} max={ADMISSION_REASON_MAX} />
            <SubmitButton danger>{isIn ? texts.dismiss : texts.refuse}</SubmitButton>
          </Form>
        </details>
      )}
      {(mayEnter || mayRefuse) && <p class="fine">{texts.undone}</p>}
      <div class="buttons">
        {isIn && peer.failingSince && (
          <ActionButton action={paths.peerAction(peer.id, 'reessayer')} csrf={csrf} quiet>
            {t.admin.network.retry}
          </ActionButton>
        )}
        <Link class="button quiet small" href={paths.peerAction(peer.id, 'bloquer')}>
          {t.admin.network.block}
        </Link>
      </div>
    </section>
  )
}
