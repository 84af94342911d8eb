import { escapeHtml } from '../../node/domain/values/escape-html.ts'
import type { PagePurpose } from '../../node/domain/values/link.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { FLAG_TEMPLATES } from './mail/flags.ts'
import { REFERENT_TEMPLATES } from './mail/referents.ts'
import { REGISTRATION_TEMPLATES } from './mail/registrations.ts'
import { SUGGESTION_TEMPLATES } from './mail/suggestions.ts'
import { describeMail, type MailMessage, type Site } from './mail/template.ts'

const texts = messagesFor('fr')
const { alert, facilitator, team } = texts
const OWN_PROFILE = { link: 'own-profile' } as const

const ownProfile = (kind: 'invitation' | 'link' | 'approved' | 'expired') =>
  describeMail(OWN_PROFILE, ({ siteName }: Site, { link }) => {
    const subject = facilitator.mails[`${kind}Subject`]
    return {
      subject: typeof subject === 'string' ? subject : subject(siteName),
      text: facilitator.mails[kind](siteName, link),
    }
  })

type NewsletterWords = { subject: string; plain: string; html: string }

/** Returns a letter as an HTML page; `html` is escaped already. */
const toNewsletterPage = ({
  subject,
  html,
  siteName,
  stop,
}: Record<'subject' | 'html' | 'siteName' | 'stop', string>) =>
  `<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body style="max-width:40em;margin:0 auto;padding:16px">
${html}<p style="margin:28px 0 0;font:14px/1.5 Arial,sans-serif;color:#5f574c">${escapeHtml(siteName)}. <a style="color:#0b6355" href="${escapeHtml(stop)}">${escapeHtml(alert.letter.stop)}</a></p>
</body>
</html>
`

/**
 * All mails of the site. The database stores a mail that waits as the name of a template and its parameters: a change
 * of that name or of the parameters requires a migration of the mails that wait.
 */
const MAIL_TEMPLATES = {
  'sign-in': describeMail({ link: 'sign-in' }, ({ siteName }: Site, { link }) => ({
    subject: team.mails.signIn.subject(siteName),
    text: team.mails.signIn.text(siteName, link),
  })),
  'team-invitation': describeMail(
    { link: 'join-team' },
    (params: Site & { by: string; until: string }, { link }) => ({
      subject: team.mails.invitation.subject(params.siteName),
      text: team.mails.invitation.text({ ...params, link }),
    }),
  ),
  'network-invitation': describeMail(
    { link: 'first-password' },
    (params: Site & { network: string }, { link }) => ({
      subject: team.mails.network.subject(params.network),
      text: team.mails.network.invitation({ ...params, link }),
    }),
  ),
  'network-access': describeMail({}, (params: Site & { network: string; link: string }) => ({
    subject: team.mails.network.subject(params.network),
    text: team.mails.network.access(params),
  })),
  'confirm-email': describeMail({ link: 'confirm-email' }, ({ siteName }: Site, { link }) => ({
    subject: texts.safety.email.confirm.subject(siteName),
    text: texts.safety.email.confirm.text({ siteName, link }),
  })),
  'structure-suspended': describeMail(
    {},
    (params: Site & { name: string; reason: string; contact: string }) => ({
      subject: texts.hosted.mail.subject(params.name),
      text: texts.hosted.mail.text(params),
    }),
  ),
  'email-changed': describeMail({}, (params: Site & { next: string; contact: string }) => ({
    subject: texts.safety.email.mail.subject(params.siteName),
    text: texts.safety.email.mail.text(params),
  })),
  'second-factor': describeMail(
    {},
    (params: Site & { what: 'on' | 'off' | 'reset' | 'codes'; contact: string }) => ({
      subject: texts.admin.secondFactor.mail.subject(params.siteName),
      text: texts.admin.secondFactor.mail.text(params),
    }),
  ),
  answers: describeMail({}, (params: Site & { lines: string; link: string; isTeam: boolean }) => ({
    subject: texts.admin.home.answers.subject(params.siteName),
    text: texts.admin.home.answers.text(params),
  })),
  'to-do': describeMail(
    {},
    (params: Site & { lists: string; isWeekly: boolean; settings: string }) => ({
      subject: texts.admin.home.toDoMail.subject(params.siteName),
      text: texts.admin.home.toDoMail.text(params),
    }),
  ),
  'confirm-cafe': describeMail(
    { yes: 'confirm-cafe' },
    (params: Site & { title: string; cafe: string; edit: string; cancel: string }, { yes }) => ({
      subject: texts.confirmationRequest.mail.subject(params.title),
      text: texts.confirmationRequest.mail.text({ ...params, yes }),
    }),
  ),
  report: describeMail(
    { link: 'report' },
    (params: Site & { title: string; cafe: string; numbers: readonly number[] }, { link }) => ({
      subject: texts.report.mail.subject(params.title),
      text: texts.report.mail.text({ ...params, link }),
    }),
  ),
  'alert-request': describeMail(
    { keep: 'keep-alert' },
    (params: Site & { place: string; isWeekly?: boolean }, { keep: link }) => ({
      subject: params.isWeekly ? alert.letter.confirmSubject : alert.mail.confirmSubject,
      text: (params.isWeekly ? alert.letter : alert.mail).confirm({ ...params, link }),
    }),
  ),
  'alert-cafes': describeMail(
    { stop: 'stop-alert' },
    (params: Site & { place: string; total: number; list: string; more: number }, { stop }) => ({
      subject: alert.mail.subject(params.total, params.place),
      text: alert.mail.cafes({ ...params, stop }),
    }),
  ),
  'alert-renewal': describeMail(
    { keep: 'keep-alert', stop: 'stop-alert' },
    (params: Site & { place: string; until: string; isWeekly?: boolean }, links) => ({
      subject: params.isWeekly ? alert.letter.renewSubject : alert.mail.renewSubject,
      text: (params.isWeekly ? alert.letter : alert.mail).renew({ ...params, ...links }),
    }),
  ),
  /** `text` is the id of the words, which are found when it is sent. */
  letter: describeMail(
    { stop: 'stop-alert' },
    (
      {
        siteName,
        subject = '',
        plain = '',
        html = '',
      }: Site & { text: string } & Partial<NewsletterWords>,
      { stop },
    ) => ({
      subject,
      text: `${plain.trimEnd()}\n\n${alert.letter.foot({ siteName, stop })}`,
      html: toNewsletterPage({ subject, html, siteName, stop }),
    }),
  ),
  'profile-invitation': ownProfile('invitation'),
  'profile-link': ownProfile('link'),
  'profile-approved': ownProfile('approved'),
  'profile-expired': ownProfile('expired'),
  /** `isRefusal`: of a request, which was no profile yet. */
  'profile-removed': describeMail(
    {},
    ({ siteName, reason, isRefusal }: Site & { reason: string; isRefusal?: boolean }) => ({
      subject: facilitator.mails[isRefusal ? 'refusedSubject' : 'removedSubject'](siteName),
      text: facilitator.mails[isRefusal ? 'refused' : 'removed'](siteName, reason),
    }),
  ),
  'profile-address': describeMail({}, ({ siteName }: Site) => ({
    subject: facilitator.mails.addressSubject(siteName),
    text: facilitator.mails.address(siteName),
  })),
  'profile-directories': describeMail(
    OWN_PROFILE,
    (params: Site & { hosts: string }, { link }) => ({
      subject: facilitator.mails.directoriesSubject(params.siteName),
      text: facilitator.mails.directories(params.siteName, params.hosts, link),
    }),
  ),
  'profile-named': describeMail(OWN_PROFILE, (params: Site & { list: string }, { link }) => ({
    subject: facilitator.mails.namedSubject(params.siteName),
    text: facilitator.mails.named(params.siteName, params.list, link),
  })),
  'profile-renewal': describeMail(
    OWN_PROFILE,
    ({ siteName, until }: Site & { until: string }, { link }) => ({
      subject: facilitator.mails.renewSubject,
      text: facilitator.mails.renew(siteName, until, link),
    }),
  ),
  'profile-message': describeMail(
    {},
    ({
      name,
      email,
      message,
      siteName,
    }: Site & { name: string; email: string; message: string }) => ({
      subject: facilitator.mails.relaySubject(name, siteName),
      text: facilitator.mails.relay(message, name, email, siteName),
    }),
  ),
  /** The mail repeats nothing of the message, since its sender may have given somebody else's address. */
  'message-refused': describeMail(
    {},
    ({ person, siteName }: Site & { person: string | undefined }) => ({
      subject: facilitator.mails.notHandedOnSubject,
      text: facilitator.mails.notHandedOn(person ?? facilitator.mails.somebody, siteName),
    }),
  ),
  'referent-message': describeMail(
    {},
    (params: Site & { name: string; email: string; message: string; territory: string }) => ({
      subject: texts.referent.contact.mail.subject(params.name),
      text: texts.referent.contact.mail.text(params),
    }),
  ),
  ...FLAG_TEMPLATES,
  ...REGISTRATION_TEMPLATES,
  ...REFERENT_TEMPLATES,
  ...SUGGESTION_TEMPLATES,
}

