/** What stands beside a field that was not understood; the label is said in Spanish where it is known. */
export const forms: Record<string, string> = {
  '{label} is missing.': 'Falta: {label}.',
  '{label} is longer than {max} characters.': '{label}: más de {max} caracteres.',
  '{label} has a character that cannot be used.': '{label}: tiene un carácter que no se puede usar.',
  '{label} is not a time like 16:15.': '{label}: no es una hora como 16:15.',
  '{label} is not a whole number from {least} to {most}.': '{label}: no es un número entero de {least} a {most}.',
  '{label} is not an amount like 92.00.': '{label}: no es un importe como 92.00.',
  '{label} is not from {least} to {most}.': '{label}: no está entre {least} y {most}.',
  '{label} does not look like an e-mail address.': '{label}: no parece un correo electrónico.',
  '{label} does not look like a phone number.': '{label}: no parece un teléfono.',
  'Choose {label}.': 'Elija {label}.',
  Name: 'Nombre',
  'a guardian': 'un tutor',
  'a location': 'una sede',
  'a package': 'un paquete',
  'a version': 'una versión',
}
