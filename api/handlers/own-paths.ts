import type { Route } from '../http/route.ts'

const root = '/api/1/'

/** Everything under the root of the API, whether a route is there or not, and the few paths beside it. */
export function ownPaths(routes: readonly Pick<Route, 'url'>[]) {
  const roots = new Set<string>()
  const others = new Set<string>()
  for (const { url } of routes) {
    const at = url.indexOf(root)
    if (at === -1) others.add(url)
    else roots.add(url.slice(0, at + root.length))
  }
  return (url: string): boolean => {
    const [path = ''] = url.split('?', 1)
    return others.has(path) || [...roots].some((root) => path.startsWith(root))
  }
}
