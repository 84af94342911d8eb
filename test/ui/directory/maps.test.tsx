import { expect, test } from 'vitest'
import { describeFrance, describeSmallFrance } from '../../../node/routes/search/france-map.ts'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { FranceMap, SmallFrance } from '../../../ui/maps/france-map.tsx'

const t = messagesFor('fr')

const countDiscs = (html: string): number =>
  html.match(/class="towns" d="([^"]*)"/u)?.[1]?.match(/M/gu)?.length ?? 0

test('a small map and a large one have their own towns, whichever is drawn first', async () => {
  const drawSmall = async () =>
    String(<SmallFrance map={await describeSmallFrance({ towns: [] })} t={t} />)
  const small = await drawSmall()
  const large = String(
    <FranceMap
      map={await describeFrance({ towns: [] })}
      linkOf={(code) => ({ href: `/${code}`, title: code })}
      t={t}
    />,
  )
  const named = large.match(/<g class="wide">(.*?)<\/g>/su)?.[1]?.match(/<text/gu)?.length
  expect(named).toBeGreaterThan(20)
  expect(countDiscs(large)).toBeGreaterThanOrEqual(named ?? 0)
  expect(countDiscs(small)).toBeLessThan(countDiscs(large))
  expect(await drawSmall()).toBe(small)
})
