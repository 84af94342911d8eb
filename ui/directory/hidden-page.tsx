import type { HiddenObject } from '../../node/domain/federation/hidden-object.ts'
import { relativePast } from '../../node/domain/values/date-text.ts'
import { numberText } from '../../node/domain/values/number-text.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { Rows } from '../admin/list.tsx'
import { OuterLink } from '../components/external-link.tsx'
import { type FieldMessage, InputField } from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { PanelForm } from '../components/panel-form.tsx'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** What this directory hides; GET `adresse` asks about one more, POST `uri` shows one again. */
export type HiddenPageProps = AdminProps & {
  hidden: readonly HiddenObject[]
  now: Temporal.Instant
  /** What was typed, and what is wrong with it. */
  address: string
  messages: FieldMessage[]
  /** The numbers that wait for the team. */
  uncounted?: readonly UncountedNumber[] | undefined
  /** A café of which it is asked whether all of it, its report or a question of it is meant. */
  choices?: { name: string; parts: readonly HiddenChoice[] } | undefined
}

type UncountedNumber = { cafeId: string; title: string; host: string; participants: number }

/** The picture of a café, its report or one of its questions; the reason where it is hidden already. */
type HiddenChoice = {
  kind: 'picture' | 'report' | 'question'
  address: string
  text: string | undefined
  hiddenReason: string | undefined
}

/** What is put after the address of a café where all of it is meant. */
export const WHOLE_CAFE = '#cafe'

export function HiddenPage({
  site,
  session,
  flash,
  hidden,
  now,
  address,
  messages,
  choices,
  uncounted = [],
}: HiddenPageProps) {
  const t = messagesFor(site.lang)
  const { hidden: texts, col } = t.admin.network
  const form = {
    values: { adresse: address },
    messages,
    labels: { adresse: texts.address },
    hints: { adresse: texts.addressHint },
    t,
  }
  return (
    <AdminPage
      title={texts.title}
      lead={texts.lead}
      back={{ href: paths.network, label: t.admin.network.title.hub }}
      current={paths.network}
      {...{ site, session, flash, form }}
    >
      {choices && <Choices {...{ choices, address, t }} />}
      <Rows
        rows={hidden}
        none={texts.none}
        t={t}
        columns={[
          [
            texts.what,
            ({ kind, name, uri, host }) => (
              <>
                <OuterLink href={uri}>
                  <UserText t={t}>{name}</UserText>
                </OuterLink>
                <span class="line">
                  {texts.kinds[kind]}, {host}
                </span>
              </>
            ),
          ],
          [col.reason, ({ reason }) => <UserText t={t}>{reason || '–'}</UserText>],
          [texts.since, ({ at }) => relativePast(at, now, t.lang)],
          [
            col.actions,
            ({ uri, name }) => (
              <PostForm csrf={session.csrf} action={paths.showObject} class="inline">
                <input type="hidden" name="uri" value={uri} />
                <button type="submit" class="button quiet small">
                  {texts.show}
                  <span class="unseen">{t.admin.network.on(name)}</span>
                </button>
              </PostForm>
            ),
          ],
        ]}
      />
      {uncounted.length > 0 && <Uncounted {...{ uncounted, csrf: session.csrf, t }} />}
      <PanelForm
        level={2}
        id="masquer"
        heading={texts.link}
        action={`${paths.hiddenObjects}/nouveau`}
        submit={texts.submit}
        method="get"
      >
        <InputField form={form} name="adresse" required />
      </PanelForm>
    </AdminPage>
  )
}

type ChoicesProps = {
  choices: NonNullable<HiddenPageProps['choices']>
  address: string
  t: Messages
}

function Choices({ choices: { name, parts }, address, t }: ChoicesProps) {
  const { hidden: texts } = t.admin.network
  return (
    <section class="panel" aria-labelledby="choix">
      <h2 id="choix">
        <UserText t={t}>{texts.choose(name)}</UserText>
      </h2>
      <ul>
        <li>
          <Link href={paths.hideObject(`${address}${WHOLE_CAFE}`)}>{texts.choices.cafe}</Link>
        </li>
        {parts
          .filter(({ hiddenReason }) => hiddenReason === undefined)
          .map((part) => (
            <li>
              <Link href={paths.hideObject(part.address)}>{texts.choices[part.kind]}</Link>
              {part.text && (
                <span class="line">
                  <UserText t={t}>{part.text}</UserText>
                </span>
              )}
            </li>
          ))}
      </ul>
    </section>
  )
}

type UncountedProps = { uncounted: readonly UncountedNumber[]; csrf: string; t: Messages }

function Uncounted({ uncounted, csrf, t }: UncountedProps) {
  const { hidden, col, on } = t.admin.network
  const { uncounted: texts } = hidden
  return (
    <section aria-labelledby="nombres">
      <h2 id="nombres">{texts.title}</h2>
      <p>{texts.lead}</p>
      <Rows
        rows={uncounted}
        none=""
        t={t}
        columns={[
          [
            hidden.kinds.cafe,
            ({ cafeId, title, host }) => (
              <>
                <Link href={paths.cafe(cafeId)}>
                  <UserText t={t}>{title}</UserText>
                </Link>
                <span class="line">{host}</span>
              </>
            ),
          ],
          [texts.number, ({ participants }) => numberText(participants, t.lang)],
          [
            col.actions,
            ({ cafeId, title, participants }) => (
              <PostForm csrf={csrf} action={paths.countReport} class="inline">
                <input type="hidden" name="cafe" value={cafeId} />
                <input type="hidden" name="participants" value={String(participants)} />
                <button type="submit" class="button quiet small">
                  {texts.submit}
                  <span class="unseen">{on(title)}</span>
                </button>
              </PostForm>
            ),
          ],
        ]}
      />
    </section>
  )
}
