import { Hono } from 'hono'
import type { Context } from '../context.ts'
import { deskGate, type WebEnv } from './access.ts'
import { accountRoutes } from './desk-account.tsx'
import { deskCafeRoutes } from './desk-cafes.tsx'
import { deskHomeRoutes } from './desk-home.tsx'
import { importRoutes } from './desk-import.tsx'
import { networkRoutes } from './desk-network.tsx'
import { tokenRoutes } from './desk-tokens.tsx'
import { limitBody } from './forms.ts'
import { IMPORT_FORM_BYTES } from './import-file.ts'
import { keepForm } from './kept-form.tsx'

/** The administration, behind one door; mounted after the ways in (`signInRoutes`). */
export const deskRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .use((c, next) => (isImport(c.req.path) ? largeBody : smallBody)(c, next))
    .use(deskGate(context, keepForm(context)))
    .route('/', deskHomeRoutes(context))
    .route('/', accountRoutes(context))
    .route('/cafes', deskCafeRoutes(context))
    .route('/import', importRoutes(context))
    .route('/jetons', tokenRoutes(context))
    .route('/reseau', networkRoutes(context))

const smallBody = limitBody()
const largeBody = limitBody(IMPORT_FORM_BYTES)

const isImport = (path: string): boolean => path.startsWith('/administration/import')
