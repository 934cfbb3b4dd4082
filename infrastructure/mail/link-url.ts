import { type Reader, reader } from '../configuration/readers.ts'
import { isLoopback } from '../network/is-loopback.ts'

export const tokenPlace = '{token}'

const afterTheHost = /^https?:\/\/[^/?#{}]+[/?#]/i

/** A token in the name of a host would be sent to whoever owns the name. */
const hasOnePlace = (text: string) => {
  const [before = '', after, ...more] = text.split(tokenPlace)
  return after !== undefined && more.length === 0 && afterTheHost.test(before)
}

const isSafe = ({ protocol, hostname, username, password }: URL) =>
  (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))) && `${username}${password}` === ''

/** Where people open a mailed link, on a front end of one's own. */
export const linkUrl: Reader<string> = reader(
  'an https URL, or http of a loopback address, without credentials, with {token} once behind the host or without a #',
  (text) => {
    const plain = text.replace(tokenPlace, 'token')
    const url = /^[\x21-\x7e]{1,2048}$/.test(plain) && URL.canParse(plain) ? new URL(plain) : undefined
    if (url === undefined || !isSafe(url) || /[{}]/.test(plain)) return undefined
    return hasOnePlace(text) || (plain === text && !text.includes('#')) ? text : undefined
  },
)
