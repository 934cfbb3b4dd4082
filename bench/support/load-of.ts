import autocannon from 'autocannon'

/** GET requests over 32 connections for `duration` seconds: how many a second, and how many in all. */
export async function loadOf(url: string, headers: Readonly<Record<string, string>>, duration: number) {
  const { requests, non2xx, errors } = await autocannon({ url, headers: { ...headers }, connections: 32, duration })
  if (non2xx + errors > 0) throw new Error(`${url}: ${non2xx} answers were not 200, ${errors} errors`)
  return { perSecond: requests.average, total: requests.total }
}
