import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { AdminPage, type AdminProps } from './layout.tsx'
import { Meanwhile, type MeanwhileProps } from './meanwhile.tsx'
import { UnsavedTexts } from './unsaved-texts.tsx'

export type DeletedPageProps = AdminProps &
  Pick<MeanwhileProps, 'edit'> & {
    noun: 'cafe' | 'venue' | 'network' | 'series' | 'resource'
    /** The texts that were typed about it. */
    typed: readonly string[]
  }

/** Says that somebody deleted the object of a page that was still open, and gives back what was typed there. */
export function DeletedPage({ site, session, noun, edit, typed }: DeletedPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.admin.edits
  return (
    <AdminPage
      title={texts.deletedTitle[noun]}
      {...{ site, session }}
      back={{ href: paths.admin, label: t.admin.nav.home }}
      narrow
    >
      <Meanwhile words={texts.deletedLead[noun]} edit={edit} t={t} />
      <UnsavedTexts typed={typed} t={t} />
    </AdminPage>
  )
}
