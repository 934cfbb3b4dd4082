/** A page of ours is shown at once; what else is on this origin, behind the same proxy, is loaded. */
export type Wanted = { readonly path: string; readonly isPage: boolean }

const page = /^\/(account|admin)(\/[\w/-]*)?(\?.*)?$/

/** Only a path of this origin: an address from elsewhere would make the login a redirector for phishing. */
export function onwardPath(to: string | null, origin: string): Wanted {
  if (to === null || page.test(to)) return { path: to ?? '/account', isPage: true }
  const url = to.startsWith('/') && URL.canParse(to, origin) ? new URL(to, origin) : undefined
  if (url?.origin !== origin || url.pathname.startsWith('//')) return { path: '/account', isPage: true }
  return { path: url.pathname + url.search, isPage: false }
}
