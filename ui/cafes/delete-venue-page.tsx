import type { KeptVenue } from '../../node/domain/cafes/venue.ts'
import { DeskLayout } from '../admin/layout.tsx'
import { CsrfInput } from '../components/fields.tsx'
import type { DeskSession, Site } from '../components/site.ts'
import { stringsFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { addressInWords } from './admin-venues.tsx'

type DeleteVenuePageProps = {
  site: Site
  session: DeskSession
  venue: KeptVenue
  /** To come; while there are some, the venue stays. */
  cafes: number
}

/** POST on the same address: `csrf`. */
export function DeleteVenuePage({ site, session, venue, cafes }: DeleteVenuePageProps) {
  const t = stringsFor(site.lang)
  const words = t.profile.removal
  return (
    <DeskLayout title={words.title} site={site} session={session} current={paths.venues}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <p class="panel">
          <strong>{venue.name}</strong>
          <span class="line">{addressInWords(venue)}</span>
        </p>
        {cafes > 0 ? (
          <>
            <p role="alert">{words.refused(cafes)}</p>
            <p class="buttons">
              <a class="button" href={paths.desk}>
                {t.desk.nav.cafes}
              </a>
              <a href={paths.venue(venue.id)}>{words.keep}</a>
            </p>
          </>
        ) : (
          <form method="post" action={paths.deleteVenue(venue.id)}>
            <CsrfInput csrf={session.csrf} />
            <p>{words.what(venue.name)}</p>
            <p class="buttons">
              <button type="submit" class="button danger">
                {words.confirm}
              </button>
              <a href={paths.venue(venue.id)}>{words.keep}</a>
            </p>
          </form>
        )}
      </div>
    </DeskLayout>
  )
}
