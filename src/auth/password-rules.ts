import * as z from 'zod'

/** The first that anybody tries; NIST and OWASP ask for no other rule than length and these (A24.1: change password). */
const common = new Set(
  '12345678 123456789 1234567890 password password1 password123 passw0rd qwertyui qwertyuiop qwerty123 qwerty12 1q2w3e4r 1qaz2wsx 11111111 00000000 88888888 87654321 iloveyou sunshine princess football baseball superman trustno1 whatever starwars computer michelle jennifer abcd1234 abc12345 letmein1 welcome1 gymnastics cartwheel changeme administrator'.split(
    ' ',
  ),
)

/** A new password: eight characters or more, and not one of those that everybody tries first. */
export const newPassword = z
  .string('Password is missing.')
  .min(8, 'A password has at least 8 characters.')
  .max(1000, 'That is too long for a password.')
  .refine(text => !common.has(text.toLowerCase()), 'Too many people use this password. Choose another one.')
