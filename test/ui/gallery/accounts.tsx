import { AUDIT_ACTS } from '../../../node/domain/values/audit.ts'
import { qrSvg } from '../../../node/formats/images/qr.ts'
import { pageOf } from '../../../node/store/database/list-page.ts'
import { AccountPage } from '../../../ui/accounts/account-page.tsx'
import { TokensPage } from '../../../ui/accounts/api-tokens-page.tsx'
import { AuditPage } from '../../../ui/accounts/audit-page.tsx'
import { ConfirmEmailPage } from '../../../ui/accounts/confirm-email-page.tsx'
import { MailedLinkPage } from '../../../ui/accounts/email-link-page.tsx'
import { FirstPasswordPage } from '../../../ui/accounts/first-password-page.tsx'
import { JoinAddressPage, JoinLinkSentPage } from '../../../ui/accounts/join-address-page.tsx'
import { JoinTeamPage } from '../../../ui/accounts/join-team-page.tsx'
import { PendingFormPage } from '../../../ui/accounts/pending-form-page.tsx'
import {
  NewFactorPage,
  RecoveryCodesPage,
  SecondStepPage,
} from '../../../ui/accounts/second-factor-pages.tsx'
import {
  ChoosePasswordPage,
  SignInLinkPage,
  SignInPage,
} from '../../../ui/accounts/sign-in-pages.tsx'
import {
  PaperInvitationPage,
  RemoveColleaguePage,
  TeamPage,
} from '../../../ui/accounts/team-pages.tsx'
import { EVIL, HUB, hoursAgo, NODE, NOW, SESSION } from './sample.ts'

/** Pages for signing in, the team, and links from mails. */

const COLLEAGUE = {
  id: 'a1',
  name: 'Camille',
  email: 'camille@canal.example',
  role: 'administrator',
  hasFactor: true,
} as const

