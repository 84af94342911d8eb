import { Link } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** A link below a form of the administration, to the list of who changed what. */
export const HistoryLink = ({ form, t }: { form: string; t: Messages }) => (
  <p class="fine">
    <Link href={paths.historyOf(form)}>{t.admin.edits.history}</Link>
  </p>
)
