import type { Context } from '../context.ts'
import { defineRoute } from '../http/route.ts'
import { ServiceSettings } from '../shapes/service-settings.ts'

const url = '/settings'

/** What the plugin is mounted under in a host app. */
const prefixOf = (route = '') => route.slice(0, -`/api/1${url}`.length)

export function settingsRoute({ settings }: Context) {
  return defineRoute({
    method: 'GET',
    url,
    tag: 'Service',
    summary: 'Get what a page must know before anybody logs in',
    description: 'Lengths are in code points. `logo` is a path on the same origin.',
    responses: { 200: ServiceSettings },
  })((_, { routeOptions }) => {
    const { service } = settings
    const logo = service.logo === null ? null : `${prefixOf(routeOptions.url)}${service.logo}`
    return { status: 200, body: { ...settings, service: { ...service, logo } } }
  })
}
