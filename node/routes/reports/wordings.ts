import { Hono } from 'hono'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { runStep } from '../../store/database/locks.ts'
import { saveWordingApart } from '../../store/reports/asked-questions.ts'
import { findQuestionOfWording } from '../../store/reports/questions.ts'
import { textOf } from '../http/forms.ts'
import type { WebEnv } from '../workspaces/access.ts'

const WORDING_MAX = 400

/** The team sets a wording apart from the group that the rule gives it, or puts it back. */
export const wordingRoutes = ({ db, now }: Context) =>
  new Hono<WebEnv>().post('/', async (c) => {
    const wording = textOf(c.var.form, 'wording').slice(0, WORDING_MAX)
    const isApart = textOf(c.var.form, 'apart') === '1'
    await runStep(db, (trx) => saveWordingApart(trx, { wording, isApart }, now()))
    const id = await findQuestionOfWording(db, wording)
    return c.redirect(id === undefined ? paths.questions : paths.question(id), 303)
  })
