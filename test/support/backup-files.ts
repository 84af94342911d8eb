import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { Header } from 'tar'

export type TarEntry = {
  path: string
  body: Buffer
  /** As the header says it, where it lies. */
  size?: number
  type?: 'File' | 'SymbolicLink' | 'Directory'
  linkpath?: string
}

/** An archive as somebody with other intentions would make it. */
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

/** A manifest that says of these parts what is true, with some of it changed. */
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
      counts: { cafes: 0, people: 0, followers: 0 },
      parts,
      ...change,
    }),
  )

export async function writeGzip(path: string, tar: Buffer): Promise<string> {
  await writeFile(path, gzipSync(tar))
  return path
}
