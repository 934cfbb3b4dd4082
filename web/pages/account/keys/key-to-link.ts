/** What the owner of a key signs to link it. docs/identity-keys.md has the form of a payload. */
export type KeyToLink = {
  readonly publicKey: string
  readonly fingerprint: string
  readonly challenge: string
  /** SHA-256 of the id of the account. */
  readonly subject: string
}

const purpose = 'gatebook/v1/link'

/** The service that shows the page, never one that a response names. */
const origin = () => window.location.origin

const hexOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

const base64Of = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))

const sha256 = async (bytes: Uint8Array<ArrayBuffer>) => hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))

const utf8 = (text: string) => new TextEncoder().encode(text)

/** Undefined if it is not 32 bytes in base64url, or in a second spelling. */
export function keyBytes(publicKey: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9_-]{43}$/.test(publicKey)) return undefined
  const base64 = `${publicKey.replaceAll('-', '+').replaceAll('_', '/')}=`
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  return base64Of(bytes) === base64 ? bytes : undefined
}

export function fingerprintOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return sha256(bytes)
}

export function hashOfAccount(accountId: string): Promise<string> {
  return sha256(utf8(accountId))
}

/** The fields of the payload, in their order. */
export function fieldsOf({ fingerprint, subject, challenge }: KeyToLink) {
  return { purpose, origin: origin(), fingerprint, subject, challenge }
}

/** In base64, for a shell. */
export function payloadOf(key: KeyToLink): string {
  const framed = Object.values(fieldsOf(key)).flatMap((field) => {
    const bytes = utf8(field)
    const length = new Uint8Array(4)
    new DataView(length.buffer).setUint32(0, bytes.length)
    return [...length, ...bytes]
  })
  return base64Of(Uint8Array.from(framed))
}
