import type { IncomingMessage } from 'node:http'
import Fastify from 'fastify'
import { answerNotFound, appOptions } from '../http/app-options.ts'
import { type MountOptions, mount } from '../http/mount.ts'
import { securityHeaders } from '../protection/security-headers.ts'

/** Serves every call without listening: requests are handed to it. */
export function handlerApp(options: MountOptions, prefix = '') {
  const { headers = securityHeaders } = options
  const app = Fastify({
    ...appOptions(headers),
    // Checks know their paths without a prefix. What is outside of it is nowhere.
    rewriteUrl: ({ url = '' }: IncomingMessage) => {
      if (prefix === '') return url
      return url.startsWith(`${prefix}/`) ? url.slice(prefix.length) : '/'
    },
  })
  const checks = mount(app, options, prefix)
  app.setNotFoundHandler(answerNotFound(checks.limitCalls))
  return { app, upgrades: checks.upgrades }
}
