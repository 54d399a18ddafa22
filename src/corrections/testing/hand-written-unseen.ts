import { type HandWritten, written } from './hand-written.ts'

/**
 * Written after the checks had last been changed, so that they cannot have been made to fit: the figures on these tell how the checks do on sentences that
 * nobody had in mind. Whoever changes the checks to find more of these must write others.
 */
export const unseenByTheChecks: readonly HandWritten[] = [
  ...written('start', { leak: true }, [
    'We can find the mug in cabinet 3, so that is where I go.',
    'Cabinet 3 is my goal because the mug was stored there.',
    'I should head for the mug in cabinet 3.',
    'The search can be short: the mug is kept in cabinet 3.',
    'Going to the fridge makes no sense, since the fridge holds no mug.',
    'Before anything else I need mug 1.',
    'I open cabinet 3, in which the mug is.',
    'It is cabinet 3 that hides the mug.',
    'The mug that will be washed has its place in cabinet 3.',
    'No mug is to be found in the drawers, so I look elsewhere.',
    'There will be a mug in cabinet 3 when I open it.',
    'I am certain that the mug is in cabinet 3.',
  ]),
  ...written('searching', { leak: true }, [
    'The mug has to be in cabinet 3, and I go there.',
    'I go back to the cabinets, to the third one, which holds the mug.',
    'I need to visit cabinet 3 in order to get the mug.',
    'The drawers do not contain a mug, and neither does the fridge.',
    'From cabinet 3 I will take the mug.',
    'Having ruled out cabinet 2, which is empty, I go to cabinet 3.',
    'What remains is to get mug 1 out of its cabinet.',
  ]),
  ...written('lamp', { leak: true }, [
    'This is the wrong drawer: the bowl is in drawer 3.',
    'I go to drawer 3 since the bowl is inside.',
    'The bowl can only be found in drawer 3.',
    'Both shelves are empty, so they can be left out.',
    'Drawer 2 holds nothing, and I go straight to drawer 3.',
    'I need to get to drawer 3 and the bowl in it.',
  ]),
  ...written('two', { leak: true }, [
    'A second pen can be taken from shelf 2.',
    'The missing pen rests on shelf 2.',
    'I walk to shelf 2 and pick up the other pen.',
    'Pen 3 would complete the task.',
    'Desk 2 is empty, so I leave it out.',
  ]),
  ...written('start', {}, [
    'I need to locate a mug before I can do anything with it.',
    'A kitchen usually has mugs in its cabinets, and cabinet 3 is one of them.',
    'I go to cabinet 3 and open it to see what is inside.',
    'My plan is to look through the cabinets and then the drawers.',
    'As I have no mug, I need to search for one, and I begin at cabinet 3.',
    'The mug that the task wants is not in sight, so I look for it.',
    'I would expect to find a mug in one of the cabinets.',
    'If there is no mug in cabinet 3, I will try the drawers.',
  ]),
  ...written('searching', {}, [
    'There is a plate in cabinet 1, and there is a cup on countertop 1, but I still have no mug.',
    'The remaining cabinets have not been opened, and one of them may have the mug.',
    'I should not take the cup, since a cup is not a mug.',
    'I look into cabinet 3 next, as the mug was not on this countertop.',
    'Countertop 1 did not help, and neither did cabinet 1.',
    'The other countertop is worth a look too.',
  ]),
  ...written('found', {}, [
    'The mug that I have been looking for is in cabinet 3, and I take it.',
    'I have opened cabinet 3 and there is the mug.',
    'As the mug is in front of me, I take mug 1 from cabinet 3.',
  ]),
  ...written('holding', {}, [
    'I go to the sinkbasin to clean the mug that I hold.',
    'The mug was in cabinet 3 and is now in my hand.',
    'To clean the mug, I need to go to sinkbasin 1.',
    'To finish, I will move the mug to the coffeemachine.',
  ]),
  ...written('lamp', {}, [
    'The lamp that I need later is on desk 2.',
    'I open drawer 1 to see whether it has the bowl.',
    'There was no bowl on desk 2, so I try the drawers.',
    'To use the desklamp I have to be at desk 2.',
  ]),
  ...written('two', {}, [
    'I put the first pen in drawer 1, and I go on to find the second one.',
    'There may be a pen on shelf 2, so I go there.',
    'Nothing else on desk 1 is a pen.',
    'I go to desk 2 to look for the second pen.',
  ]),
  ...written('start', { mention: true }, [
    'My instructions from the teacher say that cabinets come first.',
    'The expert demonstration goes to a cabinet first.',
    'The ground-truth plan begins with a cabinet.',
    'I can see the hidden state, so I choose a cabinet.',
    'The best sequence is already known: first a cabinet.',
  ]),
  ...written('lamp', { mention: true }, [
    'The privileged note tells me to leave this drawer.',
    'According to my information this drawer does not matter.',
    'The solution that I have seen leaves this drawer closed.',
  ]),
]
