import { registrationMailsFr as texts } from '../../locales/fr/registration-mails.ts'
import { describeMail } from './template.ts'

/** What a mail says besides the link to the registration, which is made when it is sent. */
type ParamsOf<N extends keyof typeof texts> = Omit<Parameters<(typeof texts)[N]>[0], 'link'>

/** One date of several, in words, and what the person has there. */
export type DateParams = NonNullable<ParamsOf<'dates'>['dates']>[number]

/** What a person with a seat is reminded of, so many days before. */
export type ReminderParams = ParamsOf<'reminder'>

/** What has changed in a café, for a person who has a seat or waits for one. */
export type ChangeParams = ParamsOf<'change'>

type Titled = { title: string }

/** Describes a mail with the link to the registration, whose subject has the title of the café. */
const withLink = <P extends Titled>(
  subject: (title: string) => string,
  text: (params: P & { link: string }) => string,
) =>
  describeMail({ link: 'registration' }, (params: P, { link }) => ({
    subject: subject(params.title),
    text: text({ ...params, link }),
  }))

/** Describes a mail about a registration that is over. */
const withoutLink = <P extends Titled>(
  subject: (title: string) => string,
  text: (params: P) => string,
) => describeMail({}, (params: P) => ({ subject: subject(params.title), text: text(params) }))

/** The mails to people who register at a café, by name: by how it begins they are found when nothing of a person is to stay. */
export const REGISTRATION_TEMPLATES = {
  'registration-proof': withLink<ParamsOf<'proof'>>(texts.proofSubject, texts.proof),
  'registration-again': withLink<ParamsOf<'again'>>(texts.againSubject, texts.again),
  'registration-confirmed': withLink<ParamsOf<'confirmed'>>(
    texts.confirmedSubject,
    texts.confirmed,
  ),
  'registration-dates': withLink<ParamsOf<'dates'>>(texts.datesSubject, texts.dates),
  'registration-change': describeMail(
    { link: 'registration' },
    (params: ChangeParams, { link }) => ({
      subject: texts.changeSubject(params),
      text: texts.change({ ...params, link }),
    }),
  ),
  'registration-reminder': describeMail(
    { link: 'registration' },
    (params: ReminderParams, { link }) => ({
      subject: texts.reminderSubject(params),
      text: texts.reminder({ ...params, link }),
    }),
  ),
  'registration-ended': withoutLink(texts.endedSubject, texts.ended),
  'registration-waiting': withLink<ParamsOf<'waiting'>>(texts.waitingSubject, texts.waiting),
  'registration-offered': withLink<ParamsOf<'offered'>>(texts.offeredSubject, texts.offered),
  'registration-lapsed': withoutLink(texts.lapsedSubject, texts.lapsed),
  'registration-cancelled': withoutLink(texts.cancelledSubject, texts.cancelled),
  'registration-moved': withLink<ParamsOf<'moved'>>(texts.movedSubject, texts.moved),
  'registration-message': withLink<ParamsOf<'message'>>(texts.messageSubject, texts.message),
} satisfies Record<`registration-${string}`, object>
