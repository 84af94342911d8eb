import { registerHooks } from 'node:module'
import common from '@ts-morph/common'

/**
 * The compiler interface of TypeScript 5 for a program that is run with `--import` of this file: openapi-typescript
 * writes with it, and TypeScript 7 has none.
 */
// biome-ignore lint/style/noDefaultExport: stands for a module that has one
export default common.ts

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'typescript'
      ? { url: import.meta.url, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
})
