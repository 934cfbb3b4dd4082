const linkPage = /\/(reset|register|email|invitation|setup)\/?$/

/**
 * The token of a mailed link, if the page was opened by one. It is taken out of the address before anything is drawn, so that it is in
 * no history, bookmark or screenshot, and it is used by a button only: scanners of mail open links.
 */
export function takeLinkToken(): string | null {
  const token = location.hash.slice(1)
  if (token === '' || !linkPage.test(location.pathname)) return null
  history.replaceState(null, '', location.pathname + location.search)
  try {
    return decodeURIComponent(token)
  } catch {
    // Cut off on the way: the service says that it is not valid.
    return token
  }
}
