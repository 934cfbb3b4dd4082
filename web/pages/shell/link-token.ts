const linkPage = /\/(reset|register|email|invitation|setup)\/?$/

let newest: string | null = null

/** Of the newest link that was opened in this tab. It is kept in memory only. */
export function linkToken() {
  return newest
}

/**
 * Takes the token of a mailed link, if the page was opened by one. It is taken out of the address before anything is drawn, so that it is in
 * no history, bookmark or screenshot, and it is used by a button only: scanners of mail open links.
 */
export function takeLinkToken() {
  const token = location.hash.slice(1)
  if (token === '' || !linkPage.test(location.pathname)) return
  history.replaceState(null, '', location.pathname + location.search)
  try {
    newest = decodeURIComponent(token)
  } catch {
    // Cut off on the way: the service says that it is not valid.
    newest = token
  }
}
