import { createServer } from 'node:http'
import { createFederation, MemoryKvStore } from '@fedify/fedify'
import { Create } from '@fedify/vocab'
import { type DocumentLoader, getDocumentLoader, type RemoteDocument } from '@fedify/vocab-runtime'
import { getRequestListener } from '@hono/node-server'
import SQLite from 'better-sqlite3'
import { createUsage } from './measures.ts'
import { answer } from './processes.ts'

/**
 * The inbox of another server, with which ours is compared: Fedify as any program uses it, from node_modules and not
 * from our bundle. It verifies each message and stores its text in a transaction of its own, and does nothing else. It
 * has no need to fetch anything: the question `open` gives it the actors, and it has every context.
 */

export type FedifyQuestion = 'how' | { ask: 'open'; actors: Record<string, object>; path: string }

function serveFedify(port: number): void {
  const actors = new Map<string, object>()
  let store = (_id: string, _text: string): void => undefined
  const fetchContext = getDocumentLoader()
  const loader: DocumentLoader = async (url): Promise<RemoteDocument> => {
    const [documentUrl = url] = url.split('#')
    const document = actors.get(documentUrl)
    return document ? { contextUrl: null, documentUrl, document } : fetchContext(url)
  }
  const federation = createFederation<void>({
    kv: new MemoryKvStore(),
    documentLoaderFactory: () => loader,
    authenticatedDocumentLoaderFactory: () => loader,
    contextLoaderFactory: () => loader,
  })
  federation.setActorDispatcher('/users/{identifier}', () => null)
  federation
    .setInboxListeners('/users/{identifier}/inbox', '/inbox')
    .on(Create, async (_, create) =>
      store(create.id?.href ?? '', JSON.stringify(await create.toJsonLd())),
    )
  const server = createServer(
    getRequestListener((request) => federation.fetch(request, { contextData: undefined })),
  )
  const usage = createUsage()
  server.listen(port, '127.0.0.1', () =>
    answer((question: FedifyQuestion) => {
      if (question === 'how') return usage()
      for (const [uri, actor] of Object.entries(question.actors)) actors.set(uri, actor)
      store = openStore(question.path)
      return undefined
    }),
  )
}

function openStore(path: string): (id: string, text: string) => void {
  const sqlite = new SQLite(path)
  sqlite.pragma('journal_mode = wal')
  sqlite.pragma('synchronous = full')
  sqlite.exec('create table message (id text primary key, body text not null)')
  const insert = sqlite.prepare('insert into message (id, body) values (?, ?)')
  return (id, text) => void insert.run(id, text)
}

process.once('disconnect', () => process.exit())
serveFedify(Number(process.env.PORT))
