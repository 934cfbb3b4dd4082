import type { Context } from '../context.ts'
import { defineRoute } from '../http/route.ts'
import { ServiceSettings } from '../shapes/service-settings.ts'

export function settingsRoute({ settings }: Context) {
  return defineRoute({
    method: 'GET',
    url: '/settings',
    tag: 'Service',
    summary: 'Get what a page must know before anybody logs in',
    description: 'Lengths are in code points. `logo` is a path on the same origin.',
    responses: { 200: ServiceSettings },
  })((_, { mountedAt }) => {
    const { service } = settings
    const logo = service.logo === null ? null : `${mountedAt}${service.logo}`
    return { status: 200, body: { ...settings, service: { ...service, logo } } }
  })
}
