import type { GenerateSpecOptions } from 'hono-openapi'
import type { Config } from '../../config.ts'

/** Returns what the OpenAPI document says of the API as a whole; the addresses describe themselves. */
export const openApiDocument = ({
  origin,
}: Pick<Config, 'origin'>): Partial<GenerateSpecOptions> => ({
  documentation: {
    info: {
      title: 'Café IA',
      version: '1.0.0',
      description: [
        'Cafés IA: free public conversations about artificial intelligence, where people already are.',
        'Reading needs no key and is open to pages of any site. Writing needs a token of a structure, from the',
        'administration of its site or from `cafe-ia token create`, with the scope that each address names.',
        'Data under Licence Ouverte 2.0. Errors are problems (RFC 9457), in French or, by `Accept-Language`, in English.',
      ].join('\n'),
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
    },
    servers: [{ url: `${origin}/api/v1` }],
    tags: [{ name: 'Reading' }, { name: 'Writing' }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  },
  excludeStaticFile: false,
})
