/** Phrases by which a reason owns up to a source that a student does not have. Deliberately narrow: they are hardly ever meant otherwise. */
const phrases = [
  /\bprivileged\b/iu,
  /\b(?:hidden|true|underlying|internal|simulator(?:'s)?|environment(?:'s)?) state\b/iu,
  /\bground[- ]truth\b/iu,
  /\b(?:optimal|expert|gold|oracle|reference|correct) (?:action|actions|plan|solution|trajectory|command|query|sequence|answer)\b/iu,
  /\baccording to the (?:plan|solution|teacher|oracle|answer|hint|state|simulator)\b/iu,
  /\b(?:the|your) (?:hint|hints|oracle|simulator|teacher)\b/iu,
  /\bcritical locations?\b/iu,
  /\bI (?:was|have been|am) (?:told|given|informed)\b/iu,
  /\b(?:will|would) (?:later )?(?:turn out|be revealed)\b/iu,
  /\b(?:in hindsight|looking ahead|knowing what comes)\b/iu,
  /\b(?:answer key|walk-?through)\b/iu,
  /\bthe solution (?:begins|starts|says|requires|continues)\b/iu,
  /\b(?:secretly|secret) (?:have|know|knowledge|information)\b/iu,
]

/** The phrases of a reason that show knowledge of the privileged state's existence, as they stand in it. */
export function findPrivilegePhrases(reason: string): string[] {
  return phrases.flatMap((phrase) => phrase.exec(reason)?.[0] ?? [])
}