export type MailTemplate = keyof typeof MAIL_TEMPLATES
type ParamsOf<N extends MailTemplate> = Parameters<(typeof MAIL_TEMPLATES)[N]['write']>[0]

/** What is stored of a mail that waits: everything except its links. */
export type MailDraft = { template: MailTemplate; params: Record<string, unknown> }

/** Makes a mail to append, by the name of its template and its parameters; no link, code or password is among these. */
export const draftMail = <N extends MailTemplate>(name: N, params: ParamsOf<N>): MailDraft => ({
  template: name,
  params: { ...params },
})

/** Returns the template of a mail that waits; undefined when this version has no template of that name. */
export function findMailTemplate(name: string) {
  if (!(name in MAIL_TEMPLATES)) return undefined
  return MAIL_TEMPLATES[name as MailTemplate] as {
    links: Record<string, PagePurpose>
    write: (params: object, links: Record<string, string>) => MailMessage
  }
}

/** The address of the page that each kind of link opens. */
export const LINK_PATHS: Record<PagePurpose, (token: string) => string> = {
  'sign-in': paths.signInLink,
  'first-password': paths.firstPassword,
  'confirm-email': paths.confirmEmail,
  'join-team': paths.teamInvitation,
  'confirm-cafe': paths.confirmationLink,
  report: (token) => paths.reportByLink(token),
  'keep-alert': paths.keepAlert,
  'stop-alert': paths.stopAlert,
  'stop-to-do': paths.stopMail,
  'stop-confirm-cafe': paths.stopMail,
  'stop-answers': paths.stopMail,
  'stop-report': paths.stopMail,
  'stop-profile-named': paths.stopMail,
  'own-profile': (token) => paths.ownProfile(token),
  mandate: paths.mandate,
  'referent-access': paths.referentAccess,
  registration: (token) => paths.registration(token),
  suggestion: (token) => paths.suggestion(token),
  flag: paths.ownFlag,
  'not-my-mandate': paths.notMyMandate,
}
