/** Phrases by which a reason owns up to a source that a student does not have. Deliberately narrow: they are hardly ever meant otherwise. */
const phrases = [
  /\bprivileged\b/iu,
  /\b(?:hidden|true|underlying|internal|simulator(?:'s)?|environment(?:'s)?) state\b/iu,
  /\bground[- ]truth\b/iu,
  /\b(?:optimal|expert|gold|oracle|reference|correct|known|given) (?:action|actions|plan|solution|trajectory|command|query|sequence|answer|path|route|order)\b/iu,
  /\baccording to the (?:\w+ )?(?:plan|solution|teacher|oracle|answer|hint|state|simulator)\b/iu,
  /\b(?:the|your) (?:hint|hints|oracle|simulator|teacher)\b/iu,
  /\bcritical locations?\b/iu,
  // A task is given to everybody.
  /(?<!\b(?:task|request|question|goal|instructions?) (?:that |which )?)\bI (?:was|have been|am) (?:told|given|informed)\b/iu,
  /\b(?:will|would) (?:later )?(?:turn out|be revealed)\b/iu,
  /\b(?:in hindsight|looking ahead|knowing what comes)\b/iu,
  /\b(?:answer key|walk-?through)\b/iu,
  /\bthe solution (?:begins|starts|says|requires|continues)\b/iu,
  /\b(?:secretly|secret) (?:have|know|knowledge|information)\b/iu,
  /\b(?:hidden|special|inside|insider|additional) (?:information|knowledge|hint|hints|notes?)\b/iu,
  /\b(?:information|knowledge|details|notes?|hints?) (?:that |which )?(?:(?:was|were|is|are|has been|have been) )?(?:provided|given|shown|available) to me\b/iu,
  /\b(?:plan|solution|answer|route|list|map|steps?) (?:(?:that |which )?I (?:was|have been|am) (?:provided|given|shown|told)|(?:provided|given|shown) to me)\b/iu,
  /\bknow(?:ing)? the (?:solution|answer|outcome)\b|\bknown? (?:to me )?(?:in advance|beforehand)\b/iu,
  /\bI (?:have|had) (?:access to|been (?:provided|shown))\b/iu,
  /\b(?:true|actual|real|exact) (?:location|position|whereabouts)\b/iu,
]

/** The phrases of a reason that show knowledge of the privileged state's existence, as they stand in it. */
export function findPrivilegePhrases(reason: string): string[] {
  return phrases.flatMap((phrase) => phrase.exec(reason)?.[0] ?? [])
}
