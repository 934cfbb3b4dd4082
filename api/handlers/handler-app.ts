import type { IncomingMessage } from 'node:http'
import Fastify from 'fastify'
import { parseQueryString } from '../codecs/query-string.ts'
import { type MountOptions, mount } from '../http/mount.ts'
import { maxBody } from '../http/register-route.ts'
import { type ProblemAnswer, sendProblem } from '../problems.ts'
import { securityHeaders } from '../protection/security-headers.ts'

/** Serves every call without listening: requests are handed to it. Fastify's logger is off, because it would write URLs and addresses. */
export function handlerApp(options: MountOptions, prefix = '') {
  const { headers = securityHeaders } = options
  const app = Fastify({
    bodyLimit: maxBody,
    return503OnClosing: false,
    routerOptions: { maxParamLength: 256, querystringParser: (text) => parseQueryString(text) as Record<string, string> },
    frameworkErrors: (_error, _request, reply) => {
      sendProblem(reply.headers(headers), 'MALFORMED_REQUEST')
    },
    genReqId: () => '',
    // Checks know their paths without a prefix. What is outside of it is nowhere.
    rewriteUrl: ({ url = '' }: IncomingMessage) => {
      if (prefix === '') return url
      return url.startsWith(`${prefix}/`) ? url.slice(prefix.length) : '/'
    },
  })
  const checks = mount(app, options)
  app.setNotFoundHandler((request, reply) => {
    const refused: ProblemAnswer = checks.limitCalls(request) ?? { problem: 'NOT_FOUND' }
    return sendProblem(reply, refused.problem, refused)
  })
  return { app, upgrades: checks.upgrades }
}
