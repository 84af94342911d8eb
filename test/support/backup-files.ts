import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { Header } from 'tar'

export type TarEntry = {
  path: string
  body: Buffer
  /** The size in its header, where that is false. */
  size?: number
  type?: 'File' | 'SymbolicLink' | 'Directory'
  linkpath?: string
}

/** Makes an archive as somebody with bad intentions would. */
export function tarOf(entries: readonly TarEntry[]): Buffer {
  const blocks = entries.flatMap(({ path, body, size = body.length, type = 'File', linkpath }) => {
    const head = Buffer.alloc(512)
    new Header({
      path,
      size,
      type,
      mode: 0o600,
      mtime: new Date(0),
      ...(linkpath && { linkpath }),
    }).encode(head)
    return [head, body, Buffer.alloc((512 - (body.length % 512)) % 512)]
  })
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}

export const partOf = (name: string, body: Buffer) => ({
  name,
  bytes: body.length,
  sha256: createHash('sha256').update(body).digest('hex'),
})

/** Makes a true manifest of these parts, with some of its values changed. */
export const manifestOf = (
  parts: { name: string; bytes: number; sha256: string }[],
  change: Record<string, unknown> = {},
): Buffer =>
  Buffer.from(
    JSON.stringify({
      format: 1,
      program: '0.1.0',
      origin: 'https://cafes.example',
      createdAt: '2026-11-25T03:00:00Z',
      counts: { cafes: 0, people: 0, followers: 0, members: 0, listed: 0 },
      parts,
      ...change,
    }),
  )

export async function writeGzip(path: string, tar: Buffer): Promise<string> {
  await writeFile(path, gzipSync(tar))
  return path
}
