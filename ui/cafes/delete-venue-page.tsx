import type { SavedVenue } from '../../node/domain/cafes/venue.ts'
import { AdminLayout } from '../admin/layout.tsx'
import { CsrfInput } from '../components/fields.tsx'
import { Form, Link } from '../components/link.tsx'
import type { AdminSession, Site } from '../components/site.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { addressText } from './admin-venues.tsx'

type DeleteVenuePageProps = {
  site: Site
  session: AdminSession
  venue: SavedVenue
  /** To come; while there are some, the venue stays. */
  cafes: number
}

/** POST on the same address: `csrf`. */
export function DeleteVenuePage({ site, session, venue, cafes }: DeleteVenuePageProps) {
  const t = messagesFor(site.lang)
  const texts = t.profile.removal
  return (
    <AdminLayout title={texts.title} site={site} session={session} current={paths.venues}>
      <div class="narrow">
        <h1>{texts.title}</h1>
        <p class="panel">
          <strong>{venue.name}</strong>
          <span class="line">{addressText(venue)}</span>
        </p>
        {cafes > 0 ? (
          <>
            <p role="alert">{texts.refused(cafes)}</p>
            <p class="buttons">
              <Link class="button" href={paths.admin}>
                {t.admin.nav.cafes}
              </Link>
              <Link href={paths.venue(venue.id)}>{texts.keep}</Link>
            </p>
          </>
        ) : (
          <Form method="post" action={paths.deleteVenue(venue.id)}>
            <CsrfInput csrf={session.csrf} />
            <p>{texts.what(venue.name)}</p>
            <p class="buttons">
              <button type="submit" class="button danger">
                {texts.confirm}
              </button>
              <Link href={paths.venue(venue.id)}>{texts.keep}</Link>
            </p>
          </Form>
        )}
      </div>
    </AdminLayout>
  )
}
