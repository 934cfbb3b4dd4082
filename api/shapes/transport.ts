import * as t from 'io-ts'

export const TransportChoice = t.keyof({ cookie: null, bearer: null })
