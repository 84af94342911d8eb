import { paths } from '../paths.ts'

/** Returns where other sites read how they show a page of ours (oEmbed 1.0 §4). */
export const oembedLink = (address: string) => ({
  href: `${paths.oembed}?${new URLSearchParams({ url: address })}`,
  type: 'application/json+oembed',
})
