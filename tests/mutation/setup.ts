import fc from 'fast-check';

/** A mutant is met by thousands of runs of a property; a tenth of a second of them tells as much as all. */
fc.configureGlobal({ interruptAfterTimeLimit: 100, markInterruptAsFailure: false });
