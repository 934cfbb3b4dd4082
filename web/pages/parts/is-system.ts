/** The service itself, or a named part of it or of the app around it: `system:seed`. */
export function isSystem(actor: string) {
  return actor === 'system' || actor.startsWith('system:')
}
