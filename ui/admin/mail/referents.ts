import { referentMailsFr as texts } from '../../locales/fr/referents/mails.ts'
import { describeMail, type Site } from './template.ts'

/** Describes a mail about a mandate, whose subject names the territory. */
const ofMandate = <P extends { territory: string }>(said: {
  subject: (territory: string) => string
  text: (params: P) => string
}) =>
  describeMail({}, (params: P) => ({
    subject: said.subject(params.territory),
    text: said.text(params),
  }))

/** The mails to referents, and to the team about them, by name. */
export const REFERENT_TEMPLATES = {
  'referent-proposal': describeMail(
    { link: 'mandate' },
    (params: Site & { by: string; territory: string }, { link }) => ({
      subject: texts.ask.subject(params.territory),
      text: texts.ask.text({ ...params, link }),
    }),
  ),
  'referent-appointed': describeMail(
    { link: 'referent-access', notMe: 'not-my-mandate' },
    (params: Site & { name: string; role: string; territory: string; until: string }, links) => ({
      subject: texts.appointed.subject(params.territory),
      text: texts.appointed.text({ ...params, ...links }),
    }),
  ),
  'referent-extension': describeMail(
    { link: 'mandate' },
    (params: Site & { territory: string; name: string; until: string }, { link }) => ({
      subject: texts.extension.subject(params.territory),
      text: texts.extension.text({ ...params, link }),
    }),
  ),
  'referent-ended': ofMandate<Site & { territory: string; name: string }>(texts.ended),
  'referent-disowned': ofMandate<{ territory: string; name: string; link: string }>(texts.disowned),
  'referent-silent': ofMandate<{ territory: string; name: string; days: number; link: string }>(
    texts.silent,
  ),
  'referent-reminder': describeMail(
    {},
    (params: Site & { territory: string; name: string; days: number; until: string }) => ({
      subject: texts.reminder.subject(params.days, params.territory),
      text: texts.reminder.text(params),
    }),
  ),
  'referent-reminder-team': describeMail(
    {},
    (params: { territory: string; name: string; days: number; until: string; link: string }) => ({
      subject: texts.reminderTeam.subject(params.days, params.territory),
      text: texts.reminderTeam.text(params),
    }),
  ),
  'referent-weekly': describeMail(
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
      subject: texts.weekly.subject(params.territory, params.total),
      text: texts.weekly.text(params),
      stopAt: params.settings,
    }),
  ),
}
