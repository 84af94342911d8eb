import type { CopySetting } from '../../node/domain/backup/backup-state.ts'
import { longDate } from '../../node/domain/values/date-text.ts'
import type { PagePurpose } from '../../node/domain/values/link.ts'
import { referentMailsFr } from '../locales/fr/referents/mails.ts'
import { registrationMailsFr } from '../locales/fr/registration-mails.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** The text of a mail, without markup. */
export type MailMessage = {
  subject: string
  text: string
  /** The page where a signed-in person stops such mails (RFC 2369, List-Unsubscribe). */
  stopAt?: string | undefined
}

/**
 * Declares a template. `links` are the secret links in its text, by name, each with its purpose; they are made when the
 * mail is sent.
 */
const template = <P extends object, L extends string = never>(
  links: Record<L, PagePurpose>,
  write: (params: P, links: Record<L, string>) => MailMessage,
) => ({ links, write })

const texts = messagesFor('fr')
const { alert, facilitator, team } = texts
const referent = referentMailsFr
const mine = registrationMailsFr
const OWN_REGISTRATION = { link: 'registration' } as const
const OWN_PROFILE = { link: 'own-profile' } as const
type Site = { siteName: string }

/** What every mail says of a café to a person who is registered; `online` is empty where they come to the place. */
type CafeParams = Site & Record<'name' | 'title' | 'when' | 'where' | 'online', string>

/** One date of several, in words, and what the person has there. */
export type DateParams = { when: string; where: string; online: string; hasSeat: boolean }

/** What a person with a seat is reminded of, so many days before. */
export type ReminderParams = CafeParams & { days: number; seats: number }

/** What has changed in a café, for a person who has a seat or waits for one. */
export type ChangeParams = CafeParams & {
  news: { title: string; sentences: readonly string[] }
  isNewLink: boolean
  /** The organiser's words about it. */
  note: string
  /** Whether a file for the reader's calendar comes with it. */
  hasFile: boolean
  standing: 'confirmed' | 'waiting' | 'offered' | 'cancelled' | 'postponed'
}

const ownProfile = (kind: 'invitation' | 'link' | 'approved' | 'expired') =>
  template(OWN_PROFILE, ({ siteName }: Site, { link }) => {
    const subject = facilitator.mails[`${kind}Subject`]
    return {
      subject: typeof subject === 'string' ? subject : subject(siteName),
      text: facilitator.mails[kind](siteName, link),
    }
  })

/** Declares a template about a mandate, whose subject names the territory. */
const ofMandate = <P extends { territory: string }>(said: {
  subject: (territory: string) => string
  text: (params: P) => string
}) =>
  template({}, (params: P) => ({
    subject: said.subject(params.territory),
    text: said.text(params),
  }))

/**
 * All mails of the site. The database stores a mail that waits as the name of a template and its parameters: a change
 * of that name or of the parameters requires a migration of the mails that wait.
 */
