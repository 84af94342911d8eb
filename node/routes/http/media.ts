import { extname } from 'node:path'
import { Hono } from 'hono'
import type { Context } from '../../context.ts'
import { isOfNobody } from '../../store/files/media.ts'
import { readMediaFile } from '../../store/files/media-storage.ts'

const TYPES: Record<string, string> = {
  '.avif': 'image/avif',
  '.webp': 'image/webp',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
}

/** A café's picture or a logo never changes: a name stands for its bytes for ever. */
const FOR_EVER = 'public, max-age=31536000, immutable'
/** A person's photo can be withdrawn: a browser may keep it for an hour, and no cache on the way. */
const FOR_AN_HOUR = 'private, max-age=3600'

/** The pictures of cafés and people, and logos. */
export const mediaRoutes = (context: Context) =>
  new Hono().get('/:name', async (c) => {
    const name = c.req.param('name')
    const bytes = await readMediaFile(context, name)
    if (!bytes) return c.notFound()
    return new Response(bytes, {
      headers: {
        'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream',
        'Cache-Control': (await isOfNobody(context.db, name.slice(0, 32))) ? FOR_EVER : FOR_AN_HOUR,
        'Content-Security-Policy': "default-src 'none'; sandbox",
      },
    })
  })