export const accountPages: Record<string, { toString(): string }> = {
  'sign-in': <SignInPage site={NODE} email={EVIL} problem="refused" />,
  'sign-in link': <SignInLinkPage site={NODE} token="abc" />,
  'sign-in link and a new password': (
    <SignInLinkPage site={NODE} token="abc" withPassword problems={['tooShort', 'mismatch']} />
  ),
  'sign-in where mail works': <SignInPage site={NODE} mailWorks />,
  'link by mail': <MailedLinkPage site={NODE} email={EVIL} state="wrong" />,
  'link by mail, too many': <MailedLinkPage site={NODE} email="a@lieu.example" state="wait" />,
  'link by mail, sent': <MailedLinkPage site={NODE} state="sent" />,
  'invitation opened': (
    <JoinTeamPage
      site={NODE}
      code="abcde-fghjk-mnpqr"
      values={{ name: '', email: EVIL }}
      problems={['nameMissing', 'emailWrong', 'tooShort']}
    />
  ),
  'invitation on paper opened where mail works': (
    <JoinAddressPage site={NODE} code="abcde-fghjk-mnpqr" email={EVIL} problem="emailWrong" />
  ),
  'invitation on paper, too many links': (
    <JoinAddressPage site={NODE} code="abcde-fghjk-mnpqr" email="a@lieu.example" problem="wait" />
  ),
  'invitation on paper, link sent': (
    <JoinLinkSentPage
      {...{ site: NODE, code: 'abcde-fghjk-mnpqr', email: EVIL }}
      until="2 décembre 2026"
    />
  ),
  team: (
    <TeamPage
      site={NODE}
      session={SESSION}
      colleagues={[
        COLLEAGUE,
        { id: 'a2', name: '', email: undefined, role: 'administrator', hasFactor: true },
        {
          id: 'a3',
          name: EVIL,
          email: `${'long-'.repeat(12)}@lieu.example`,
          role: 'editor',
          hasFactor: false,
        },
      ]}
      ownId="a1"
      isFactorRequired={false}
      mailWorks
      invitations={[
        { id: 'i1', role: 'editor', email: undefined, until: '2 décembre 2026' },
        { id: 'i2', role: 'administrator', email: 'noa@lieu.example', until: '2 décembre 2026' },
      ]}
      values={{ email: EVIL }}
      problems={['last', 'roleMissing', 'emailWrong', 'tooMany']}
    />
  ),
  'journal of access': (
    <AuditPage
      site={NODE}
      session={SESSION}
      found={pageOf(
        AUDIT_ACTS.map((act, index) => ({
          ...{ act, at: hoursAgo(index) },
          who: act === 'sign-in-refused' ? '' : EVIL,
          about: act === 'role-changed' ? 'editor' : act === 'site-blocked' ? 'lieu.example' : '',
        })),
        { page: 1, size: 10 },
      )}
    />
  ),
  'journal of access, empty': (
    <AuditPage site={NODE} session={SESSION} found={pageOf([], { page: 1, size: 10 })} />
  ),
  'team of one': (
    <TeamPage
      site={NODE}
      session={SESSION}
      colleagues={[COLLEAGUE]}
      ownId="a1"
      isFactorRequired
      mailWorks
      invitations={[]}
      values={{ role: 'editor' }}
      problems={[]}
      flash="requested"
    />
  ),
  'paper invitation': (
    <PaperInvitationPage
      site={NODE}
      session={SESSION}
      link="https://canal.example/administration/invitation/abcde-fghjk-mnpqr"
      mailWorks
      until="2 décembre 2026"
    />
  ),
  'paper invitation where no mail is sent': (
    <PaperInvitationPage
      site={NODE}
      session={SESSION}
      link="https://canal.example/administration/invitation/abcde-fghjk-mnpqr"
      mailWorks={false}
      until="2 décembre 2026"
    />
  ),
  'removing a colleague': (
    <RemoveColleaguePage site={NODE} session={SESSION} colleague={COLLEAGUE} isSelf tokens={2} />
  ),
  'first password': (
    <FirstPasswordPage
      site={HUB}
      token="t"
      email="responsable@tete.example"
      problems={['tooShort']}
    />
  ),
  'choose a password': (
    <ChoosePasswordPage
      site={NODE}
      csrf="x"
      values={{ name: EVIL, email: EVIL }}
      problems={['emailWrong', 'tooShort']}
    />
  ),
  'form to send again': (
    <PendingFormPage
      site={NODE}
      csrf="x"
      action="/administration/cafes/nouveau"
      fields={[
        ['title', EVIL],
        ['attendanceMode', 'offline'],
        ['descriptionMarkdown', 'Une ligne.\n\nUne autre.'],
      ]}
      canReview
      hadFile
    />
  ),
  tokens: (
    <TokensPage
      site={NODE}
      session={SESSION}
      tokens={[
        {
          ...{
            id: 't',
            label: EVIL,
            scopes: ['cafes', 'places'],
            createdAt: hoursAgo(500),
            lastUsedAt: undefined,
          },
          ...{ author: EVIL, expiresAt: NOW.add({ hours: 999 }) },
        },
        {
          ...{
            id: 'u',
            label: EVIL,
            scopes: ['cafes', 'places'],
            createdAt: hoursAgo(500),
            lastUsedAt: undefined,
          },
          ...{ author: undefined, expiresAt: undefined },
        },
      ]}
      now={NOW}
      created="cafeia_0123456789abcdefghijklmnopqrstuvwxyz"
    />
  ),
  'confirms an address': <ConfirmEmailPage site={NODE} email={EVIL} token="t" />,
  'confirmed an address': <ConfirmEmailPage site={NODE} email={EVIL} />,
  account: (
    <AccountPage
      hasPassword
      mailWorks
      toDoRhythm="daily"
      askedEmail={EVIL}
      site={NODE}
      csrf="x"
      team={SESSION}
      workspaces={[]}
      values={{ name: EVIL, email: 'camille@canal.example' }}
      sessions={[
        {
          id: 's',
          userAgent: EVIL,
          createdAt: hoursAgo(40),
          lastUsedAt: hoursAgo(1),
          isCurrent: false,
        },
      ]}
      now={NOW}
      factor={{ since: hoursAgo(50), codesLeft: 9 }}
      isFactorRequired={false}
      problems={['toDoMissing', 'wrongCurrent', 'codeWrong']}
    />
  ),
  'account of a referent': (
    <AccountPage
      hasPassword={false}
      mailWorks
      toDoRhythm="weekly"
      site={HUB}
      csrf="x"
      team={undefined}
      workspaces={[{ href: '/administration/territoire/35', label: EVIL }]}
      values={{ name: '', email: 'claire@canal.example' }}
      sessions={['a', 'b', 'c'].map((id, index) => ({
        ...{ id, userAgent: index === 0 ? EVIL : '', isCurrent: index === 0 },
        ...{ createdAt: hoursAgo(40), lastUsedAt: hoursAgo(index) },
      }))}
      now={NOW}
      factor={undefined}
      isFactorRequired
      flash="done"
    />
  ),
  'the second step': <SecondStepPage site={NODE} step="s" returnTo="/administration" />,
  'the second step with a wrong code': (
    <SecondStepPage site={NODE} step="s" returnTo="/administration" problem="wrong" />
  ),
  'the second step is over': (
    <SecondStepPage site={NODE} step={undefined} returnTo="/administration" problem="over" />
  ),
  'a second factor is added': (
    <NewFactorPage
      {...{ site: NODE, csrf: 'x', team: SESSION, workspaces: [] }}
      secret="GR3SVV7IQMH2WVSXLAFLKXAFKY5Y26L4"
      qr={qrSvg('otpauth://totp/x?secret=GR3SVV7IQMH2WVSXLAFLKXAFKY5Y26L4')}
      problem="wrong"
    />
  ),
  'recovery codes': (
    <RecoveryCodesPage
      {...{ site: NODE, csrf: 'x', team: SESSION, workspaces: [] }}
      codes={['abcde-fghjk-mnpqr', 'bcdef-ghjkm-npqrs']}
    />
  ),
  'account without a password, where no mail is sent': (
    <AccountPage
      hasPassword={false}
      mailWorks={false}
      site={NODE}
      csrf="x"
      team={SESSION}
      workspaces={[]}
      values={{ name: '', email: 'camille@canal.example' }}
      sessions={[]}
      now={NOW}
      factor={{ since: hoursAgo(1), codesLeft: 0 }}
      isFactorRequired
    />
  ),
}
