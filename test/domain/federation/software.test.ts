import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import {
  ADVICE,
  awaitsChangePost,
  canReadAccounts,
  canReadPosts,
  canReadSharedEvents,
  canReadShares,
  canShowEvents,
  hasHiddenTitles,
  hasOnlyPosts,
  type Software,
} from '../../../node/domain/federation/software.ts'

const gancio: Software = { name: 'gancio', version: '1.21.0' }
const forum: Software = { name: 'nodebb', version: '4.11.0' }
const mastodon = (version?: string): Software => ({ name: 'mastodon', version })

test('the guide has a row for each program of the page, and the accounts that show nothing there', async () => {
  const guide = await readFile(new URL('../../../docs/suivre.md', import.meta.url), 'utf8')
  const rows = guide.split('\n').filter((line) => line.startsWith('| '))
  for (const { label, follow } of ADVICE) {
    const at = rows.findIndex((row) => row.split('|')[1]?.includes(label.split(' ')[0] ?? ''))
    expect(at, label).toBeGreaterThan(0)
    if (follow === 'place' || follow === 'trusted-place') {
      const row = rows[at]?.includes('de même') ? rows[at - 1] : rows[at]
      expect(row, label).toContain('le compte de chaque lieu')
      if (follow === 'trusted-place') expect(row, label).toContain('fait confiance')
    }
    if (follow === 'server') expect(rows[at], label).toContain('le site entier')
  }
})

describe('what is sent to whom', () => {
  test('a server of unknown software gets Events, shares and posts about changes', () => {
    for (const software of [undefined, { name: 'pinson' }, { name: '' }]) {
      expect(canShowEvents(software)).toBe(true)
      expect(canReadShares(software)).toBe(true)
      expect(awaitsChangePost(software)).toBe(true)
    }
  })

  test('a property that every JavaScript object has is no name of a program', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty'])
      expect([canShowEvents({ name }), canReadShares({ name }), canReadPosts({ name })]).toEqual([
        true,
        true,
        true,
      ])
  })

  test('Gancio gets events and what becomes of them, no post and nothing from feeds', () => {
    expect(canShowEvents(gancio)).toBe(true)
    expect(canReadPosts(gancio)).toBe(false)
    expect(awaitsChangePost(gancio)).toBe(false)
    expect(canReadShares(gancio)).toBe(false)
    expect(canReadAccounts(gancio)).toBe(false)
    expect(canReadAccounts(undefined)).toBe(true)
  })

  test('NodeBB and Hollo get posts in the place of events', () => {
    for (const software of [forum, { name: 'hollo' }]) {
      expect(hasOnlyPosts(software)).toBe(true)
      expect(canReadShares(software)).toBe(false)
      expect(canReadPosts(software)).toBe(true)
      expect(awaitsChangePost(software)).toBe(false)
    }
  })

  test('what hides a post behind its title gets one without, where it is posted and where it is shared', () => {
    for (const name of ['gotosocial', 'misskey', 'sharkey', 'akkoma', 'pleroma']) {
      expect([canShowEvents({ name }), hasOnlyPosts({ name }), hasHiddenTitles({ name })]).toEqual([
        false,
        false,
        true,
      ])
      expect([canReadShares({ name }), canReadSharedEvents({ name })]).toEqual([true, false])
      expect(awaitsChangePost({ name })).toBe(true)
    }
    expect(hasHiddenTitles(mastodon('4.5.0'))).toBe(false)
  })

  test.each([
    ['4.4.8', true],
    ['3.5.19', true],
    ['4.5.0', false],
    ['4.5.0-rc.1+glitch', false],
    ['4.10.2', false],
    ['v4.5.1', false],
    ['10.0.0', false],
    ['44', true],
    ['nightly', true],
    ['4.-5', true],
    ['99999999999.9', true],
    [undefined, true],
  ])('Mastodon %s: a post about a change is needed: %s', (version, isNeeded) => {
    expect(awaitsChangePost(mastodon(version))).toBe(isNeeded)
    expect(canReadPosts(mastodon(version))).toBe(true)
  })
})
