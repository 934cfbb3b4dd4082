/** RFC 8037 `x` and `d`, and the RFC 7638 thumbprint. */
export type KeyPair = { readonly kid: string; readonly publicKey: string; readonly privateKey: string }

export type KeyPairs<Key> = {
  readonly generate: () => Promise<KeyPair>
  /** Null if the halves do not belong together. */
  readonly open: (pair: Omit<KeyPair, 'kid'>) => Key | null
}
