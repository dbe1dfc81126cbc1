/** Names the demo business is peopled with, in an order that looks like none. */
export const surnames =
  'Abernathy Ahmed Bauer Campbell Castellanos Chen Dubois Eriksen Ferreira Fischer Garcia Haddad Hughes Ito Ivanova Johansson Kaya Kim Kowalski Lindqvist Lopez Mensah Moreau Murphy Nakamura Nguyen Novak Oduya Olsen Park Patel Petrov Quinn Ramos Reid Rossi Sato Schmidt Silva Singh Sokolov Tanaka Torres Ueda Vargas Virtanen Walsh Weber Yilmaz Zhang'.split(
    ' ',
  )
export const adults =
  'Ana Bao Carla Dmitri Elena Farid Grace Hugo Ines Joanne Kenji Linh Marc Nadia Omar Piotr Rana Sara Tariq Uma Victor Wen Yara Zoltan'.split(
    ' ',
  )
export const girls =
  'Ada Alva Bea Chloe Elsa Esi Hana Isla June Lea Lucia Mia Noor Nora Poppy Ruby Valentina Zoe Zofia'.split(' ')
export const boys = 'Arjun Bilal Chidi Davi Emil Finn Hugo Kofi Leo Max Milo Nils Otto Rafa Sam Theo Tomas Yusuf'.split(
  ' ',
)

/** What families write with an act, when they write at all. */
export const remarks = [
  'Could she be in the same group as her friend?',
  'We are away that week.',
  'Dentist',
  'Mondays are better for us now.',
  'Thank you!',
  'He is a little shy at first.',
  'Grandmother picks up.',
  'Moving to the other side of town.',
]

/** Numbers that look random and are the same at every start (mulberry32). */
export function dice(seed: number) {
  let state = seed
  const roll = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  return {
    chance: (share: number) => roll() < share,
    below: (limit: number) => Math.floor(roll() * limit),
    of: <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)] as T,
  }
}

export type Dice = ReturnType<typeof dice>
