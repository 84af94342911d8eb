import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Hono, type Context as HonoContext } from 'hono'
import { OWN_FONTS, PACKAGED_FONTS } from '../../formats/images/font-files.ts'
import { PROJECT_ROOT } from '../../program/project-root.ts'
import { hasTag } from '../http/answers.ts'
import { chooseEncoding, compress, type Encoding, SHORT_FIRST } from '../http/compression.ts'
import { verifyScript } from './verify-script.ts'

const LEAFLET = join(dirname(fileURLToPath(import.meta.resolve('leaflet/package.json'))), 'dist')

const SUGGESTIONS_SCRIPT = 'accessible-autocomplete.min.js'
const SUGGESTIONS = dirname(fileURLToPath(import.meta.resolve('accessible-autocomplete')))

const VERIFICATION = 'verification.js'

const GUIDE_PICTURES = join(PROJECT_ROOT, 'docs/guides/images')

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

type Asset = {
  bytes: Uint8Array<ArrayBuffer>
  type: string
  etag: string
  /** A file is compressed when a browser first asks for it, so that the start is not delayed. */
  compressed: Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>
}

function toAsset(name: string, content: Uint8Array): Asset {
  const digest = createHash('sha256').update(content).digest('base64url').slice(0, 16)
  return {
    bytes: Uint8Array.from(content),
    type: TYPES[extname(name)] ?? '',
    // The tag is weak, since it is the same for each encoding (RFC 9110 §8.8.1).
    etag: `W/"${digest}"`,
    compressed: new Map(),
  }
}

function readAssets(folder: string, isWanted: (name: string) => boolean): [string, Asset][] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && isWanted(entry.name))
    .map(({ name }) => [name, toAsset(name, readFileSync(join(folder, name)))])
}

const STYLES = join(PROJECT_ROOT, 'ui/style')

/**
 * Returns the one stylesheet of all pages: the files of `ui/style`, in the order of their names.
 *
 * @internal
 */
export const readStylesheet = (): string =>
  readdirSync(STYLES)
    .filter((name) => name.endsWith('.css'))
    .toSorted()
    .map((name) => readFileSync(join(STYLES, name), 'utf8'))
    .join('\n')
    // Comments and indentation are for readers of the sources.
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\n\s+/g, '\n')

/** A few small files are read once in a process, so that no path reaches the disk. */
const readFiles = once(() => {
  const files = new Map(
    readAssets(join(PROJECT_ROOT, 'ui/public'), (name) => extname(name) in TYPES),
  )
  files.set('style.css', toAsset('style.css', Buffer.from(readStylesheet())))
  for (const [name, asset] of readAssets(LEAFLET, (name) => /^leaflet\.(?:js|css)$/.test(name)))
    files.set(name, asset)
  for (const [name, asset] of readAssets(SUGGESTIONS, (name) => name === SUGGESTIONS_SCRIPT))
    files.set(name, asset)
  files.delete('verify.js')
  return files
})

const readFonts = once(() => {
  const isFont = (name: string) => name.endsWith('.woff2')
  return new Map([...readAssets(PACKAGED_FONTS, isFont), ...readAssets(OWN_FONTS, isFont)])
})

const readVerification = once(() => toAsset(VERIFICATION, Buffer.from(verifyScript())))

const readPictures = once(
  () => new Map(readAssets(GUIDE_PICTURES, (name) => name.endsWith('.webp'))),
)

/** Serves the stylesheet, the icon, the fonts, the scripts and the pictures of the guides. */
export function assetRoutes() {
  const [files, fonts] = [readFiles(), readFonts()]
  return new Hono()
    .get(`/${VERIFICATION}`, (c) => answer(c, readVerification()))
    .get('/:name', (c) => answer(c, files.get(c.req.param('name'))))
    .get('/fonts/:name', (c) => answer(c, fonts.get(c.req.param('name'))))
    .get('/guides/:name', (c) => answer(c, readPictures().get(c.req.param('name'))))
}

/** Makes a value when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** Types that are compressed; pictures and fonts are compressed already. */
const IS_TEXT = /^text\/|^image\/svg/

async function answer(c: HonoContext, asset: Asset | undefined): Promise<Response> {
  if (!asset) return c.notFound()
  const { etag, type, bytes } = asset
  const isText = IS_TEXT.test(type)
  const headers = {
    ETag: etag,
    'Cache-Control': 'public, max-age=3600',
    // Scripts of ours run on other sites' pages.
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    ...(isText && { Vary: 'Accept-Encoding' }),
  }
  if (hasTag(c.req.header('If-None-Match'), etag))
    return new Response(null, { status: 304, headers })
  const encoding = isText ? chooseEncoding(c.req.header('Accept-Encoding'), SHORT_FIRST) : undefined
  return new Response(encoding ? await compressOnce(asset, encoding) : bytes, {
    headers: {
      ...headers,
      'Content-Type': type,
      ...(encoding && { 'Content-Encoding': encoding }),
    },
  })
}

function compressOnce(
  { bytes, compressed }: Asset,
  encoding: Encoding,
): Promise<Uint8Array<ArrayBuffer>> {
  const known = compressed.get(encoding) ?? compress(bytes, encoding, 'hard')
  compressed.set(encoding, known)
  return known
}
