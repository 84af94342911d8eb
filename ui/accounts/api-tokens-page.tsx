import { TOKEN_SCOPES, type TokenScope } from '../../node/domain/structures/token-scope.ts'
import { longDate, relativePast } from '../../node/domain/values/date-text.ts'
import { dayInParis } from '../../node/domain/values/days.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { Rows } from '../admin/list.tsx'
import { Choices, type FieldMessage, type FormState, InputField } from '../components/fields.tsx'
import { Link } from '../components/link.tsx'
import { PanelForm } from '../components/panel-form.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** The maximum length of a label, in characters. The label helps the team to recognise a token. */
export const TOKEN_LABEL_MAX = 100

type ApiToken = {
  id: string
  label: string
  scopes: readonly TokenScope[]
  author: string | undefined
  createdAt: Temporal.Instant
  expiresAt: Temporal.Instant | undefined
  lastUsedAt: Temporal.Instant | undefined
}

/** POST `/administration/jetons`: `csrf`, `label`, `scope` (some of `TOKEN_SCOPES`), perhaps `endsOn` (ISO 8601). */
export type TokensPageProps = AdminProps & {
  tokens: ApiToken[]
  now: Temporal.Instant
  /** The token that was just made; it is shown in this answer only. */
  created?: string | undefined
  values?: { label: string; scope: readonly string[]; endsOn: string } | undefined
  messages?: FieldMessage[] | undefined
}

export function TokensPage(props: TokensPageProps) {
  const { site, session, tokens, now, created } = props
  const t = messagesFor(site.lang)
  const texts = t.admin.tokens
  const form: FormState = {
    values: props.values ?? {
      label: '',
      scope: TOKEN_SCOPES.filter((one) => one !== 'registrations'),
      endsOn: '',
    },
    messages: props.messages ?? [],
    labels: { label: texts.name, scope: texts.scope, endsOn: texts.end },
    hints: { label: texts.nameHint, scope: texts.scopeHint, endsOn: texts.endHint },
    t,
  }
  return (
    <AdminPage
      title={texts.title}
      form={form}
      lead={texts.lead}
      {...{ site, session }}
      current={paths.tokens}
      flash={props.flash}
    >
      {created && (
        <div class="panel secret" role="status">
          <h2>{texts.created}</h2>
          <p>
            <code>{created}</code>
          </p>
          <p>
            {texts.once} {texts.keep}
          </p>
        </div>
      )}
      <Tokens tokens={tokens} now={now} t={t} />
      <p>
        <Link href={paths.webhooks}>{t.admin.webhooks.fromTokens}</Link>
      </p>
      <PanelForm
        id="creer"
        heading={texts.create}
        action={paths.tokens}
        csrf={session.csrf}
        submit={texts.submit}
      >
        <InputField form={form} name="label" required max={TOKEN_LABEL_MAX} />
        <Choices
          form={form}
          name="scope"
          type="checkbox"
          choices={TOKEN_SCOPES.map((scope) => [scope, texts.scopes[scope]])}
        />
        <InputField form={form} name="endsOn" type="date" short optional />
      </PanelForm>
    </AdminPage>
  )
}

type TokensProps = { tokens: ApiToken[]; now: Temporal.Instant; t: Messages }

const Tokens = ({ tokens, now, t }: TokensProps) => {
  const { col, ...texts } = t.admin.tokens
  return (
    <Rows
      rows={tokens}
      none={texts.none}
      t={t}
      columns={[
        [col.name, (token) => token.label],
        [col.scopes, (token) => token.scopes.map((scope) => texts.scopes[scope]).join(', ')],
        [col.author, (token) => token.author ?? texts.byCommand],
        [col.created, (token) => relativePast(token.createdAt, now, t.lang)],
        [col.end, (token) => endOf(token, { now, t })],
        [
          col.used,
          (token) => (token.lastUsedAt ? relativePast(token.lastUsedAt, now, t.lang) : texts.never),
        ],
        [
          col.actions,
          (token) => (
            <Link class="button quiet small" href={paths.revokeToken(token.id)}>
              {texts.revoke}
              <span class="unseen">{t.admin.home.about(token.label)}</span>
            </Link>
          ),
        ],
      ]}
    />
  )
}

/** Returns the last day on which the token works, in the time zone of France, where it was chosen. */
function endOf(
  { expiresAt }: ApiToken,
  { now, t }: { now: Temporal.Instant; t: Messages },
): string {
  const { noEnd, over } = t.admin.tokens
  if (!expiresAt) return noEnd
  if (Temporal.Instant.compare(expiresAt, now) <= 0) return over
  return longDate(dayInParis(expiresAt.subtract({ hours: 1 })), t.lang)
}
