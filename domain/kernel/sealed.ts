import * as t from 'io-ts'

export interface SealedBrand {
  readonly Sealed: unique symbol
}

/** `<person>.<base64url(nonce || ciphertext || tag)>`. `person` is an account id, or `unknown-callers-YYYY-MM` for callers without an account. */
export type Sealed = t.Branded<string, SealedBrand>

export const Sealed = t.brand(t.string, (s): s is Sealed => /^[a-z0-9-]{1,64}\.[A-Za-z0-9_-]{38,}$/.test(s), 'Sealed')
