import { reportFr } from '../../locales/fr/cafes/reports.ts'
import { suggestionsFr } from '../../locales/fr/cafes/suggestions.ts'
import { describeMail, type Site } from './template.ts'

const { mails: texts } = suggestionsFr

type ParamsOf<N extends keyof typeof texts.write> = Omit<
  Parameters<(typeof texts.write)[N]>[0],
  'link'
> &
  Site

const withLink = <P extends { title: string }>(
  subject: (title: string) => string,
  text: (params: P & { link: string }) => string,
) =>
  describeMail({ link: 'suggestion' }, (params: P, { link }) => ({
    subject: subject(params.title),
    text: text({ ...params, link }),
  }))

type Report = ParamsOf<'report'> & { cafe: string; numbers: readonly number[] }

/** The mails to people who suggest a café, by name. */
export const SUGGESTION_TEMPLATES = {
  'suggestion-proof': withLink<ParamsOf<'proof'>>(texts.proofSubject, texts.write.proof),
  'suggestion-published': withLink<ParamsOf<'published'>>(
    texts.publishedSubject,
    texts.write.published,
  ),
  'suggestion-changed': withLink<ParamsOf<'changed'>>(texts.changedSubject, texts.write.changed),
  'suggestion-refused': withLink<ParamsOf<'refused'>>(texts.refusedSubject, texts.write.refused),
  'suggestion-place-kept': withLink<ParamsOf<'placeKept'>>(
    texts.placeKeptSubject,
    texts.write.placeKept,
  ),
  'suggestion-report': describeMail({ link: 'report' }, (params: Report, { link }) => ({
    subject: reportFr.mail.subject(params.title),
    text: texts.write.report({ ...params, link }),
  })),
}
