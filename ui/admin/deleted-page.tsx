import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { AdminPage, type AdminProps } from './layout.tsx'
import { Meanwhile, type MeanwhileProps } from './meanwhile.tsx'

export type DeletedCafePageProps = AdminProps &
  Pick<MeanwhileProps, 'edit'> & {
    /** The texts that were typed about the café. */
    typed: readonly string[]
  }

/** Says that somebody deleted the café of a page that was still open, and gives back what was typed there. */
export function DeletedCafePage({ site, session, edit, typed }: DeletedCafePageProps) {
  const t = messagesFor(site.lang)
  const texts = t.admin.edits
  return (
    <AdminPage
      title={texts.deletedTitle}
      {...{ site, session }}
      back={{ href: paths.admin, label: t.admin.nav.home }}
      narrow
    >
      <Meanwhile words={texts.deletedLead} edit={edit} t={t} />
      {typed.length > 0 && (
        <>
          <p>{texts.typed}</p>
          {typed.map((text) => (
            <p>
              <q>{text}</q>
            </p>
          ))}
        </>
      )}
    </AdminPage>
  )
}
