/**
 * What a household game asks for, recognised from the structure of its PDDL goal. Types are class names as they appear in
 * commands (`sinkbasin`, `desklamp`). The six forms are those of ALFRED / ALFWorld:
 * `place` put one somewhere, `clean` / `heat` / `cool` the same with a treated object, `two` two different objects of the type
 * in one and the same receptacle, `look` hold the object where a toggled lamp is. Any other goal is `other`.
 */
export type Goal =
  | { readonly kind: 'place' | 'clean' | 'heat' | 'cool' | 'two'; readonly object: string; readonly receptacle: string }
  | { readonly kind: 'look'; readonly object: string; readonly lamp: string }
  | { readonly kind: 'other' }

/** A receptacle in the hidden truth. `name` is the one that commands use (`drawer 3`), `type` its class (`drawer`). */
export interface WorldReceptacle {
  readonly name: string
  readonly type: string
  /** Name of the place where the agent stands to use it; several receptacles can share one. */
  readonly location: string
  readonly openable: boolean
  readonly open: boolean
}

/** An object in the hidden truth. */
export interface WorldObject {
  readonly name: string
  readonly type: string
  /** Every receptacle it is listed in: none while held, sometimes two (official games place some objects twice). */
  readonly receptacles: readonly string[]
  /** Where `slice` and `look` find it; can differ from the receptacle's place. Absent after it was picked up there. */
  readonly location?: string
  readonly pickupable: boolean
  readonly cleanable: boolean
  readonly heatable: boolean
  readonly coolable: boolean
  readonly toggleable: boolean
  readonly sliceable: boolean
  readonly clean: boolean
  readonly hot: boolean
  readonly cool: boolean
  /** Burning now. */
  readonly on: boolean
  /** Was switched at least once; this is what the `look` goal asks for. */
  readonly toggled: boolean
  readonly sliced: boolean
}

/** The hidden truth of a household game at one moment, in the names of its commands. For teachers and planners only. */
export interface WorldState {
  /** Name of the place of the agent (`loc 12`). */
  readonly location: string
  /** Name of the object in the agent's hand. */
  readonly holding?: string
  /** In id order, that of the room's description. */
  readonly receptacles: readonly WorldReceptacle[]
  /** In id order; only objects that a fact mentions. */
  readonly objects: readonly WorldObject[]
  /** Receptacle type -> object types that may be put into it. Types without any entry accept nothing. */
  readonly canContain: ReadonlyMap<string, ReadonlySet<string>>
  readonly goal: Goal
}
