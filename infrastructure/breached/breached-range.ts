const prefixLength = 5
/** Octets. The largest range of the public service is some 40 KiB. */
const largestRange = 1_048_576

const readBounded = async (response: Response) => {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > largestRange) throw new Error('range too large')
  }
  return text
}

/** k-anonymity: the service learns the first 5 of 40 digits. Padding hides how many passwords share them; a padded line has the count 0. */
export const inBreachedRange =
  (url: string, timeoutMs = 2_000) =>
  async (hash: string): Promise<boolean> => {
    const response = await fetch(`${url.replace(/\/$/, '')}/${hash.slice(0, prefixLength)}`, {
      headers: { 'add-padding': 'true', accept: 'text/plain' },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (response.status !== 200) {
      await response.body?.cancel()
      throw new Error('no range')
    }
    const suffix = hash.slice(prefixLength)
    return (await readBounded(response)).split('\n').some((line) => {
      const [found = '', count = '0'] = line.trim().split(':')
      return found.toUpperCase() === suffix && Number(count) > 0
    })
  }
