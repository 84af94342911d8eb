import { extname } from 'node:path'
import { Hono } from 'hono'
import type { Context } from '../../context.ts'
import { readMediaFile } from '../../store/files/media-storage.ts'

const TYPES: Record<string, string> = {
  '.avif': 'image/avif',
  '.webp': 'image/webp',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
}

/** Cafés' pictures and logos, which never change: a name stands for its bytes for ever. */
export const mediaRoutes = (context: Context) =>
  new Hono().get('/:name', async (c) => {
    const name = c.req.param('name')
    const bytes = await readMediaFile(context, name)
    if (!bytes) return c.notFound()
    return new Response(bytes, {
      headers: {
        'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream',
        'Cache-Control': 'public, max-age=31536000, immutable',
        'Content-Security-Policy': "default-src 'none'; sandbox",
      },
    })
  })
