import type { BackupState } from '../../node/domain/backup/backup-state.ts'
import { longDate, momentText, relativePast } from '../../node/domain/values/date-text.ts'
import { dayInParis } from '../../node/domain/values/days.ts'
import { PostForm } from '../components/link.tsx'
import type { AdminSession } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { AdminPage, type AdminProps } from './layout.tsx'
import {
  type ClaimProps,
  ClaimsPart,
  formOfClaims,
  RestorationPart,
  type RestorationProps,
  VersionsPart,
} from './restored-parts.tsx'

export type BackupsPageProps = AdminProps & {
  /** Undefined before the first backup was due. */
  state: BackupState | undefined
  areDaily: boolean
  isLate: boolean
  /** The number of places to which backups go. */
  places: number
  /** What is held back since the site was restored; undefined when nothing is. */
  held: { announcements: number; mails: number } | undefined
  /** After a restore: the directories that the site asks what they know of it, and what they answered. */
  restoration?: RestorationProps | undefined
  claims?: ClaimProps | undefined
  /** How many versions of cafés the team has to choose from. */
  versions?: number
  now: Temporal.Instant
}

/** Shows whether there is a recent backup and, after a restore, what the team has to decide. */
export function BackupsPage(props: BackupsPageProps) {
  const { site, session, state, areDaily, isLate, held, now } = props
  const t = messagesFor(site.lang)
  const texts = t.safety.backups
  return (
    <AdminPage
      title={texts.title}
      form={props.claims && formOfClaims(props.claims, t)}
      {...{ site, session }}
      current={paths.backups}
      flash={props.flash}
    >
      {props.restoration && <RestorationPart {...props.restoration} {...{ session, t }} />}
      <VersionsPart total={props.versions ?? 0} t={t} />
      {props.claims && <ClaimsPart {...props.claims} t={t} />}
      {held && (
        <section class="panel" aria-labelledby="retenu">
          <h2 id="retenu">{texts.heldTitle}</h2>
          <p>{texts.held(held.announcements, held.mails)}</p>
          {held.announcements + held.mails > 0 ? (
            <>
              <p>{texts.heldHow}</p>
              <div class="buttons">
                <HeldForm session={session} choice="jeter" label={texts.drop} isFirst />
                <HeldForm session={session} choice="envoyer" label={texts.send} />
              </div>
            </>
          ) : (
            <HeldForm session={session} choice="jeter" label={texts.letGo} isFirst />
          )}
        </section>
      )}
      <DailyBackups {...{ state, areDaily, isLate, now, t }} />
      {areDaily && <BackUpNow {...{ session, t }} places={props.places} askedAt={state?.askedAt} />}
      <p>{texts.how}</p>
    </AdminPage>
  )
}

/** Shows when the last backup was made, what prevents the next one, and what to do about it. */
function DailyBackups({
  state,
  areDaily,
  isLate,
  now,
  t,
}: Pick<BackupsPageProps, 'state' | 'areDaily' | 'isLate' | 'now'> & { t: Messages }) {
  const texts = t.safety.backups
  if (!areDaily) return <p>{texts.off}</p>
  const last = state?.last
  const problem = state?.problem && (
    <p>
      {texts.problem} <span lang="fr">{state.problem}</span>
    </p>
  )
  const copySince = state?.copyFailingSince
  return (
    <>
      <p>
        {last
          ? texts.last(relativePast(last.at, now, t.lang), momentText(last.at, t.lang))
          : texts.none}
      </p>
      {isLate && (
        <section class="notice" aria-labelledby="en-retard">
          <h2 id="en-retard">{texts.lateTitle}</h2>
          <p>{texts.lateMeans}</p>
          {problem}
        </section>
      )}
      {copySince && (
        <section class="notice" aria-labelledby="copie">
          <h2 id="copie">{texts.copyTitle}</h2>
          <p>{texts.copyMeans(longDate(dayInParis(copySince), t.lang))}</p>
          {!isLate && problem}
          {state.copySettings?.map((setting) => (
            <p>{t.safety.copyTodo[setting]}</p>
          ))}
          <p>{t.safety.copyThen}</p>
        </section>
      )}
      {!isLate && !copySince && problem}
    </>
  )
}

type NowProps = Pick<BackupsPageProps, 'places'> & {
  session: AdminSession
  t: Messages
  askedAt: Temporal.Instant | undefined
}

/** A button for a backup at once; where somebody has pressed it, what comes of it. */
function BackUpNow({ session, t, places, askedAt }: NowProps) {
  const texts = t.safety.backups
  if (askedAt) return <p>{texts.asked(momentText(askedAt, t.lang), places)}</p>
  return (
    <div class="buttons">
      <PostForm csrf={session.csrf} action={paths.backUpNow} class="inline">
        <button type="submit" class="button quiet">
          {texts.now}
        </button>
      </PostForm>
    </div>
  )
}

type HeldFormProps = { session: AdminSession; choice: string; label: string; isFirst?: boolean }

const HeldForm = ({ session, choice, label, isFirst }: HeldFormProps) => (
  <PostForm csrf={session.csrf} action={paths.settleHeld} class="inline">
    <input type="hidden" name="choix" value={choice} />
    <button type="submit" class={isFirst ? 'button' : 'button quiet'}>
      {label}
    </button>
  </PostForm>
)
