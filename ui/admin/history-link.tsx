import { Link } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** Below a form of the administration: who changed what by it. */
export const HistoryLink = ({ form, t }: { form: string; t: Messages }) => (
  <p class="fine">
    <Link href={paths.historyOf(form)}>{t.admin.edits.history}</Link>
  </p>
)
