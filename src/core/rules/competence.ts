// The competence curriculum: how far a mix has moved to its end at a step. Knows nothing of losses.

/** Platanios et al. 2019: what a learner is fit for at the first step. */
const AT_FIRST = 0.01;

/** c(t) = min(1, sqrt(t (1 - c0^2) + c0^2)), t in [0, 1] of the run (Platanios 2019, eq. 8 with p = 2). */
export const competenceAt = (t: number): number =>
  Math.min(1, Math.sqrt(t * (1 - AT_FIRST ** 2) + AT_FIRST ** 2));
