import { Hono } from 'hono'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { readShortCode } from '../../domain/values/short-code.ts'
import { findCoded } from '../../store/series/short-codes.ts'

/**
 * The short address of a café or a series of this server, for paper. It leads to the page, which says whether one may
 * read it.
 */
export const shortAddressRoutes = ({ db }: Context) =>
  new Hono().get('/:code', async (c) => {
    const idEnd = readShortCode(c.req.param('code'))
    const found = idEnd === undefined ? undefined : await findCoded(db, idEnd)
    if (!found) throw new DomainError('not_found', 'cafes.not_announced')
    return c.redirect(found.type === 'cafe' ? paths.cafe(found.id) : paths.series(found.id))
  })
