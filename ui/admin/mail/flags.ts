import { flagMailsFr as texts } from '../../locales/fr/flags/mails.ts'
import { describeMail } from './template.ts'

type ParamsOf<N extends keyof typeof texts> = Parameters<(typeof texts)[N]['text']>[0]

/** Describes a mail to who flagged a page, with the link to their own page about it. */
const withLink = <N extends 'receipt' | 'decided' | 'appeal'>(name: N) =>
  describeMail({ link: 'flag' }, (params: Omit<ParamsOf<N>, 'link'>, { link }) => ({
    subject: texts[name].subject(params),
    text: texts[name].text({ ...params, link } as ParamsOf<N> & ParamsOf<'decided'>),
  }))

/** The mails about what is flagged, by name. */
export const FLAG_TEMPLATES = {
  flag: describeMail({}, (params: ParamsOf<'team'>) => ({
    subject: texts.team.subject(params),
    text: texts.team.text(params),
  })),
  'flag-receipt': withLink('receipt'),
  'flag-decided': withLink('decided'),
  'flag-appeal': withLink('appeal'),
}
