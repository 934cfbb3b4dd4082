/** Why Gatebook closes a socket. From 4000 on they are our own; docs/websocket.md explains all of them. */
export const closeCodes = {
  stopping: 1001,
  protocol: 1002,
  textFrame: 1003,
  /** Never sent: the connection is cut. */
  silent: 1006,
  malformed: 1007,
  tooMuch: 1008,
  tooBig: 1009,
  fault: 1011,
  tryAgainLater: 1013,
  expired: 4001,
  invalid: 4002,
  disabled: 4003,
  notAuthenticated: 4008,
  revoked: 4009,
} as const

export type CloseReason = keyof typeof closeCodes

/** For people who look at a close frame. */
export const closeTexts: Readonly<Record<CloseReason, string>> = {
  stopping: 'the service is stopping',
  protocol: 'not the WebSocket protocol',
  textFrame: 'send binary frames',
  silent: 'a ping was not answered',
  malformed: 'not a Protobuf Envelope',
  tooMuch: 'too many messages, or too slow a reader',
  tooBig: 'a message is too big',
  fault: 'internal error',
  tryAgainLater: 'try again later',
  expired: 'the token has expired',
  invalid: 'the credentials are not valid',
  disabled: 'the account is disabled',
  notAuthenticated: 'not authenticated in time',
  revoked: 'the session was revoked',
}
