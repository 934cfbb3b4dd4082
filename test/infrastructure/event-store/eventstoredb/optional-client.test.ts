import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

const program = `
const { openEventStoreDb } = await import('./infrastructure/event-store/eventstoredb/open-event-store-db.ts')
const opened = await openEventStoreDb({ url: 'esdb://127.0.0.1:1?tls=false', development: true, patience: { callMs: 300, attemptMs: 300 } })()
process.stdout.write(JSON.stringify(opened))
`

/** Opens a store in a process where modules resolve and load as `hooks` say. */
const failureWith = (hooks: string) => {
  const preload = `data:text/javascript,${encodeURIComponent(`import { registerHooks } from 'node:module'; registerHooks(${hooks})`)}`
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', preload, '--input-type=module', '-e', program], { encoding: 'utf8' })
  expect(stderr).toBe('')
  return JSON.parse(stdout).left
}

/** Node looks for packages from another place, and finds none. */
const without = (name: string) =>
  `{ resolve: (asked, context, next) => next(asked, asked.startsWith('${name}') ? { ...context, parentURL: 'file:///nowhere/x.js' } : context) }`

const asVersion = (version: string) =>
  `{ load: (url, context, next) => url.endsWith('db-client/package.json') ? { format: 'json', shortCircuit: true, source: '{"version":"${version}"}' } : next(url, context) }`

test('without its package, a store in EventStoreDB says what to install', () => {
  expect(failureWith(without('@eventstore/db-client'))).toEqual({
    type: 'no_client',
    detail: 'EventStoreDB needs the package @eventstore/db-client 6.2.1, which is not installed: npm install @eventstore/db-client@6.2.1',
  })
})

test('another version of the package is refused, because private members may have moved', () => {
  expect(failureWith(asVersion('6.2.2'))).toEqual({
    type: 'no_client',
    detail: 'EventStoreDB needs the package @eventstore/db-client 6.2.1, and 6.2.2 is installed: npm install @eventstore/db-client@6.2.1',
  })
})

test('with its package, the store is asked', () => {
  expect(failureWith(asVersion('6.2.1'))).toMatchObject({ type: 'unavailable' })
})
