/** What pods carry that serve reads, where just replicas do. A pod sets it on itself; no template has it. */
export const READS_LABEL = 'replicated-mysql/reads';
