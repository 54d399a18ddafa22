/** How the commands of a household game are worded. The two published text versions differ in the wording of `put` alone. */
export interface CommandShapes {
  goTo(receptacle: string): string
  open(receptacle: string): string
  take(object: string, receptacle: string): string
  put(object: string, receptacle: string): string
  treat(verb: 'clean' | 'heat' | 'cool', object: string, receptacle: string): string
  use(lamp: string): string
}

/** ALFWorld 0.4 and later (text 2.1.2, 2.1.3): `move X to Y`. */
export const moveShapes: CommandShapes = {
  goTo: (receptacle) => `go to ${receptacle}`,
  open: (receptacle) => `open ${receptacle}`,
  take: (object, receptacle) => `take ${object} from ${receptacle}`,
  put: (object, receptacle) => `move ${object} to ${receptacle}`,
  treat: (verb, object, receptacle) => `${verb} ${object} with ${receptacle}`,
  use: (lamp) => `use ${lamp}`,
}

/** ALFWorld up to 0.3.5 (text 2.1.1, the one of the LEAP paper): `put X in/on Y`. */
export const putShapes: CommandShapes = {
  ...moveShapes,
  put: (object, receptacle) => `put ${object} in/on ${receptacle}`,
}
