const shownByThePerson = new Set(['totp', 'development'])

/** Whether codes are sent, by mail or by whatever the operator has built. */
export function isDelivered(provider: string) {
  return !shownByThePerson.has(provider)
}
