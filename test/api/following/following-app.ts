import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { openGatebook, type PublicEvent } from 'gatebook'
import { type Call, headersOf, jsonOf, payloadOf, stepsOf, urlOf } from '../../support/server/client.ts'

export const until = async (holds: () => boolean | Promise<boolean>) => {
  for (let n = 0; !(await holds()); n++) {
    if (n > 12_000) throw new Error('it did not come to hold')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

const cheap = { ARGON2_MEMORY_KIB: '8', ARGON2_TIME: '1', LOG_LEVEL: 'silent', LOGIN_RATE_PER_MINUTE: '0', RATE_PER_MINUTE: '0' }

/** An app of somebody's own, with Gatebook in it. It can be opened again on its data. */
export const openApp = async (env: Readonly<Record<string, string>> = {}, given?: string) => {
  const dataDir = given ?? mkdtempSync(join(tmpdir(), 'gatebook-following-'))
  const gatebook = await openGatebook({ environment: { ...cheap, ...env }, dataDir })
  const app = Fastify({ requestTimeout: 10_000 })
  await app.register(gatebook.plugin)
  const client = stepsOf(async (call: Call) => {
    const payload = payloadOf(call)
    const request = { method: call.method, url: urlOf(call.path), headers: headersOf(call) }
    const answer = await app.inject({ ...request, ...(payload === undefined ? {} : { payload }) })
    const body = jsonOf(answer.payload, String(answer.headers['content-type'] ?? ''))
    return { status: answer.statusCode, body, text: answer.payload, headers: answer.headers }
  })
  return {
    ...client,
    gatebook,
    dataDir,
    root: async () => client.elevated((await client.setUp(gatebook.setupToken)).token),
    close: () => app.close(),
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  }
}

export type App = Awaited<ReturnType<typeof openApp>>

/** What an iterator gives, in the background, until it ends. */
export const collect = (events: AsyncIterable<PublicEvent>) => {
  const collected: PublicEvent[] = []
  const done = (async () => {
    for await (const event of events) collected.push(event)
  })()
  return {
    collected,
    done,
    types: () => collected.map(({ type }) => type),
    untilType: (type: string) => until(() => collected.some((e) => e.type === type)),
  }
}
