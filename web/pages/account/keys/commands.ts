const file = 'gatebook-key.pem'

const inBase64url = "openssl base64 -A | tr '+/' '-_' | tr -d '='"

/** For a shell with openssl. */
export const commands = {
  make: `openssl genpkey -algorithm ed25519 -out ${file}`,
  read: `openssl pkey -in ${file} -pubout -outform DER | tail -c 32 | ${inBase64url}`,
  // openssl reads what it signs with Ed25519 from a file only.
  sign: (payload: string) =>
    [
      `printf %s '${payload}' | openssl base64 -d -A > gatebook-payload`,
      `openssl pkeyutl -sign -rawin -inkey ${file} -in gatebook-payload | ${inBase64url}`,
    ].join('\n'),
}
