import { defineRoute, type Guard, type Route } from '../http/route.ts'

type Needs = {
  /** Prometheus text format, version 0.0.4. */
  readonly render: () => Promise<string>
  /** Undefined: anyone who reaches the port may read. */
  readonly isToken: ((presented: string) => boolean) | undefined
  /** Undefined: under any `Host`. */
  readonly isHost?: ((host: string) => boolean) | undefined
}

/** A page whose own name was made to resolve to this machine may read what its origin serves. */
const requireHost = (isHost: (host: string) => boolean): Guard => {
  const guard: Guard = ({ headers: { host } }) =>
    host === undefined || isHost(host.replace(/:[0-9]*$/, '')) ? undefined : { problem: 'ORIGIN_REJECTED' }
  return Object.assign(guard, { problems: ['ORIGIN_REJECTED'] as const })
}

const requireToken = (isToken: (presented: string) => boolean): Guard => {
  const guard: Guard = ({ headers: { authorization = '' } }) => {
    const presented = /^Bearer ([\x21-\x7e]{1,256})$/i.exec(authorization)?.[1]
    return presented !== undefined && isToken(presented) ? undefined : { problem: 'SESSION_REQUIRED' }
  }
  return Object.assign(guard, { problems: ['SESSION_REQUIRED'] as const })
}

export function metricsRoute({ render, isToken, isHost }: Needs): Route {
  return defineRoute({
    method: 'GET',
    url: '/metrics',
    tag: 'Operations',
    summary: 'Metrics for Prometheus',
    description: 'A token, if one is asked for, is the one of METRICS_TOKEN and not that of a session.',
    responses: { 200: { mediaType: 'text/plain; version=0.0.4; charset=utf-8' } },
    guards: [...(isToken === undefined ? [] : [requireToken(isToken)]), ...(isHost === undefined ? [] : [requireHost(isHost)])],
  })(async () => ({ status: 200, body: await render() }))
}
