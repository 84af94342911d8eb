import {
  CompiledQuery,
  createQueryId,
  type KyselyPlugin,
  type RootOperationNode,
  type UnknownRow,
} from 'kysely'
import type { Database, OpenDatabase } from '../../node/store/database/database.ts'

/** Records the queries to the database. */
class Statements implements KyselyPlugin {
  readonly nodes: RootOperationNode[] = []
  transformQuery({ node }: { node: RootOperationNode }): RootOperationNode {
    this.nodes.push(node)
    return node
  }
  async transformResult<R>({ result }: { result: R }): Promise<R> {
    return result
  }
}

/**
 * Returns the same SQLite database under another name, which records what is asked of it, and a function that lists the
 * steps of SQLite's plans for that.
 */
export function watchPlans(db: OpenDatabase): {
  watched: Database
  explain: () => Promise<string[]>
} {
  const statements = new Statements()
  const explain = async () => {
    const details: string[] = []
    for (const node of statements.nodes) {
      const { sql, parameters } = db.getExecutor().compileQuery(node, createQueryId())
      const explained = CompiledQuery.raw(`explain query plan ${sql}`, [...parameters])
      const { rows } = await db.executeQuery<UnknownRow & { detail: string }>(explained)
      details.push(...rows.map(({ detail }) => detail))
    }
    return details
  }
  return { watched: db.withPlugin(statements) as unknown as Database, explain }
}
