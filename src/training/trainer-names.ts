/** Trainers by name, as a configuration chooses them. */
export const trainerNames = ['local', 'trl', 'hosted'] as const
export type TrainerName = (typeof trainerNames)[number]
