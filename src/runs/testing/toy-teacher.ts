import type { Teacher } from '../../contracts/teacher.ts'

/** Corrects every step of a toy trajectory with the action that leads to the ball; leaks at every third step, for the checks to find. */
export const toyTeacher: Teacher = {
  name: 'toy-teacher',
  async correct({ id, steps }) {
    return steps.map((step, index) => {
      const box = step.privileged?.data.box
      const take = step.candidates?.find((candidate) => candidate.startsWith('take '))
      const reason = index % 3 === 2 ? `The ball is in box ${box}.` : 'I have not found the ball yet.'
      return { trajectoryId: id, step: index, reason, action: take ?? `go to box ${box}`, isCorrected: true }
    })
  },
}
