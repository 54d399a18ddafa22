/** Trainers by name, as a configuration chooses them. */
export const trainerNames = ['local', 'trl'] as const
export type TrainerName = (typeof trainerNames)[number]
