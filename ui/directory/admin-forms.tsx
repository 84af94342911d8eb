import { JOIN_MESSAGE_MAX } from '../../node/domain/federation/follow-address.ts'
import { longDate } from '../../node/domain/values/date-text.ts'
import { dayInParis } from '../../node/domain/values/days.ts'
import { Rows } from '../admin/list.tsx'
import {
  type FieldMessage,
  type FormState,
  type FormValues,
  InputField,
  TextArea,
} from '../components/fields.tsx'
import { PanelForm } from '../components/panel-form.tsx'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** The maximum length of an invitation's label, in characters. */
export const NETWORK_LABEL_MAX = 100

/** What the forms of the page share. Names begin with the form's (`join.address`), since one page holds several. */
export type DirectoryForms = {
  csrf: string
  values: FormValues
  messages: FieldMessage[]
  t: Messages
}

type Texts = { readonly [name: string]: string }

const stateOf = (
  { values, messages, t }: DirectoryForms,
  labels: Texts,
  hints: Texts,
): FormState => ({
  values,
  messages,
  labels,
  hints,
  t,
})

/** Fields: `join.address`, `join.invitation`. */
export function JoinSection({ forms }: { forms: DirectoryForms }) {
  const texts = forms.t.admin.network
  const form = stateOf(
    forms,
    {
      'join.address': texts.joinAddress,
      'join.invitation': texts.joinCode,
      'join.message': texts.joinMessage,
    },
    {
      'join.address': texts.joinAddressHint,
      'join.invitation': texts.joinCodeHint,
      'join.message': texts.joinMessageHint,
    },
  )
  return (
    <PanelForm
      level={3}
      csrf={forms.csrf}
      id="rejoindre"
      heading={texts.join}
      lead={texts.joinLead}
      action={paths.join}
      submit={texts.joinSubmit}
    >
      <InputField form={form} name="join.address" required />
      <InputField form={form} name="join.invitation" optional />
      <TextArea form={form} name="join.message" rows={3} max={JOIN_MESSAGE_MAX} optional />
    </PanelForm>
  )
}

/** Field: `follow.address`. */
export function FollowSection({ forms }: { forms: DirectoryForms }) {
  const texts = forms.t.admin.network
  const form = stateOf(
    forms,
    { 'follow.address': texts.followAddress },
    { 'follow.address': texts.followAddressHint },
  )
  return (
    <PanelForm
      level={3}
      csrf={forms.csrf}
      id="suivre-site"
      heading={texts.follow}
      lead={texts.followLead}
      action={paths.follow}
      submit={texts.followSubmit}
    >
      <InputField form={form} name="follow.address" required />
    </PanelForm>
  )
}

/** A code that admits the site that presents it, once; the code itself is not stored. */
export type Invitation = {
  label: string
  createdAt: Temporal.Instant
  expiresAt: Temporal.Instant
  usedAt: Temporal.Instant | undefined
  /** The site that used it. */
  usedBy: string | undefined
}

type InvitationProps = {
  forms: DirectoryForms
  invitations: Invitation[]
  newCode: string | undefined
  now: Temporal.Instant
}

/** Field: `invitation.label`. */
export function InvitationSection({ forms, invitations, newCode, now }: InvitationProps) {
  const texts = forms.t.admin.network
  const form = stateOf(
    forms,
    { 'invitation.label': texts.invitationFor },
    { 'invitation.label': texts.invitationForHint },
  )
  return (
    <section aria-labelledby="invitations">
      <h2 id="invitations">{texts.invitations}</h2>
      <p>{texts.invitationsLead}</p>
      {newCode && (
        <div class="panel secret" role="status">
          <p>{texts.invitationNew}</p>
          <p>
            <code>{newCode}</code>
          </p>
          <p>{texts.invitationOnce}</p>
        </div>
      )}
      <Invitations invitations={invitations} now={now} t={forms.t} />
      <PanelForm
        level={3}
        csrf={forms.csrf}
        id="inviter"
        heading={texts.invitationCreate}
        action={paths.invitations}
        submit={texts.invitationCreate}
      >
        <InputField form={form} name="invitation.label" required max={NETWORK_LABEL_MAX} />
      </PanelForm>
    </section>
  )
}

type TableProps = { invitations: Invitation[]; now: Temporal.Instant; t: Messages }

const Invitations = ({ invitations, now, t }: TableProps) => {
  const { col } = t.admin.network
  return (
    <Rows
      rows={invitations}
      t={t}
      columns={[
        [col.label, (invitation) => invitation.label],
        [col.state, (invitation) => invitationState(invitation, now, t)],
        [col.until, (invitation) => longDate(dayInParis(invitation.expiresAt), t.lang)],
      ]}
    />
  )
}

function invitationState(invitation: Invitation, now: Temporal.Instant, t: Messages): string {
  const { open, used, expired } = t.admin.network.invitationState
  const by = invitation.usedBy ?? ''
  if (invitation.usedAt) return used(URL.canParse(by) ? new URL(by).host : by)
  return Temporal.Instant.compare(invitation.expiresAt, now) > 0 ? open : expired
}
