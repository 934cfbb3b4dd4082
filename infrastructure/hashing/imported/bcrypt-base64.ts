const own = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const standard = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** bcrypt has an alphabet of its own. */
export function toBcryptBase64(octets: Buffer) {
  const text = octets.toString('base64').replaceAll('=', '')
  return text.replace(/./g, (sign) => own[standard.indexOf(sign)] ?? '')
}

export function fromBcryptBase64(text: string) {
  return Buffer.from(
    text.replace(/./g, (sign) => standard[own.indexOf(sign)] ?? ''),
    'base64',
  )
}
