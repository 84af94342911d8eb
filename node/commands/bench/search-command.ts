import { defineCommand } from 'citty'

/** `cafe-ia bench search`; what it needs is only loaded when it runs. */
export const searchBench = defineCommand({
  meta: { description: 'Every kind of search, over as many made-up cafés as one likes' },
  args: {
    cafes: { type: 'string', default: '1000000', description: 'How many cafés' },
    data: { type: 'string', description: 'Folder that keeps them for the next run' },
    database: { type: 'string', description: 'postgres://… of an empty one, instead of a file' },
    seconds: { type: 'string', default: '10', description: 'Seconds of each load over HTTP' },
    turns: { type: 'string', default: '200', description: 'Searches of each kind' },
  },
  run: async ({ args }) => {
    const { benchSearch } = await import('./search.ts')
    await benchSearch({
      cafes: args.cafes,
      data: args.data,
      turns: args.turns,
      seconds: args.seconds,
      database: args.database,
    })
  },
})
