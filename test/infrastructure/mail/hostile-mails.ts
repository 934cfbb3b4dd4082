/** Recipients and subjects that would add a header, a recipient or a command. */
export const hostileRecipients = [
  'ada@example.org\r\nBcc: eve@example.org',
  'ada@example.org\nBcc: eve@example.org',
  'ada@example.org>\r\nRCPT TO:<eve@example.org',
  'ada@example.org, eve@example.org',
  'ada,eve@example.org',
  'ada;eve@example.org',
  '"ada@example.org" <eve@example.org>',
  'eve@example.org <ada@example.org>',
  'everyone: ada@example.org;',
  'ada@example.org\0',
  'ada @example.org',
  'ada@example.org SIZE=1',
  'ada\u2028@example.org',
  'ada@eve@example.org',
  'ada',
  '',
]

export const hostileSubjects = [
  'Hello\r\nBcc: eve@example.org',
  'Hello\nTo: eve@example.org',
  'Hello\r\n\r\nAnother text',
  'Hello\u2028Bcc: eve@example.org',
]