const MAIL_TEMPLATES = {
  /** A complete text, for mails stored before templates existed. */
  written: template({}, (params: MailMessage) => params),
  'sign-in': template({ link: 'sign-in' }, ({ siteName }: Site, { link }) => ({
    subject: team.mails.signIn.subject(siteName),
    text: team.mails.signIn.text(siteName, link),
  })),
  'team-invitation': template(
    { link: 'join-team' },
    (params: Site & { by: string; until: string }, { link }) => ({
      subject: team.mails.invitation.subject(params.siteName),
      text: team.mails.invitation.text({ ...params, link }),
    }),
  ),
  'network-invitation': template(
    { link: 'first-password' },
    (params: Site & { network: string }, { link }) => ({
      subject: team.mails.network.subject(params.network),
      text: team.mails.network.invitation({ ...params, link }),
    }),
  ),
  'network-access': template({}, (params: Site & { network: string; link: string }) => ({
    subject: team.mails.network.subject(params.network),
    text: team.mails.network.access(params),
  })),
  'confirm-email': template({ link: 'confirm-email' }, ({ siteName }: Site, { link }) => ({
    subject: texts.safety.email.confirm.subject(siteName),
    text: texts.safety.email.confirm.text({ siteName, link }),
  })),
  'email-changed': template({}, (params: Site & { next: string; contact: string }) => ({
    subject: texts.safety.email.mail.subject(params.siteName),
    text: texts.safety.email.mail.text(params),
  })),
  'second-factor': template(
    {},
    (params: Site & { what: 'on' | 'off' | 'reset' | 'codes'; contact: string }) => ({
      subject: texts.admin.secondFactor.mail.subject(params.siteName),
      text: texts.admin.secondFactor.mail.text(params),
    }),
  ),
  'backup-late': template({}, (params: Site & { last: string; problem: string; link: string }) => ({
    subject: texts.safety.backupMail.subject(params.siteName),
    text: texts.safety.backupMail.text({
      ...params,
      last: params.last && longDate(Temporal.PlainDate.from(params.last)),
    }),
  })),
  'backup-copy': template(
    {},
    (
      params: Site & {
        since: string
        settings: readonly CopySetting[]
        problem: string
        link: string
      },
    ) => ({
      subject: texts.safety.copyMail.subject(params.siteName),
      text: texts.safety.copyMail.text({
        ...params,
        since: longDate(Temporal.PlainDate.from(params.since)),
        todo: params.settings.map((setting) => texts.safety.copyTodo[setting]),
        after: texts.safety.copyThen,
      }),
    }),
  ),
  answers: template({}, (params: Site & { lines: string; link: string; isTeam: boolean }) => ({
    subject: texts.admin.home.answers.subject(params.siteName),
    text: texts.admin.home.answers.text(params),
  })),
  'to-do': template(
    {},
    (params: Site & { lists: string; isWeekly: boolean; settings: string }) => ({
      subject: texts.admin.home.toDoMail.subject(params.siteName),
      text: texts.admin.home.toDoMail.text(params),
    }),
  ),
  'confirm-cafe': template(
    { yes: 'confirm-cafe' },
    (params: Site & { title: string; cafe: string; edit: string; cancel: string }, { yes }) => ({
      subject: texts.confirmationRequest.mail.subject(params.title),
      text: texts.confirmationRequest.mail.text({ ...params, yes }),
    }),
  ),
  'alert-request': template(
    { keep: 'keep-alert' },
    (params: Site & { place: string }, { keep: link }) => ({
      subject: alert.mail.confirmSubject,
      text: alert.mail.confirm({ ...params, link }),
    }),
  ),
  'alert-cafes': template(
    { stop: 'stop-alert' },
    (params: Site & { place: string; total: number; list: string; more: number }, { stop }) => ({
      subject: alert.mail.subject(params.total, params.place),
      text: alert.mail.cafes({ ...params, stop }),
    }),
  ),
  'alert-renewal': template(
    { keep: 'keep-alert', stop: 'stop-alert' },
    (params: Site & { place: string; until: string }, links) => ({
      subject: alert.mail.renewSubject,
      text: alert.mail.renew({ ...params, ...links }),
    }),
  ),
  'profile-invitation': ownProfile('invitation'),
  'profile-link': ownProfile('link'),
  'profile-approved': ownProfile('approved'),
  'profile-expired': ownProfile('expired'),
  /** `isRefusal`: of a request, which was no profile yet. */
  'profile-removed': template(
    {},
    ({ siteName, reason, isRefusal }: Site & { reason: string; isRefusal?: boolean }) => ({
      subject: facilitator.mails[isRefusal ? 'refusedSubject' : 'removedSubject'](siteName),
      text: facilitator.mails[isRefusal ? 'refused' : 'removed'](siteName, reason),
    }),
  ),
  'profile-address': template({}, ({ siteName }: Site) => ({
    subject: facilitator.mails.addressSubject(siteName),
    text: facilitator.mails.address(siteName),
  })),
  'profile-directories': template(OWN_PROFILE, (params: Site & { hosts: string }, { link }) => ({
    subject: facilitator.mails.directoriesSubject(params.siteName),
    text: facilitator.mails.directories(params.siteName, params.hosts, link),
  })),
  'profile-named': template(OWN_PROFILE, (params: Site & { titles: string }, { link }) => ({
    subject: facilitator.mails.namedSubject(params.siteName),
    text: facilitator.mails.named(params.siteName, params.titles, link),
  })),
  'profile-renewal': template(
    OWN_PROFILE,
    ({ siteName, until }: Site & { until: string }, { link }) => ({
      subject: facilitator.mails.renewSubject,
      text: facilitator.mails.renew(siteName, until, link),
    }),
  ),
  'profile-message': template(
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
  'message-refused': template(
    {},
    ({ person, siteName }: Site & { person: string | undefined }) => ({
      subject: facilitator.mails.notHandedOnSubject,
      text: facilitator.mails.notHandedOn(person ?? facilitator.mails.somebody, siteName),
    }),
  ),
  'referent-message': template(
    {},
    (params: Site & { name: string; email: string; message: string; territory: string }) => ({
      subject: texts.referent.contact.mail.subject(params.name),
      text: texts.referent.contact.mail.text(params),
    }),
  ),
  report: template(
    {},
    (
      params: Site & { about: string; page: string; name: string; message: string; hide: string },
    ) => ({
      subject: texts.admin.network.report.mail.subject(params.about),
      text: texts.admin.network.report.mail.text(params),
    }),
  ),
  'registration-proof': template(
    OWN_REGISTRATION,
    (params: Site & { title: string; when: string }, { link }) => ({
      subject: mine.proofSubject(params.title),
      text: mine.proof({ ...params, link }),
    }),
  ),
  'registration-again': template(
    OWN_REGISTRATION,
    (params: Site & { title: string; when: string }, { link }) => ({
      subject: mine.againSubject(params.title),
      text: mine.again({ ...params, link }),
    }),
  ),
  'registration-confirmed': template(
    OWN_REGISTRATION,
    (
      params: Site &
        Record<'name' | 'title' | 'when' | 'where' | 'online' | 'page', string> & {
          seats: number
          hasFile?: boolean
          isByTeam?: boolean
        },
      { link },
    ) => ({
      subject: mine.confirmedSubject(params.title),
      text: mine.confirmed({ ...params, link }),
    }),
  ),
  'registration-dates': template(
    OWN_REGISTRATION,
    (
      params: Site & { title: string; dates?: readonly DateParams[]; hasFile?: boolean },
      { link },
    ) => ({ subject: mine.datesSubject(params.title), text: mine.dates({ ...params, link }) }),
  ),
  'registration-change': template(OWN_REGISTRATION, (params: ChangeParams, { link }) => ({
    subject: mine.changeSubject(params),
    text: mine.change({ ...params, link }),
  })),
  'registration-reminder': template(OWN_REGISTRATION, (params: ReminderParams, { link }) => ({
    subject: mine.reminderSubject(params),
    text: mine.reminder({ ...params, link }),
  })),
  'registration-ended': template({}, (params: Site & { title: string; when: string }) => ({
    subject: mine.endedSubject(params.title),
    text: mine.ended(params),
  })),
  'registration-waiting': template(
    OWN_REGISTRATION,
    (params: Site & { title: string; when: string; isByTeam?: boolean }, { link }) => ({
      subject: mine.waitingSubject(params.title),
      text: mine.waiting({ ...params, link }),
    }),
  ),
  'seat-offered': template(
    OWN_REGISTRATION,
    (params: Site & { title: string; when: string; seats: number; until: string }, { link }) => ({
      subject: mine.offeredSubject(params.title),
      text: mine.offered({ ...params, link }),
    }),
  ),
  'seat-lapsed': template({}, (params: Site & { title: string; page: string }) => ({
    subject: mine.lapsedSubject(params.title),
    text: mine.lapsed(params),
  })),
  'registration-cancelled': template(
    {},
    (params: Site & Record<'title' | 'when' | 'page' | 'reason', string>) => ({
      subject: mine.cancelledSubject(params.title),
      text: mine.cancelled(params),
    }),
  ),
  'registration-moved': template(
    OWN_REGISTRATION,
    (
      params: Site &
        Record<'title' | 'from' | 'when', string> & { seats: number; isWaiting: boolean },
      { link },
    ) => ({
      subject: mine.movedSubject(params.title),
      text: mine.moved({ ...params, link }),
    }),
  ),
  'registration-message': template(
    OWN_REGISTRATION,
    (params: Site & Record<'title' | 'when' | 'page' | 'text', string>, { link }) => ({
      subject: mine.messageSubject(params.title),
      text: mine.message({ ...params, link }),
    }),
  ),
  'referent-proposal': template(
    { link: 'mandate' },
    (params: Site & { by: string; territory: string }, { link }) => ({
      subject: referent.ask.subject(params.territory),
      text: referent.ask.text({ ...params, link }),
    }),
  ),
  'referent-appointed': template(
    { link: 'referent-access', notMe: 'not-my-mandate' },
    (params: Site & { name: string; role: string; territory: string; until: string }, links) => ({
      subject: referent.appointed.subject(params.territory),
      text: referent.appointed.text({ ...params, ...links }),
    }),
  ),
  'referent-extension': template(
    { link: 'mandate' },
    (params: Site & { territory: string; name: string; until: string }, { link }) => ({
      subject: referent.extension.subject(params.territory),
      text: referent.extension.text({ ...params, link }),
    }),
  ),
  'referent-ended': ofMandate<Site & { territory: string; name: string }>(referent.ended),
  'referent-disowned': ofMandate<{ territory: string; name: string; link: string }>(
    referent.disowned,
  ),
  'referent-silent': ofMandate<{ territory: string; name: string; days: number; link: string }>(
    referent.silent,
  ),
  'referent-reminder': template(
    {},
    (params: Site & { territory: string; name: string; days: number; until: string }) => ({
      subject: referent.reminder.subject(params.days, params.territory),
      text: referent.reminder.text(params),
    }),
  ),
  'referent-reminder-team': template(
    {},
    (params: { territory: string; name: string; days: number; until: string; link: string }) => ({
      subject: referent.reminderTeam.subject(params.days, params.territory),
      text: referent.reminderTeam.text(params),
    }),
  ),
  'referent-weekly': template(
    {},
    (
      params: Site & {
        name: string
        territory: string
        total: number
        lines: string
        link: string
        settings?: string
      },
    ) => ({
      subject: referent.weekly.subject(params.territory, params.total),
      text: referent.weekly.text(params),
      stopAt: params.settings,
    }),
  ),
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
  'keep-alert': paths.keepAlert,
  'stop-alert': paths.stopAlert,
  'stop-to-do': paths.stopMail,
  'stop-confirm-cafe': paths.stopMail,
  'stop-answers': paths.stopMail,
  'stop-profile-named': paths.stopMail,
  'own-profile': (token) => paths.ownProfile(token),
  mandate: paths.mandate,
  'referent-access': paths.referentAccess,
  registration: (token) => paths.registration(token),
  'not-my-mandate': paths.notMyMandate,
}
