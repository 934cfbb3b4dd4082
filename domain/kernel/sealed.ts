import * as t from 'io-ts'

export interface SealedBrand {
  readonly Sealed: unique symbol
}

/**
 * A value that only its person's data key opens: `<person>.<base64url(nonce || ciphertext || tag)>`. The purpose it was
 * sealed for is part of the additional data, so a sealed address cannot be passed off as a sealed password hash.
 * `person` is an account id, or `strangers-YYYY-MM` for whoever has no account.
 */
export type Sealed = t.Branded<string, SealedBrand>

export const Sealed = t.brand(t.string, (s): s is Sealed => /^[a-z0-9-]{1,64}\.[A-Za-z0-9_-]{38,}$/.test(s), 'Sealed')
