/** What goes with a decision of the answer engine where nothing does: no guides, no danger, nothing named or wanted. */
export const nothingAttached = { guides: [], urgent: null, need: null, about: null, repealed: [] };
