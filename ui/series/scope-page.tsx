/**
 * Asks which dates of a series a changed form is for. POST `/administration/cafes/{id}`: all that the form held, and
 * `scope` = `one` | `following` | `all` · `kept.2027-03-18T18:30` = `keep` | `series` for each date with its own.
 */

import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import type { DateField } from '../../node/domain/series/series.ts'
import type { SeriesMessage } from '../../node/domain/series/series-message.ts'
import { longDate } from '../../node/domain/values/date-text.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import {
  type CafeAudience,
  MessagePreview,
  SeenElsewhere,
  WhatWillHappen,
} from '../cafes/audience.tsx'
import { DayTile } from '../cafes/series/several-dates.tsx'
import type { FormValues } from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths } from '../paths.ts'
import { OwnFields } from './own-fields.tsx'

/** Returns the name of the answer about a date that has its own. */
export const answerNameOf = (date: string): string => `kept.${date}`

/** A date to come that was changed by hand in one of the fields that are changed now, with all that was. */
type KeptDate = { date: string; cafe: Cafe; fields: readonly DateField[] }

export type ScopePageProps = AdminProps & {
  /** The café as it is announced, and as the form changes it. */
  before: Cafe
  after: Cafe
  /** The number of cafés to come from this date on, and of all. */
  following: number
  all: number
  kept: readonly KeptDate[]
  /** What followers read if the whole series is changed; undefined where it is no news for them. */
  told: SeriesMessage | undefined
  /** Whether followers have not heard of this date yet, since it is far. */
  isHeld: boolean
  /** Whether the day is moved in a way that the rule of the series cannot follow. */
  isForOneAlone: boolean
  values: FormValues
  audience: CafeAudience
}

/** This date, this one and the following, or the whole series. */
export function ScopePage(props: ScopePageProps) {
  const { site, session, before, after, kept, values, audience, isForOneAlone, isHeld } = props
  const t = messagesFor(site.lang)
  const texts = t.series.scope
  const day = longDate(startsAtPlace(before), t.lang)
  const choices = [
    ['one', texts.one, texts.oneHint(day)],
    ['following', texts.following, texts.followingHint(props.following)],
    ['all', texts.all, texts.allHint(props.all)],
  ] as const
  return (
    <AdminPage title={texts.title} {...{ site, session }} current={paths.adminCafes} narrow>
      <p class="panel">
        <strong>
          <UserText cafe={before} t={t}>
            {before.title}
          </UserText>
        </strong>
        <span class="line">{sentenceCase(day)}</span>
      </p>
      <PostForm csrf={session.csrf} action={paths.editCafe(before.id)}>
        {Object.entries(values).flatMap(([name, value]) =>
          [value].flat().map((text) => <input type="hidden" name={name} value={text} />),
        )}
        <fieldset>
          <legend class="unseen">{texts.title}</legend>
          <div class="answers">
            {choices.slice(0, isForOneAlone ? 1 : 3).map(([value, label, hint]) => (
              <label class="choice">
                <input type="radio" name="scope" value={value} checked={value === 'one'} />
                <span>
                  <strong>{label}</strong>
                  <span class="hint">{hint}</span>
                </span>
              </label>
            ))}
          </div>
          {isForOneAlone && <p class="hint">{texts.oneAlone}</p>}
        </fieldset>
        {kept.length > 0 && !isForOneAlone && <Kept kept={kept} t={t} />}
        {props.told && !isForOneAlone && (
          <MessagePreview caption={texts.toldOfAll} {...props.told} t={t} />
        )}
        <SeenElsewhere cafe={after} {...(!isHeld && { before })} t={t} />
        <WhatWillHappen
          audience={audience}
          deed="change"
          season={[texts.told, ...(isHeld ? [texts.toldLater] : [])]}
          t={t}
        />
        <p class="buttons">
          <button type="submit" class="button">
            {texts.submit}
          </button>
          <Link href={paths.editCafe(before.id)}>{t.admin.form.cancel}</Link>
        </p>
      </PostForm>
    </AdminPage>
  )
}

/** The dates that were changed by hand, each of which stays so or is taken back to the series. */
const Kept = ({ kept, t }: { kept: readonly KeptDate[]; t: Messages }) => (
  <section aria-labelledby="deja">
    <h2 id="deja">{t.series.scope.kept(kept.length)}</h2>
    <p class="hint">{t.series.scope.keptHint}</p>
    <ul class="rows to-see">
      {kept.map(({ date, cafe, fields }) => (
        <li>
          <DayTile day={startsAtPlace(cafe).toPlainDate()} t={t} />
          <OwnFields fields={fields} t={t} />
          <div class="do">
            <div
              class="switch small"
              role="radiogroup"
              aria-label={longDate(startsAtPlace(cafe), t.lang)}
            >
              {(['keep', 'series'] as const).map((answer) => (
                <label>
                  <input
                    type="radio"
                    name={answerNameOf(date)}
                    value={answer}
                    checked={answer === 'keep'}
                  />
                  {t.series.scope.answers[answer]}
                </label>
              ))}
            </div>
          </div>
        </li>
      ))}
    </ul>
  </section>
)
