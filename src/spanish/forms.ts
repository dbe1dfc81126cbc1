/** What stands beside a field that was not understood; the label is said in Spanish where it is known. */
export const forms: Record<string, string> = {
  '{label} is missing.': 'Falta: {label}.',
  '{label} is longer than {max} characters.': '{label}: más de {max} caracteres.',
  '{label} has a character that cannot be used.': '{label}: tiene un carácter que no se puede usar.',
}
