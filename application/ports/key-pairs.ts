/** The halves of an Ed25519 key (RFC 8037: the JWK's `x` and `d`) and its thumbprint (RFC 7638). */
export type KeyPair = { readonly kid: string; readonly publicKey: string; readonly privateKey: string }

/** Makes and opens signing keys. `Key` is what the signer takes. */
export type KeyPairs<Key> = {
  readonly generate: () => Promise<KeyPair>
  /** Null if the halves do not belong together. */
  readonly open: (pair: Omit<KeyPair, 'kid'>) => Key | null
}
