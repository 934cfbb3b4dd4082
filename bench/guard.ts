import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath, pathToFileURL } from 'node:url'
import autocannon from 'autocannon'
import { median, medianRatio, turnByTurn } from './support/rounds.ts'

/** A server of the bench in a process of its own, so that the load does not run on its thread. */
const start = async (kind: string) => {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./support/guarded-server.ts', import.meta.url)), kind], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const { url, tokens } = JSON.parse(line) as { url: string; tokens: string[] }
  return { url, tokens, stop: () => child.kill() }
}

const perSecond = async ({ url, tokens }: { url: string; tokens: readonly string[] }, duration: number) => {
  const requests = tokens.map((token) => ({ method: 'GET' as const, path: '/', headers: { authorization: `Bearer ${token}` } }))
  const { requests: sent, non2xx, errors } = await autocannon({ url, connections: 32, pipelining: 1, duration, requests })
  if (non2xx + errors > 0) throw new Error(`${non2xx} answers were not 200, ${errors} errors`)
  return sent.average
}

/** Requests a second to a route that our guard keeps, against the same route without a guard, in one run. `plugin`: an app of one's own with Gatebook in it. */
export const benchGuard = async (rounds = 9, seconds = 4) => {
  const bare = await start('bare')
  const guarded = await start('guarded')
  try {
    await perSecond(bare, 2)
    await perSecond(guarded, 2)
    const figures = await turnByTurn(rounds, { bare: () => perSecond(bare, seconds), guarded: () => perSecond(guarded, seconds) })
    return { bare: median(figures.bare), guarded: median(figures.guarded), ratio: medianRatio(figures.guarded, figures.bare) }
  } finally {
    bare.stop()
    guarded.stop()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { bare, guarded, ratio } = await benchGuard()
  console.log(`bare Fastify ${bare.toFixed(0)}/s, guarded ${guarded.toFixed(0)}/s, ratio ${ratio.toFixed(3)}`)
}
