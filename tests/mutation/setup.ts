import fc from 'fast-check';

/** A mutant is met by thousands of runs of a property; forty of them tell nearly as much, where the property names no number. */
fc.configureGlobal({ numRuns: 40 });
