const decoded = (body: string) =>
  Buffer.from(
    body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_sign, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')

/** The parts of a message (RFC 5322) in plain text: header fields unfolded, by lower-case name, and the body decoded, with bare line ends. */
export const readMail = (source: string) => {
  const end = source.indexOf('\r\n\r\n')
  const fields = source
    .slice(0, end)
    .replace(/\r\n[ \t]/g, ' ')
    .split('\r\n')
  const headers = fields.map(
    (field) => [field.slice(0, field.indexOf(':')).toLowerCase(), field.slice(field.indexOf(':') + 1).trim()] as const,
  )
  const body = source.slice(end + 4)
  const named: Readonly<Record<string, string>> = Object.fromEntries(headers)
  const isQuoted = named['content-transfer-encoding'] === 'quoted-printable'
  return { headers: named, body: (isQuoted ? decoded(body) : body).replaceAll('\r\n', '\n') }
}
