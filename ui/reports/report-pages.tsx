import { whenText } from '../../node/domain/cafes/cafe-text.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { placeOf } from '../cafes/card.tsx'
import { titleOfForm } from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form, Link } from '../components/link.tsx'
import { NoticePage } from '../components/notice-page.tsx'
import type { Site } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { CoopCard } from './coop-card.tsx'
import { ReportForm, type ReportFormProps } from './report-form.tsx'

/** The way to the page: signed in (`admin`), or by the link of a mail. */
export type ReportPageProps = ReportFormProps & { site: Site; admin?: AdminProps | undefined }

/** What is told of a café after it took place. */
export function ReportPage({ site, admin, ...props }: ReportPageProps) {
  const { cafe, form, report, isAsking, refusal } = props
  const t = messagesFor(site.lang)
  const heading = refusal || (report && !isAsking) ? t.report.link : t.report.number.title
  const title = titleOfForm(form, heading)
  const which = <WhichCafe cafe={cafe} site={site} />
  if (admin)
    return (
      <AdminPage
        {...admin}
        {...{ title, heading }}
        current={paths.adminCafes}
        back={{ href: paths.cafeOnline(cafe.id), label: cafe.title }}
        narrow
      >
        {which}
        <ReportForm {...props} />
        {report?.participants !== undefined && !isAsking && (
          <CoopCard cafe={cafe} participants={report.participants} t={t} />
        )}
      </AdminPage>
    )
  return (
    <Layout {...{ title, site }} noindex narrow>
      <h1>{heading}</h1>
      {which}
      <ReportForm {...props} />
    </Layout>
  )
}

const WhichCafe = ({ cafe, site }: Pick<ReportPageProps, 'cafe' | 'site'>) => {
  const t = messagesFor(site.lang)
  return (
    <p class="panel">
      <strong>
        <UserText cafe={cafe} t={t}>
          {cafe.title}
        </UserText>
      </strong>
      <span class="line">
        {whenText(cafe, t.lang)}, {placeOf(cafe, t)}
      </span>
      <span class="line">{t.report.number.lead}</span>
    </p>
  )
}

/** POST to `action`: nothing but the token of the session, where there is one. */
export type RemoveReportPageProps = {
  site: Site
  admin?: AdminProps | undefined
  action: string
  back: string
}

/** Asks whether a report is to be deleted for ever. */
export function RemoveReportPage({ site, admin, action, back }: RemoveReportPageProps) {
  const texts = messagesFor(site.lang).report.remove
  const form = (
    <>
      <p>{texts.text}</p>
      <Form method="post" action={action} csrf={admin?.session.csrf}>
        <p class="buttons">
          <button type="submit" class="button danger">
            {texts.submit}
          </button>
          <Link href={back}>{texts.back}</Link>
        </p>
      </Form>
    </>
  )
  if (admin)
    return (
      <AdminPage {...admin} title={texts.title} current={paths.adminCafes} narrow>
        {form}
      </AdminPage>
    )
  return (
    <Layout title={texts.title} site={site} noindex narrow>
      <h1>{texts.title}</h1>
      {form}
    </Layout>
  )
}

/** Says that a report is deleted. */
export const ReportRemovedPage = ({ site }: { site: Site }) => (
  <NoticePage site={site} title={messagesFor(site.lang).report.remove.done} text="" />
)
