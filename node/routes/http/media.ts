import { extname } from 'node:path'
import type { Context } from '../../context.ts'
import { readMediaFile } from '../../store/files/media-storage.ts'

const TYPES: Record<string, string> = {
  '.avif': 'image/avif',
  '.webp': 'image/webp',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
}

/** For what not everybody may see. */
export const FOR_NOBODY_ELSE = 'private, no-store'

/** Answers with a file of the media folder; 404 where there is none of this name. Who may read it is decided before. */
export async function sendMedia(
  context: Pick<Context, 'db' | 'config'>,
  name: string,
  cacheControl: string,
): Promise<Response> {
  const bytes = await readMediaFile(context, name)
  if (!bytes) return new Response(null, { status: 404 })
  return new Response(bytes, {
    headers: {
      'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream',
      'Cache-Control': cacheControl,
      'Content-Security-Policy': "default-src 'none'; sandbox",
    },
  })
}
