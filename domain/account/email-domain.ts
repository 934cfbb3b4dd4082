const longestDomain = 253
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/** In a URL other ASCII characters would end the host, or be decoded. */
const syntax = /[^a-z0-9.\-\u0080-\u{10ffff}]/iu

/** Node checks A-labels only in a host that has a label which is not ASCII. */
const checked = 'ü.'
const prefix = new URL(`http://${checked}x`).hostname.length - 1

/** The A-labels of a domain, after UTS #46 and without the dot of the root, or `null`. An address literal is no domain. */
export function asciiDomain(text: string): string | null {
  // URL composes by an older Unicode than NFC does.
  const url = `http://${checked}${text.normalize('NFC')}`
  if (syntax.test(text) || !URL.canParse(url)) return null
  const domain = new URL(url).hostname.slice(prefix).replace(/\.$/, '')
  return domain.length <= longestDomain && domain.split('.').every((part) => label.test(part)) ? domain : null
}
