import type { Route } from '../http/route.ts'
import { isUnderTheApi } from '../protection/request-checks.ts'

/** Everything under the root of the API, whether a route is there or not, and the few paths beside it. */
export function ownPaths(routes: readonly Pick<Route, 'url'>[], prefix: string) {
  const others = new Set(routes.filter(({ url }) => !isUnderTheApi(url)).map(({ url }) => prefix + url))
  return (url: string): boolean => {
    const [path = ''] = url.split('?', 1)
    return others.has(path) || (path.startsWith(prefix) && isUnderTheApi(path.slice(prefix.length)))
  }
}
